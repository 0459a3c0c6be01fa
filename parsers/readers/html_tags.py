"""What the elements of a page are to its walk (HTML Living Standard, 15.3)."""

from __future__ import annotations

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
        ("head", "title", "script", "style", "template", "noscript", "textarea", "select", "option", "datalist",
         "button", "svg", "math", "canvas", "video", "audio", "map", "applet", "rt", "rp", "-comment", "!doctype"),
        "skipped",
    ),
    **dict.fromkeys(("img", "iframe", "frame", "object", "embed", "del", "s", "strike"), "special"),
}  # fmt: skip
"""What a tag is to the walk; all others are inline."""

NO_ELEMENT = frozenset(("skipped", "break"))
OF_TABLES = frozenset(("table", "tbody", "tr", "td"))
LEAVES = frozenset(("td", "p", "block"))
SHELLS = frozenset(("a", "p", "span", "font", "b", "strong", "em", "i", "u", "div", "center", "o:p"))
STRUCK = frozenset(("del", "s", "strike"))
LOOKS = frozenset(("pre", "sup", "sub"))
