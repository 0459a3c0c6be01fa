"""A cause as the sentence that ends a finding's message: what is most likely wrong, never more than that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from parsers.model.cause import Cause, CauseKind, Change, Explanation
from parsers.model.report import Number

Naming: TypeAlias = Callable[[str], tuple[str, str]]
"""A figure's id to what its row and its column are called: `（一）予以公开`, `自然人`."""

MOST_TOLD = 5
"""So many candidates are read to the end; a group of the review table has five cells."""

_SLIPS = (CauseKind.CELLS_SWAPPED, CauseKind.SPLIT)
"""What no wrong number looks like by chance as often as by that slip."""

_REMARKS = {
    CauseKind.DIGITS_SWAPPED: "（两个数字颠倒）",
    CauseKind.COPIED: "（与相邻单元格相同）",
    CauseKind.CELLS_SWAPPED: "（两格互换）",
    CauseKind.MOVED: "（误计入相邻单元格）",
    CauseKind.SPLIT: "（一个数填成了两格）",
    CauseKind.SHIFTED: "（数字错位一格）",
    CauseKind.LEFT_OUT: "（漏填）",
}


def cause_to_sentence(cause: Cause, name: Naming) -> str:
    """The sentence, or nothing where too many explanations are left to be of use."""
    if cause.stated is not None:
        return f"最可能有误的是{_explanation(cause.stated, name)}。"
    told = [_explanation(explanation, name) for explanation in cause.candidates]
    if not told or len(told) > MOST_TOLD:
        return _likeliest(cause, name) or _one_of_many(cause, name)
    if any(len(explanation.changes) > 1 for explanation in cause.candidates):
        return f"可能是{'；或者'.join(told)}。"
    cells = _cells((explanation.changes[0] for explanation in cause.candidates), name)
    return f"如只有一处有误，{'可能是' if len(told) > 1 else '则是'}{'，或'.join(cells)}。"


def _likeliest(cause: Cause, name: Naming) -> str:
    """Of many the one that is a slip of its own kind, where no other is."""
    kinds = [explanation.kind for explanation in cause.candidates]
    if not kinds or kinds[0] not in _SLIPS or kinds.count(kinds[0]) > 1:
        return ""
    return f"可能是{_explanation(cause.candidates[0], name)}，但不能排除其他可能。"


def _one_of_many(cause: Cause, name: Naming) -> str:
    """Which row it is cannot be told, but all explanations want the same of it."""
    wanted = [tuple((name(c.figure)[1], _missing(c)) for c in e.changes) for e in cause.candidates]
    are_rows = all(len({name(change.figure)[0] for change in e.changes}) == 1 for e in cause.candidates)
    if not wanted or not are_rows or any(other != wanted[0] for other in wanted):
        return ""
    parts = "，".join(f"{column}列{'少' if by > 0 else '多'} {abs(by)}" for column, by in wanted[0])
    return f"可能是某一行{parts}。"


def _missing(change: Change) -> Number:
    return change.suggested - (change.filed or 0)


def _explanation(explanation: Explanation, name: Naming) -> str:
    return "，".join(_cells(explanation.changes, name)) + _REMARKS.get(explanation.kind, "")


def _cells(changes: Iterable[Change], name: Naming) -> list[str]:
    """`“（一）予以公开”自然人列：47 应为 49`; what follows in the same row does not name the row again."""
    told: list[str] = []
    before = ""
    for change in changes:
        row, column = name(change.figure)
        told.append(f"{'' if row == before else f'“{row}”'}{column}列：{_from_to(change)}")
        before = row
    return told


def _from_to(change: Change) -> str:
    """`47 应为 49`."""
    filed = "未填数字，" if change.filed is None else f"{change.filed} "
    return f"{filed}应为 {change.suggested}"
