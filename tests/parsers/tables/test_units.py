"""A head that names another unit than 万元: its number is kept as filed, is no 万元, and is suggested as such."""

from __future__ import annotations

from decimal import Decimal

import pytest

import parsers
from parsers.model.outcome import Outcome
from parsers.model.report import Figure, Number, Status
from tests.make.html import to_html
from workers.corpus.figures import seeded
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import LAYOUTS, layout

FEE = ("proactive", "administrative_fee", "amount_wan_yuan")
HEAD = "本年收费金额（单位：万元）"
WAYS = (*(name for name, _ in LAYOUTS), "html")


def outcome_of(way: str, head: str, fee: str) -> Outcome:
    sheet = to_sheet("2021", seeded("2021", 4), Changes(year=2023, labels={HEAD: head}, cells={FEE: fee}))
    return parsers.assess(to_html(sheet) if way == "html" else layout(way)(sheet).encode())


def fee_of(outcome: Outcome) -> Figure:
    return outcome.report.tables[FEE[0]][FEE[1]][FEE[2]]


@pytest.mark.parametrize("way", WAYS)
def test_yuan_are_no_ten_thousand_yuan_and_the_head_is_said_to_differ(way: str) -> None:
    outcome = outcome_of(way, "本年收费金额（单位：元）", "251000")
    fee = fee_of(outcome)
    assert (fee.status, fee.value, (fee.raw or "").strip(), fee.suggested) == (
        Status.NON_NUMERIC,
        None,
        "251000",
        Decimal("25.1"),
    )
    assert sorted(f.message for f in outcome.findings.findings) == [
        "表一“行政事业性收费”行“本年收费金额”列填写为“251000”，表头的单位与统一格式不同，请核实，似应为“25.1”。",
        "表一表头“本年收费金额（单位：元）”应为“本年收费金额（单位：万元）”，请核实更正。",
    ]


@pytest.mark.parametrize(
    ("head", "fee", "expected"),
    [
        ("本年收费金额（单位：元）", "0", (Status.NUMBER, 0, None)),
        ("本年收费金额（单位：元）", "25.1万元", (Status.NUMBER, Decimal("25.1"), None)),
        ("本年收费金额（元）", "1,000,000", (Status.NON_NUMERIC, None, 100)),
        ("本年收费金额（单位：千元）", "251", (Status.NON_NUMERIC, None, Decimal("25.1"))),
        ("本年收费金额（单位：亿元）", "2", (Status.NON_NUMERIC, None, 20_000)),
        ("本年收费金额（单位：美元）", "2", (Status.UNREADABLE, None, None)),
        ("本年收费金额", "25.1", (Status.NUMBER, Decimal("25.1"), None)),
        (HEAD, "25.1", (Status.NUMBER, Decimal("25.1"), None)),
    ],
)
def test_what_a_fee_is_under_its_head(
    head: str, fee: str, expected: tuple[Status, Number | None, Number | None]
) -> None:
    found = fee_of(outcome_of("tight", head, fee))
    assert (found.status, found.value, found.suggested) == expected


def test_a_suggestion_is_printed_as_people_write_it() -> None:
    assert str(fee_of(outcome_of("tight", HEAD, "1000000元")).suggested) == "100"
