"""What an element's attributes say: is it seen at all, is it struck out, is it a part of a table in disguise?

Style sheets are not read: what a class does is not known.
"""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from parsers.model.value import Value

_UNSEEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|(?<![a-z-])opacity:0(?:\.0+)?(?![\d.])"
    r"|font-size:0(?:\.0+)?(?:px|pt|em|rem|%)?(?![\d.])|text-indent:-\d{3,}|(?<![a-z-])(?:left|top):-\d{3,}"
)
_GONE = re.compile(r"display:none|mso-hide:all")
_COLOUR = re.compile(r"(?<![a-z-])color:")
_WHITE = re.compile(r"(?<![a-z-])color:(?:#fff(?:fff)?|white|rgb\(255,255,255\))(?![0-9a-z])")
_GROUND = re.compile(r"background(?:-color|-image)?:(?!#fff(?:fff)?(?![0-9a-f])|white|transparent|none|inherit)")
_STRUCK = re.compile(r"line-through")
_DISPLAY = re.compile(r"display:(?:inline-)?(table(?:-row|-cell|-row-group)?)(?![a-z-])")
_PRE = re.compile(r"white-space:(?:pre|pre-wrap|pre-line|break-spaces)(?![a-z-])")
_SPACES = re.compile(r"\s+")

_WHITES = ("#fff", "#ffffff", "white")
_PARTS = {
    "table": "table", "table-row": "tr", "table-cell": "td", "table-row-group": "tbody",
    "grid": "table", "row": "tr", "rowgroup": "tbody",
    "cell": "td", "gridcell": "td", "columnheader": "td", "rowheader": "td",
}  # fmt: skip
"""Parts of a table by their `display` and by their ARIA role."""


class Style(Value):
    """`gone`: takes no place either. `white`: None where no colour is said.

    `part`: which part of a table it is. `file`: a link to one.
    """

    unseen: bool = False
    gone: bool = False
    white: bool | None = None
    ground: bool = False
    struck: bool = False
    pre: bool = False
    part: str = ""
    file: bool = False


PLAIN = Style()
"""Most elements."""

_FILE = Style(file=True)
_FILE_NAME = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar)(?:$|[?#])", re.IGNORECASE)


def root_to_styles(root: LexborNode) -> dict[int, Style]:
    """By its number in the tree, the style of every element in which it is not plain."""
    styles = {node.mem_id: _to_style(node.attrs.sget("style", "")) for node in root.css("[style]")}
    for node in root.css("[hidden],[bgcolor],[color],[role]"):
        said = node.attributes.get
        style = said("style") or ""
        hidden = "hidden" in node.attributes
        styles[node.mem_id] = _to_style(style, said("bgcolor") or "", said("color") or "", said("role") or "", hidden)
    styles |= {node.mem_id: _FILE for node in root.css("a[href]") if _FILE_NAME.search(node.attrs.sget("href", ""))}
    return {number: style for number, style in styles.items() if style is not PLAIN}


@lru_cache(maxsize=4096)
def _to_style(
    text: str,
    bgcolor: str = "",
    colour: str = "",
    role: str = "",
    hidden: bool = False,  # noqa: FBT001, FBT002 - keywords would cost the cache its fast way
) -> Style:
    """A page repeats the same few texts a thousand times."""
    said = _SPACES.sub("", text).lower()
    display = _DISPLAY.search(said)
    style = Style(
        unseen=hidden or _UNSEEN.search(said) is not None,
        gone=hidden or _GONE.search(said) is not None,
        white=_to_white(said, colour.strip().lower()),
        ground=bgcolor.strip().lower() not in ("", *_WHITES) or _GROUND.search(said) is not None,
        struck=_STRUCK.search(said) is not None,
        pre=_PRE.search(said) is not None,
        part=_PARTS.get(display[1] if display else role, ""),
    )
    return PLAIN if style == PLAIN else style


def _to_white(said: str, colour: str) -> bool | None:
    if _COLOUR.search(said):
        return _WHITE.search(said) is not None
    return colour in _WHITES if colour else None
