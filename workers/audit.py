"""The audit: what a person did, one object a line in the results bucket, written before the deed is done.

The dashboard and the command line share it. A line whose deed was cut off says what was before, and no more.
"""

from __future__ import annotations

import getpass
import secrets
import socket
from collections.abc import Callable
from datetime import datetime

import msgspec

from parsers.model.files import value_to_json
from parsers.model.value import Value
from tasks import layout
from tasks.context import Context
from workers.zone import SHANGHAI


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
    context: Context, who: str, action: str, subject: str, *, before: str = "", after: str = ""
) -> Callable[[str], None]:
    """Write one line; its name sorts by time and never meets another's. What is returned completes its `after`.

    Raises TransientError: what cannot be written down is not done.
    """
    now = context.clock()
    line = AuditLine(
        who=who,
        action=action,
        subject=subject,
        at=now,
        at_shanghai=now.astimezone(SHANGHAI).isoformat(timespec="milliseconds"),
        before=before,
        after=after,
    )
    key = f"{layout.AUDIT}{now:%Y/%m/%d/%H%M%S.%f}-{secrets.token_hex(4)}.json"
    context.store.put_new(context.results, key, value_to_json(line), "application/json")

    def complete(outcome: str) -> None:
        whole = value_to_json(msgspec.structs.replace(line, after=outcome))
        context.store.put(context.results, key, whole, "application/json")

    return complete


def at_the_console() -> str:
    """Who acts by the command line: the account and the machine."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in a container
        name = "?"
    return f"cli:{name}@{socket.gethostname()}"
