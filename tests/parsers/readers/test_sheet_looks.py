"""Workbooks: what is raised, struck, white, uncounted or drawn is no part of a number, and no blank of the agency's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

import parsers
from parsers.model.report import Figure, Status
from workers.corpus.figures import seeded
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.workbook import stamped, tables_apart, to_xls, to_xlsx

CELL = ("proactive", "regulation", "issued")
SHEET = tables_apart(to_sheet("2021", seeded("2021", 1), Changes(cells={CELL: "987654"})))
UNREADABLE, NUMBER, BLANK = (Status.UNREADABLE, None), (Status.NUMBER, 12), (Status.BLANK, None)


def figure_of(data: bytes) -> Figure:
    return parsers.assess(data).report.tables[CELL[0]][CELL[1]][CELL[2]]


def in_xlsx(change: Callable[[Any], object]) -> Figure:
    """规章 本年制发件数 of a workbook whose cell was changed so."""
    return figure_of(to_xlsx(SHEET, lambda book: change(square_of(book))))


def square_of(book: Any) -> Any:
    return next(cell for page in book.worksheets for row in page for cell in row if cell.value == 987654)


def rich(*pieces: str | tuple[str, InlineFont]) -> CellRichText:
    return CellRichText(*(piece if isinstance(piece, str) else TextBlock(piece[1], piece[0]) for piece in pieces))


def says(value: object, **looks: object) -> Callable[[Any], None]:
    def change(cell: Any) -> None:
        cell.value = value
        for name, look in looks.items():
            setattr(cell, name, look)

    return change


def hides_zeros(cell: Any) -> None:
    cell.value = 0
    cell.parent.sheet_view.showZeros = False


DARK = PatternFill("solid", fgColor="FF1F4E79")
PALE = PatternFill("solid", fgColor="FFFFFFFF")
RAISED, LOWERED = InlineFont(vertAlign="superscript"), InlineFont(vertAlign="subscript")
STRUCK, WHITE = InlineFont(strike=True), InlineFont(color=openpyxl.styles.Color(rgb="FFFFFFFF"))

XLSX = (
    ("as usual", says(12), NUMBER),
    ("a raised run", says(rich("12", ("3", RAISED))), UNREADABLE),
    ("a lowered run", says(rich("12", ("3", LOWERED))), UNREADABLE),
    ("a struck run", says(rich("1", ("2", STRUCK), "3")), UNREADABLE),
    ("a white run", says(rich("12", ("3", WHITE))), UNREADABLE),
    ("a struck word", says(rich(("约", STRUCK), "12")), NUMBER),
    ("a bold run", says(rich("1", ("2", InlineFont(b=True)))), NUMBER),
    ("a struck cell", says(12, font=Font(strike=True)), UNREADABLE),
    ("a raised cell", says(12, font=Font(vertAlign="superscript")), UNREADABLE),
    ("a white cell", says(12, font=Font(color="FFFFFFFF")), UNREADABLE),
    ("a white cell by theme", says(12, font=Font(color=openpyxl.styles.Color(theme=0))), UNREADABLE),
    ("a white cell on dark", says(12, font=Font(color="FFFFFFFF"), fill=DARK), NUMBER),
    ("a white cell on white", says(12, font=Font(color="FFFFFFFF"), fill=PALE), UNREADABLE),
    ("a grey cell by theme", says(12, font=Font(color=openpyxl.styles.Color(theme=0, tint=-0.5))), NUMBER),
    ("noise of counting", says(11.9999999999), NUMBER),
    ("a fraction shown as whole", says(11.6, number_format="0"), UNREADABLE),
    ("a zero that is not shown", says(0, number_format="0;-0;;@"), UNREADABLE),
    ("a zero of a sheet without zeros", hides_zeros, UNREADABLE),
    ("nothing shown", says(12, number_format=";;;"), UNREADABLE),
    ("another digit shown", says(2, number_format='"1"0'), UNREADABLE),
    ("an uncounted sum", says("=SUM(B2:B8)"), UNREADABLE),
    ("an uncounted sum of another sheet", says("=SUM(主动公开!B2:B8)"), UNREADABLE),
    ("nothing", says(None), BLANK),
)


@pytest.mark.parametrize(("_fact", "change", "found"), XLSX, ids=[row[0] for row in XLSX])
def test_a_cell_that_shows_something_else_is_no_number_and_no_blank(
    _fact: str, change: Callable[[Any], object], found: tuple[Status, int | None]
) -> None:
    figure = in_xlsx(change)
    assert (figure.status, figure.value) == found


@pytest.mark.parametrize(
    ("change", "raw"),
    [
        (says("=SUM(B2:B8)"), "=SUM(B2:B8)"),
        (says(0, number_format="0;-0;;@"), "0"),
        (says(58000, number_format='0!.0,"万"'), "58000"),
        (says(11.9999999999), "12"),
    ],
)
def test_a_doubt_keeps_what_the_file_keeps(change: Callable[[Any], object], raw: str) -> None:
    assert in_xlsx(change).raw == raw


def replaced(old: bytes, new: bytes) -> Figure:
    """A workbook in whose sheet this XML stands for the cell's."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(to_xlsx(SHEET))) as book, zipfile.ZipFile(made, "w") as changed:
        for name in book.namelist():
            data = book.read(name)
            if b"<v>987654</v>" in data:
                head = data.rindex(b"<c ", 0, data.index(b"<v>987654</v>"))
                end = data.index(b"</c>", head)
                data = data[:head] + data[head:end].replace(old, new) + data[end:]
            changed.writestr(name, data)
    return figure_of(stamped(made.getvalue()))


FORMULAS = (
    (b"<v>987654</v>", b"<f>1+1</f><v></v>", UNREADABLE),
    (b"<v>987654</v>", b'<f t="shared" si="0"/>', UNREADABLE),
    (b't="n"><v>987654</v>', b't="str"><f>A1</f>', UNREADABLE),
    (b't="n"><v>987654</v>', b't="str"><f>IF(A1=1,1,"")</f><v></v>', BLANK),
    (b't="n"><v>987654</v>', b't="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v>', UNREADABLE),
    (b't="n"><v>987654</v>', b't="e" vm="1"><v>#VALUE!</v>', UNREADABLE),
    (b"<v>987654</v>", b"<f>3*4</f><v>12</v>", NUMBER),
)


@pytest.mark.parametrize(("old", "new", "found"), FORMULAS, ids=[str(row[1]) for row in FORMULAS])
def test_a_formula_is_what_it_was_last_seen_to_give(old: bytes, new: bytes, found: tuple[Status, int | None]) -> None:
    figure = replaced(old, new)
    assert (figure.status, figure.value) == found


def test_a_picture_over_a_blank_cell_is_no_blank_and_over_a_number_changes_nothing() -> None:
    from openpyxl.drawing.image import Image  # needs Pillow, as only this test does
    from PIL import Image as Pictures

    picture = io.BytesIO()
    Pictures.new("1", (9, 9)).save(picture, "PNG")
    for value, found in ((None, UNREADABLE), (12, NUMBER)):

        def change(cell: Any, value: object = value) -> None:
            cell.value = value
            cell.parent.add_image(Image(io.BytesIO(picture.getvalue())), cell.coordinate)

        figure = in_xlsx(change)
        assert (figure.status, figure.value) == found


XLS = (
    ("as usual", "", 12, NUMBER),
    ("struck", "font: struck_out on", 12, UNREADABLE),
    ("white", "font: colour white", 12, UNREADABLE),
    ("white on dark", "font: colour white; pattern: pattern solid, fore_colour dark_blue", 12, NUMBER),
    ("white on white", "font: colour white; pattern: pattern solid, fore_colour white", 12, UNREADABLE),
    ("red", "font: colour red", 12, NUMBER),
)


def in_xls(write: Callable[[Any, int, int], object]) -> Figure:
    def change(book: Any) -> None:
        for page in (book.get_sheet(number) for number in range(3)):
            for number, row in page.get_rows().items():
                for column, cell in row._Row__cells.items():  # the library has no way to ask what was written
                    if getattr(cell, "number", None) == 987654:
                        write(page, number, column)
                        return

    return figure_of(to_xls(SHEET, change))


@pytest.mark.parametrize(("_fact", "look", "value", "found"), XLS, ids=[row[0] for row in XLS])
def test_an_old_workbook_says_by_its_fonts_what_is_seen(
    _fact: str, look: str, value: int, found: tuple[Status, int | None]
) -> None:
    figure = in_xls(lambda page, row, column: page.write(row, column, value, xlwt.easyxf(look)))
    assert (figure.status, figure.value) == found


def test_an_old_workbook_may_raise_or_strike_a_part_of_a_cell() -> None:
    raised, struck = xlwt.Font(), xlwt.Font()
    raised.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    struck.struck_out = True
    pieces = [("12", ("3", font)) for font in (raised, struck)]
    found = [in_xls(lambda page, row, column, p=each: page.write_rich_text(row, column, p)).status for each in pieces]  # type: ignore[misc]
    assert found == [Status.UNREADABLE] * 2
