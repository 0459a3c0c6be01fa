"""An item of a notice: where it stands, what was filed there as it was filed, and what is asked."""

from __future__ import annotations

import msgspec
import pytest

import parsers
from parsers.editions import edition_named
from parsers.editions.equations import CellId
from parsers.model.cause import Cause, CauseKind, Change, Explanation
from parsers.model.document import Place
from parsers.model.finding import Evidence, Finding, Severity
from parsers.notices.compose import outcome_to_notice
from parsers.notices.items import NoticeItem, group_to_item, message_to_halves
from tests.parsers.notices.notice_world import outcome_of
from workers.corpus.figures import written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout


def item_of(**changes: object) -> NoticeItem:
    form = edition_named("2021")
    assert form is not None
    return group_to_item((msgspec.structs.replace(found(), **{"cause": None, **changes}),), 1, form)


def found() -> Finding:
    """The wrong total of table 3: filed 99."""
    return next(finding for finding in outcome_of().findings.findings if finding.code == "A04")


def evidence(raw: str | None, figure: str | None = "review_litigation.review.total", **place: object) -> Evidence:
    return Evidence(figure=figure, label="表三", raw=raw, place=Place(**place))  # type: ignore[arg-type] # its own names


def test_a_figure_is_named_by_table_row_and_column() -> None:
    item = item_of()
    assert (item.table, item.row, item.column, item.page) == ("表三", "行政复议", "总计", 2)
    assert item.box is not None


def test_what_is_no_figure_has_no_row() -> None:
    item = item_of(places=(evidence("五、问题", None, line=9),))
    assert (item.table, item.row, item.column, item.line) == (None, None, None, 9)


def test_in_a_workbook_the_address_of_the_cell_is_told() -> None:
    item = item_of(places=(evidence("99", path="表一!B3"),))
    assert (item.cell, item.where) == ("表一!B3", "表三（表一!B3）")


@pytest.mark.parametrize(
    ("raw", "filed", "shown"),
    [
        ("99", "99", "99"),
        ("1,002", "1002", "1,002"),
        (" ９９ ", "99", " ９９ "),
        ("57", "58", "合计58"),
        ("", "", ""),
        ("\xa0", "", ""),
        ("无", "无", "无"),
        (None, "7", "7"),
        ("12", None, "12"),
        (None, None, None),
    ],
)
def test_what_was_filed_is_told_as_it_was_filed(raw: str | None, filed: str | None, shown: str | None) -> None:
    assert item_of(places=(evidence(raw, line=1),), filed=filed).filed == shown


@pytest.mark.parametrize(
    ("message", "severity", "result", "asked"),
    [
        ("总计填报1，合计2，相差1，请更正。", Severity.ERROR, "总计填报1，合计2，相差1。", "请更正。"),
        ("缺少“五”，不符合要求，请补充。", Severity.ERROR, "缺少“五”，不符合要求。", "请补充。"),
        (
            "填写为“无”，请核实，无数据的请填“0”。",
            Severity.WARNING,
            "填写为“无”，请核实，无数据的请填“0”。",
            "请核实。",
        ),
        ("建议改为“截至”。", Severity.INFO, "建议改为“截至”。", "供参考。"),
        (
            "缺标题，请核实后规范为“甲局年度报告”。",
            Severity.WARNING,
            "缺标题，请核实后规范为“甲局年度报告”。",
            "请核实。",
        ),
        ("不一致。请核实或说明。", Severity.WARNING, "不一致。", "请核实或说明。"),
    ],
)
def test_a_sentence_is_what_was_found_and_what_is_asked(
    message: str, severity: Severity, result: str, asked: str
) -> None:
    finding = msgspec.structs.replace(found(), severity=severity, cause=None)
    assert message_to_halves(message, finding) == (result, asked)


def items_of(cells: dict[CellId, str]) -> tuple[NoticeItem, ...]:
    text = layout("tabbed")(to_sheet("2021", written("2021"), Changes(cells=cells)))
    return outcome_to_notice(parsers.assess(text.encode())).items


def test_what_one_cell_explains_is_one_item_that_stands_at_this_cell() -> None:
    (item,) = items_of({("requests", "granted", "natural_person"): "13"})
    assert item.message == (
        "表二“自然人”列：“（七）总计”填报20，（一）至（六）各项合计22，相差2；"
        "表二“（一）予以公开”行：总计填报14，自然人与法人或其他组织各列合计16，相差2，请更正。"
        "最可能有误的是“（一）予以公开”自然人列：13 应为 11。"
    )
    assert (item.row, item.column, item.filed, item.suggestion) == ("（一）予以公开", "自然人", "13", "11")
    assert (item.result + item.request, len(item.fingerprints)) == (
        item.message.replace("，请更正。", "。") + "请更正。",
        2,
    )


def test_where_two_cells_explain_it_both_are_shown() -> None:
    swapped = {("requests", "granted", "natural_person"): "2", ("requests", "granted", "commercial_enterprise"): "11"}
    (item,) = items_of(swapped)
    assert (item.column, [place.line for place in item.others], item.suggestion) == ("自然人", [item.line], None)


def test_what_has_two_explanations_stands_where_the_sum_is_broken() -> None:
    changes = [Change(figure=f"review_litigation.review.{name}", filed=1, suggested=2) for name in ("other", "total")]
    either = tuple(Explanation(kind=CauseKind.CELL, changes=(change,), mends=()) for change in changes)
    item = item_of(
        cause=Cause(candidates=either), message="总计填报99，合计1091，相差992，请更正。可能是甲列，或总计列。"
    )
    assert (item.column, item.filed, item.suggestion, item.others) == ("总计", "99", None, ())
    assert (item.result, item.request) == ("总计填报99，合计1091，相差992。可能是甲列，或总计列。", "请更正。")


def test_of_a_long_text_only_the_beginning_is_quoted() -> None:
    item = item_of(filed=None, expected=None, places=(evidence("抄" * 500, None, line=9),))
    assert item.filed == "抄" * 60 + "……"
