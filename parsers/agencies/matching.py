"""Which line of the roster is meant: by its name, by an alias, and last by where the file was put."""

from __future__ import annotations

from parsers.model.report import Agency
from parsers.model.roster import Body, Roster


def names_to_body(roster: Roster, names: tuple[str, ...], key: str) -> Body | None:
    """The one body that these names and this key mean; None where none or more than one is meant.

    A full name outranks an alias, and both outrank the key: what a report says of itself counts for more than where it
    was put. Among several bodies of one alias the key decides.
    """
    named = tuple(body for body in roster.bodies if body.name in names)
    called = named or tuple(body for body in roster.bodies if any(alias in names for alias in body.aliases))
    if len(called) == 1:
        return called[0]
    put = _of_key(called or roster.bodies, key)
    fitting = tuple(body for body in put if called or _may_be(body, names))
    return fitting[0] if len(fitting) == 1 else None


def _of_key(bodies: tuple[Body, ...], key: str) -> tuple[Body, ...]:
    """Those whose prefix begins this key, the longest prefix alone."""
    fitting = tuple(body for body in bodies if body.prefix and key.startswith(body.prefix))
    longest = max((len(body.prefix or "") for body in fitting), default=0)
    return tuple(body for body in fitting if len(body.prefix or "") == longest)


def _may_be(body: Body, names: tuple[str, ...]) -> bool:
    """Whether the report calls itself nothing, or something that may be short for this body's name."""
    return not names or any(is_short_for(name, own) for name in names for own in (body.name, *body.aliases))


def is_short_for(short: str, full: str) -> bool:
    """铜官区住建局 → 铜陵市铜官区住房和城乡建设局: every character, in the same order."""
    rest = iter(full)
    return all(character in rest for character in short)


def agency_to_body(roster: Roster, agency: Agency) -> Body | None:
    """The line of the roster by which this agency was named."""
    return next((body for body in roster.bodies if (body.id or body.name) == agency.key), None)
