"""Sums that broke as cells that slipped would break them: ours to look at, unless two readers saw the same."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.finding import Attribution, Finding, Verdict
from workers.corpus.figures import Figures, written
from workers.corpus.pdf import to_pdf
from workers.corpus.sheet import Sheet, to_sheet
from workers.corpus.texts import layout

SLIPPED = {
    "natural_person": 0,
    "commercial_enterprise": 11,
    "research_institution": 2,
    "public_welfare_organization": 0,
}


def sheet(changes: dict[tuple[str, str], int]) -> Sheet:
    """The written report with other numbers in these rows and columns of the table of requests."""
    figures: Figures = {**written("2021"), **{("requests", row, c): number for (row, c), number in changes.items()}}
    return to_sheet("2021", figures)


def sums(data: bytes) -> list[Finding]:
    return [finding for finding in parsers.assess(data).findings.findings if finding.rule == "table_identities"]


def text(changes: dict[tuple[str, str], int]) -> bytes:
    return layout("tabbed")(sheet(changes)).encode()


SHIFTED = {("granted", column): number for column, number in SLIPPED.items()} | {
    ("granted", "legal_service_institution"): 1
}


def test_a_row_that_slipped_in_a_text_is_put_to_a_person() -> None:
    found = sums(text(SHIFTED))
    assert len(found) == 5
    assert {(f.verdict, f.attribution) for f in found} == {(Verdict.UNDETERMINED, Attribution.UNCLEAR)}


def test_the_same_row_seen_by_two_readers_is_as_it_was_filed() -> None:
    found = sums(to_pdf(sheet(SHIFTED)))
    assert len(found) == 5
    assert {(f.verdict, f.attribution) for f in found} == {(Verdict.VIOLATED, Attribution.FILED)}


def test_several_columns_off_while_every_row_is_in_order_are_put_to_a_person() -> None:
    row = ("unavailable_not_held", ("natural_person", "commercial_enterprise", "total"))
    found = sums(text({(row[0], column): 0 for column in row[1]}))
    assert [f.code for f in found] == ["A02"] * 3
    assert {f.attribution for f in found} == {Attribution.UNCLEAR}


def test_most_rows_off_at_once_are_put_to_a_person() -> None:
    rows = (
        "new_received",
        "granted",
        "partially_granted",
        "unavailable_not_held",
        "total_processed",
        "carried_forward",
    )
    found = sums(text({(row, "total"): 90 + i for i, row in enumerate(rows)}))
    assert {f.attribution for f in found} == {Attribution.UNCLEAR}


@pytest.mark.parametrize(
    "changes",
    [
        {("granted", "natural_person"): 9},
        {("granted", "natural_person"): 2, ("granted", "commercial_enterprise"): 11},
        {("partially_granted", "natural_person"): 0, ("partially_granted", "total"): 0},
        {("new_received", "total"): 30, ("granted", "total"): 30, ("carried_forward", "total"): 30},
    ],
    ids=["one cell", "two that changed places", "a row left out", "three totals"],
)
def test_a_few_wrong_numbers_are_the_agencys(changes: dict[tuple[str, str], int]) -> None:
    assert {f.attribution for f in sums(text(changes))} == {Attribution.FILED}
