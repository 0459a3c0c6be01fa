"""Tables that are nothing but rows, cells, paragraphs and runs, read in one pass and not element by element.

Most tables of most documents are plain, and each element that Python asks about costs more than all of its parsing.
What such a table says is what `walk` would say; whatever is not plain is left to it.
"""

from __future__ import annotations

from lxml import etree

from parsers.readers.docx import names
from parsers.readers.docx.grids import MOST_COLUMNS, Found, take_mark
from parsers.readers.docx.runs import leaf_to_text

_TR, _TC, _P, _T = names.TR, names.TC, names.P, names.T
_PLAIN = (_TR, _TC, _P, _T, names.GRID_SPAN, names.V_MERGE)
"""All that is looked at, in the order of the document."""

_ODD = (
    *(names.TBL, names.ALT_CHUNK, names.SUB_DOC, names.OBJECT, names.DRAWING, names.PICT),
    *(
        names.M_T,
        names.TAB,
        names.PTAB,
        names.BR,
        names.CR,
        names.SYM,
        names.NO_BREAK_HYPHEN,
        names.FLD_CHAR,
        names.NUM_PR,
    ),
    *names.NOTE_MARKS,
    *(names.DEL, names.MOVE_FROM, names.CELL_DEL, names.VANISH, names.HIDDEN, names.GRID_BEFORE, names.H_MERGE),
    *(etree.Comment, etree.Entity),
)
"""One of these anywhere in a table, and it is not plain."""

_IN_PLACE = etree.XPath(
    "count(w:tr) + count(w:tr/w:tc) + count(w:tr/w:tc/w:p) + count(w:tr/w:tc/w:p/w:r/w:t)"
    " + count(w:tr/w:tc/w:tcPr[1]/w:gridSpan) + count(w:tr/w:tc/w:tcPr[1]/w:vMerge)",
    namespaces={"w": names.TRANSITIONAL},
)
"""How many of the `_PLAIN` stand where they belong; a wrapper of any kind around one makes it less than all."""


def table_to_rows(table: etree._Element, path: str) -> list[list[Found]] | None:
    """The cells of each row; None when the table is not plain, or has more columns than are read."""
    if next(table.iterdescendants(*_ODD), None) is not None:
        return None
    marks = list(table.iterdescendants(*_PLAIN))
    return _marks_to_rows(marks, path) if len(marks) == _IN_PLACE(table) else None


def rows_to_pieces(rows: list[list[Found]]) -> int:
    """How many paragraphs and cells these are."""
    return sum(1 + len(found.paragraphs) for row in rows for found in row)


def _marks_to_rows(marks: list[etree._Element], path: str) -> list[list[Found]] | None:
    """One state machine and not a function a level: a call for every cell would cost what this module saves."""
    rows: list[list[Found]] = []
    row: list[Found] = []
    texts: list[str] = []
    head, column = "", 0
    found = Found(texts, path, 0)
    for mark in marks:
        tag = mark.tag
        if tag == _P:
            texts.append("")
        elif tag == _T:
            texts[-1] += leaf_to_text(mark)
        elif tag == _TC:
            column += found.columns
            if column >= MOST_COLUMNS:
                return None
            texts = []
            found = Found(texts, f"{head}{column + 1}", column)
            row.append(found)
        elif tag == _TR:
            row = []
            rows.append(row)
            head, column = f"{path}, row {len(rows)}, column ", 0
            found = Found(texts, path, 0, columns=0)
        else:
            take_mark(found, tag, mark.get(names.VAL))
    return rows
