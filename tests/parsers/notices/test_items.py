"""An item of a notice: where it stands, what was filed there as it was filed, and what is asked."""

from __future__ import annotations

import msgspec
import pytest

from parsers.editions import edition_named
from parsers.model.document import Place
from parsers.model.finding import Evidence, Finding, Severity
from parsers.notices.items import NoticeItem, finding_to_item, message_to_halves
from tests.parsers.notices.notice_world import outcome_of


def item_of(**changes: object) -> NoticeItem:
    form = edition_named("2021")
    assert form is not None
    return finding_to_item(msgspec.structs.replace(found(), **changes), 1, form)


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
        ("不一致。请核实或说明。", Severity.WARNING, "不一致。", "请核实或说明。"),
    ],
)
def test_a_sentence_is_what_was_found_and_what_is_asked(
    message: str, severity: Severity, result: str, asked: str
) -> None:
    assert message_to_halves(message, severity) == (result, asked)
