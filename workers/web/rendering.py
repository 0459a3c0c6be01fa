"""Templates to answers. Autoescaping is on for everything; no template says `safe`."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from parsers.notices.words import SEVERITIES
from workers.people.person import ROLE_NAMES, Role
from workers.web.present.sheet import cell_anchor, place_to_text
from workers.web.present.text import full_moment, number_to_text, size_to_text, span, visible
from workers.web.present.words import SIGNS, STATES
from workers.web.session import csrf_token, person_of
from workers.web.site import site_of

STATIC = Path(str(files("workers.web") / "static"))


@cache
def static_address(name: str) -> str:
    """The address of a static file, with its content's hash: browsers keep it until it changes."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


@cache
def environment() -> Environment:
    """The one template environment."""
    made = Environment(
        loader=PackageLoader("workers.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(num=number_to_text, visible=visible, full=full_moment, size=size_to_text, span=span)
    made.globals.update(
        static=static_address,
        cell_anchor=cell_anchor,
        place=place_to_text,
        SIGNS=SIGNS,
        SEVERITIES=SEVERITIES,
        STATES=STATES,
    )
    return made


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page, or a fragment of one."""
    site, person = site_of(request), person_of(request)
    text = (
        environment()
        .get_template(template)
        .render(
            request=request,
            path=request.url.path,
            csrf=csrf_token(request),
            version=site.version,
            is_direct=site.presigner is not None,
            flash=request.session.pop("flash", "") if "flash" in request.session else "",
            signed_in=person is not None,
            person=person,
            role_name=ROLE_NAMES[person.role] if person else "",
            operates=person is not None and person.may(Role.OPERATOR),
            administers=person is not None and person.may(Role.ADMIN),
            **values,
        )
    )
    return HTMLResponse(text, status_code=status)


def say(request: Request, sentence: str) -> None:
    """A sentence for the next page that this person sees."""
    request.session["flash"] = sentence
