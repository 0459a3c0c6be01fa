"""PDF: pages, places, frames, page numbers, borders of every kind, pages on their side."""

from __future__ import annotations

import subprocess
import sys

import pypdfium2
import pytest

import parsers
from parsers.model.document import Document, Line, Table
from parsers.model.report import Figure
from tests.make.pens import PENS
from tests.parsers.test_one_truth import read_figures, strange_to_say
from workers.corpus.figures import seeded, written
from workers.corpus.pdf import HEIGHT, WIDTH, Pen, to_pdf
from workers.corpus.sheet import Changes, Grid, Spot, to_sheet

FRAME = Grid(
    (1,), ((Spot("澄湖县水务局2023年政府信息公开工作年度报告", 0),), (Spot("一、总体情况", 0),), (Spot("正文。", 0),))
)


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def test_prose_inside_a_frame_is_prose() -> None:
    document = parsers.read(to_pdf((FRAME,)))
    assert lines(document) == ["澄湖县水务局2023年政府信息公开工作年度报告", "一、总体情况", "正文。", "- 1 -"]
    report = parsers.classify(document)
    assert (report.year, report.sections["overview"].text) == (2023, "正文。")


def test_pages_are_counted_measured_and_their_numbers_left_over() -> None:
    document = parsers.read(to_pdf(to_sheet("2021", written("2021")), start=300))
    assert [(page.number, page.width, page.height) for page in document.pages] == [
        (number, WIDTH, HEIGHT) for number in range(1, len(document.pages) + 1)
    ]
    leftovers = [leftover.text for leftover in parsers.classify(document).leftovers]
    assert [f"- {page.number} -" in leftovers for page in document.pages] == [True] * len(document.pages)


def test_a_merged_cell_begins_once_and_reaches_over_its_columns() -> None:
    grid = Grid(
        (1, 1, 1), ((Spot("甲", 0, 3),), (Spot("乙", 0), Spot("丙", 1, 2)), (Spot("1", 0), Spot("2", 1), Spot("3", 2)))
    )
    tables = [block for block in parsers.read(to_pdf((grid,))).blocks if isinstance(block, Table)]
    spans = [
        [(cell.text, cell.column, cell.column_span) for cell in row.cells] for table in tables for row in table.rows
    ]
    assert spans == [[("乙", 0, 1), ("丙", 1, 2)], [("1", 0, 1), ("2", 1, 1), ("3", 2, 1)]]


def test_a_merged_cell_reaches_over_its_rows() -> None:
    grid = Grid((1, 1), ((Spot("甲", 0, 1, 2), Spot("1", 1)), (Spot("2", 1),)))
    tables = [block for block in parsers.read(to_pdf((grid,))).blocks if isinstance(block, Table)]
    assert [[(c.text, c.row_span) for c in row.cells] for row in tables[0].rows] == [[("甲", 2), ("1", 1)], [("2", 1)]]


@pytest.mark.parametrize("pen", [pen for _, pen in PENS], ids=[name for name, _ in PENS])
@pytest.mark.parametrize(("edition", "year", "turn"), [("2019", 2020, 0), ("2021", 2023, 90)])
def test_every_way_of_drawing_borders_tells_the_same_figures(pen: Pen, edition: str, year: int, turn: int) -> None:
    figures = seeded(edition, 5)
    outcome = parsers.assess(to_pdf(to_sheet(edition, figures, Changes(year=year)), pen=pen, turn=turn, start=120))
    assert read_figures(outcome, figures) == figures
    assert strange_to_say(outcome, merged=False) == []
    assert outcome.report.problems == ()


SCALE = 2
"""Pixels a point."""


def rendered(data: bytes, figures: list[Figure]) -> list[tuple[bool, str]]:
    """For each figure: is there ink inside its box on the picture of its page, and what PDFium reads there."""
    pdf = pypdfium2.PdfDocument(data)
    pictures = [page.render(scale=SCALE).to_pil().convert("L") for page in pdf]
    texts = [page.get_textpage() for page in pdf]
    found = []
    for figure in figures:
        assert figure.place.page is not None
        assert figure.place.box is not None
        left, top, right, bottom = figure.place.box
        crop = pictures[figure.place.page - 1].crop(
            (int((left + 1) * SCALE), int((top + 1) * SCALE), int((right - 1) * SCALE), int((bottom - 1) * SCALE))
        )
        text = texts[figure.place.page - 1].get_text_bounded(left, HEIGHT - bottom, right, HEIGHT - top)
        found.append((crop.getextrema()[0] < 128, text.strip()))
    pdf.close()
    return found


def test_the_box_of_every_figure_shows_that_figure_on_the_page() -> None:
    data = to_pdf(to_sheet("2021", seeded("2021", 3)), start=200)
    tables = parsers.assess(data).report.tables
    figures = [figure for rows in tables.values() for row in rows.values() for figure in row.values() if figure.raw]
    assert len(figures) > 150
    assert rendered(data, figures) == [(True, figure.raw) for figure in figures]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_box_on_a_turned_page_lies_where_the_page_as_seen_shows_it(turn: int) -> None:
    document = parsers.read(to_pdf(("甲",), turn=turn))
    page, line = document.pages[0], document.blocks[0]
    assert (page.width, page.height) == ((WIDTH, HEIGHT) if turn == 180 else (HEIGHT, WIDTH))
    assert line.place.box is not None
    middle = ((line.place.box[0] + line.place.box[2]) / 2, (line.place.box[1] + line.place.box[3]) / 2)
    near = {90: (page.width - 58, 55), 180: (page.width - 55, page.height - 58), 270: (58, page.height - 55)}[turn]
    assert middle == pytest.approx(near, abs=6)


def test_the_first_reader_does_not_load_the_second_ones_library() -> None:
    program = (
        "import sys, parsers.readers.pdf; print([n for n in sys.modules if n.startswith(('pdfplumber', 'pdfminer'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
