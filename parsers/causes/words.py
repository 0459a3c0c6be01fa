"""A cause as the sentence that ends a finding's message: what is most likely wrong, never more than that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from parsers.model.cause import Cause, CauseKind, Change, Explanation
from parsers.model.report import Number

Naming: TypeAlias = Callable[[str], tuple[str, str]]
"""A figure's id to what its row and its column are called: `（一）予以公开`, `自然人`."""

MOST_TOLD = 5
"""So many candidates are read to the end; a group of the review table has five cells."""

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
        return _one_of_many(cause, name)
    if any(len(explanation.changes) > 1 for explanation in cause.candidates):
        return f"可能是{'；或者'.join(told)}。"
    return f"如只有一处有误，{'可能是' if len(told) > 1 else '则是'}{_one_cell_of(cause, name)}。"


def _one_cell_of(cause: Cause, name: Naming) -> str:
    """Single cells, those of one row under its name."""
    together = Explanation(kind=CauseKind.CELL, changes=tuple(c for e in cause.candidates for c in e.changes), mends=())
    return _explanation(together, name, "，或")


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


def _explanation(explanation: Explanation, name: Naming, comma: str = "，") -> str:
    """The cells of one row are told under its name."""
    told: list[str] = []
    before = ""
    for change in explanation.changes:
        row, column = name(change.figure)
        told.append(f"{'' if row == before else f'“{row}”'}{column}列：{_from_to(change)}")
        before = row
    return comma.join(told) + _REMARKS.get(explanation.kind, "")


def _from_to(change: Change) -> str:
    """`47 应为 49`."""
    filed = "未填数字，" if change.filed is None else f"{change.filed} "
    return f"{filed}应为 {change.suggested}"
