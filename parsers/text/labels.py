"""Labels as printed against labels of the form: how well do they agree?"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cache, lru_cache

from parsers.model.value import Value
from parsers.text.fold import distance, edits_allowed, to_label

_NUMBER = re.compile(r"\([一二三四五六七八九十]\)|[一二三四五六七八九十][,.]|\(?\d{1,2}[.,)]")
_REMARK = re.compile(r"\(.*?\)")


class Fit(IntEnum):
    """How a printed label answers to the form's: smaller is better; from NEAR on it is not spelt as the form has it."""

    EXACT = 0
    VARIANT = 1
    CUT = 2
    NEAR = 3
    LIKE = 4
    ORDER = 5
    """Not by its label at all: the row stands where the form has it."""
    NONE = 9


class Split(Value):
    """A folded label in its number (without marks), its words, and whether the number stands in brackets."""

    number: str
    words: str
    bracketed: bool = False


def split_label(label: str) -> Split:
    """`(三)` and `1.` apart from the words; a label without number has an empty one."""
    match = _NUMBER.match(label)
    number = match.group() if match else ""
    return Split(number=number.strip("().,"), words=label[len(number) :], bracketed=number.startswith("("))


REMEMBERED = 16384
"""Comparisons kept: a report asks the same ones for every column and again for the next report."""

MOST_LABEL = 120
"""Longer text is no label: the form's longest has forty characters."""

MIN_CUT = 4
"""A label cut by a line or page break is taken for its row from this many characters on."""

LIKENESS = 0.6
"""Share of common characters from which a damaged label still counts as the one its number and order say it is."""


class _Official(Value):
    """A label of the form prepared for comparison, once."""

    label: str
    split: Split
    bare: str
    variants: tuple[str, ...]


@cache
def _official(label: str, variants: tuple[str, ...]) -> _Official:
    folded = to_label(label)
    split = split_label(folded)
    words = tuple(split_label(to_label(variant)).words for variant in variants)
    return _Official(label=folded, split=split, bare=_REMARK.sub("", split.words), variants=words)


@lru_cache(maxsize=REMEMBERED)
def fit(printed: str, label: str, variants: tuple[str, ...]) -> Fit:
    """How well a folded printed label fits a row or column of the form. Pure comparison; order is not considered."""
    if len(printed) > MOST_LABEL:
        return Fit.NONE
    official = _official(label, variants)
    if printed == official.label:
        return Fit.EXACT
    ours, theirs = split_label(printed), official.split
    if ours.number and theirs.number and ours.number != theirs.number:
        return Fit.NONE
    return _fit_words(ours.words, official)


def _fit_words(words: str, official: _Official) -> Fit:
    bare = _REMARK.sub("", words) or words
    if words == official.split.words or bare == official.bare:
        return Fit.EXACT
    if words in official.variants or bare in official.variants:
        return Fit.VARIANT
    if len(words) >= MIN_CUT and official.split.words.startswith(words):
        return Fit.CUT
    most = edits_allowed(official.split.words)
    return Fit.NEAR if distance(words, official.split.words, most) <= most else Fit.NONE


def is_like(printed: str, label: str) -> bool:
    """Is this damaged label still recognisably that one? Asked only where number, group and order already agree."""
    words = split_label(printed).words
    return not words or SequenceMatcher(None, words, split_label(to_label(label)).words).ratio() >= LIKENESS
