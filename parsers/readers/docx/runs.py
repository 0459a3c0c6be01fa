"""The text of one paragraph: what its runs show, without deleted, hidden, struck and instructing text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from lxml import etree

from parsers.readers.docx import names
from parsers.readers.docx.elements import child_of, elements_of
from parsers.readers.docx.looks import AS_USUAL, LEAST_RAISE, Look, is_shaded, properties_to_look
from parsers.readers.docx.notes import Notes
from parsers.readers.docx.styles import Styles, properties_to_hidden, value_of
from parsers.readers.looks import to_lowered, to_raised

_LEAVES = frozenset(
    {
        *(names.T, names.M_T, names.TAB, names.PTAB, names.BR, names.CR, names.SYM, names.NO_BREAK_HYPHEN),
        *(names.FLD_CHAR, names.DRAWING, names.PICT, names.OBJECT),
    }
)
_LEAVES_AND_RUNS = _LEAVES | {names.R}
_DRAWN = frozenset({names.TXBX_CONTENT, names.TEXT_PATH, *names.PICTURES})
_TEXTS = frozenset({names.T, names.SYM})
_WRITTEN = {names.TAB: "\t", names.PTAB: "\t", names.BR: "\n", names.CR: "\n", names.NO_BREAK_HYPHEN: "-"}

_SPACES = str.maketrans("\n\r\t", "   ")
"""Inside w:t every white space is a space; a break has an element of its own."""

_PRIVATE = range(0xF020, 0xF0FF)
"""Where symbol fonts keep their characters, moved up by 0xF000."""

_PRIVATE_SHIFT = 0xF000
_AS_IN_ASCII = range(0x20, 0x40)
"""Digits and punctuation stand in Word's Symbol font where ASCII has them; its letters are Greek."""


_DIGIT = re.compile(r"\d")


class Runs:
    """Reads paragraphs one after the other, because a field may begin in one and end in another.

    `has_looks`: some text is hidden, raised, struck or white, so that each run is asked. `on_ground` and `table_style`
    are those of the cell at hand; `lost` counts the digits' runs that were left out so far.
    """

    def __init__(self, styles: Styles, notes: Notes, *, has_looks: bool, fields: bool) -> None:
        self._styles = styles
        self._notes = notes
        self._has_looks = has_looks
        self.on_ground = False
        self.table_style: str | None = None
        self.lost = 0
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
        if self._has_looks:
            self._take_runs(paragraph, style, path)
        else:
            for leaf in _leaves_of(paragraph):
                self._take(leaf, path)
        return "".join(self._pieces), self._boxes

    def _take_runs(self, paragraph: etree._Element, style: str | None, path: str) -> None:
        elements = list(elements_of(paragraph, _LEAVES_AND_RUNS))
        looks = [self._look_of(element, style) if element.tag == names.R else AS_USUAL for element in elements]
        usual = _usual_position(elements, looks)
        on_ground = self.on_ground or is_shaded(child_of(paragraph, names.P_PR))
        for element, look in zip(elements, looks, strict=True):
            if element.tag != names.R:
                self._take(element, path)
            elif (code := self._left_out(element, style, look, on_ground=on_ground)) is not None:
                self._leave_out(element, code, path)
            else:
                self._take_run(element, _level(look, usual), path)

    def _look_of(self, run: etree._Element, style: str | None) -> Look:
        properties = child_of(run, names.R_PR)
        named = None if properties is None else value_of(properties, names.R_STYLE)
        return properties_to_look(properties).over(self._styles.look_of(style, named, self.table_style))

    def _left_out(self, run: etree._Element, style: str | None, look: Look, *, on_ground: bool) -> str | None:
        """Why this run is not read; None where it is. White words are left: it is numbers that are hidden so."""
        if self._is_hidden(run, style):
            return "HIDDEN_TEXT"
        if look.struck:
            return "STRUCK_TEXT"
        is_white = look.white and not look.ground and not on_ground
        return "HIDDEN_TEXT" if is_white and _has_digit(run) else None

    def _leave_out(self, run: etree._Element, code: str, path: str) -> None:
        self.lost += _has_digit(run)
        for leaf in elements_of(run, _LEAVES):
            if leaf.tag == names.FLD_CHAR:
                self._take(leaf, path)
            elif leaf.tag in {names.T, names.SYM}:
                self._notes.add(code, path)

    def _take_run(self, run: etree._Element, level: int, path: str) -> None:
        start = len(self._pieces)
        for leaf in elements_of(run, _LEAVES):
            self._take(leaf, path)
        if level:
            change = to_raised if level > 0 else to_lowered
            self._pieces[start:] = [change(piece) for piece in self._pieces[start:]]

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
        elif tag == names.T:
            self._pieces.append(leaf_to_text(leaf))
        elif tag == names.M_T:
            self._pieces.append(_formula_to_text(leaf))
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


def _has_digit(run: etree._Element) -> bool:
    return any(leaf.tag != names.T or _DIGIT.search(leaf.text or "") for leaf in elements_of(run, _TEXTS))


def _usual_position(elements: list[etree._Element], looks: list[Look]) -> int:
    """The height at which most letters of the paragraph stand: converters move whole lines up or down."""
    if not any(look.position for look in looks):
        return 0
    counts: Counter[int] = Counter()
    for element, look in zip(elements, looks, strict=True):
        counts[look.position or 0] += sum(len(leaf.text or "") for leaf in elements_of(element, _TEXTS))
    return counts.most_common(1)[0][0]


def _level(look: Look, usual: int) -> int:
    """1 where the text stands above its line, -1 below it, 0 on it."""
    off = (look.position or 0) - usual
    return look.level or (0 if abs(off) < LEAST_RAISE else 1 if off > 0 else -1)


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


def _formula_to_text(leaf: etree._Element) -> str:
    """A piece of a formula: exponents, indices and both parts of a fraction stand on no line with a number."""
    text = leaf_to_text(leaf)
    around = [element.tag for element in leaf.iterancestors()]
    if any(tag in names.M_RAISED for tag in around):
        return to_raised(text)
    return to_lowered(text) if any(tag in names.M_LOWERED for tag in around) else text


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
