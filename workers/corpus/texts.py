"""The sheet as text, in the layouts in which reports are copied from pages and documents."""

from __future__ import annotations

from collections.abc import Callable

from workers.corpus.sheet import Grid, Sheet, Spot


def _to_text(sheet: Sheet, grid_to_lines: Callable[[Grid], list[str]], gap: str) -> str:
    parts = [block if isinstance(block, str) else "\n".join(grid_to_lines(block)) for block in sheet]
    return gap.join(parts) + "\n"


def tabbed(sheet: Sheet) -> str:
    """One line a row, a tab between cells; merged cells leave their tabs behind, as in a copied Word table."""
    return _to_text(sheet, lambda grid: ["\t".join(row) for row in _squares(grid)], "\n\n")


def _squares(grid: Grid) -> list[list[str]]:
    """Every square of the grid; what a merge covers is empty."""
    squares = [[""] * len(grid.widths) for _ in grid.rows]
    for i, row in enumerate(grid.rows):
        for spot in row:
            squares[i][spot.column] = spot.text
    return squares


def tight(sheet: Sheet) -> str:
    """One line a row, a tab between cells, nothing for what a merge covers, as a browser copies a table."""
    return _to_text(sheet, lambda grid: ["\t".join(s.text for s in row) for row in grid.rows], "\n")


def cells_with_tabs(sheet: Sheet) -> str:
    """One cell a line behind a tab; a blank cell is a lone tab."""
    return _to_text(sheet, lambda grid: [f"\t{s.text}" for row in grid.rows for s in row], "\n\n")


def cells_with_tabs_and_gaps(sheet: Sheet) -> str:
    """The same with an empty line between rows."""
    return _to_text(sheet, lambda grid: [line for row in grid.rows for line in (*_tab_lines(row), "")], "\n\n")


def _tab_lines(row: tuple[Spot, ...]) -> list[str]:
    return [f"\t{spot.text}" for spot in row]


def cells_apart(sheet: Sheet) -> str:
    """One cell a line, an empty line after each cell; a blank cell is one more empty line."""
    return _to_text(sheet, lambda grid: [line for row in grid.rows for s in row for line in (s.text, "")], "\n\n")


def piped(sheet: Sheet) -> str:
    """`| a | b |`, with a markdown rule under each table's first row."""
    return _to_text(sheet, _pipe_lines, "\n")


def _pipe_lines(grid: Grid) -> list[str]:
    lines = [f"| {' | '.join(row)} |" for row in _squares(grid)]
    return [lines[0], "|" + " --- |" * len(grid.widths), *lines[1:]]


def spaced(sheet: Sheet) -> str:
    """Label and numbers on a line with spaces between them; a group's label on a line of its own."""
    return _to_text(sheet, _spaced_lines, "\n")


def _spaced_lines(grid: Grid) -> list[str]:
    lines: list[str] = []
    for row in grid.rows:
        above = [s.text for s in row if s.rows > 1]
        lines += above
        lines.append(" ".join(s.text for s in row if s.rows == 1))
    return lines


def glued(sheet: Sheet) -> str:
    """Everything in one line, neither line breaks nor cell borders left."""
    return _run_together(sheet, "", "")


def glued_sections(sheet: Sheet) -> str:
    """A line a paragraph and a line a table, the cells run together."""
    return _run_together(sheet, "\n", "")


def one_line(sheet: Sheet) -> str:
    """Everything in one line, a space where a line or a cell ended."""
    return _run_together(sheet, " ", " ")


def tables_in_lines(sheet: Sheet) -> str:
    """A line a paragraph and a line a table, a space between cells."""
    return _run_together(sheet, "\n", " ")


def _run_together(sheet: Sheet, gap: str, border: str) -> str:
    return gap.join(b if isinstance(b, str) else border.join(s.text for r in b.rows for s in r) for b in sheet) + "\n"


def glued_rows(sheet: Sheet) -> str:
    """A line a row, its cells run together."""
    return _to_text(sheet, lambda grid: ["".join(s.text for s in row) for row in grid.rows], "\n")


GLUED: tuple[tuple[str, Callable[[Sheet], str]], ...] = (
    ("glued", glued),
    ("glued_sections", glued_sections),
    ("glued_rows", glued_rows),
)
"""Layouts that lose the borders between digits: what is read is right, or in doubt with the truth among it."""


LAYOUTS: tuple[tuple[str, Callable[[Sheet], str]], ...] = (
    ("tabbed", tabbed),
    ("tight", tight),
    ("cells_with_tabs", cells_with_tabs),
    ("cells_with_tabs_and_gaps", cells_with_tabs_and_gaps),
    ("cells_apart", cells_apart),
    ("piped", piped),
    ("spaced", spaced),
    ("one_line", one_line),
    ("tables_in_lines", tables_in_lines),
)
"""Every text layout by name."""


def layout(name: str) -> Callable[[Sheet], str]:
    """The layout of this name."""
    return dict((*LAYOUTS, *GLUED))[name]


def without(text: str, first: str, last: str) -> str:
    """The text with the lines from the first one that begins with `first` to the next that begins with `last` cut."""
    lines = text.split("\n")
    start = next(i for i, line in enumerate(lines) if line.strip().startswith(first))
    end = next(i for i, line in enumerate(lines) if i >= start and line.strip().startswith(last))
    return "\n".join(lines[:start] + lines[end + 1 :])


__all__ = ["GLUED", "LAYOUTS", "layout", "without"]
