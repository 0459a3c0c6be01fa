"""Which row of the form a run is: by label, by number and order, by order alone; and when nothing may be said."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.report import Report, Status
from workers.corpus.figures import BODIES, Figures, written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout

CLEAN = written("2021")
ALL_SEVEN = (*BODIES, "total")


def report(text: str) -> Report:
    return parsers.assess(text.encode()).report


def text_of(name: str = "tabbed", **changes: object) -> str:
    return layout(name)(to_sheet("2021", CLEAN, Changes(**changes)))  # type: ignore[arg-type] # names of Changes


def values(found: Report) -> Figures:
    tables = found.tables
    cells = {(t, r, c): f.value for t, rows in tables.items() for r, row in rows.items() for c, f in row.items()}
    return {cell: value for cell, value in cells.items() if value is not None}


def statuses(found: Report, row: str) -> set[Status]:
    return {figure.status for figure in found.tables["requests"][row].values()}


def odd_labels(found: Report) -> list[tuple[str, str]]:
    return [(p.found, p.expected) for trace in found.traces.values() for p in trace.printed]


def test_a_damaged_label_is_found_by_its_number_and_order() -> None:
    found = report(text_of(labels={"7.属于行政执法案卷": "7.属亍行玫执洁案卷"}))
    assert (values(found), odd_labels(found)) == (CLEAN, [("7.属亍行玫执洁案卷", "7.属于行政执法案卷")])


def test_a_lost_label_is_found_by_order() -> None:
    assert values(report(text_of(labels={"2.重复申请": ""}))) == CLEAN


def test_a_label_lost_between_lines_of_numbers_is_found_by_order() -> None:
    text = text_of("cells_with_tabs").replace("\t2.重复申请\n", "")
    assert values(report(text)) == CLEAN


def test_a_row_shifted_by_a_stray_tab_is_read_by_its_last_cells() -> None:
    text = text_of("tight").replace("（五）不予处理\t1.信访", "（五）不予处理\t\t\t1.信访")
    assert values(report(text)) == CLEAN


def test_a_label_wrapped_over_two_lines_is_one_label() -> None:
    for name in ("cells_apart", "cells_with_tabs"):
        text = text_of(name).replace("2.没有现成信息需要另行制作", "2.没有现成信息\n需要另行制作")
        found = report(text)
        assert (values(found), odd_labels(found)) == (CLEAN, [])


def test_a_label_whose_rest_follows_its_numbers_is_no_typo() -> None:
    row = "2.没有现成信息需要另行制作\t0\t0\t0\t0\t0\t0\t0"
    cut = "2.没有现成信息需要\t0\t0\t0\t0\t0\t0\t0\n\n\t另行制作\t\t\t\t\t\t\t"
    text = text_of("tight")
    assert row in text
    found = report(text.replace(row, cut))
    assert (values(found), odd_labels(found)) == (CLEAN, [])


def test_blank_cells_as_empty_lines_are_blank_and_the_total_is_read() -> None:
    blank = {("requests", "granted", body): "" for body in BODIES}
    found = report(text_of("cells_apart", cells=blank))
    row = found.tables["requests"]["granted"]
    assert ([row[body].status for body in BODIES], row["total"].value) == ([Status.BLANK] * 6, 14)


def test_a_printed_label_without_any_value_is_a_blank_row() -> None:
    blank = {("requests", "not_processed_duplicate", column): "" for column in ALL_SEVEN}
    for name in ("tabbed", "cells_apart", "cells_with_tabs", "piped", "spaced"):
        assert statuses(report(text_of(name, cells=blank)), "not_processed_duplicate") == {Status.BLANK}


def test_words_in_place_of_numbers_are_in_doubt_and_not_blank() -> None:
    found = report(text_of(cells={("proactive", "administrative_coercion", "decisions"): "详见附件"}))
    figure = found.tables["proactive"]["administrative_coercion"]["decisions"]
    assert (figure.status, figure.raw) == (Status.UNREADABLE, "详见附件")


def test_a_row_that_is_nowhere_is_absent() -> None:
    assert statuses(report(text_of(drop_rows=("requests.not_processed_duplicate",))), "not_processed_duplicate") == {
        Status.ABSENT
    }


def test_a_stray_number_in_a_row_makes_it_unreadable_and_moves_no_value() -> None:
    text = text_of("cells_with_tabs").replace("\t1.本机关不掌握相关政府信息\n", "\t1.本机关不掌握相关政府信息\n3\n")
    found = report(text)
    assert statuses(found, "unavailable_not_held") == {Status.UNREADABLE}
    others = {cell: value for cell, value in CLEAN.items() if cell[1] != "unavailable_not_held"}
    assert {cell: value for cell, value in values(found).items() if cell[1] != "unavailable_not_held"} == others


def test_page_numbers_inside_a_table_are_left_over_and_not_read() -> None:
    text = text_of("cells_apart").replace("（四）无法提供\n", "- 3 -\n（四）无法提供\n")
    found = report(text)
    assert values(found) == CLEAN
    assert "- 3 -" in [leftover.text for leftover in found.leftovers]


def test_a_merged_six_is_one_row_and_its_sub_rows_are_absent() -> None:
    sheet = to_sheet("2021", written("2021", merged=True), Changes(merged=True))
    found = report(layout("tabbed")(sheet))
    assert statuses(found, "other_processing") == {Status.NUMBER}
    assert statuses(found, "other_misc") == {Status.ABSENT}


def test_a_label_on_one_line_with_its_groups_label_is_no_typo() -> None:
    text = text_of("spaced").replace("1.属于国家秘密", "（三）不予公开 1.属于国家秘密")
    found = report(text)
    assert (values(found), odd_labels(found)) == (CLEAN, [])


@pytest.mark.parametrize("value", ["O", "o", "○", "0", "-", "无"])
def test_a_value_stuck_to_its_label_is_no_typo_of_the_label(value: str) -> None:
    label = "一、本年新收政府信息公开申请数量"
    text = text_of("spaced").replace(f"{label} ", f"{label}{value} ")
    assert odd_labels(report(text)) == []


def test_a_number_before_its_label_in_table_one_leaves_no_cell_blank() -> None:
    row = "行政事业性收费\t"
    text = text_of("tight")
    start = text.index(row)
    end = text.index("\n", start)
    number = text[start + len(row) : end].strip()
    found = report(text[:start] + f"{number}\n行政事业性收费\n" + text[end:])
    assert found.tables["proactive"]["administrative_fee"]["amount_wan_yuan"].status is not Status.BLANK
