"""Site: everything the pages may use. Built once by `run`, or by a test over the memory twins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from tasks.context import Context
from tasks.messages import SubmissionRef
from workers.web.people import People
from workers.web.presigned import Presigner


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The tasks' context, and what only people do.

    `again` brings back to work what was quarantined, or finished; `people` knows who may come in; `secure`
    says that browsers reach us by https; `drop_command` puts a file into the inbox, shown on empty pages; `metrics`
    gives the text for /metrics and `health` what is wrong, a line each; `presigner` lets browsers send files straight
    to the store at `upload_origin` (None: through us).
    """

    context: Context
    again: Callable[[SubmissionRef], None]
    metrics: Callable[[], bytes]
    health: Callable[[], tuple[str, ...]]
    people: People
    version: str
    presigner: Presigner | None = None
    upload_origin: str = ""
    secure: bool = False
    drop_command: str = ""


def site_of(connection: HTTPConnection) -> Site:
    """The site of the application that answers this request."""
    found = connection.app.state.site
    if not isinstance(found, Site):
        msg = "the application was made without a site"
        raise TypeError(msg)
    return found
