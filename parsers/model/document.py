"""A document: what stands on the paper, in reading order, each piece with its place. No law in it."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import UNSET, UnsetType

from parsers.model.source import Source
from parsers.model.value import Value

Box: TypeAlias = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, origin top left of the page, rounded to 1/100 when made."""


class Place(Value):
    """Where something was seen. Pages, lines and columns count from 1; `path` reads "table 2, row 3, column 4"."""

    page: int | None = None
    box: Box | None = None
    line: int | None = None
    column: int | None = None
    path: str | None = None


class Page(Value):
    """A page's number from 1 and its size in points."""

    number: int
    width: float
    height: float


class Problem(Value):
    """Something we could not read. Never an accusation; work goes on."""

    code: str
    message: str
    place: Place | None = None


class Cell(Value):
    """One cell as found: text untouched, the grid column it begins in (from 0), and how far it reaches.

    `doubt`: the text may not be to the letter what stands there, since it was recognised in a picture, or since the
    cell holds more than is text: a picture, digits struck out, a formula without its result; left out when not.
    """

    text: str
    place: Place
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    doubt: bool | UnsetType = UNSET


class Line(Value, tag="line", tag_field="type"):
    """A line of text outside tables; `doubt` as in a cell."""

    text: str
    place: Place
    doubt: bool | UnsetType = UNSET


class Row(Value):
    """The cells that begin in one grid row, left to right; what a merge covers is not repeated."""

    cells: tuple[Cell, ...]


class Table(Value, tag="table", tag_field="type"):
    """A ruled table as found on one page; `columns` is the width of its grid."""

    columns: int
    rows: tuple[Row, ...]
    place: Place


class Document(Value):
    """Everything read, in reading order, and what could not be read: document.json (schema gouji.document/1).

    `reader` names who read it, where a kind is read by two; empty where the kind says it all.
    """

    source: Source
    pages: tuple[Page, ...]
    blocks: tuple[Line | Table, ...]
    problems: tuple[Problem, ...] = ()
    reader: str = ""
    schema: str = "gouji.document/1"

    @property
    def reader_name(self) -> str:
        """Who read it, as it stands in a figure's readings."""
        return self.reader or self.source.kind.value
