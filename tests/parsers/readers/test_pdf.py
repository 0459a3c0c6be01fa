"""PDF: pages, places, frames, page numbers."""

from __future__ import annotations

import parsers
from parsers.model.document import Document, Line, Table
from tests.make.figures import written
from tests.make.pdf import HEIGHT, WIDTH, to_pdf
from tests.make.sheet import Grid, Spot, to_sheet

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


def test_a_cells_box_lies_on_its_page_and_holds_the_cell() -> None:
    report = parsers.classify(parsers.read(to_pdf(to_sheet("2021", written("2021")))))
    place = report.tables["proactive"]["administrative_licensing"]["decisions"].place
    assert place.box is not None
    x0, top, x1, bottom = place.box
    assert 0 < x0 < x1 < WIDTH
    assert 0 < top < bottom < HEIGHT
