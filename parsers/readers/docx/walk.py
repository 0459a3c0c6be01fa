"""The walk through a document's text: paragraphs, tables and text boxes in the order in which they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from parsers.readers.docx import names
from parsers.readers.docx.elements import child_of, elements_of
from parsers.readers.docx.grids import LEFTWARD, MOST_COLUMNS, Found, Grid, Item, Text, take_mark
from parsers.readers.docx.looks import Marks, is_shaded
from parsers.readers.docx.notes import Notes
from parsers.readers.docx.numbering import Numbering
from parsers.readers.docx.plain import rows_to_pieces, table_to_rows
from parsers.readers.docx.runs import Runs, has_lost_its_end
from parsers.readers.docx.styles import Styles, number_of, properties_to_item, value_of
from parsers.readers.looks import may_be_figure

MOST_DEPTH = 40
"""Tables in tables in text boxes; a report has two."""

MOST_PIECES = 100_000
"""Paragraphs and cells; a report has some hundreds."""

_BLOCKS = frozenset({names.P, names.TBL, names.ALT_CHUNK, names.SUB_DOC})
_ROWS = frozenset({names.TR})
_CELLS = frozenset({names.TC})
_MERGING = frozenset({names.GRID_SPAN, names.V_MERGE, names.H_MERGE, names.CELL_DEL})


_INK = (names.DRAWING, names.PICT, names.OBJECT, names.CONTENT_PART, names.ALT_CHUNK, names.SUB_DOC)
"""What is seen in a cell and is no text: it may be a number, or a part of the one beside it unless it floats."""

_INSTEAD = (names.FF_DATA, *names.NOTE_MARKS)
"""What may say something in the place of a number, and nothing beside one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document before its walk. `is_plain`: nothing in it is deleted, hidden or looks odd."""

    styles: Styles
    marks: Marks
    is_plain: bool


class Walk:
    """One pass over one document. It counts lists, tables and paragraphs, so it is made anew for each pass."""

    def __init__(self, known: Known, numbering: Numbering, runs: Runs, notes: Notes) -> None:
        self._styles = known.styles
        self._marks = known.marks
        self._numbering = numbering
        self._runs = runs
        self._notes = notes
        self._is_plain = known.is_plain and not numbering.has_lists
        self._is_simple = not known.styles.can_hide and not numbering.numbers_by_style
        self._paragraphs = 0
        self._tables = 0
        self._pieces = 0

    def flow(self, parent: etree._Element, path: str | None = None, depth: int = 0) -> list[Item]:
        """What stands in this body, cell, text box or footnote; `path` names it where it has a name."""
        if depth > MOST_DEPTH:
            self._notes.add("LIMIT_NESTING", path)
            return []
        items: list[Item] = []
        carried = ""
        for element in elements_of(parent, _BLOCKS):
            if not self._may_go_on():
                break
            if element.tag == names.TBL:
                items += self._table(element, depth)
            elif element.tag == names.P:
                text, goes_on, boxes = self._paragraph(element, path, carried)
                carried = text.text if goes_on else ""
                items += [] if goes_on else [text]
                items += [item for box in boxes for item in self.flow(box, text.path, depth + 1)]
            else:
                self._notes.add("EXTERNAL_CONTENT", path)
        return [*items, Text(text=carried, path=path or f"paragraph {self._paragraphs}")] if carried else items

    def _may_go_on(self) -> bool:
        self._pieces += 1
        if self._pieces > MOST_PIECES:
            self._notes.add("LIMIT_PIECES", None)
        return self._pieces <= MOST_PIECES

    def _paragraph(
        self, element: etree._Element, path: str | None, carried: str
    ) -> tuple[Text, bool, list[etree._Element]]:
        """The text with its list number; whether the next paragraph goes on in it; the text boxes that hang on it."""
        self._paragraphs += path is None
        path = path or f"paragraph {self._paragraphs}"
        properties = None if self._is_plain else child_of(element, names.P_PR)
        style = None if properties is None else value_of(properties, names.P_STYLE)
        text, boxes = self._runs.text_of(element, style, path)
        if properties is not None and has_lost_its_end(properties):
            return Text(text=carried + text, path=path), True, boxes
        label = "" if self._is_plain else self._numbering.label(properties_to_item(properties), style)
        if label and _BARE_NUMBER.fullmatch(carried + text):
            self._notes.add("LIST_NUMBER", path)
            label = ""
        return Text(text=_join(label, carried + text), path=path), False, boxes

    def _table(self, table: etree._Element, depth: int) -> list[Item]:
        self._tables += 1
        around = self._runs.table_style
        self._runs.table_style = _style_of(table)
        grid = Grid(path=f"table {self._tables}")
        for row in self._plain_rows(table, grid.path, depth) or self._any_rows(table, grid.path, depth):
            grid.take(row)
        for path in grid.covered:
            self._notes.add("HIDDEN_TEXT", path)
        self._runs.table_style = around
        return grid.finish()

    def _plain_rows(self, table: etree._Element, path: str, depth: int) -> list[list[Found]] | None:
        """The rows in one pass; None where anything in the table or around it asks for more than that."""
        rows = table_to_rows(table, path) if self._may_be_plain(table, depth) else None
        pieces = rows_to_pieces(rows or [])
        if self._pieces + pieces > MOST_PIECES:
            return None
        self._pieces += pieces
        return rows

    def _may_be_plain(self, table: etree._Element, depth: int) -> bool:
        """No style hides or numbers the cells, none looks odd, no field swallows them, nor does the depth."""
        is_simple = self._is_simple and depth < MOST_DEPTH and not self._runs.has_open_field
        return is_simple and not self._marks.are_in(table)

    def _any_rows(self, table: etree._Element, path: str, depth: int) -> Iterator[list[Found]]:
        for number, row in enumerate(self._rows(table, path), 1):
            yield self._row(row, f"{path}, row {number}", depth)

    def _rows(self, table: etree._Element, path: str) -> Iterator[etree._Element]:
        """Rows that the final document shows."""
        for row in elements_of(table, _ROWS):
            properties = child_of(row, names.TR_PR)
            if properties is not None and properties.find(names.HIDDEN) is not None:
                self._notes.add("HIDDEN_TEXT", path)
            elif properties is None or properties.find(names.DEL) is None:
                yield row

    def _row(self, row: etree._Element, path: str, depth: int) -> list[Found]:
        properties = child_of(row, names.TR_PR)
        column = 0 if properties is None else min(number_of(properties, names.GRID_BEFORE) or 0, MOST_COLUMNS)
        cells: list[Found] = []
        for cell in elements_of(row, _CELLS):
            found = self._cell(cell, path, column, depth)
            if found is None or not self._may_go_on():
                continue
            if column >= MOST_COLUMNS:
                self._notes.add("LIMIT_COLUMNS", path)
                break
            column += found.columns
            if found.merge != LEFTWARD or not cells:
                cells.append(found)
                continue
            cells[-1].columns += found.columns
            if found.texts:
                self._notes.add("HIDDEN_TEXT", found.path)
        return cells

    def _cell(self, cell: etree._Element, path: str, column: int, depth: int) -> Found | None:
        """A cell and what is merged into it; None for one that was deleted."""
        path = f"{path}, column {column + 1}"
        properties = child_of(cell, names.TC_PR)
        merging = [] if properties is None else [mark for mark in properties if mark.tag in _MERGING]
        if merging and any(mark.tag == names.CELL_DEL for mark in merging):
            return None
        around, lost = self._runs.on_ground, self._runs.lost
        self._runs.on_ground = is_shaded(properties) or self._styles.has_ground(self._runs.table_style)
        items = self.flow(cell, path, depth + 1)
        self._runs.on_ground = around
        found = Found([item.text for item in items if isinstance(item, Text)], path, column, content=items)
        found.doubt = self._runs.lost > lost or self._holds_more(cell, found)
        for mark in merging:
            take_mark(found, mark.tag, mark.get(names.VAL))
        return found

    def _holds_more(self, cell: etree._Element, found: Found) -> bool:
        """Beside a number, or in the place of one: is there what is no text, or does the table's style mark some?"""
        if any(not may_be_figure(text) for text in found.texts):
            return False
        if not found.texts:
            return next(cell.iterdescendants(*_INK, *_INSTEAD), None) is not None
        floats = (next(element.iter(names.ANCHOR), None) is not None for element in cell.iterdescendants(*_INK))
        return not all(floats) or self._styles.is_odd_in_parts(self._runs.table_style)


def _style_of(table: etree._Element) -> str | None:
    properties = child_of(table, names.TBL_PR)
    return None if properties is None else value_of(properties, names.TBL_STYLE)


_BARE_NUMBER = re.compile(r"\s*[-+－减增]?[\d,，.．]+\s*")
"""A figure that slipped into a list: 1. before 5 is no 1.5."""

_RUNS_ON = re.compile(r"[0-9０-９A-Za-z]$|[.．]$")
_RUNS_INTO = re.compile(r"[0-9０-９A-Za-z]")


def _join(label: str, text: str) -> str:
    """A list number and its text; a space keeps their digits apart."""
    if label and _RUNS_ON.search(label) and _RUNS_INTO.match(text):
        return f"{label} {text}"
    return label + text
