"""The text of one paragraph: what its runs show, without deleted, hidden and instructing text."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from parsers.readers.docx import names
from parsers.readers.docx.elements import child_of, elements_of
from parsers.readers.docx.notes import Notes
from parsers.readers.docx.styles import Styles, properties_to_hidden, value_of

_LEAVES = frozenset(
    {
        *(names.T, names.M_T, names.TAB, names.PTAB, names.BR, names.CR, names.SYM, names.NO_BREAK_HYPHEN),
        *(names.FLD_CHAR, names.DRAWING, names.PICT, names.OBJECT),
    }
)
_LEAVES_AND_RUNS = _LEAVES | {names.R}
_DRAWN = frozenset({names.TXBX_CONTENT, names.TEXT_PATH, *names.PICTURES})
_WRITTEN = {names.TAB: "\t", names.PTAB: "\t", names.BR: "\n", names.CR: "\n", names.NO_BREAK_HYPHEN: "-"}

_SPACES = str.maketrans("\n\r\t", "   ")
"""Inside w:t every white space is a space; a break has an element of its own."""

_PRIVATE = range(0xF020, 0xF0FF)
"""Where symbol fonts keep their characters, moved up by 0xF000."""

_PRIVATE_SHIFT = 0xF000
_AS_IN_ASCII = range(0x20, 0x40)
"""Digits and punctuation stand in Word's Symbol font where ASCII has them; its letters are Greek."""


class Runs:
    """Reads paragraphs one after the other, because a field may begin in one and end in another."""

    def __init__(self, styles: Styles, notes: Notes, *, may_hide: bool, fields: bool) -> None:
        self._styles = styles
        self._notes = notes
        self._may_hide = may_hide
        self._reads_fields = fields
        self._fields: list[bool] = []
        self._shown = True
        self._pieces: list[str] = []
        self._boxes: list[etree._Element] = []

    @property
    def has_open_field(self) -> bool:
        """Did the last text end inside a field? Then its marks are broken, and text may have been taken for a code."""
        return bool(self._fields)

    def text_of(self, paragraph: etree._Element, style: str | None, path: str) -> tuple[str, list[etree._Element]]:
        """The text of a paragraph of this style, and its text boxes."""
        self._pieces, self._boxes = [], []
        if self._may_hide:
            self._take_runs(paragraph, style, path)
        else:
            for leaf in _leaves_of(paragraph):
                self._take(leaf, path)
        return "".join(self._pieces), self._boxes

    def _take_runs(self, paragraph: etree._Element, style: str | None, path: str) -> None:
        for element in elements_of(paragraph, _LEAVES_AND_RUNS):
            if element.tag != names.R:
                self._take(element, path)
                continue
            is_hidden = self._is_hidden(element, style)
            for leaf in elements_of(element, _LEAVES):
                if not is_hidden or leaf.tag == names.FLD_CHAR:
                    self._take(leaf, path)
                elif leaf.tag in {names.T, names.SYM}:
                    self._notes.add("HIDDEN_TEXT", path)

    def _is_hidden(self, run: etree._Element, style: str | None) -> bool:
        properties = child_of(run, names.R_PR)
        own = properties_to_hidden(properties)
        if own is not None:
            return own
        return self._styles.hides(style, None if properties is None else value_of(properties, names.R_STYLE))

    def _take(self, leaf: etree._Element, path: str) -> None:
        tag = leaf.tag
        if tag == names.FLD_CHAR:
            self._take_field_mark(leaf.get(names.FLD_CHAR_TYPE))
        elif not self._shown:
            return
        elif tag in {names.T, names.M_T}:
            self._pieces.append(leaf_to_text(leaf))
        elif tag in _WRITTEN:
            self._pieces.append(_WRITTEN[tag])
        elif tag == names.SYM:
            self._pieces.append(_symbol(leaf))
        else:
            self._take_drawing(leaf, path)

    def _take_field_mark(self, kind: str | None) -> None:
        """begin, code, separate, result, end: only the result is shown (ECMA-376 part 1, 17.16.18)."""
        if not self._reads_fields:
            return
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()
        self._shown = all(self._fields)

    def _take_drawing(self, drawing: etree._Element, path: str) -> None:
        """Text boxes are read after the paragraph; of pictures and embedded objects it is told that they are there."""
        if drawing.tag == names.OBJECT:
            self._notes.add("EMBEDDED_OBJECT", path)
        for element in elements_of(drawing, _DRAWN):
            if element.tag == names.TXBX_CONTENT:
                self._boxes.append(element)
            elif element.tag == names.TEXT_PATH:
                self._pieces.append(element.get("string", ""))
            elif drawing.tag != names.OBJECT:
                self._notes.add("PICTURE", path)


def has_lost_its_end(properties: etree._Element) -> bool:
    """Is the mark of this paragraph deleted or hidden? Then the next one goes on in the same line."""
    mark = child_of(properties, names.R_PR)
    if mark is None:
        return False
    is_gone = child_of(mark, names.DEL) is not None or child_of(mark, names.MOVE_FROM) is not None
    return is_gone or bool(properties_to_hidden(mark))


def _leaves_of(paragraph: etree._Element) -> Iterable[etree._Element]:
    """What is text or leads to it, in order. Most paragraphs are runs and nothing else: these go a short way."""
    found: list[etree._Element] = []
    for child in paragraph:
        if child.tag == names.R:
            for leaf in child:
                if leaf.tag in _LEAVES:
                    found.append(leaf)
                elif leaf.tag not in names.UNSEEN:
                    return elements_of(paragraph, _LEAVES)
        elif child.tag not in names.UNSEEN:
            return elements_of(paragraph, _LEAVES)
    return found


def leaf_to_text(element: etree._Element) -> str:
    """What a w:t says: its white space as spaces, and none at its ends unless it says so."""
    text = element.text or ""
    if len(element):  # a comment of the XML
        text += "".join(inside.tail or "" for inside in element)
    if not text.isprintable():
        text = text.translate(_SPACES)
    stripped = text.strip(" ")
    return text if stripped == text or element.get(names.SPACE) == "preserve" else stripped


def _symbol(element: etree._Element) -> str:
    """A character by its code in some font. A letter of a symbol font stays what no reader takes for a letter."""
    try:
        code = int(element.get(names.CHAR, ""), 16)
    except ValueError:
        return ""
    if code in _PRIVATE and code - _PRIVATE_SHIFT in _AS_IN_ASCII and element.get(names.FONT) == "Symbol":
        return chr(code - _PRIVATE_SHIFT)
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else ""  # noqa: PLR2004 - what Unicode calls characters
