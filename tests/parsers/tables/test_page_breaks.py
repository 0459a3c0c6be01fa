"""A row cut in two by a page is one row again, and its label proves no misspelling."""

from __future__ import annotations

from parsers.editions import edition_named
from parsers.editions.spec import TableSpec
from parsers.model.document import Place
from parsers.tables.page_breaks import mend_cut_rows
from parsers.tables.placing import runs_to_rows
from parsers.tables.runs import Run
from parsers.tables.strips import Token
from parsers.text.fold import to_label

FORM = edition_named("2021")
assert FORM is not None
REQUESTS: TableSpec = FORM.table("requests")
ZEROS = ("0", "0", "0", "0", "0", "0", "0")
NOTHING = ("", "", "", "", "", "", "")


def token(text: str, page: int) -> Token:
    place = Place(page=page, box=(1.0, 1.0, 2.0, 2.0), path="table 1, row 1, column 1")
    return Token(text=text, place=place, label=to_label(text))


def row(label: str, values: tuple[str, ...], page: int) -> Run:
    labels = (token(label, page),) if label else ()
    return Run(labels=labels, values=tuple(token(value, page) for value in values), aligned=True)


def mended(*runs: Run) -> list[tuple[str, list[str]]]:
    found = mend_cut_rows(runs, REQUESTS)
    return [("".join(t.text for t in run.labels), [v.label for v in run.values]) for run in found]


def test_numbers_below_the_break_belong_to_the_label_above_it() -> None:
    upper, lower = row("2.没有现成信息需", NOTHING, 3), row("要另行制作", ZEROS, 4)
    assert mended(upper, lower) == [("2.没有现成信息需要另行制作", list(ZEROS))]


def test_numbers_above_the_break_stay_with_the_label_that_goes_on_below() -> None:
    upper, lower = row("2.没有现成信息需", ZEROS, 3), row("要另行制作", NOTHING, 4)
    assert mended(upper, lower) == [("2.没有现成信息需要另行制作", list(ZEROS))]


def test_a_number_broken_over_the_page_is_one_number() -> None:
    upper = row("3.其他", ("34", "0", "0", "0", "0", "0", "34"), 3)
    lower = row("", ("5", "", "", "", "", "", "5"), 4)
    assert mended(upper, lower) == [("3.其他", ["345", "0", "0", "0", "0", "0", "345"])]


def test_two_whole_rows_on_two_pages_stay_two_rows() -> None:
    assert len(mended(row("2.重复申请", ZEROS, 3), row("3.要求提供公开出版物", ZEROS, 4))) == 2


def test_a_nameless_whole_row_is_never_joined_to_the_row_before() -> None:
    assert len(mended(row("2.重复申请", ZEROS, 3), row("", ZEROS, 4))) == 2


def test_a_cut_label_beside_a_page_break_is_not_called_misspelt() -> None:
    runs = (row("2.没有现成信息需", ZEROS, 3), row("3.补正后申请内容仍不明确", ZEROS, 4))
    assert runs_to_rows(runs, REQUESTS).printed == ()


def test_a_cut_label_in_the_middle_of_a_page_is() -> None:
    runs = (row("2.没有现成信息需", ZEROS, 3), row("3.补正后申请内容仍不明确", ZEROS, 3))
    assert [p.found for p in runs_to_rows(runs, REQUESTS).printed] == ["2.没有现成信息需"]


def test_a_label_that_begins_the_next_page_names_the_numbers_above_the_break() -> None:
    assert mended(row("", ZEROS, 3), row("2.重复申请", NOTHING, 4)) == [("2.重复申请", list(ZEROS))]


def test_numbers_without_a_label_on_the_same_page_are_not_named_by_the_next_row() -> None:
    assert len(mended(row("", ZEROS, 3), row("2.重复申请", NOTHING, 3))) == 2


def test_a_row_with_many_numbers_and_a_blank_is_no_rest_of_the_row_above() -> None:
    upper = row("4.无正当理由大量反复申请", ("1", "0", "6", "", "0", "0", "7"), 3)
    lower = row("息", ("0", "9", "0", "0", "226", "", "246"), 4)
    assert len(mended(upper, lower)) == 2


def test_a_groups_label_beside_the_numbers_of_its_first_row_is_not_that_rows_label() -> None:
    labels = (token("1.申请人无正当理由逾期不补正、行政机", 1), token("（六）其他处理", 1))
    run = Run(labels=labels, values=tuple(token(value, 1) for value in ZEROS), aligned=True)
    (placed,) = runs_to_rows((run,), REQUESTS).placed
    assert placed.row == "other_overdue_correction"
