"""Rules to grids: numbers written by hand, and random grids that come back as they were."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.readers.grid import MOST_RULES, Grid, Span, TooManyRulesError, rules_to_grids

Rules = list[tuple[float, float, float]]


def shape(grid: Grid) -> list[tuple[int, ...]]:
    return [tuple(cell) for cell in grid.cells]


def box(left: float, top: float, right: float, bottom: float) -> tuple[Rules, Rules]:
    return [(top, left, right), (bottom, left, right)], [(left, top, bottom), (right, top, bottom)]


def test_four_rules_enclose_one_cell() -> None:
    (grid,) = rules_to_grids(*box(10, 20, 110, 40))
    assert (grid.xs, grid.ys, grid.cells) == ([10, 110], [20, 40], [Span(0, 1, 0, 1)])


def test_a_rule_inside_makes_two_cells() -> None:
    across, down = box(0, 0, 100, 20)
    (grid,) = rules_to_grids(across, [*down, (50, 0, 20)])
    assert shape(grid) == [(0, 1, 0, 1), (0, 1, 1, 2)]


def test_rules_in_a_cell_that_meet_no_border_do_not_cut_it() -> None:
    across, down = box(0, 0, 100, 40)
    grids = rules_to_grids([*across, (30, 20, 60)], down)
    assert [shape(grid) for grid in grids] == [[(0, 1, 0, 1)]]


def test_both_strokes_of_a_double_rule_are_one() -> None:
    outer, inner = box(0, 0, 100, 20), box(2, 2, 98, 18)
    (grid,) = rules_to_grids(outer[0] + inner[0], outer[1] + inner[1])
    assert shape(grid) == [(0, 1, 0, 1)]


def test_dashes_are_one_rule() -> None:
    across, down = box(0, 0, 100, 40)
    dashes = [(20, x, x + 1.5) for x in range(0, 99, 3)]
    (grid,) = rules_to_grids([*across, *dashes], down)
    assert shape(grid) == [(0, 1, 0, 1), (1, 2, 0, 1)]


def test_a_table_cut_by_the_page_is_closed_where_its_verticals_end() -> None:
    (grid,) = rules_to_grids([(0, 0, 100), (20, 0, 100)], [(0, 0, 45), (50, 0, 45), (100, 0, 45)])
    assert (grid.ys, shape(grid)) == ([0, 20, 45], [(0, 1, 0, 1), (0, 1, 1, 2), (1, 2, 0, 1), (1, 2, 1, 2)])


def test_a_table_without_outer_verticals_is_closed_where_its_rules_end() -> None:
    (grid,) = rules_to_grids([(0, 0, 100), (20, 0, 100), (40, 0, 100)], [(30, 0, 40)])
    assert (grid.xs, len(grid.cells)) == ([0, 30, 100], 4)


def test_tables_that_do_not_touch_are_two_and_the_smaller_one_comes_first() -> None:
    first, second = box(0, 0, 100, 20), box(0, 60, 100, 120)
    assert [grid.ys for grid in rules_to_grids(second[0] + first[0], second[1] + first[1])] == [[0, 20], [60, 120]]


def test_a_page_that_is_a_drawing_has_no_grids() -> None:
    with pytest.raises(TooManyRulesError):
        rules_to_grids([(5 * i, 0, 100) for i in range(MOST_RULES + 1)], [])


def test_a_hundred_thousand_rules_of_one_table_cost_little() -> None:
    across = [(20.0 * (i % 40), float(i % 500), i % 500 + 60.0) for i in range(50_000)]
    down = [(50.0 * (i % 10), float(i % 700), i % 700 + 60.0) for i in range(50_000)]
    assert rules_to_grids(across, down)


def test_numbers_that_are_no_places_enclose_nothing() -> None:
    nan, far = float("nan"), 1e30
    assert rules_to_grids([(nan, nan, nan), (far, -far, far)], [(nan, 0, far)]) == []


@dataclass(frozen=True)
class Made:
    """A grid as it was drawn: borders, and cells as spans of them."""

    xs: list[float]
    ys: list[float]
    cells: list[Span]

    def rules(self) -> tuple[Rules, Rules]:
        across: Rules = []
        down: Rules = []
        for cell in self.cells:
            sides = box(self.xs[cell.left], self.ys[cell.top], self.xs[cell.right], self.ys[cell.bottom])
            across += sides[0]
            down += sides[1]
        return across, down


@st.composite
def grids(draw: st.DrawFn) -> Made:
    """Up to seven rows and columns, with some rectangles of squares merged; every border is some cell's."""
    high, wide = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    free = {(i, j) for i in range(high) for j in range(wide)}
    cells: list[Span] = []
    for i in range(high):
        for j in range(wide):
            if (i, j) in free:
                bottom, right = draw(st.integers(i + 1, high)), draw(st.integers(j + 1, wide))
                squares = {(a, b) for a in range(i, bottom) for b in range(j, right)}
                if not squares <= free or draw(st.booleans()):
                    bottom, right, squares = i + 1, j + 1, {(i, j)}
                free -= squares
                cells.append(Span(i, bottom, j, right))
    rows = sorted({edge for cell in cells for edge in (cell.top, cell.bottom)})
    columns = sorted({edge for cell in cells for edge in (cell.left, cell.right)})
    moved = [
        Span(rows.index(c.top), rows.index(c.bottom), columns.index(c.left), columns.index(c.right)) for c in cells
    ]
    widths = draw(st.lists(st.integers(8, 90), min_size=len(columns) - 1, max_size=len(columns) - 1))
    heights = draw(st.lists(st.integers(8, 60), min_size=len(rows) - 1, max_size=len(rows) - 1))
    xs = [40.0 + sum(widths[:k]) for k in range(len(columns))]
    ys = [60.0 + sum(heights[:k]) for k in range(len(rows))]
    return Made(xs, ys, moved)


@settings(max_examples=150, deadline=None)
@given(grids(), st.randoms(use_true_random=False), st.floats(-1, 1))
def test_a_random_grid_with_merged_cells_comes_back_as_it_was(made: Made, chance: object, wobble: float) -> None:
    across, down = made.rules()
    chance.shuffle(across)  # type: ignore[attr-defined]
    moved = [(y + wobble * (i % 2), left, right) for i, (y, left, right) in enumerate(across)]
    found = rules_to_grids(moved, down)
    assert len(found) == 1
    assert sorted(found[0].cells) == sorted(made.cells)
    for cell in found[0].cells:
        x = (made.xs[cell.left] + made.xs[cell.right]) / 2
        y = (made.ys[cell.top] + made.ys[cell.bottom]) / 2
        assert found[0].cells[found[0].cell_at(x, y)] == cell
