"""The form as real files have it: right or in doubt, never wrong and certain, and nobody accused of our doubts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import parsers
from parsers.model.document import Document
from parsers.model.outcome import Outcome
from parsers.model.report import Status
from tests.make.documents import change_grids, on_pages, to_document
from workers.corpus.figures import CellId, Figures, seeded
from workers.corpus.sheet import Changes, Grid, Sheet, Spot, to_sheet

FIGURES = seeded("2021", 3)
SHEET = to_sheet("2021", FIGURES)
LETTERS = "三、本年度办理结果"
VALUES = 3
"""The column in which the values of table 2 begin."""

Row = tuple[Spot, ...]
Change = Callable[[Grid], Grid | tuple[str | Grid, ...]]


def outcome(document: Document) -> Outcome:
    return parsers.check(parsers.classify(document))


def table(width: int, change: Change) -> Sheet:
    """The sheet with the table of so many columns changed: 4 is table 1, 10 table 2, 15 table 3."""
    return change_grids(SHEET, lambda grid: change(grid) if len(grid.widths) == width else grid)


def rows(change: Callable[[Row], tuple[Row, ...]]) -> Change:
    return lambda grid: Grid(grid.widths, tuple(new for row in grid.rows for new in change(row)))


def labels_of(row: Row) -> Row:
    return tuple(spot for spot in row if spot.column < VALUES)


def values_of(row: Row) -> Row:
    return tuple(spot for spot in row if spot.column >= VALUES)


def blank(spots: Row) -> Row:
    return tuple(Spot("", spot.column, spot.columns) for spot in spots)


def is_long(row: Row) -> bool:
    """A row of numbers whose label is long enough to be wrapped."""
    return len(values_of(row)) == 7 and values_of(row)[0].text.isdigit() and len(labels_of(row)[-1].text) > 12


def wrong(found: Outcome, expected: Figures = FIGURES) -> list[CellId]:
    """Cells that are certain and are not what is printed."""
    doubt = (Status.UNREADABLE, Status.UNDECIDABLE)
    cells = {(t, r, c): f for t, rows in found.report.tables.items() for r, row in rows.items() for c, f in row.items()}
    return [c for c, value in expected.items() if cells[c].status not in doubt and cells[c].value != value]


def unread(found: Outcome) -> int:
    tables = found.report.tables.values()
    return sum(f.status is Status.UNREADABLE for rows in tables for row in rows.values() for f in row.values())


def accusations(found: Outcome) -> list[str]:
    return [finding.code for finding in found.findings.findings if finding.is_agencys]


def letter_a_row(grid: Grid) -> Grid:
    """三、本年度办理结果 one letter a row, instead of one cell over all of them."""
    letters = iter(LETTERS)
    begun = False
    made: list[Row] = []
    for row in grid.rows:
        begun = begun or any("予以公开" in spot.text for spot in row)
        kept = tuple(spot for spot in row if spot.text != LETTERS)
        made.append((Spot(next(letters, ""), 0), *kept) if begun else kept)
    return Grid(grid.widths, tuple(made))


def above(row: Row) -> tuple[Row, ...]:
    numbers = (*blank(labels_of(row)), *values_of(row))
    return (numbers, (*labels_of(row), *blank(values_of(row)))) if is_long(row) else (row,)


def below(row: Row) -> tuple[Row, ...]:
    return tuple(reversed(above(row)))


def between_halves(row: Row) -> tuple[Row, ...]:
    if not is_long(row):
        return (row,)
    label = labels_of(row)[-1]
    half = len(label.text) // 2
    upper = (*labels_of(row)[:-1], Spot(label.text[:half], label.column, label.columns))
    lower = Spot(label.text[half:], label.column, label.columns)
    nothing = blank(values_of(row))
    return (*upper, *nothing), (Spot("", label.column), *values_of(row)), (lower, *nothing)


def on_lines(grid: Grid, between: Callable[[str, str], tuple[str, ...]]) -> tuple[str, ...]:
    """Table 2 without rules; `between` sets a long label and its numbers."""
    lines: list[str] = []
    for row in grid.rows:
        if is_long(row):
            lines += [spot.text for spot in labels_of(row)[:-1]]
            lines += between(labels_of(row)[-1].text, " ".join(spot.text for spot in values_of(row)))
        else:
            lines.append(" ".join(spot.text for spot in row))
    return tuple(lines)


def torn_heads(grid: Grid) -> tuple[str | Grid, ...]:
    heads = [row for row in grid.rows if not row[0].text.isdigit()]
    letters = [letter for row in heads for spot in row for letter in spot.text]
    return (*letters, Grid(grid.widths, grid.rows[len(heads) :]))


def in_pieces(grid: Grid) -> tuple[Grid, ...]:
    size = max(1, len(grid.rows) // 4)
    return tuple(Grid(grid.widths, grid.rows[i : i + size]) for i in range(0, len(grid.rows), size))


def in_frame(block: str | Grid) -> str | Grid:
    return Grid((1,), ((Spot(block, 0),),)) if isinstance(block, str) else block


def all_in_one(sheet: Sheet) -> Sheet:
    made: list[Row] = []
    for block in sheet:
        made += [(Spot(block, 0, 15),)] if isinstance(block, str) else block.rows
    return (Grid((1,) * 15, tuple(made)),)


def with_column_numbers(grid: Grid) -> Grid:
    numbers = (Spot("", 0, VALUES), *(Spot(str(i + 1), VALUES + i) for i in range(7)))
    return Grid(grid.widths, (*grid.rows[:3], numbers, *grid.rows[3:]))


def without_first_head(grid: Grid) -> Grid:
    return Grid(grid.widths, (grid.rows[0][1:], *grid.rows[1:]))


def in_three(grid: Grid) -> tuple[Grid, ...]:
    """Table 3 as three tables of five columns."""
    heads, values = grid.rows[-2], grid.rows[-1]
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")
    return tuple(
        Grid(
            (1,) * 5,
            (
                (Spot(name, 0, 5),),
                tuple(Spot(spot.text, i) for i, spot in enumerate(heads[5 * n : 5 * n + 5])),
                tuple(Spot(spot.text, i) for i, spot in enumerate(values[5 * n : 5 * n + 5])),
            ),
        )
        for n, name in enumerate(names)
    )


RIGHT: dict[str, Sheet] = {
    "the results' heading one letter a row": table(10, letter_a_row),
    "numbers above a wrapped label": table(10, rows(above)),
    "numbers below a wrapped label": table(10, rows(below)),
    "numbers between the halves of a label": table(10, rows(between_halves)),
    "lines: numbers above a label": table(10, lambda grid: on_lines(grid, lambda label, line: (line, label))),
    "lines: numbers between halves": table(
        10, lambda grid: on_lines(grid, lambda label, line: (label[:8], line, label[8:]))
    ),
    "heads of table 3 one letter a line": table(15, torn_heads),
    "every letter of a label on its own line": change_grids(
        SHEET,
        lambda grid: Grid(
            grid.widths,
            tuple(
                tuple(Spot(s.text if s.text.isdigit() else "\n".join(s.text), s.column, s.columns, s.rows) for s in row)
                for row in grid.rows
            ),
        ),
    ),
    "one table as four": change_grids(SHEET, in_pieces),
    "every row a table": change_grids(SHEET, lambda grid: tuple(Grid(grid.widths, (row,)) for row in grid.rows)),
    "narrative in frames": tuple(in_frame(block) for block in SHEET),
    "everything in one grid": all_in_one(SHEET),
    "numbers under the heads": table(10, with_column_numbers),
    "the first head missing": change_grids(SHEET, without_first_head),
    "a column of numbers before the labels": table(
        10,
        lambda grid: Grid(
            (1, *grid.widths),
            tuple(
                (Spot(str(i - 2) if i >= VALUES else "", 0), *(Spot(s.text, s.column + 1, s.columns) for s in r))
                for i, r in enumerate(grid.rows)
            ),
        ),
    ),
    "table 3 as three": table(15, in_three),
}


@pytest.mark.parametrize("sheet", RIGHT.values(), ids=RIGHT.keys())
def test_every_cell_is_right_and_nobody_is_accused(sheet: Sheet) -> None:
    found = outcome(to_document(sheet))
    assert (wrong(found), unread(found), accusations(found)) == ([], 0, [])


def two_rows_in_one(grid: Grid) -> Grid:
    """3.要求提供公开出版物 and the row after it without the rule between them."""
    start = next(i for i, row in enumerate(grid.rows) if any(spot.text.startswith("3.要求提供") for spot in row))
    upper, lower = grid.rows[start], grid.rows[start + 1]
    joined = tuple(Spot(f"{a.text}\n{b.text}", b.column, b.columns) for a, b in zip(upper[-8:], lower, strict=True))
    return Grid(grid.widths, (*grid.rows[:start], joined, *grid.rows[start + 2 :]))


def two_columns_in_one(row: Row) -> tuple[Row, ...]:
    values = values_of(row)
    if len(values) != 7 or not values[0].text.isdigit():
        return (row,)
    return ((*labels_of(row), *values[:4], Spot(f"{values[4].text} {values[5].text}", 7, 2), values[6]),)


def with_subtotal(row: Row) -> tuple[Row, ...]:
    values = values_of(row)
    if len(values) != 7 or not values[0].text.isdigit():
        return (row,)
    return ((*labels_of(row), *values[:6], Spot("8", 9), Spot(values[6].text, 10)),)


def slipped(grid: Grid) -> Grid:
    """A number of the fifth row printed in the cell above it."""
    upper, lower = grid.rows[4], grid.rows[5]
    number, below = values_of(upper)[1], values_of(lower)[1]
    filled = tuple(Spot(f"{s.text}\n{below.text}", s.column) if s is number else s for s in upper)
    return Grid(grid.widths, (*grid.rows[:4], filled, tuple(_emptied(s, below) for s in lower), *grid.rows[6:]))


def _emptied(spot: Spot, which: Spot) -> Spot:
    return Spot("", spot.column, spot.columns) if spot is which else spot


DOUBTFUL: dict[str, Sheet] = {
    "a number that slipped into the cell above": table(10, slipped),
    "no rule between two rows": table(10, two_rows_in_one),
    "no rule between two columns": table(10, rows(two_columns_in_one)),
    "a column that the form has not": table(10, rows(with_subtotal)),
    "a cell missing in a row": table(10, rows(lambda row: (tuple(s for s in row if s.column != 5),))),
}


@pytest.mark.parametrize("sheet", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_what_cannot_be_told_is_never_wrong_and_accuses_nobody(sheet: Sheet) -> None:
    found = outcome(to_document(sheet))
    assert (wrong(found), accusations(found)) == ([], [])


def broken(row: Row, lower: Callable[[str], str]) -> tuple[Row, Row]:
    """The row's label and the first digit of every number on one page, the rest on the next."""
    upper = (*labels_of(row), *(Spot(spot.text[:1], spot.column) for spot in values_of(row)))
    label = labels_of(row)[-1]
    return upper, (Spot("", label.column), *(Spot(lower(spot.text), spot.column) for spot in values_of(row)))


def over_pages(parts: Callable[[Row], tuple[Row, Row]], at: int) -> Document:
    """Table 2 with its row number `at` cut by the page break into these parts, the head standing again below."""
    sheet = table(
        10,
        lambda grid: (
            Grid(grid.widths, (*grid.rows[:at], parts(grid.rows[at])[0])),
            "- 3 -",
            Grid(grid.widths, (*grid.rows[:3], parts(grid.rows[at])[1], *grid.rows[at + 1 :])),
        ),
    )
    document = to_document(sheet)
    return on_pages(document, (sheet.index("- 3 -") + 1,))


def halves(row: Row) -> tuple[Row, Row]:
    """Half of the label on each page, the numbers on the second."""
    label = labels_of(row)[-1]
    half = (len(label.text) + 1) // 2
    upper = (*labels_of(row)[:-1], Spot(label.text[:half], label.column, label.columns), *blank(values_of(row)))
    return upper, (Spot(label.text[half:], label.column, label.columns), *values_of(row))


@pytest.mark.parametrize("at", range(3, 28))
def test_a_label_cut_by_the_page_is_one_label_in_every_row(at: int) -> None:
    found = outcome(over_pages(halves, at))
    assert (wrong(found), unread(found), accusations(found)) == ([], 0, [])


def test_a_row_of_which_every_number_is_broken_is_whole_where_its_sum_shows_it() -> None:
    found = outcome(over_pages(lambda row: broken(row, lambda text: text[1:]), 4))
    assert (wrong(found), unread(found)) == ([], 0)


def test_half_a_row_of_which_nothing_shows_that_it_is_half_is_in_doubt() -> None:
    found = outcome(over_pages(lambda row: broken(row, lambda _text: "8"), 4))
    assert (wrong(found), unread(found), accusations(found)) == ([], 7, [])


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("本年发件", "本年制发件数"),
        ("现行有效件", "现行有效件数"),
        ("2.其他法律行政止公开", "2.其他法律行政法规禁止公开"),
        ("3.危及“三安全", "3.危及“三安全一稳定”"),
        ("上年结转", "二、上年结转政府信息公开申请数量"),
        ("予以公开", "（一）予以公开"),
        ("合计", "（七）总计"),
        ("行政强", "行政强制"),
    ],
)
def test_a_label_cut_or_misspelt_still_names_its_row(printed: str, form: str) -> None:
    found = outcome(to_document(to_sheet("2021", FIGURES, Changes(labels={form: printed}))))
    assert (wrong(found), unread(found)) == ([], 0)


HEADINGS = [block for block in SHEET if isinstance(block, str) and block[1:2] == "、"]
NUMBERS: dict[str, Callable[[int, str], str]] = {
    "misnumbered": lambda i, heading: "一二三六七八"[i] + heading[1:],
    "numbered twice": lambda i, heading: "一二三三四五"[i] + heading[1:],
    "number lost": lambda i, heading: heading[2:] if i in (1, 2) else heading,
    "all numbers lost": lambda _i, heading: heading[2:],
    "number printed twice": lambda _i, heading: heading[:2] + heading,
    "in brackets": lambda _i, heading: f"（{heading[0]}）{heading[2:]}",
    "in digits": lambda i, heading: f"{i + 1}.{heading[2:]}",
}


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS.keys())
def test_a_section_is_found_whatever_its_number(number: Callable[[int, str], str]) -> None:
    renamed = {heading: number(i, heading) for i, heading in enumerate(HEADINGS)}
    found = outcome(
        to_document(tuple(renamed.get(block, block) if isinstance(block, str) else block for block in SHEET))
    )
    assert (wrong(found), accusations(found)) == ([], [])


def test_the_parts_of_section_one_take_no_sections_place() -> None:
    parts = ("（一）主动公开政府信息情况", "公开9条。", "（二）收到和处理政府信息公开申请情况", "按时登记。")
    at = SHEET.index(HEADINGS[0]) + 1
    found = outcome(to_document((*SHEET[:at], *parts, *SHEET[at:])))
    assert (wrong(found), accusations(found)) == ([], [])


EMPTY: dict[str, Callable[[CellId], bool]] = {
    "zeros": lambda cell: FIGURES[cell] == 0,
    "totals": lambda cell: cell[2] == "total",
    "all but totals": lambda cell: cell[2] != "total",
    "all": lambda _cell: True,
}


@pytest.mark.parametrize("is_empty", EMPTY.values(), ids=EMPTY.keys())
def test_cells_left_blank_are_blank_and_move_no_other_cell(is_empty: Callable[[CellId], bool]) -> None:
    cells = {cell: "" for cell in FIGURES if cell[0] == "requests" and is_empty(cell)}
    found = outcome(to_document(to_sheet("2021", FIGURES, Changes(cells=cells))))
    tables = found.report.tables
    assert {tables[t][r][c].status for t, r, c in cells} == {Status.BLANK}
    assert wrong(found, {cell: value for cell, value in FIGURES.items() if cell not in cells}) == []
    assert set(accusations(found)) == {"CELL_BLANK"}
