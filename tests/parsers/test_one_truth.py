"""The strongest single test: one table of figures, printed in every layout and edition, is read as the same figures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from parsers.model.outcome import Outcome
from parsers.model.report import Number, Status
from workers.corpus.docx import LOOKS, Look, to_docx
from workers.corpus.figures import Figures, seeded, written
from workers.corpus.ofd import Way, to_ofd
from workers.corpus.pdf import to_pdf
from workers.corpus.sheet import Changes, Sheet, plain, to_sheet
from workers.corpus.texts import LAYOUTS, layout
from workers.corpus.workbook import WAYS, Leaf, to_xls, to_xlsx

FORMS = (("2019", 2020, "split"), ("2021", 2023, "split"), ("2021", 2023, "merged"))
"""Edition, year, and whether （六） is printed as three rows or as one."""

NAMES = tuple(name for name, _ in LAYOUTS)


def read_figures(outcome: Outcome, figures: Figures) -> Figures:
    """The values that the outcome has for the cells of these figures; a cell without a number is left out."""
    tables = outcome.report.tables
    found = {cell: tables[cell[0]].get(cell[1], {}).get(cell[2]) for cell in figures}
    return {cell: figure.value for cell, figure in found.items() if figure is not None and figure.value is not None}


def strange_to_say(outcome: Outcome, *, merged: bool) -> list[str]:
    """Messages of findings; a merged （六） has one of its own."""
    findings = [f for f in outcome.findings.findings if not (merged and f.code == "TABLE_ROWS_MISSING")]
    return [finding.message for finding in findings]


def printed(sheet: Sheet, name: str) -> bytes:
    return layout(name)(sheet).encode()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("edition", "year", "six"), FORMS)
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_every_text_layout_tells_the_same_figures_and_nothing_is_found(
    name: str,
    edition: str,
    year: int,
    six: str,
    seed: int,
) -> None:
    figures = seeded(edition, seed, merged=six == "merged")
    sheet = to_sheet(edition, figures, Changes(year=year, merged=six == "merged"))
    outcome = parsers.assess(printed(sheet, name))
    assert read_figures(outcome, figures) == figures
    assert strange_to_say(outcome, merged=six == "merged") == []


@pytest.mark.parametrize(("edition", "year", "six", "start"), [(*FORMS[0], 37), (*FORMS[1], 300), (*FORMS[2], 150)])
def test_a_ruled_pdf_tells_the_same_figures_wherever_its_pages_break(
    edition: str,
    year: int,
    six: str,
    start: int,
) -> None:
    figures = seeded(edition, start, merged=six == "merged")
    outcome = parsers.assess(
        to_pdf(to_sheet(edition, figures, Changes(year=year, merged=six == "merged")), start=start)
    )
    assert read_figures(outcome, figures) == figures
    assert strange_to_say(outcome, merged=six == "merged") == []
    rows = [row for table in outcome.report.tables.values() for row in table.values()]
    seen = [figure for row in rows for figure in row.values() if figure.status is not Status.ABSENT]
    assert all(figure.place.page and figure.place.box for figure in seen)


@pytest.mark.parametrize("look", [look for _, look in LOOKS], ids=[name for name, _ in LOOKS])
@pytest.mark.parametrize(("edition", "year", "six"), FORMS)
@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_docx_tells_the_same_figures_in_whatever_way_it_was_made(
    look: Look,
    edition: str,
    year: int,
    six: str,
    seed: int,
) -> None:
    figures = seeded(edition, seed, merged=six == "merged")
    outcome = parsers.assess(to_docx(to_sheet(edition, figures, Changes(year=year, merged=six == "merged")), look))
    assert read_figures(outcome, figures) == figures
    assert strange_to_say(outcome, merged=six == "merged") == []


@pytest.mark.parametrize("way", [Way(), Way(letters_apart=True), Way(filled_rules=True, template=True, nested=True)])
@pytest.mark.parametrize(("edition", "year", "six", "start"), [(*FORMS[0], 37), (*FORMS[1], 300), (*FORMS[2], 150)])
def test_an_ofd_tells_the_same_figures_however_it_is_written_and_wherever_its_pages_break(
    way: Way, edition: str, year: int, six: str, start: int
) -> None:
    figures = seeded(edition, start, merged=six == "merged")
    sheet = to_sheet(edition, figures, Changes(year=year, merged=six == "merged"))
    outcome = parsers.assess(to_ofd(sheet, way, start=start)[0])
    assert read_figures(outcome, figures) == figures
    assert strange_to_say(outcome, merged=six == "merged") == []


@pytest.mark.parametrize("way", WAYS, ids=[name for name, _ in WAYS])
@pytest.mark.parametrize("make", [to_xlsx, to_xls])
@pytest.mark.parametrize(("edition", "year", "six"), FORMS)
def test_a_workbook_tells_the_same_figures_however_they_are_laid_out_over_its_sheets(
    way: tuple[str, Callable[[Sheet], tuple[Leaf, ...]]],
    make: Callable[[tuple[Leaf, ...]], bytes],
    edition: str,
    year: int,
    six: str,
) -> None:
    name, lay_out = way
    figures = seeded(edition, len(name), merged=six == "merged")
    sheet = to_sheet(edition, figures, Changes(year=year, merged=six == "merged"))
    outcome = parsers.assess(make(lay_out(sheet)))
    assert read_figures(outcome, figures) == figures
    if name == "on_one_sheet":
        assert strange_to_say(outcome, merged=six == "merged") == []
    assert "TABLE_MISSING" not in {finding.code for finding in outcome.findings.findings}


def thousands(value: Number) -> str:
    return f"{value:,}"


def full_width(value: Number) -> str:
    return str(value).translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－"))


def padded(value: Number) -> str:
    return f"\xa0{value}\xa0"


def in_words(value: Number) -> str:
    return f"减{-value}" if value < 0 else str(value)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("write", [thousands, full_width, padded, in_words])
@pytest.mark.parametrize(("edition", "year"), [("2019", 2020), ("2021", 2023)])
def test_the_way_a_number_is_written_does_not_change_it(
    name: str, write: Callable[[Number], str], edition: str, year: int
) -> None:
    figures = seeded(edition, 7)
    outcome = parsers.assess(printed(to_sheet(edition, figures, Changes(year=year), write), name))
    assert read_figures(outcome, figures) == figures
    assert strange_to_say(outcome, merged=False) == []


def test_numbers_in_a_pdf_may_be_written_in_every_way_too() -> None:
    figures = written("2019")
    ways = (thousands, full_width, padded, in_words, plain)
    turn = cycle(ways)
    sheet = to_sheet("2019", figures, Changes(year=2020), lambda value: next(turn)(value))  # noqa: PLW0108 - another each time
    outcome = parsers.assess(to_pdf(sheet))
    assert read_figures(outcome, figures) == figures


def test_digits_stay_as_filed() -> None:
    figures = written("2021")
    figures["proactive", "administrative_fee", "amount_wan_yuan"] = Decimal("24252.311082")
    data = printed(to_sheet("2021", figures), "tabbed")
    report = parsers.outcome_to_files(parsers.assess(data))["report.json"].decode()
    assert '"value": 24252.311082' in report


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_every_encoding_of_chinese_offices_tells_the_same_report(encoding: str) -> None:
    text = layout("tight")(to_sheet("2021", written("2021")))
    expected = parsers.assess(text.encode()).report
    found = parsers.assess(text.encode(encoding)).report
    assert (found.tables, found.sections, found.title) == (expected.tables, expected.sections, expected.title)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_line_end_tells_the_same_figures(end: str) -> None:
    text = layout("cells_with_tabs_and_gaps")(to_sheet("2021", written("2021")))
    outcome = parsers.assess(text.replace("\n", end).encode())
    assert read_figures(outcome, written("2021")) == written("2021")
