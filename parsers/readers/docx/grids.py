"""Rows of cells to tables, and to text where a table is no more than a frame around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from msgspec import UNSET

from parsers.model.document import Cell, Place, Row, Table
from parsers.model.value import Value
from parsers.readers.docx import names
from parsers.readers.docx.styles import to_number

MOST_COLUMNS = 1000
"""Word draws 63 at most. A wider span is cut here, since it would only cost memory."""

LEFTWARD = "leftward"
"""Merged into the cell before it, in the older way: w:hMerge instead of w:gridSpan."""


class Text(Value):
    """A paragraph outside tables; a break inside it is a newline. `path` says where it stands."""

    text: str
    path: str


Item: TypeAlias = Text | Table
"""What follows one another in a body, a cell or a text box."""


@dataclass(slots=True)
class Found:
    """A cell as found in its row, before what is merged with it is known. `merge`: None, "restart" or "continue"."""

    paragraphs: list[str]
    path: str
    column: int
    columns: int = 1
    merge: str | None = None
    rows: int = 1
    content: list[Item] | None = None
    """All that is in it, where that may be more than its paragraphs."""
    doubt: bool = False
    """Does it hold more than is text, or were digits left out of it?"""

    @property
    def texts(self) -> list[str]:
        """Its paragraphs that say something."""
        return [text for text in self.paragraphs if text and not text.isspace()]

    @property
    def items(self) -> list[Item]:
        """All that is in it, in order."""
        return [Text(text=text, path=self.path) for text in self.paragraphs] if self.content is None else self.content

    @property
    def has_table(self) -> bool:
        """Does it hold another table?"""
        return self.content is not None and any(isinstance(item, Table) for item in self.content)


def take_mark(found: Found, tag: str, value: str | None) -> None:
    """What one of the cell's properties says about how far it reaches."""
    if tag == names.GRID_SPAN:
        found.columns = min(max(to_number(value) or 1, 1), MOST_COLUMNS)
    elif tag == names.V_MERGE:
        found.merge = value or "continue"
    elif value != "restart":
        found.merge = LEFTWARD


@dataclass(slots=True)
class Grid:
    """The rows of one table. What is not a row of cells breaks it in two: a nested table, a page of text in a frame."""

    path: str
    covered: list[str] = field(default_factory=list)
    """Paths of cells whose text a vertical merge hides."""
    _items: list[Item] = field(default_factory=list)
    _rows: list[list[Found]] = field(default_factory=list)
    _open: dict[int, Found] = field(default_factory=dict)

    def take(self, row: list[Found]) -> None:
        """The next row, its cells from left to right, those that continue a merge too."""
        begun = self._begin(row)
        is_nest = any(found.has_table for found in begun)
        is_frame = len(row) == len(begun) == 1 and (not self._rows or len(begun[0].texts) > 1)
        if is_nest or is_frame:
            self._close()
            self._items += [item for found in begun for item in found.items]
        else:
            self._rows.append(begun)

    def finish(self) -> list[Item]:
        """The table, or its parts and what stood between them."""
        self._close()
        return self._items

    def _begin(self, row: list[Found]) -> list[Found]:
        """The cells that begin in this row; the others lengthen the cell above them."""
        begun: list[Found] = []
        still_open: dict[int, Found] = {}
        for found in row:
            above = self._open.get(found.column) if found.merge == "continue" else None
            if above is None:
                begun.append(found)
            else:
                above.rows += 1
                self.covered += [found.path] * bool(found.texts)
            if found.merge is not None:
                still_open[found.column] = above or found
        self._open = still_open
        return begun

    def _close(self) -> None:
        if self._rows:
            rows = tuple(self._row(cells, len(self._rows) - i) for i, cells in enumerate(self._rows))
            columns = max((cell.column + cell.column_span for row in rows for cell in row.cells), default=1)
            self._items.append(Table(columns=columns, rows=rows, place=Place(path=self.path)))
        self._rows = []

    def _row(self, cells: list[Found], below: int) -> Row:
        return Row(cells=tuple([_found_to_cell(found, below) for found in cells]))


def _found_to_cell(found: Found, below: int) -> Cell:
    return Cell(
        text="\n".join(found.texts),
        place=Place(path=found.path),
        column=found.column,
        row_span=found.rows if found.rows <= below else below,  # noqa: FURB136 - for every cell; a call of min costs four times as much
        column_span=found.columns,
        doubt=found.doubt or UNSET,
    )
