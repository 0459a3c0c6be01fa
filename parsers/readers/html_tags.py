"""What the elements of a page are to its walk (HTML Living Standard, 15.3)."""

from __future__ import annotations

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

PARTS = {
    **dict.fromkeys(
        ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
         "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
         "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "section", "summary", "ul"),
        "block",
    ),
    "p": "p", "table": "table", "tbody": "tbody", "thead": "tbody", "tfoot": "tbody",
    "tr": "tr", "td": "td", "th": "td", "br": "break", "pre": "typed",
    # not printed as text of the page, or not in its line (the reading beside a character)
    **dict.fromkeys(
        ("head", "title", "script", "style", "template", "noscript", "option", "datalist", "audio", "map", "rt", "rp"),
        "skipped",
    ),
    # not printed as text either, but seen: in a cell it may stand for its number
    **dict.fromkeys(("textarea", "select", "button", "svg", "math", "canvas", "video", "applet"), "drawn"),
    **dict.fromkeys(("img", "iframe", "frame", "object", "embed", "input", "del", "s", "strike"), "special"),
}  # fmt: skip
"""What a tag is to the walk; all others are inline."""

NO_ELEMENT = frozenset(("skipped", "drawn", "break"))
OF_TABLES = frozenset(("table", "tbody", "tr", "td"))
LEAVES = frozenset(("td", "p", "block"))
STRUCK = frozenset(("del", "s", "strike"))

_ANY = LexborHTMLParser("")


def _to_numbers(names: Iterable[str]) -> dict[str, int]:
    """The numbers by which the parser knows these tags: to ask a node for its number costs a third of its name."""
    return {name: _ANY.create_node(name).tag_id for name in names}


TEXT = 2
"""The number of a text (Lexbor's LXB_TAG__TEXT)."""

_NUMBERS = _to_numbers(PARTS)
PART_OF = {number: PARTS[name] for name, number in _NUMBERS.items()}
"""PARTS by the parser's numbers."""

SHELLS = frozenset(
    _to_numbers(("a", "p", "span", "font", "b", "strong", "em", "i", "u", "div", "center")).values(),
)
"""Elements that may stand around the one text of a cell and change nothing."""

LOOKS = frozenset(_to_numbers(("pre", "sup", "sub")).values())
CELLS = frozenset(_to_numbers(("td", "th")).values())
