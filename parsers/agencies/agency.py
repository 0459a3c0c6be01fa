"""Who reports: names as written, and what the roster knows of them."""

from __future__ import annotations

from parsers.agencies.matching import names_to_body
from parsers.model.report import Agency
from parsers.model.roster import Body, Roster


def names_to_agency(names: tuple[str, ...], roster: Roster | None, key: str) -> Agency:
    """The agency of these names, the fullest first; the roster decides where it has it."""
    written = tuple(reversed(names))
    body = names_to_body(roster, names, key) if roster else None
    if body is not None:
        return _body_to_agency(body, written)
    name = names[0] if names else None
    return Agency(key=name, name=name, as_written=written)


def _body_to_agency(body: Body, written: tuple[str, ...]) -> Agency:
    return Agency(key=body.id or body.name, name=body.name, as_written=written, kind=body.kind, level=body.level)
