"""A session: who signed in, when, and the CSRF token of the pages shown since."""

from __future__ import annotations

import secrets

from starlette.requests import HTTPConnection, Request

from workers.people.person import Person
from workers.web.people import everyone_here
from workers.web.site import site_of

SESSION_COOKIE = "gouji_session"
SESSION_SECONDS = 8 * 3600
"""From signing in, however much was done since."""


def sign_in(request: Request, person: Person) -> None:
    """A fresh session: new id, new CSRF token; nothing of the old one stays."""
    request.session.clear()
    request.session.update(
        sid=secrets.token_hex(8),
        csrf=secrets.token_urlsafe(24),
        name=person.name,
        mark=person.mark,
        at=int(site_of(request).context.clock().timestamp()),
    )
    request.scope["gouji.person"] = person


def person_of(request: HTTPConnection) -> Person | None:
    """Who is signed in; looked up once a request."""
    if "gouji.person" not in request.scope:
        request.scope["gouji.person"] = look_up(request)
    found = request.scope["gouji.person"]
    return found if isinstance(found, Person) else None


def look_up(request: HTTPConnection) -> Person | None:
    """Who is signed in by what is known now: a user who was changed or taken out is nobody."""
    site = site_of(request)
    if site.people.is_open:
        return everyone_here()
    name, mark, at = (request.session.get(field) for field in ("name", "mark", "at"))
    if not (isinstance(name, str) and isinstance(mark, str) and isinstance(at, int)):
        return None
    age = site.context.clock().timestamp() - at
    return site.people.by_session(name, mark) if age < SESSION_SECONDS else None


def csrf_token(request: Request) -> str:
    """This session's CSRF token; made when a form is first shown."""
    if "csrf" not in request.session:
        request.session["csrf"] = secrets.token_urlsafe(24)
    return str(request.session["csrf"])
