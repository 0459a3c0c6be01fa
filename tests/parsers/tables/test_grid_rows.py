"""A web table's own grid says which value stands under which head, or the row is in doubt."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from parsers.editions import edition_named
from parsers.model.document import Place
from parsers.model.report import Figure, Status
from parsers.tables.grid_rows import strips_to_grid_rows
from parsers.tables.strips import Span, Strip, Token
from parsers.text.fold import to_label
from tests.make.html import WAYS, to_html, turned
from tests.parsers.test_one_truth import read_figures
from workers.corpus.figures import Figures, seeded
from workers.corpus.sheet import Changes, Grid, Sheet, Spot, to_sheet

DAMAGES = ("drop", "dup", "insert", "merge", "spacers", "longer spans", "shorter spans")
HEADS = 3
"""Rows of heads in tables 2 and 3; what is damaged stands below them."""


def damaged(sheet: Sheet, kind: str, seed: int) -> Sheet:
    """One cell of tables 2 or 3 lost, doubled, merged or inserted, or every span wrong; some numbers blank."""
    chance = random.Random(seed)  # noqa: S311 - the same damage for the same seed
    at = chance.choice([i for i, block in enumerate(sheet) if isinstance(block, Grid)][1:])
    grid = sheet[at]
    assert isinstance(grid, Grid)
    rows = [list(row) for row in grid.rows]
    row = chance.choice([row for row in rows[HEADS:] if len(row) > 7])
    cell = chance.randrange(len(row) - 1)
    for other in rows[HEADS:]:
        other[:] = [replace(s, text="") if s.text.isdigit() and chance.random() < 0.2 else s for s in other]
    if kind == "drop":
        del row[cell]
    elif kind == "dup":
        row.insert(cell, row[cell])
    elif kind == "insert":
        row.insert(cell, Spot("", 0))
    elif kind == "merge":
        row[cell : cell + 2] = [replace(row[cell], columns=2)]
    elif kind == "spacers":
        for other in rows:
            other.extend([Spot("", 0)] * chance.randrange(2))
    else:
        longer = 1 if kind == "longer spans" else -1
        for other in rows[HEADS:]:
            other[:] = [replace(s, rows=s.rows + longer) if s.rows > 1 else s for s in other]
    return (*sheet[:at], Grid(grid.widths, tuple(tuple(row) for row in rows)), *sheet[at + 1 :])


@pytest.mark.parametrize("kind", DAMAGES)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), style=st.sampled_from(("clean", "word", "cms")))
def test_a_table_with_a_wrong_cell_never_gives_a_wrong_number(kind: str, seed: int, style: str) -> None:
    figures = seeded("2021", seed)
    outcome = parsers.assess(to_html(damaged(to_sheet("2021", figures), kind, seed), style))
    read = read_figures(outcome, figures)
    assert {cell: value for cell, value in read.items() if figures[cell] != value} == {}


def test_a_row_that_lost_a_cell_is_unreadable_and_the_others_are_read() -> None:
    figures = seeded("2021", 3)
    sheet = to_sheet("2021", figures)
    at = [i for i, block in enumerate(sheet) if isinstance(block, Grid)][1]
    grid = sheet[at]
    assert isinstance(grid, Grid)
    lost = tuple(row[:-3] + row[-2:] if i == HEADS else row for i, row in enumerate(grid.rows))
    tables = parsers.assess(to_html((*sheet[:at], Grid(grid.widths, lost), *sheet[at + 1 :]))).report.tables
    assert {f.status for f in tables["requests"]["new_received"].values()} == {Status.UNREADABLE}
    assert {f.status for f in tables["requests"]["carried_over"].values()} == {Status.NUMBER}


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10_000), blank=st.booleans())
def test_table_three_is_read_by_its_labels_whichever_way_it_is_turned(way: str, seed: int, *, blank: bool) -> None:
    figures = seeded("2021", seed)
    cell = ("review_litigation", "litigation_direct", "corrected")
    changes = Changes(cells={cell: ""}) if blank else Changes()
    outcome = parsers.assess(turned(to_sheet("2021", figures, changes), way))
    expected: Figures = {c: value for c, value in figures.items() if not (blank and c == cell)}
    assert read_figures(outcome, figures) == expected


def one_cell(text: str) -> Figure:
    """规章 本年制发件数 of a page in which this stands there."""
    cell = ("proactive", "regulation", "issued")
    data = to_html(to_sheet("2021", seeded("2021", 1))).decode()
    marked = to_html(to_sheet("2021", seeded("2021", 1), Changes(cells={cell: "@@"}))).decode()
    assert data != marked
    report = parsers.assess(marked.replace("@@", text).encode()).report
    return report.tables["proactive"]["regulation"]["issued"]


SAID = (
    ("12", Status.NUMBER, 12),
    ("<span>1</span><span>2</span>", Status.NUMBER, 12),
    ("１２&nbsp;", Status.NUMBER, 12),
    ("1,234", Status.NUMBER, 1234),
    ("1 234", Status.NUMBER, 1234),
    ("12件", Status.NUMBER, 12),
    ("&#8203;", Status.BLANK, None),
    ("&emsp;", Status.BLANK, None),
    ("12<br>3", Status.UNREADABLE, None),
    ("<p>12</p><p>3</p>", Status.UNREADABLE, None),
    ("1 2", Status.UNREADABLE, None),
    ("12<sup>2</sup>", Status.UNREADABLE, None),
    ("12①", Status.UNREADABLE, None),
    ("22（其中修订16件）", Status.NON_NUMERIC, None),
    ("<del>4</del>", Status.UNREADABLE, None),
    ("1<s>2</s>3", Status.UNREADABLE, None),
)


@pytest.mark.parametrize(("text", "status", "value"), SAID, ids=[text for text, _, _ in SAID])
def test_what_a_web_cell_says_is_a_number_or_is_none(text: str, status: Status, value: int | None) -> None:
    figure = one_cell(text)
    assert (figure.status, figure.value) == (status, value)


def test_a_blank_cell_before_the_heads_moves_no_value_into_another_column() -> None:
    figures = seeded("2021", 77)
    page = to_html(to_sheet("2021", figures, Changes(year=2023)), "word").decode()
    head = page.index("<td", page.rindex("<tr", 0, page.index("信息内容")))
    row = page.index("<td", page.index("规章"))
    blank = f"{page[:head]}<td></td>{page[head:row]}<td></td>{page[page.index('</td>', row) + 5 :]}"
    found = read_figures(parsers.assess(blank.encode()), figures)
    assert {cell: value for cell, value in found.items() if value != figures[cell]} == {}


REST = ("", "理", "再处理其政府信息公开申请")
"""A row that a page break cut, also inside its group's label: what stands under the repeated heads."""


@pytest.mark.parametrize(("first_value", "is_cut_here"), [("", False), ("7", True)])
def test_the_rest_of_a_label_left_of_the_heads_is_no_value(first_value: str, is_cut_here: bool) -> None:  # noqa: FBT001 - a data row
    form = edition_named("2021")
    assert form is not None
    table = form.table("requests")
    heads = strip([column.label for column in table.blocks[0].columns], first=3)
    rest = strip([*REST, first_value, *("" for _ in range(6))], first=0)
    rows = strips_to_grid_rows((heads, rest), table)
    assert [(len(row.labels), len(row.values), row.fits) for row in rows.values()] == [(3, 7, True)] * is_cut_here


def strip(texts: list[str], first: int) -> Strip:
    place = Place(page=4, box=(1.0, 1.0, 2.0, 2.0), path="table 1, row 1, column 1")
    tokens = [
        Token(text=text, place=place, label=to_label(text), span=Span(column=column, columns=1, rows=1))
        for column, text in enumerate(texts, first)
    ]
    return Strip(tokens=tuple(tokens), ruled=True, grid="a")


def test_the_rest_of_a_label_behind_a_groups_blank_cells_is_a_label_below_repeated_heads() -> None:
    figures = seeded("2021", 3)
    sheet = to_sheet("2021", figures)
    at = [i for i, block in enumerate(sheet) if isinstance(block, Grid)][1]
    grid = sheet[at]
    assert isinstance(grid, Grid)
    cut = next(i for i, row in enumerate(grid.rows) if any(spot.text.startswith("2.没有现成") for spot in row))
    upper, numbers = grid.rows[cut][-8], grid.rows[cut][-7:]
    first = (*grid.rows[:cut], (replace(upper, text=upper.text[:-2]), *numbers))
    blanks = (Spot("", 0), Spot("", 1), replace(upper, text=upper.text[-2:]), *(replace(n, text="") for n in numbers))
    second = (*grid.rows[:HEADS], blanks, *grid.rows[cut + 1 :])
    halves = tuple(Grid(grid.widths, rows) for rows in (first, second))
    outcome = parsers.assess(to_html((*sheet[:at], *halves, *sheet[at + 1 :])))
    assert read_figures(outcome, figures) == figures
