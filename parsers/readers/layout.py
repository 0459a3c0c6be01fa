"""A page's ink to its lines and tables in reading order: the one road for PDF, OFD and scans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import UNSET

from parsers.model.document import Box, Cell, Line, Place, Problem, Row, Table
from parsers.readers.columns import lines_to_reading_order
from parsers.readers.cover import Cover
from parsers.readers.grid import Grid, TooManyRulesError, rules_to_grids
from parsers.readers.ink import Ink
from parsers.readers.lines import TextLine, runs_to_lines, runs_to_text
from parsers.readers.runs import Run, characters_to_runs, to_run
from parsers.readers.unruled import Band, Loose, Word, lines_to_bands

RAISED = 0.3
"""Share of its size by which a character's point lies over its baseline: that point tells the cell it belongs to."""

MOST_GRIDS = 200
"""Grids of a page that are looked at, the largest ones; a page has three tables and perhaps some frames."""


TWO_BORDERS = 2
"""Of a single column."""

_DIGITS = dict.fromkeys(map(ord, "0123456789.,"))
"""What a number printed in one stretch is made of: such a stretch is never cut by a rule that it runs over."""

NOWHERE = (-1, -1)
"""Outside all grids."""


class Layout(NamedTuple):
    """Blocks of one page in reading order, and what could not be read."""

    blocks: list[Line | Table]
    problems: list[Problem]


class _Placed(NamedTuple):
    """A block with its corner: top, left."""

    top: float
    left: float
    block: Line | Table


def ink_to_blocks(ink: Ink) -> Layout:
    """Lines and tables of one page, top to bottom. Never raises; what cannot be told apart becomes a Problem."""
    return _Reader(ink).read()


class _Reader:
    """One page on its way: runs are given to cells, what is left makes lines."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._characters = ink.characters
        self._problems: list[Problem] = []
        self._grids = self._to_grids()
        self._inside: list[dict[int, list[Run]]] = [{} for _ in self._grids]
        self._outside: list[Run] = []
        self._cover = Cover(ink)
        self._struck: frozenset[int] = frozenset()

    def read(self) -> Layout:
        runs = characters_to_runs(self._characters)
        self._doubt_struck(runs)
        if self._grids:
            for run in runs:
                self._place(run)
        else:
            self._outside = runs
        placed = self._outside_grids()
        order = sorted(range(len(self._grids)), key=lambda i: (self._grids[i].ys[0], self._grids[i].xs[0]))
        for number, i in enumerate(order, 1):
            placed += self._grid_to_blocks(self._grids[i], self._inside[i], number)
        placed.sort(key=lambda item: item[:2])
        return Layout([block for _, _, block in placed], self._problems)

    def _doubt_struck(self, runs: list[Run]) -> None:
        """Remember the characters of numbers through which a rule goes, and tell of each."""
        struck = self._cover.struck(runs)
        self._struck = frozenset(i for run in struck for i in range(run.start, run.end))
        for run in struck:
            box = self._box(run.left, run.top, run.right, run.bottom)
            self._tell("STRUCK_TEXT", f"第 {self._ink.page} 页的数字“{run.text}”上有一条横线，未予采用", box)

    def _are_struck(self, runs: Iterable[Run]) -> bool:
        return bool(self._struck) and any(i in self._struck for run in runs for i in (run.start, run.end - 1))

    def _to_grids(self) -> list[Grid]:
        try:
            return ink_to_grids(self._ink)[-MOST_GRIDS:]
        except TooManyRulesError:
            self._tell("LIMIT_RULES", f"第 {self._ink.page} 页的线条过多，未能辨认其中的表格", None)
            return []

    def _place(self, run: Run) -> None:
        """Give a run to the cell it lies in; one that lies in several is taken apart unless it is a number."""
        c = self._characters
        first = self._cell_of(run.start)
        if run.end - run.start == 1 or first == self._cell_of(run.end - 1):
            self._give(run, first)
            return
        if run.text.translate(_DIGITS) == "":
            self._tell_over_rule(run)
            self._give(run, self._cell_of((run.start + run.end - 1) // 2))
            return
        start, here = run.start, first
        for i in range(run.start + 1, run.end + 1):
            cell = self._cell_of(i) if i < run.end else None
            if cell != here:
                piece = to_run(c, c.text, start, i)
                if piece is not None:
                    self._give(piece, here)
                start, here = i, cell or NOWHERE

    def _give(self, run: Run, cell: tuple[int, int]) -> None:
        if cell[0] < 0:
            self._outside.append(run)
        else:
            self._inside[cell[0]].setdefault(cell[1], []).append(run)

    def _cell_of(self, i: int) -> tuple[int, int]:
        """Index of the innermost grid at this character's middle, and of its cell there."""
        c = self._characters
        y = c.base[i] - RAISED * c.size[i]
        for number, grid in enumerate(self._grids):
            if grid.ys[0] <= y <= grid.ys[-1] and (cell := grid.cell_at((c.left[i] + c.right[i]) / 2, y)) >= 0:
                return number, cell
        return NOWHERE

    def _outside_grids(self) -> list[_Placed]:
        """Lines; where numbers without rules stand under each other with gaps between, tables."""
        lines = self._to_lines(self._outside)
        bands = lines_to_bands(lines)
        if not bands:
            tops = [grid.ys[0] for grid in self._grids]
            return [self._placed(line)._replace(top=y, left=x) for y, x, line in lines_to_reading_order(lines, tops)]
        placed: list[_Placed] = []
        done = 0
        for number, band in enumerate(bands, len(self._grids) + 1):
            placed += [self._placed(line) for line in lines[done : band.start]]
            placed.append(self._band(band, number))
            done = band.end
        return placed + [self._placed(line) for line in lines[done:]]

    def _band(self, band: Band, number: int) -> _Placed:
        labels = max(len(row.label) for row in band.rows)
        rows = [self._loose_row(row, band, labels, f"table {number}, row {i}") for i, row in enumerate(band.rows, 1)]
        left = min(word.left for row in band.rows for word in (*row.label, *filter(None, row.values)))
        top, bottom = band.rows[0].top, band.rows[-1].bottom
        place = Place(
            page=self._ink.page, box=self._box(left, top, band.columns[-1][1], bottom), path=f"table {number}"
        )
        return _Placed(top, left, Table(columns=labels + len(band.columns), rows=tuple(rows), place=place))

    def _loose_row(self, row: Loose, band: Band, labels: int, path: str) -> Row:
        """A blank cell has the width of its column and the height of its row."""
        found = list(enumerate(row.label))
        for i, (value, (left, right)) in enumerate(zip(row.values, band.columns, strict=True), labels):
            found.append((i, value or Word("", left, row.top, right, row.bottom)))
        cells = [
            Cell(
                text=word.text,
                place=Place(page=self._ink.page, box=self._box(*word.box), path=f"{path}, column {i + 1}"),
                column=i,
                doubt=self._are_struck(word.runs) or UNSET,
            )
            for i, word in found
        ]
        return Row(cells=tuple(cells))

    def _to_lines(self, runs: list[Run]) -> list[TextLine]:
        lines = runs_to_lines(runs)
        for line in lines:
            if line.is_overprinted:
                self._tell_overprint(self._box(line.left, line.top, line.right, line.bottom))
        return lines

    def _placed(self, line: TextLine) -> _Placed:
        box = self._box(line.left, line.top, line.right, line.bottom)
        place = Place(page=self._ink.page, box=box)
        return _Placed(
            line.top, line.left, Line(text=line.text, place=place, doubt=self._are_struck(line.runs) or UNSET)
        )

    def _grid_to_blocks(self, grid: Grid, inside: dict[int, list[Run]], number: int) -> list[_Placed]:
        """The grid as tables; its rows of one cell before the first real row, and those of prose, are lines."""
        placed: list[_Placed] = []
        rows: list[Row] = []
        top = grid.ys[0]
        for cells in _rows(grid):
            if len(cells) == 1 and self._is_prose(inside.get(cells[0], []), is_first=not rows):
                placed += [self._placed(line) for line in self._to_lines(inside.get(cells[0], []))]
                placed += self._table(grid, rows, number, top)
                rows = []
            elif cells:
                top = top if rows else grid.ys[grid.cells[cells[0]].top]
                rows.append(self._row(grid, cells, inside, number))
        return [*placed, *self._table(grid, rows, number, top)]

    def _is_prose(self, runs: list[Run], *, is_first: bool) -> bool:
        return is_first or len(runs_to_lines(runs)) > 1

    def _table(self, grid: Grid, rows: list[Row], number: int, top: float) -> list[_Placed]:
        if not rows:
            return []
        box = self._box(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
        place = Place(page=self._ink.page, box=box, path=f"table {number}")
        return [_Placed(top, grid.xs[0], Table(columns=len(grid.xs) - 1, rows=tuple(rows), place=place))]

    def _row(self, grid: Grid, cells: list[int], inside: dict[int, list[Run]], number: int) -> Row:
        path = f"table {number}, row {grid.cells[cells[0]].top + 1}, column "
        return Row(cells=tuple([self._cell(grid, index, inside, path) for index in cells]))

    def _cell(self, grid: Grid, index: int, inside: dict[int, list[Run]], path: str) -> Cell:
        top, bottom, left, right = grid.cells[index]
        xs, ys = grid.xs, grid.ys
        seen = box = (xs[left], ys[top], xs[right], ys[bottom])
        box = self._box(*box) if self._ink.turn else box
        runs = inside.get(index)
        text, is_overprinted = runs_to_text(runs) if runs else ("", False)
        if is_overprinted:
            self._tell_overprint(box)
        place = Place(page=self._ink.page, box=box, path=f"{path}{left + 1}")
        doubt = self._are_struck(runs or ()) or self._cover.is_in_doubt(seen, text, runs or [])
        return Cell(
            text=text,
            place=place,
            column=left,
            row_span=bottom - top,
            column_span=right - left,
            doubt=doubt or UNSET,
        )

    def _box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Edges on the page as it lies, also where its text was turned upright to be read."""
        turn = self._ink.turn
        if turn:
            left, top, right, bottom = turn_box((left, top, right, bottom), (self._ink.width, self._ink.height), turn)
        return (round(left, 2), round(top, 2), round(right, 2), round(bottom, 2))

    def _tell_over_rule(self, run: Run) -> None:
        box = self._box(run.left, run.top, run.right, run.bottom)
        self._tell("TEXT_OVER_RULE", f"第 {self._ink.page} 页的数字“{run.text}”越过了单元格的边线", box)

    def _tell_overprint(self, box: Box) -> None:
        self._tell("TEXT_OVER_TEXT", f"第 {self._ink.page} 页有文字压在另一处文字上，读到的可能不是看到的", box)

    def _tell(self, code: str, message: str, box: Box | None) -> None:
        self._problems.append(Problem(code=code, message=message, place=Place(page=self._ink.page, box=box)))


def ink_to_grids(ink: Ink) -> list[Grid]:
    """Grids of the rules, smaller ones first; of the edges of filled areas where rules make none."""
    grids = rules_to_grids(ink.across, ink.down)
    if ink.areas and all(len(grid.cells) == 1 for grid in grids):
        edges = [(y, left, right) for left, top, right, bottom in ink.areas for y in (top, bottom)]
        sides = [(x, top, bottom) for left, top, right, bottom in ink.areas for x in (left, right)]
        shaded = rules_to_grids(ink.across + edges, ink.down + sides)
        # the grounds of paragraphs lie under each other too, but make no second column
        grids = [grid for grid in shaded if len(grid.xs) > TWO_BORDERS] or grids
    return _without_marks(grids)


def _without_marks(grids: list[Grid]) -> list[Grid]:
    """Without boxes inside a cell of a table: they mark its text or part of it, and the text is the cell's."""
    tables = [grid for grid in grids if len(grid.cells) > 1]
    return [grid for grid in grids if len(grid.cells) > 1 or not any(_is_inside(grid, table) for table in tables)]


def _is_inside(mark: Grid, table: Grid) -> bool:
    corner = table.cell_at(mark.xs[0], mark.ys[0])
    return corner >= 0 and corner == table.cell_at(mark.xs[-1], mark.ys[-1])


def _rows(grid: Grid) -> list[list[int]]:
    """For each grid row the cells that begin in it, left to right."""
    rows: list[list[int]] = [[] for _ in grid.ys[1:]]
    for index, cell in enumerate(grid.cells):
        rows[cell.top].append(index)
    return rows


def turn_box(box: Box, size: tuple[float, float], quarters: int) -> Box:
    """A box on an upright sheet of this size where the sheet is turned clockwise by so many quarters."""
    left, top, right, bottom = box
    width, height = size
    for _ in range(quarters % 4):
        left, top, right, bottom = height - bottom, left, height - top, right
        width, height = height, width
    return left, top, right, bottom
