"""The audit: what a person did, one object a line in the results bucket, written before the deed is reported done."""

from __future__ import annotations

import secrets
from datetime import datetime

from starlette.requests import Request

from parsers.model.files import value_to_json
from parsers.model.value import Value
from tasks import layout
from workers.web.access import operator
from workers.web.present.text import SHANGHAI
from workers.web.site import Site


class AuditLine(Value):
    """Who, what, when (UTC and +08:00), on which object, and what it was before and after, where that is known."""

    who: str
    action: str
    subject: str
    at: datetime
    at_shanghai: str
    before: str = ""
    after: str = ""
    schema: str = "gouji.audit/1"


def note(  # noqa: PLR0913 - the fields of one line
    site: Site, request: Request, action: str, subject: str, *, before: str = "", after: str = ""
) -> None:
    """Write one line. Its name sorts by time and never meets another's."""
    now = site.context.clock()
    line = AuditLine(
        who=operator(request),
        action=action,
        subject=subject,
        at=now,
        at_shanghai=now.astimezone(SHANGHAI).isoformat(timespec="milliseconds"),
        before=before,
        after=after,
    )
    key = f"{layout.AUDIT}{now:%Y/%m/%d/%H%M%S.%f}-{secrets.token_hex(4)}.json"
    site.context.store.put_new(site.context.results, key, value_to_json(line), "application/json")
