"""Labels as printed against labels of the form: how well do they agree?"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import IntEnum

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
    NONE = 9


class Split(Value):
    """A folded label in its number (without marks) and its words."""

    number: str
    words: str


def split_label(label: str) -> Split:
    """`(三)` and `1.` apart from the words; a label without number has an empty one."""
    match = _NUMBER.match(label)
    number = match.group() if match else ""
    return Split(number=number.strip("().,"), words=label[len(number) :])


MIN_CUT = 4
"""A label cut by a line or page break is taken for its row from this many characters on."""

LIKENESS = 0.6
"""Share of common characters from which a damaged label still counts as the one its number and order say it is."""


def fit(printed: str, label: str, variants: tuple[str, ...]) -> Fit:
    """How well a folded printed label fits a row or column of the form. Pure comparison; order is not considered."""
    official = to_label(label)
    if printed == official:
        return Fit.EXACT
    ours, theirs = split_label(printed), split_label(official)
    if ours.number and theirs.number and ours.number != theirs.number:
        return Fit.NONE
    return _fit_words(ours.words, theirs.words, tuple(split_label(to_label(v)).words for v in variants))


def _fit_words(words: str, official: str, variants: tuple[str, ...]) -> Fit:
    bare = _REMARK.sub("", words) or words
    if words == official or bare == _REMARK.sub("", official):
        return Fit.EXACT
    if words in variants or bare in variants:
        return Fit.VARIANT
    if len(words) >= MIN_CUT and official.startswith(words):
        return Fit.CUT
    if distance(words, official, edits_allowed(official)) <= edits_allowed(official):
        return Fit.NEAR
    return Fit.NONE


def is_like(printed: str, label: str) -> bool:
    """Is this damaged label still recognisably that one? Asked only where number, group and order already agree."""
    words = split_label(printed).words
    return not words or SequenceMatcher(None, words, split_label(to_label(label)).words).ratio() >= LIKENESS
