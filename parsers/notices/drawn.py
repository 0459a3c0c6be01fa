"""What is to be drawn of a source for its notice, and what was drawn. Values only: the drawing is render.py's."""

from __future__ import annotations

from parsers.model.document import Box
from parsers.model.finding import Severity
from parsers.model.source import Kind
from parsers.model.value import Value

DRAWN_KINDS = (Kind.PDF, Kind.IMAGE)
"""Sources whose pages can be shown as they are seen."""

MOST_PICTURES = 20
"""Cells shown in one notice. What goes beyond is counted, never left out silently."""


class Mark(Value):
    """A place that the notice speaks of: its item's number, page from 1, box in points of the page as seen."""

    number: int
    page: int
    box: Box
    severity: Severity
    words: str


class Order(Value):
    """What to draw: a frame for every mark, a picture for those whose numbers stand in `pictured`."""

    marks: tuple[Mark, ...]
    pictured: tuple[int, ...]


class Picture(Value):
    """The strip of a page around a mark: PNG, and the size in points that it has on the page."""

    number: int
    png: bytes
    width: float
    height: float


class Drawn(Value):
    """What was drawn; `remarks` are sentences about what could not be, for the notice."""

    pictures: tuple[Picture, ...] = ()
    annotated: bytes | None = None
    remarks: tuple[str, ...] = ()


NOTHING_DRAWN = Drawn(remarks=("原件页面未能绘出，本反馈未附单元格截图和标注件。",))
"""After any failure of the drawing: the findings stand without it."""

SOURCE_GONE = Drawn(remarks=("收件桶中已没有这一版原件，本反馈未附单元格截图和标注件。",))
"""Judged again after the upload was removed or replaced."""
