"""What an element's attributes say: is it seen at all, is it struck out, is it a part of a table in disguise?

What a class does is known where the page itself says it (`html_rules`): style sheets of other files are not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from selectolax.lexbor import LexborNode

from parsers.model.value import Value

Attributes: TypeAlias = Mapping[str, str | None]
"""Of one element, in lower case; None where no value is given."""

_UNSEEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|(?<![a-z-])opacity:0(?:\.0+)?(?![\d.])"
    r"|font-size:(?:0(?:\.0+)?(?:px|pt|em|rem|%)?|(?:0?\.\d+|1)(?:px|pt))(?![\d.a-z%])|transform:scale[xy]?\(0\)"
    r"|text-indent:-\d{3,}|(?<![a-z-])(?:left|top):-\d{3,}"
)
_GONE = re.compile(r"display:none|mso-hide:all")
_COLOUR = re.compile(r"(?<![a-z-])color:")
_WHITE = re.compile(
    r"(?<![a-z-])color:(?:#fff(?:fff)?|(?:#f[a-f]f[a-f]f[a-f])|white|transparent|rgba?\(255,255,255(?:,[\d.]+)?\)"
    r"|rgba\(\d+,\d+,\d+,0(?:\.0+)?\))(?![0-9a-z])"
)
_GROUND = re.compile(r"background(?:-color|-image)?:(?!#fff(?:fff)?(?![0-9a-f])|white|transparent|none|inherit)")
_STRUCK = re.compile(r"line-through")
_RAISED = re.compile(
    r"(?:vertical-align|mso-text-raise):(?:super|(-)?(?:\d{2,}|[3-9]|0?\.[2-9])[\d.]*(?:pt|px|em|%)|(sub)(?![a-z]))"
)
"""By a word, or by so many points that it stands above its line; lines as a whole are moved by one or two."""

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

    `raised`: "sup" or "sub". `part`: which part of a table it is. `file`: a link to one.
    """

    unseen: bool = False
    gone: bool = False
    white: bool | None = None
    ground: bool = False
    struck: bool = False
    raised: str = ""
    pre: bool = False
    part: str = ""
    file: bool = False


PLAIN = Style()
"""Most elements."""

_FILE = Style(file=True)
_FILE_NAME = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar)(?:$|[?#])", re.IGNORECASE)


_STYLE = re.compile(rb"style(?![a-z>:.;{}-])[^\"]*\"?[^\"]*\"?")
"""The word where an element may have one, up to its second quotation mark."""

_SAID = re.compile(rb"style=\"([^&<=\"]*)\"")
"""A style as it is mostly written; written otherwise it may be anything."""

_A_FILE = re.compile(rb"\.(?:pdf|doc|wps|ofd|xls|et|rtf|zip|rar)")


def root_to_styles(root: LexborNode, source: bytes, said: dict[int, Attributes]) -> dict[int, Style]:
    """By its number in the tree, the style of every element in which it is not plain.

    `source` is the page in lower case: what does not occur in it need not be asked of its elements, and the few styles
    that a page repeats a thousand times are looked at once. `said`: what elements say by other attributes.
    """
    styles: dict[int, Style] = {}
    if not all(map(_is_plain, set(_STYLE.findall(source)))):
        styles = {node.mem_id: _to_style(node.attributes.get("style") or "") for node in root.css("[style]")}
    styles |= {number: _attributes_to_style(attributes) for number, attributes in said.items()}
    if _A_FILE.search(source):
        links = root.css("a[href]")
        styles |= {node.mem_id: _FILE for node in links if _FILE_NAME.search(node.attributes.get("href") or "")}
    return {number: style for number, style in styles.items() if style is not PLAIN}


def root_to_said(root: LexborNode) -> dict[int, Attributes]:
    """By its number in the tree, the attributes of every element that says how far it reaches or how it looks."""
    return {node.mem_id: node.attributes for node in root.css("[colspan],[rowspan],[hidden],[bgcolor],[color],[role]")}


def _is_plain(found: bytes) -> bool:
    """Does this certainly say nothing that matters?"""
    said = _SAID.fullmatch(found)
    return said is not None and _to_style(said[1].decode(errors="replace")) is PLAIN


def _attributes_to_style(attributes: Attributes) -> Style:
    get = attributes.get
    return _to_style(
        get("style") or "", get("bgcolor") or "", get("color") or "", get("role") or "", "hidden" in attributes
    )


def text_to_style(text: str) -> Style:
    """What the value of a style attribute says."""
    return _to_style(text)


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
        raised=_to_raised(said),
        pre=_PRE.search(said) is not None,
        part=_PARTS.get(display[1] if display else role, ""),
    )
    return PLAIN if style == PLAIN else style


def _to_white(said: str, colour: str) -> bool | None:
    if _COLOUR.search(said):
        return _WHITE.search(said) is not None
    return colour in _WHITES if colour else None


def _to_raised(said: str) -> str:
    found = _RAISED.search(said)
    if found is None:
        return ""
    return "sub" if found[1] or found[2] else "sup"
