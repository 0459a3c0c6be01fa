"""Typos: what differs by one character from a long office term, and is no word of its own.

A wrong spelling is never listed. A near miss is one character lost or doubled, another in its place, or two
that changed places; never at the term's first or last character, where another expression may begin or end. It is a
typo only if it leaves a character that belongs to no word (基础施建设: 施), where the term leaves none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from operator import add

from parsers.model.value import Value
from parsers.text.words import count_orphans

SHORTEST = 5
"""A shorter term has too many neighbours that are words."""

AROUND = 3
"""So many characters on either side decide which words a near miss falls into."""


class Typo(Value):
    """text[start:end] reads `found`, where `expected` is a term."""

    start: int
    end: int
    found: str
    expected: str


class Half(Value):
    """A half of a term that a near miss leaves as it is, and the terms that have it there."""

    text: str
    is_first: bool
    terms: tuple[str, ...]


@cache
def office_terms() -> tuple[str, ...]:
    """The terms of the lexicon, longest first: the longest that fits tells best what was meant."""
    data = tomllib.loads((files("parsers.text") / "lexicon" / "terms.toml").read_text(encoding="utf-8"))
    terms = dict.fromkeys(term for group in data.values() for term in group)
    return tuple(sorted(terms, key=lambda term: (-len(term), term)))


@cache
def halves_by_pair() -> dict[str, tuple[Half, ...]]:
    """The halves of all terms under their first two characters, by which a text is looked through."""
    grouped: dict[tuple[str, bool], list[str]] = {}
    for term in office_terms():
        middle = len(term) // 2
        grouped.setdefault((term[:middle], True), []).append(term)
        grouped.setdefault((term[middle:], False), []).append(term)
    pairs: dict[str, list[Half]] = {}
    for (text, is_first), terms in grouped.items():
        pairs.setdefault(text[:2], []).append(Half(text=text, is_first=is_first, terms=tuple(terms)))
    return {pair: tuple(halves) for pair, halves in pairs.items()}


def text_to_typos(text: str) -> tuple[Typo, ...]:
    """Every typo of a text without white space, in its order. Terms that overlap in one typo tell of it together."""
    near = (typo for typo in _near_misses(text) if is_typo(text, typo))
    kept: list[Typo] = []
    for typo in sorted(near, key=lambda typo: (typo.start, typo.start - typo.end)):
        if not kept or kept[-1].end <= typo.start:
            kept.append(typo)
        else:
            kept[-1] = _join(text, kept[-1], typo)
    return tuple(kept)


def _join(text: str, first: Typo, second: Typo) -> Typo:
    """市政基础施 and 基础施建设 are 市政基础施建设; the first alone where the two would mend it differently."""
    expected = first.expected + text[first.end : second.end]
    if second.end <= first.end or expected != text[first.start : second.start] + second.expected:
        return first
    return Typo(start=first.start, end=second.end, found=text[first.start : second.end], expected=expected)


def _near_misses(text: str) -> Iterator[Typo]:
    pairs = halves_by_pair()
    for start, pair in enumerate(map(add, text, text[1:])):
        for half in pairs.get(pair, ()):
            if not text.startswith(half.text, start):
                continue
            for term in half.terms:
                for begin, end in _stretches(text, start, half, term):
                    if is_near(text[begin:end], term):
                        yield Typo(start=begin, end=end, found=text[begin:end], expected=term)


def _stretches(text: str, start: int, half: Half, term: str) -> list[tuple[int, int]]:
    """Where the term may be meant: a character shorter, as long or longer than it, and it begins and ends alike."""
    lengths = (len(term) - 1, len(term), len(term) + 1)
    if half.is_first:
        last = term[-1]
        return [(start, start + n) for n in lengths if text[start + n - 1 : start + n] == last]
    first, end = term[0], start + len(half.text)
    return [(end - n, end) for n in lengths if n <= end and text[end - n] == first]


def is_near(found: str, term: str) -> bool:
    """One edit apart: a character lost, doubled or changed, or two neighbours swapped. Both begin and end alike."""
    if found == term:
        return False
    same = _first_difference(found, term)
    tail, rest = found[same:], term[same:]
    if len(found) == len(term):
        return tail[1:] == rest[1:] or (tail[:2] == rest[1::-1] and tail[2:] == rest[2:])
    # what is put in is mostly a word; only a character set twice is a slip
    return tail == rest[1:] if len(found) < len(term) else tail[1:] == rest and found[same] == found[same - 1]


def is_typo(text: str, typo: Typo) -> bool:
    """Does it leave a character that belongs to no word, more of them than the term would leave?"""
    before, after = text[max(typo.start - AROUND, 0) : typo.start], text[typo.end : typo.end + AROUND]
    if not _is_words(typo.found) or _is_term(before, typo, after):
        return False
    return _orphans(before, typo.found, after) > _orphans(before, typo.expected, after)


def _is_term(before: str, typo: Typo, after: str) -> bool:
    """Does another term, as it should be, stand over the very place where this one would be wrong?"""
    window, edit = before + typo.found + after, len(before) + _first_difference(typo.found, typo.expected)
    places = ((term, window.find(term)) for term in office_terms())
    return any(0 <= start < edit < start + len(term) for term, start in places)


def _first_difference(found: str, term: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(found, term, strict=False)) if a != b), min(len(found), len(term)))


def _is_words(found: str) -> bool:
    """Simplified characters alone: a traditional one (公開), a mark or a digit is another matter."""
    try:
        return len(found.encode("gb2312")) == 2 * len(found) and found.isalpha()
    except UnicodeEncodeError:
        return False


def _orphans(before: str, middle: str, after: str) -> int:
    return count_orphans(before + middle + after, len(before), len(before) + len(middle))
