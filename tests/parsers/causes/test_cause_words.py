"""A cause in words: no more certain than it is, and silent where it is of no use."""

from __future__ import annotations

from parsers.causes.words import MOST_TOLD, cause_to_sentence
from parsers.model.cause import Cause, CauseKind, Change, Explanation


def name(figure: str) -> tuple[str, str]:
    _, row, column = figure.split(".")
    return f"第{row}行", f"第{column}"


def explanation(kind: CauseKind, *changes: tuple[str, int | None, int]) -> Explanation:
    return Explanation(
        kind=kind, changes=tuple(Change(figure=f, filed=o, suggested=n) for f, o, n in changes), mends=()
    )


def moved(row: int, column: int = 2) -> Explanation:
    return explanation(CauseKind.MOVED, (f"t.{row}.1", 5, 8), (f"t.{row}.{column}", 9, 6))


MANY = tuple(moved(row) for row in range(MOST_TOLD + 1))


def test_the_only_explanation_is_the_likeliest_and_no_more() -> None:
    cause = Cause(stated=explanation(CauseKind.DIGITS_SWAPPED, ("t.1.1", 47, 74)))
    assert cause_to_sentence(cause, name) == "最可能有误的是“第1行”第1列：47 应为 74（两个数字颠倒）。"


def test_a_cell_without_number_is_said_to_have_none() -> None:
    cause = Cause(stated=explanation(CauseKind.CELL, ("t.1.1", None, 3)))
    assert cause_to_sentence(cause, name) == "最可能有误的是“第1行”第1列：未填数字，应为 3。"


def test_of_many_rows_it_is_said_what_each_of_them_would_lack() -> None:
    assert cause_to_sentence(Cause(candidates=MANY), name) == "可能是某一行第1列少 3，第2列多 3。"


def test_of_many_explanations_a_slip_of_its_own_kind_is_told() -> None:
    swapped = explanation(CauseKind.CELLS_SWAPPED, ("t.9.1", 2, 5), ("t.9.2", 5, 2))
    assert cause_to_sentence(Cause(candidates=(swapped, *MANY)), name) == (
        "可能是“第9行”第1列：2 应为 5，第2列：5 应为 2（两格互换），但不能排除其他可能。"
    )


def test_of_many_explanations_that_have_nothing_in_common_nothing_is_said() -> None:
    assert cause_to_sentence(Cause(candidates=(*MANY, moved(9, column=3))), name) == ""
