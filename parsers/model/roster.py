"""The roster: the bodies of one area, as the office that supervises them lists them. It outranks what we gather."""

from __future__ import annotations

import hashlib

import msgspec

from parsers.model.value import Value

KINDS = ("department", "government", "government_office", "township", "authorised_organisation")
"""Kinds of body (DESIGN 5.2): a department, a government reporting for its whole area, the office of a government
reporting for itself, a township or 街道, an organisation authorised by a law (条例 第五十四条)."""

LEVELS = ("national", "province", "city", "county", "township")
"""Levels of administration, the highest first."""


class Body(Value):
    """One line of the roster. Names are NFKC without white space; `prefix` begins the keys of its uploads.

    `published` holds the days (ISO) on which its reports were published, one a year.
    """

    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    level: str | None = None
    parent: str | None = None
    region: str | None = None
    prefix: str | None = None
    id: str | None = None
    published: tuple[str, ...] = ()


class Roster(Value):
    """All bodies in the order of the file, and a digest of what they say (sixteen hex digits)."""

    bodies: tuple[Body, ...]
    digest: str


def bodies_to_roster(bodies: tuple[Body, ...]) -> Roster:
    """The roster of these bodies; how the file was encoded does not matter to its digest."""
    return Roster(bodies=bodies, digest=hashlib.sha256(msgspec.json.encode(bodies)).hexdigest()[:16])


class RosterError(Exception):
    """A roster that cannot be used; `sentences` say all that is wrong in it, in Chinese, each with its line."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("；".join(sentences))
        self.sentences = sentences
