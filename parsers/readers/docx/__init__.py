"""DOCX (ECMA-376): what a reader of the final document sees, from the XML itself.

Headers and footers are left out, since they hold page numbers; footnotes follow at the end as lines. Nothing outside
the file is ever opened.
"""

from __future__ import annotations

from parsers.model.document import Document, Line, Place, Table
from parsers.model.errors import DocumentError
from parsers.model.source import Source
from parsers.readers.docx import names
from parsers.readers.docx.grids import Item, Text
from parsers.readers.docx.looks import Marks
from parsers.readers.docx.notes import Notes
from parsers.readers.docx.numbering import Numbering
from parsers.readers.docx.parts import Parts
from parsers.readers.docx.runs import Runs
from parsers.readers.docx.styles import Styles
from parsers.readers.docx.walk import Known, Walk


def read(data: bytes, source: Source) -> Document:
    """Paragraphs as lines, and tables, each with its path. Raises DocumentError for damage and for want of text."""
    parts = Parts(data)
    items, notes = _parts_to_items(parts)
    _require_text(items, notes)
    return Document(source=source, pages=(), blocks=_items_to_blocks(items), problems=notes.problems())


def _parts_to_items(parts: Parts) -> tuple[list[Item], Notes]:
    """The text as Word shows it; where the marks of fields are broken, with everything that may be text."""
    items, notes, is_whole = _walk(parts, fields=True)
    if not is_whole:
        items, notes, _ = _walk(parts, fields=False)
        notes.add("FIELD_BROKEN", None)
    return items, notes


def _walk(parts: Parts, *, fields: bool) -> tuple[list[Item], Notes, bool]:
    notes = Notes()
    for code in parts.outside():
        notes.add(code, None)
    styles = Styles(parts.styles())
    marks = Marks(parts.body, styles.odd, by_default=styles.is_odd, may_be_white=parts.has_white())
    has_looks = marks.has_any or styles.can_hide or next(parts.body.iter(names.VANISH), None) is not None
    has_deleted = next(parts.body.iter(names.DEL, names.MOVE_FROM), None) is not None
    runs = Runs(styles, notes, has_looks=has_looks, fields=fields)
    known = Known(styles=styles, marks=marks, is_plain=not has_looks and not has_deleted)
    walk = Walk(known, Numbering(parts.numbering(), styles), runs, notes)
    items = walk.flow(parts.body)
    is_whole = not runs.has_open_field
    for number, footnote in enumerate(parts.footnotes(), 1):
        items += walk.flow(footnote, f"footnote {number}")
    return items, notes, is_whole


def _require_text(items: list[Item], notes: Notes) -> None:
    if any(isinstance(item, Table) or item.text.strip() for item in items):
        return
    if notes.count("PICTURE") or notes.count("EMBEDDED_OBJECT"):
        raise DocumentError(
            "PICTURES_ONLY",
            "文档里没有文字，报告是以图片或嵌入对象的形式粘贴的，本版本还不能识别。",
            "请上传含有文字和表格的 Word 文档，或由其直接导出的 PDF。",
        )
    raise DocumentError("EMPTY", "文档里没有可见的文字。", "请重新上传完整的报告文件。")


def _items_to_blocks(items: list[Item]) -> tuple[Line | Table, ...]:
    """Paragraphs become lines, numbered through; empty ones stay, as in a text."""
    blocks: list[Line | Table] = []
    number = 0
    for item in items:
        if isinstance(item, Text):
            for text in item.text.split("\n"):
                number += 1
                blocks.append(Line(text=text, place=Place(line=number, path=item.path)))
        else:
            blocks.append(item)
    return tuple(blocks)
