"""One walk over a parsed page, in the order of the text: lines, tables, and what was not read.

The walk goes from node to node and never calls itself, so a page may nest as deep as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from parsers.model.value import Value
from parsers.readers.html_grid import (
    MORE,
    MOST_CAPTION,
    MOST_COLUMNS,
    Block,
    Building,
    Doubt,
    Spot,
    rows_to_blocks,
    to_span,
    to_spans,
)
from parsers.readers.html_style import PLAIN, Style, root_to_said, root_to_styles
from parsers.readers.html_tags import CELLS, LEAVES, LOOKS, NO_ELEMENT, OF_TABLES, PART_OF, SHELLS, STRUCK, TEXT
from parsers.readers.html_text import to_line, to_short, to_spaces
from parsers.readers.looks import to_lowered, to_raised

_RAISED = {"sup": to_raised, "sub": to_lowered}

_MEANT_BLANK = re.compile(r"[\xa0\u3000\u2002\u2003\u200b]")
"""Blanks that are written on purpose: a line of nothing else is an empty line."""

_DIGIT = re.compile(r"\d")

SMALL_PICTURE = 200
"""A picture narrower than this, in pixels, is an ornament; in a cell it may be a digit."""

SPACER = 3
"""A picture of so few pixels shows nothing: pages are pushed into shape with such."""


def root_to_blocks(root: LexborNode, source: bytes) -> list[Block]:
    """Lines, tables and doubts of everything in this element; `source` is the page in lower case."""
    walk = _Walk(root, source)
    walk.through(root)
    return walk.blocks


class _Look(Value):
    """How text looks here: as typed, white, on a ground of its own, raised."""

    pre: bool = False
    white: bool = False
    ground: bool = False
    raised: str = ""


_AS_USUAL = _Look()
"""Most text."""


class _Walk:
    """Where the walk is: the line at hand, the tables and cells around it, and the elements that are open."""

    def __init__(self, root: LexborNode, source: bytes) -> None:
        said = root_to_said(root)
        self._styles = root_to_styles(root, source, said)
        self._spans = {number: to_spans(a.get("rowspan"), a.get("colspan")) for number, a in said.items()}
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._pictures = 0
        self._sinks: list[list[Block]] = []
        self._tables: list[Building] = []
        self._look = _AS_USUAL
        self._open: list[tuple[str, _Look, LexborNode]] = []

    def through(self, root: LexborNode) -> None:
        """Every node below the root, each once: down to the first child, else on to the next, else up."""
        part_of = PART_OF.get
        node = root
        while True:
            number = node.tag_id
            if number == TEXT:
                self._take_text(node.text_content or "")
                following = None
            elif (part := part_of(number, "")) in LEAVES and self._take_leaf(node, part):
                following = None
            else:
                following = self._enter(node, number, part)
            while following is None:
                if not self._open:
                    self._end_line()
                    return
                following = node.next
                if following is None:
                    node = self._leave()
            node = following

    def _enter(self, node: LexborNode, number: int, part: str) -> LexborNode | None:
        """Take an element; its first child when it is open now and has something in it."""
        if part in NO_ELEMENT:
            if part == "break":
                self._end_line(is_meant=True)
            elif part == "drawn":
                self.blocks.append(MORE)
            return None
        style = self._styles.get(node.mem_id, PLAIN) if self._styles else PLAIN
        if style is not PLAIN or part == "special" or number in LOOKS:
            return self._enter_special(node, part, style)
        child = node.first_child
        if part:
            self._begin_part(node, part)
            if part == "tr" and child is not None and self._look is _AS_USUAL and not self._styles:
                child = self._take_cells(child)
            if child is None:
                self._leave()
        elif child is not None:
            self._open.append(("", self._look, node))
        return child

    def _take_cells(self, node: LexborNode) -> LexborNode | None:
        """The cells of a row as long as nothing but one text stands in each; the first node that is not of this kind.

        The same as `_take_leaf` does for each, in one loop: half of all elements are such cells.
        """
        if len(self._tables) == len(self._sinks):
            return node
        add, spans, cells = self._tables[-1].add, self._spans, CELLS
        cell: LexborNode | None = node
        while cell is not None and cell.tag_id in cells:
            child = cell.first_child
            if child is None or child.tag_id != TEXT or child.next is not None:
                return cell
            text = child.text_content or ""
            if not text.isalnum():
                text = to_line(text)
            rows, columns = spans[cell.mem_id] if cell.mem_id in spans else _ONE  # noqa: SIM401 - most cells say nothing, and a call costs more
            add(rows, columns, [text], is_short=len(text) <= MOST_CAPTION)
            cell = cell.next
        return cell

    def _take_leaf(self, node: LexborNode, part: str) -> bool:
        """A cell or paragraph in which one text stands and nothing else: most of a report, so it goes a short way."""
        styles = self._styles
        child = node.first_child
        while child is not None and child.next is None:
            number = child.tag_id
            if number == TEXT:
                break
            if number not in SHELLS or (styles and child.mem_id in styles):
                return False
            child = child.first_child
        else:
            return False
        if self._look is not _AS_USUAL or (styles and node.mem_id in styles):
            return False
        text = to_line(child.text_content or "")
        if not text and part != "td":
            return False
        if self._pieces or self._pictures:
            self._end_line()
        if part != "td":
            self.blocks.append(text)
        elif len(self._tables) == len(self._sinks):
            return False
        else:
            rows, columns = self._spans.get(node.mem_id, _ONE)
            self._tables[-1].add(rows, columns, [text], is_short=len(text) <= MOST_CAPTION)
        return True

    def _enter_special(self, node: LexborNode, part: str, style: Style) -> LexborNode | None:
        """An element that is unseen, struck out, no text, or looks otherwise than what is around it."""
        tag = node.tag or ""
        if style.unseen or style.struck or tag in STRUCK:
            self._leave_out(node, tag, style)
            return None
        if style.file:
            name = to_short(node.text().strip()) or "未命名"
            self.blocks.append(Doubt(code="ATTACHMENT", message=f"附件“{name}”在网页之外，没有读取"))
        part = style.part or part
        if part == "special":
            self._take_other(tag, node.attributes)
            part = ""
        self._begin_part(node, part)
        self._look = _to_look(self._look, tag, style)
        child = node.first_child
        if child is None:
            self._leave()
        return child

    def _begin_part(self, node: LexborNode, part: str) -> None:
        if part:
            if self._pieces or self._pictures:
                self._end_line()
            if part in OF_TABLES:
                part = self._begin(node, part)
        self._open.append((part, self._look, node))

    def _leave(self) -> LexborNode:
        """The innermost open element ends."""
        part, self._look, node = self._open.pop()
        if not part:
            return node
        if self._pieces or self._pictures:
            self._end_line(is_paragraph=part == "p")
        if part == "td":
            self.blocks = self._sinks.pop()
        elif part == "table":
            self._end_table(self._tables.pop())
        return node

    def _begin(self, node: LexborNode, part: str) -> str:
        """A part of a table begins; a row or a cell without its table is a block like any other."""
        if part == "table":
            self._tables.append(Building())
        elif len(self._tables) == len(self._sinks):
            return "block"
        elif part == "td":
            spot = self._begin_cell(node)
            self._sinks.append(self.blocks)
            self.blocks = spot.blocks
        elif part == "tr":
            self._tables[-1].begin_row()
        else:
            self._tables[-1].begin_group()
        return part

    def _end_table(self, table: Building) -> None:
        if table.is_too_wide:
            self.blocks.append(
                Doubt(code="TABLE_TOO_WIDE", message=f"有一张表格超过 {MOST_COLUMNS} 列，没有按表格读取")
            )
        self.blocks += rows_to_blocks(table)

    def _begin_cell(self, node: LexborNode) -> Spot:
        return self._tables[-1].add(*self._spans.get(node.mem_id, _ONE), [])

    def _leave_out(self, node: LexborNode, tag: str, style: Style) -> None:
        """Text that nobody sees, or that is struck out. A cell that only looks empty keeps its place in its row."""
        text = node.text().strip()
        is_cell = tag in ("td", "th") and not style.gone and len(self._tables) > len(self._sinks)
        if is_cell:
            self._begin_part(node, "td")
        if _DIGIT.search(text):
            self.blocks.append(MORE)
        if not style.unseen and text:
            self.blocks.append(Doubt(code="STRUCK_TEXT", message=f"“{to_short(text)}”已被划去，没有读取"))
        elif _DIGIT.search(text):
            self.blocks.append(Doubt(code="HIDDEN_TEXT", message=f"“{to_short(text)}”在页面上不可见，没有读取"))
        if is_cell:
            self._leave()

    def _take_other(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """Pictures and frames: text of theirs is not here."""
        if tag == "img":
            width = to_span(attributes.get("width"), SMALL_PICTURE) if attributes.get("width") else SMALL_PICTURE
            self._pictures += width >= SMALL_PICTURE
            self.blocks += [MORE] * (width > SPACER)
        elif tag == "input":
            self.blocks += [MORE] * (attributes.get("type") != "hidden")
        else:
            self.blocks.append(MORE)
            self.blocks.append(Doubt(code="FRAME", message="页面的一部分在另一个文件里（框架或插件），没有读取"))

    def _take_text(self, text: str) -> None:
        look = self._look
        if look is _AS_USUAL:
            if not text.isspace() or self._pieces or _MEANT_BLANK.search(text):
                self._pieces.append(to_spaces(text))
            return
        if look.raised:
            text = _RAISED[look.raised](text)
        if look.white and not look.ground and _DIGIT.search(text):
            self.blocks.append(MORE)
            self.blocks.append(Doubt(code="HIDDEN_TEXT", message=f"“{to_short(text)}”是白色文字，没有读取"))
        elif look.pre:
            self._take_lines(text)
        else:
            self._pieces.append(to_spaces(text))

    def _take_lines(self, text: str) -> None:
        """Text as typed: its line ends are line ends."""
        first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._pieces.append(first)
        for line in others:
            self._end_line(is_meant=True)
            self._pieces.append(line)

    def _end_line(self, *, is_meant: bool = False, is_paragraph: bool = False) -> None:
        """The line at hand becomes a block. An empty one counts when it was meant: a br, or a blank typed as such."""
        if self._pieces:
            text = "".join(self._pieces)
            self._pieces.clear()
            if text.strip():
                self.blocks.append(text.strip(" \r\n"))
                self._pictures = 0
                return
            is_meant = is_meant or _MEANT_BLANK.search(text) is not None
        if self._pictures and is_paragraph:
            self.blocks.append(Doubt(code="PICTURE", message="此处是图片，图片中的文字没有读取"))
        self._pictures = 0
        if is_meant:
            self.blocks.append("")


_ONE = (1, 1)
"""Rows and columns of most cells."""


def _to_look(around: _Look, tag: str, style: Style) -> _Look:
    look = _Look(
        pre=around.pre or style.pre or tag == "pre",
        white=around.white if style.white is None else style.white,
        ground=around.ground or style.ground,
        raised=tag if tag in _RAISED else style.raised or around.raised,
    )
    return _AS_USUAL if look == _AS_USUAL else look
