"""Wordings by pattern: imprecise terms, and spellings that are wrong wherever they stand (lexicon/wordings.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from parsers.model.value import Value


class Wording(Value):
    """One entry: what is found, what is advised instead; `minor` where a reader would hardly stumble.

    Only where the plain text `seek` stands can `words` be found, which spares looking for most of them.
    """

    id: str
    seek: str
    words: re.Pattern[str]
    right: str
    minor: bool = False


class Found(Value):
    """text[start:end] is worded as it should not be."""

    start: int
    end: int
    wording: Wording


class Lexicon(Value):
    """Imprecise terms, wrong spellings under a condition, and those that are wrong wherever they stand."""

    terms: tuple[Wording, ...]
    spellings: tuple[Wording, ...]
    pairs: tuple[Wording, ...]


@cache
def lexicon() -> Lexicon:
    """Read once."""
    data = tomllib.loads((files("parsers.text") / "lexicon" / "wordings.toml").read_text(encoding="utf-8"))
    return Lexicon(
        terms=tuple(_wording(entry) for entry in data["terms"]),
        spellings=tuple(_wording(entry) for entry in data["spellings"]),
        pairs=tuple(
            _wording({"seek": wrong, "words": wrong, "right": right}) for wrong, right in data["pairs"].items()
        ),
    )


def _wording(entry: dict[str, object]) -> Wording:
    words = entry["words"]
    patterns = words if isinstance(words, list) else [words]
    return Wording(
        id=str(entry.get("id", entry["right"])),
        seek=str(entry["seek"]),
        words=re.compile("|".join(_named(str(pattern), number) for number, pattern in enumerate(patterns))),
        right=str(entry["right"]),
        minor=bool(entry.get("minor", False)),
    )


def _named(pattern: str, number: int) -> str:
    """A group's name may stand once in a pattern, and every alternative has its own."""
    named = pattern.replace("(?P<found>", f"(?P<found{number}>")
    return named if named != pattern else f"(?P<found{number}>{pattern})"


def text_to_terms(text: str) -> tuple[Found, ...]:
    """Imprecise terms of a text without white space, entry by entry."""
    return tuple(found for wording in lexicon().terms for found in _find(text, wording))


def text_to_spellings(text: str) -> tuple[Found, ...]:
    """Wrong spellings of a text without white space, entry by entry."""
    known = lexicon()
    return tuple(found for wording in (*known.spellings, *known.pairs) for found in _find(text, wording))


def _find(text: str, wording: Wording) -> tuple[Found, ...]:
    if wording.seek not in text:
        return ()
    return tuple(
        Found(start=match.start(match.lastgroup or 0), end=match.end(match.lastgroup or 0), wording=wording)
        for match in wording.words.finditer(text)
    )
