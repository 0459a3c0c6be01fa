"""One walk over a parsed page, in the order of the text: lines, tables, and what was not read.

The walk goes from node to node and never calls itself, so a page may nest as deep as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from parsers.model.value import Value
from parsers.readers.html_grid import (
    MOST_COLUMN_SPAN,
    MOST_ROW_SPAN,
    Block,
    Building,
    Doubt,
    rows_to_blocks,
    to_span,
)
from parsers.readers.html_style import PLAIN, TELLING, Style, attributes_to_style

_SKIPPED = frozenset(
    ("head", "title", "script", "style", "template", "noscript", "textarea", "select", "option", "datalist", "button",
     "svg", "math", "canvas", "video", "audio", "map", "applet", "rt", "rp", "-comment", "!doctype", "-document")
)  # fmt: skip
"""What is not printed as text of the page, or not in its line (the reading beside a character)."""

_PARTS = {
    **dict.fromkeys(
        ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
         "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
         "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "pre", "section", "summary", "ul"),
        "block",
    ),
    "p": "p", "table": "table", "tbody": "tbody", "thead": "tbody", "tfoot": "tbody",
    "tr": "tr", "td": "td", "th": "td",
}  # fmt: skip
"""What begins and ends a line."""

_FRAMES = frozenset(("iframe", "frame", "object", "embed"))
_STRUCK = frozenset(("del", "s", "strike"))
_RAISED = {"sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}
"""A raised digit is a note's mark or an exponent: beside a number it must not become a digit of it."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_SOURCE_END = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])")
"""A line end of the source between two Chinese characters is no space (CSS Text 3, 4.1.2)."""

_MEANT_BLANK = re.compile(r"[\xa0\u3000\u2002\u2003\u200b]")
"""Blanks that are written on purpose: a line of nothing else is an empty line."""

_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar)(?:$|[?#])", re.IGNORECASE)
_DIGIT = re.compile(r"\d")

SHOWN = 30
"""So many characters of a text that was not read are quoted."""

SMALL_PICTURE = 200
"""A picture narrower than this, in pixels, is an ornament."""


def root_to_blocks(root: LexborNode) -> list[Block]:
    """Lines, tables and doubts of everything in this element."""
    walk = _Walk()
    node = root
    while True:
        following = None
        if walk.enter(node):
            following = node.first_child
            if following is None:
                walk.leave()
        while following is None:
            if not walk.depth:
                return walk.finish()
            following = node.next
            if following is None:
                node = node.parent or root
                walk.leave()
        node = following


class _Look(Value):
    """How text looks here: as typed, white, on a ground of its own, raised."""

    pre: bool = False
    white: bool = False
    ground: bool = False
    raised: str = ""


class _Walk:
    """Where the walk is: the line at hand, the tables and cells around it, and the elements that are open."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._pictures = 0
        self._blocks: list[Block] = []
        self._sinks: list[list[Block]] = []
        self._tables: list[Building] = []
        self._look = _Look()
        self._looks: list[_Look] = []
        self._parts: list[str] = []

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._parts)

    def finish(self) -> list[Block]:
        """Everything read."""
        self._end_line()
        return self._blocks

    def enter(self, node: LexborNode) -> bool:
        """Take a node; True when it is open now, and what is in it is to be read too."""
        tag = node.tag or ""
        if tag == "-text":
            self._take_text(node.text_content or "")
            return False
        if tag in _SKIPPED:
            return False
        if tag == "br":
            self._end_line(is_meant=True)
            return False
        attributes = node.attributes
        style = attributes_to_style(attributes) if attributes and not TELLING.isdisjoint(attributes) else PLAIN
        if style.unseen or style.struck or tag in _STRUCK:
            self._leave_out(node, tag, style, attributes)
            return False
        if tag in _OTHERS:
            self._take_other(node, tag, attributes)
        self._open(tag, style, attributes)
        return True

    def leave(self) -> None:
        """The innermost open element ends."""
        part = self._parts.pop()
        self._look = self._looks.pop()
        if not part:
            return
        self._end_line(is_paragraph=part == "p")
        if part == "td":
            self._blocks = self._sinks.pop()
        elif part == "table":
            self._blocks += rows_to_blocks(self._tables.pop())

    def _open(self, tag: str, style: Style, attributes: Mapping[str, str | None]) -> None:
        part = style.part or _PARTS.get(tag, "")
        if part in _INNER and len(self._tables) == len(self._sinks):
            part = "block"  # a row or cell without its table
        if part:
            self._end_line()
            self._begin(part, attributes)
        self._parts.append(part)
        self._looks.append(self._look)
        if style is not PLAIN or tag in _LOOKS:
            self._look = _to_look(self._look, tag, style)

    def _begin(self, part: str, attributes: Mapping[str, str | None]) -> None:
        if part == "td":
            self._begin_cell(attributes)
        elif part == "tr":
            self._tables[-1].begin_row()
        elif part == "tbody":
            self._tables[-1].begin_group()
        elif part == "table":
            self._tables.append(Building())

    def _begin_cell(self, attributes: Mapping[str, str | None]) -> None:
        rows = to_span(attributes.get("rowspan"), MOST_ROW_SPAN) or MOST_ROW_SPAN  # 0: to the end of its group
        columns = to_span(attributes.get("colspan"), MOST_COLUMN_SPAN) or 1
        spot = self._tables[-1].add(rows, columns)
        self._sinks.append(self._blocks)
        self._blocks = spot.blocks

    def _leave_out(self, node: LexborNode, tag: str, style: Style, attributes: Mapping[str, str | None]) -> None:
        """Text that nobody sees, or that is struck out. A cell that only looks empty keeps its place in its row."""
        text = node.text().strip()
        is_cell = tag in ("td", "th") and not style.gone and len(self._tables) > len(self._sinks)
        if is_cell:
            self._open(tag, PLAIN, attributes)
        if not style.unseen and text:
            self._blocks.append(Doubt("STRUCK_TEXT", f"“{_short(text)}”已被划去，没有读取"))
        elif _DIGIT.search(text):
            self._blocks.append(Doubt("HIDDEN_TEXT", f"“{_short(text)}”在页面上不可见，没有读取"))
        if is_cell:
            self.leave()

    def _take_other(self, node: LexborNode, tag: str, attributes: Mapping[str, str | None]) -> None:
        """Pictures, frames and files: text of theirs is not here."""
        if tag == "img":
            width = to_span(attributes.get("width"), SMALL_PICTURE) if attributes.get("width") else SMALL_PICTURE
            self._pictures += width >= SMALL_PICTURE
        elif tag == "a":
            if _FILE.search(attributes.get("href") or ""):
                name = _short(node.text().strip()) or "未命名"
                self._blocks.append(Doubt("ATTACHMENT", f"附件“{name}”在网页之外，没有读取"))
        else:
            self._blocks.append(Doubt("FRAME", "页面的一部分在另一个文件里（框架或插件），没有读取"))

    def _take_text(self, text: str) -> None:
        look = self._look
        if look.raised:
            text = text.translate(_RAISED[look.raised])
        if look.white and not look.ground and _DIGIT.search(text):
            self._blocks.append(Doubt("HIDDEN_TEXT", f"“{_short(text)}”是白色文字，没有读取"))
        elif look.pre:
            self._take_lines(text)
        else:
            self._pieces.append(_to_spaces(text))

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
                self._blocks.append(text.strip(" \r\n"))
                self._pictures = 0
                return
            is_meant = is_meant or _MEANT_BLANK.search(text) is not None
        if self._pictures and is_paragraph:
            self._blocks.append(Doubt("PICTURE", "此处是图片，图片中的文字没有读取"))
        self._pictures = 0
        if is_meant:
            self._blocks.append("")


_INNER = ("tbody", "tr", "td")
_OTHERS = frozenset(("img", "a", *_FRAMES))
_LOOKS = frozenset(("pre", "sup", "sub"))


def _to_look(around: _Look, tag: str, style: Style) -> _Look:
    return _Look(
        pre=around.pre or style.pre or tag == "pre",
        white=around.white if style.white is None else style.white,
        ground=around.ground or style.ground,
        raised=tag if tag in _RAISED else around.raised,
    )


def _to_spaces(text: str) -> str:
    """White space of the source as browsers show it: one space, none between Chinese characters."""
    if "\n" in text or "\r" in text:
        text = _SOURCE_END.sub("", text)
    elif "  " not in text and "\t" not in text:
        return text
    return _SPACE.sub(" ", text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
