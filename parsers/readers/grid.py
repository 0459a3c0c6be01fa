"""Rules to grids: which rules belong together, and the cells that they enclose. Numbers in, numbers out.

Near-linear in the number of rules: sorted, snapped, joined end to end, and only then laid on a lattice.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from parsers.readers.ink import Across, Down

SNAP = 3.0
"""Points within which two positions are one: borders of neighbouring cells, and the two strokes of a double rule."""

REACH = 3.0
"""Points by which a rule may miss the one it meets."""

DASH = 4.0
"""Points that a dashed rule may leave free between its pieces."""

MIN_RULE = 6.0
"""Points from which on a stroke is a rule and not an ornament."""

OPEN = 8.0
"""Points by which rules must reach beyond the last one across them to enclose cells there: a column without border."""

MOST_RULES = 4000
"""Rules of a page, joined. A page of three tables has some hundred; what has more is a drawing."""

MOST_SQUARES = 40_000
"""Squares of a lattice: far more than any table's, and few enough to walk through."""


class Span(NamedTuple):
    """A cell on its grid: first and last + 1 of its rows and columns."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class Grid:
    """Cells enclosed by rules that touch each other.

    `xs`, `ys`: borders of columns and rows, rounded to 1/100 as all boxes are; `cells` by row and column;
    `owner[row][column]` is the index of the cell that covers this square, -1 outside the table.
    """

    xs: list[float]
    ys: list[float]
    cells: list[Span]
    owner: list[list[int]]

    def cell_at(self, x: float, y: float) -> int:
        """The cell in which a point lies; -1 where there is none."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return -1

    @property
    def area(self) -> float:
        """Of its outline: of nested grids the inner one is smaller."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


class TooManyRulesError(Exception):
    """A drawing and no tables: nothing on this page is read as a grid."""


def rules_to_grids(across: list[Across], down: list[Down]) -> list[Grid]:
    """The grids of a page, the smaller ones first. Raises TooManyRulesError."""
    rows, columns = _joined(across), _joined(down)
    if len(rows) + len(columns) > MOST_RULES:
        raise TooManyRulesError
    grids = [grid for h, v in _touching(rows, columns) if (grid := _lines_to_grid(h, v)) is not None]
    return sorted(grids, key=lambda grid: grid.area)


def _joined(rules: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Rules at one position, end to end, as one; pieces that stay too short are no rules."""
    joined: list[tuple[float, float, float]] = []
    for spans in _snapped(rules):
        spans.sort()
        start, end, total = spans[0]
        count = 1
        for begin, finish, position in spans[1:]:
            if begin - end > DASH:
                joined.append((total / count, start, end))
                start, end, total, count = begin, finish, 0.0, 0
            elif finish > end:
                end = finish
            total += position
            count += 1
        joined.append((total / count, start, end))
    return sorted(rule for rule in joined if rule[2] - rule[1] >= MIN_RULE)


def _snapped(rules: list[tuple[float, float, float]]) -> Iterator[list[tuple[float, float, float]]]:
    """(start, end, position) of rules that stand at one position; those of another table keep their own average."""
    first, spans = 0.0, list[tuple[float, float, float]]()
    for position, start, end in sorted(rules):
        if spans and position - first > SNAP:
            yield spans
            spans = []
        if not spans:
            first = position
        spans.append((start, end, position))
    if spans:
        yield spans


def _touching(rows: list[Across], columns: list[Down]) -> list[tuple[list[Across], list[Down]]]:
    """Rules that meet, directly or through others, together."""
    xs = [x for x, _, _ in columns]
    upper, lower = [top - REACH for _, top, _ in columns], [bottom + REACH for _, _, bottom in columns]
    group = list(range(len(columns)))
    of_row: list[int] = []
    for y, left, right in rows:
        met = range(bisect_left(xs, left - REACH), bisect_right(xs, right + REACH))
        found = sorted({group[j] for j in met if upper[j] <= y <= lower[j]})
        of_row.append(found[0] if found else -1)
        if len(found) > 1:
            first, others = found[0], frozenset(found[1:])
            group = [first if g in others else g for g in group]
            of_row = [first if g in others else g for g in of_row]
    groups: dict[int, tuple[list[Across], list[Down]]] = {}
    for g, row in zip(of_row, rows, strict=True):
        groups.setdefault(g, ([], []))[0].append(row)
    for g, column in zip(group, columns, strict=True):
        groups.setdefault(g, ([], []))[1].append(column)
    return list(groups.values())


def _lines_to_grid(rows: list[Across], columns: list[Down]) -> Grid | None:
    """The cells that these rules enclose; None where they enclose none."""
    if not rows or not columns:
        return None
    xs = _positions(columns, [end for _, *ends in rows for end in ends])
    ys = _positions(rows, [end for _, *ends in columns for end in ends])
    high, wide = len(ys) - 1, len(xs) - 1
    if not high or not wide or high * wide > MOST_SQUARES:
        return None
    walls = _Walls(_covered(ys, rows, xs), _covered(xs, columns, ys))
    walls.close()
    return _walls_to_grid(walls, xs, ys)


def _positions(rules: list[tuple[float, float, float]], ends: list[float]) -> list[float]:
    """Where rules stand, and where those across them end without one: the open sides of a table."""
    positions = sorted({position for position, _, _ in rules})
    low, high = min(ends), max(ends)
    before = [low] if positions[0] - low > OPEN else []
    after = [high] if high - positions[-1] > OPEN else []
    kept = positions[:1]
    kept += [b for a, b in itertools.pairwise(positions) if b - a > SNAP]
    return [*before, *kept, *after]


def _covered(positions: list[float], rules: list[tuple[float, float, float]], others: list[float]) -> list[list[bool]]:
    """For each position and each stretch between neighbouring others: is there a rule?"""
    middles = [(a + b) / 2 for a, b in itertools.pairwise(others)]
    covered = [[False] * len(middles) for _ in positions]
    for position, start, end in rules:
        line = covered[bisect_right(positions, position) - 1]
        for k in range(bisect_left(middles, start), bisect_right(middles, end)):
            line[k] = True
    return covered


@dataclass(slots=True)
class _Walls:
    """`across[i][j]`: a rule on border i above column j; `down[j][i]`: a rule on border j left of row i."""

    across: list[list[bool]]
    down: list[list[bool]]

    def close(self) -> None:
        """Outer sides without a rule, where the rules on both sides of a square run out there: a page break's edge."""
        _close_ends(self.across, self.down)
        _close_ends(self.down, self.across)
        _close_ends(self.across, self.down)


def _close_ends(edges: list[list[bool]], sides: list[list[bool]]) -> None:
    for edge, at in ((edges[0], 0), (edges[-1], -1)):
        for k in range(len(edge)):
            if not edge[k] and sides[k][at] and sides[k + 1][at]:
                edge[k] = True


def _walls_to_grid(walls: _Walls, xs: list[float], ys: list[float]) -> Grid | None:
    high, wide = len(ys) - 1, len(xs) - 1
    free = [[True] * wide for _ in range(high)]
    _flood(free, walls)
    spans: list[Span] = []
    for i in range(high):
        for j in range(wide):
            if free[i][j]:
                span = _grow(i, j, free, walls)
                for row in free[span.top : span.bottom]:
                    row[span.left : span.right] = [False] * (span.right - span.left)
                spans.append(span)
    return _without_unused(spans, xs, ys) if spans else None


def _flood(free: list[list[bool]], walls: _Walls) -> None:
    """Squares that are open to the outside are no cells."""
    high, wide = len(free), len(free[0])
    across, down = walls.across, walls.down
    outside = [(i, 0) for i in range(high) if not down[0][i]] + [(i, wide - 1) for i in range(high) if not down[-1][i]]
    outside += [(0, j) for j in range(wide) if not across[0][j]]
    outside += [(high - 1, j) for j in range(wide) if not across[-1][j]]
    while outside:
        i, j = outside.pop()
        if not free[i][j]:
            continue
        free[i][j] = False
        if i and not across[i][j]:
            outside.append((i - 1, j))
        if i + 1 < high and not across[i + 1][j]:
            outside.append((i + 1, j))
        if j and not down[j][i]:
            outside.append((i, j - 1))
        if j + 1 < wide and not down[j + 1][i]:
            outside.append((i, j + 1))


def _grow(i: int, j: int, free: list[list[bool]], walls: _Walls) -> Span:
    """The largest cell from this square on: to the right up to a rule, then down up to one."""
    row, down, across = free[i], walls.down, walls.across
    right = j + 1
    while right < len(row) and row[right] and not down[right][i]:
        right += 1
    bottom = i + 1
    # nearly every cell ends at the next border: a look at its first square says so without a call
    while bottom < len(free) and not across[bottom][j] and _continues(bottom, j, right, free, walls):
        bottom += 1
    return Span(i, bottom, j, right)


def _continues(row: int, left: int, right: int, free: list[list[bool]], walls: _Walls) -> bool:
    """Does the cell go on in this row: no rule above it, none inside, and nothing else there?"""
    return (
        not any(walls.across[row][left:right])
        and all(free[row][left:right])
        and not any(walls.down[k][row] for k in range(left + 1, right))
    )


def _without_unused(spans: list[Span], xs: list[float], ys: list[float]) -> Grid:
    """The grid on the borders alone that some cell has."""
    lefts = sorted({edge for span in spans for edge in (span.left, span.right)})
    tops = sorted({edge for span in spans for edge in (span.top, span.bottom)})
    cells = spans
    if len(lefts) < len(xs) or len(tops) < len(ys):
        column, row = {edge: k for k, edge in enumerate(lefts)}, {edge: k for k, edge in enumerate(tops)}
        cells = [Span(row[s.top], row[s.bottom], column[s.left], column[s.right]) for s in spans]
    owner = [[-1] * (len(lefts) - 1) for _ in range(len(tops) - 1)]
    for index, cell in enumerate(cells):
        for line in owner[cell.top : cell.bottom]:
            line[cell.left : cell.right] = [index] * (cell.right - cell.left)
    return Grid([round(xs[k], 2) for k in lefts], [round(ys[k], 2) for k in tops], cells, owner)
