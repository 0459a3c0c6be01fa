"""What a page's own style sheet says of classes and ids, written into the elements that have them.

Only what changes what is read is looked for: hidden, struck, raised, coloured. Rules that hold for some media or states
alone, and selectors of several parts, are left alone: they do not surely apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import TypeAlias

from parsers.readers.html_style import Style, text_to_style

Declared: TypeAlias = dict[str, str]
"""Properties with their values, in lower case without white space; the last one said holds."""

_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#][\w-]+)", re.IGNORECASE)
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)(\s[^<>]*?)(/?>)")
_ATTRIBUTE = re.compile(r"\b(class|id|style)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_SPACES = re.compile(r"\s+|!important")

_MATTERS = ("display:none", "visibility:hidden", "visibility:collapse", "line-through", "vertical-align:su",
            "mso-hide:all", "opacity:0", "font-size:0", "font-size:1p", "font-size:.", "color:#f", "color:white",
            "color:transparent", "color:rgb", "mso-text-raise", "scale")  # fmt: skip
"""Without any of these a style sheet changes nothing that is read."""

_PROPERTIES = ("display", "visibility", "text-decoration", "text-decoration-line", "vertical-align", "mso-hide",
               "opacity", "font-size", "color", "background", "background-color", "background-image",
               "mso-text-raise", "transform")  # fmt: skip
"""Properties that are read of an element."""

_SMALL = frozenset(
    ("span", "td", "th", "tr", "p", "b", "i", "em", "strong", "font", "a", "u", "ins", "label", "small", "sup", "sub"),
)
"""Elements that hold a number or a line. Larger ones, such as the pages behind tabs, are shown by a script later."""

MOST_VALUE = 24
"""Characters of a value that are kept: it is written into every element, and its beginning says it all."""

MOST_RULES = 5_000
"""Rules of a page that are looked at; a Word export has some hundred."""


def with_rules(page: str) -> str:
    """The same page; an element whose class or id hides it, strikes or raises its text says so by itself."""
    sheets = _page_to_sheets(page)
    if not sheets or not _changes("\n".join(sheets)):
        return page
    rules = _sheet_to_rules("\n".join(sheets))
    odd = [selector for selector, declared in rules.items() if _is_odd(text_to_style(_to_text(declared)))]
    others = "".join(piece.partition("</")[2] for piece in re.split(r"<style|<STYLE", "</" + page))
    if not any(re.split("[.#]", selector)[1] in others for selector in odd):
        return page
    may_change = "<script" in page.lower()
    known: dict[str, str] = {}

    def replace(tag: re.Match[str]) -> str:
        """A page repeats the same few tags a thousand times."""
        if tag[0] not in known:
            known[tag[0]] = _with_own(tag, rules, may_change=may_change)
        return known[tag[0]]

    return _TAG.sub(replace, page)


def _is_odd(style: Style) -> bool:
    return bool(style.unseen or style.struck or style.raised or style.white)


def _to_text(declared: Declared) -> str:
    return ";".join(f"{name}:{value}" for name, value in declared.items())


def _page_to_sheets(page: str) -> list[str]:
    """What stands in the page's style elements."""
    word = "<style"
    if (start := page.find(word)) < 0:
        word = "<STYLE"
        start = page.find(word)
    sheets: list[str] = []
    while start >= 0:
        begin = page.find(">", start)
        end = page.find("</", begin) if begin >= 0 else -1
        if end < 0:
            break
        sheets.append(page[begin + 1 : end])
        start = page.find(word, end)
    return sheets


def _changes(sheet: str) -> bool:
    """May this change what is read?"""
    bare = "".join(sheet.split()).lower()
    return any(word in bare for word in _MATTERS)


def _sheet_to_rules(sheet: str) -> dict[str, Declared]:
    """By `.class`, `#id` and either behind a tag's name: what is said of it."""
    rules: dict[str, Declared] = {}
    for selectors, body in islice(_sheet_to_pairs(_without_comments(sheet)), MOST_RULES):
        declared = _to_declared(body)
        for selector in selectors.split(",") if declared else ():
            if _SIMPLE.fullmatch(selector.strip()):
                rules.setdefault(selector.strip(), {}).update(declared)
    return rules


def _sheet_to_pairs(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and what is said of them, outside @media and its like: these hold for paper or narrow screens alone."""
    head = ""
    opened: list[bool] = []
    for piece in re.split(r"([{}])", sheet):
        if piece == "{":
            opened.append(head.lstrip().startswith("@"))
        elif piece == "}":
            del opened[-1:]
            head = ""
        elif not opened:
            head = piece.rpartition(";")[2]
        elif opened == [False]:
            yield head, piece


def _without_comments(sheet: str) -> str:
    first, *others = sheet.replace("<!--", " ").replace("-->", " ").split("/*")
    return first + "".join(piece.partition("*/")[2] for piece in others)


def _to_declared(body: str) -> Declared:
    pairs = (_SPACES.sub("", part).lower().partition(":") for part in body.split(";"))
    return {name: value[:MOST_VALUE] for name, _, value in pairs if name in _PROPERTIES and value}


def _with_own(tag: re.Match[str], rules: dict[str, Declared], *, may_change: bool) -> str:
    """The tag with what its class and id say, under what its own style says."""
    said = {name.lower(): double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(tag[2])}
    name = tag[1].lower()
    keys = [*(f".{each}" for each in said.get("class", "").split()), f"#{said.get('id', '')}"]
    declared: Declared = {}
    for key in keys:
        declared |= rules.get(key, {}) | rules.get(name + key, {})
    if may_change and name not in _SMALL:
        declared = {p: v for p, v in declared.items() if p not in ("display", "visibility")}
    if not declared:
        return tag[0]
    own = {p: v for p, _, v in (part.partition(":") for part in unescape(said.get("style", "")).split(";")) if v}
    merged = declared | {_SPACES.sub("", p).lower(): v for p, v in own.items()}
    style = _to_text(merged).replace('"', "&quot;")
    rest = _ATTRIBUTE.sub(lambda a: "" if a[1].lower() == "style" else a[0], tag[2])
    return f'<{tag[1]} style="{style}"{rest}{tag[3]}'
