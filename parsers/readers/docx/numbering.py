"""Automatic numbers: 一、（一）1. of headings and rows often come from a list and stand nowhere in the text.

ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

import re

from lxml import etree

from parsers.model.value import Value
from parsers.readers.docx import names
from parsers.readers.docx.numerals import number_to_text
from parsers.readers.docx.styles import ListItem, Styles, number_of, properties_to_hidden, to_number, value_of

LEVELS = 9
"""A list has so many levels."""

_PLACEHOLDER = re.compile(r"%([1-9])")


class _Level(Value):
    """How one level of a list prints its number. `restart` is the level (from 1) after which it begins anew."""

    start: int = 0
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    all_decimal: bool = False
    paragraph_style: str | None = None


class _List(Value):
    """A numbering instance: the definition whose counters it shares, its levels, and the starts of its own."""

    definition: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a document, and how far each has counted. Ask once for each paragraph, in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = {} if root is None else _root_to_lists(root, styles)
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self.has_lists = bool(self._lists)
        """Whether asking for a label can give one."""
        self.numbers_by_style = self.has_lists and (styles.can_number or "" in self._lists)
        """Whether it can for a paragraph that names no list itself."""

    def label(self, properties: ListItem, paragraph_style: str | None) -> str:
        """The number printed before this paragraph, `（一）`; empty when it has none. It counts this paragraph."""
        item = self._item(properties, paragraph_style)
        found = self._lists.get(item.list_id or "")
        level = item.level or 0
        if found is None or level not in found.levels:
            return ""
        self._count(item.list_id or "", found, level)
        return self._print(found, level)

    def _item(self, properties: ListItem, paragraph_style: str | None) -> ListItem:
        """What the paragraph says itself, else what its style says."""
        if properties.list_id is not None and properties.level is not None:
            return properties
        inherited = self._styles.item_of(paragraph_style)
        list_id = properties.list_id if properties.list_id is not None else inherited.list_id
        level = properties.level if properties.level is not None else inherited.level
        if properties.level is None and list_id in self._lists:
            linked = (n for n, lvl in self._lists[list_id].levels.items() if lvl.paragraph_style == paragraph_style)
            level = level if paragraph_style is None else next(linked, level)
        return ListItem(list_id=list_id, level=level)

    def _count(self, list_id: str, found: _List, level: int) -> None:
        counters = self._counters.setdefault(found.definition, {})
        if level in found.starts and (list_id, level) not in self._begun:
            counters[level] = found.starts[level]
        else:
            counters[level] = counters[level] + 1 if level in counters else found.levels[level].start
        self._begun.add((list_id, level))
        for deeper in range(level + 1, LEVELS):
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or level < restart:
                counters.pop(deeper, None)

    def _print(self, found: _List, level: int) -> str:
        own = found.levels[level]
        counters = self._counters[found.definition]

        def write(placeholder: re.Match[str]) -> str:
            index = int(placeholder[1]) - 1
            if index not in found.levels:
                return ""
            style = "decimal" if own.all_decimal else found.levels[index].style
            return number_to_text(counters.get(index, found.levels[index].start), style)

        return "" if own.style == "bullet" else _PLACEHOLDER.sub(write, own.text)


def _root_to_lists(root: etree._Element, styles: Styles) -> dict[str, _List]:
    """numbering.xml as lists by id."""
    definitions = {e.get(names.ABSTRACT_NUM_ID, ""): e for e in root.findall(names.ABSTRACT_NUM)}
    instances = {e.get(names.NUM_ID, ""): e for e in root.findall(names.NUM)}
    return {
        list_id: _instance_to_list(instance, *_definition_of(instance, definitions, instances, styles))
        for list_id, instance in instances.items()
    }


def _definition_of(
    instance: etree._Element,
    definitions: dict[str, etree._Element],
    instances: dict[str, etree._Element],
    styles: Styles,
) -> tuple[str, etree._Element | None]:
    """The id and element of the definition; one that only names a list style stands for that style's."""
    name = value_of(instance, names.ABSTRACT_NUM_ID) or ""
    definition = definitions.get(name)
    link = None if definition is None else value_of(definition, names.NUM_STYLE_LINK)
    linked = None if link is None else instances.get(styles.item_of(link).list_id or "")
    if linked is not None:
        name = value_of(linked, names.ABSTRACT_NUM_ID) or ""
    return name, definitions.get(name)


def _instance_to_list(instance: etree._Element, name: str, definition: etree._Element | None) -> _List:
    levels = {} if definition is None else _levels_of(definition)
    starts: dict[int, int] = {}
    for override in instance.findall(names.LVL_OVERRIDE):
        level = to_number(override.get(names.ILVL_ATTRIBUTE))
        start = number_of(override, names.START_OVERRIDE)
        levels |= _levels_of(override)
        if level is not None and start is not None:
            starts[level] = start
    return _List(definition=name, levels=levels, starts=starts)


def _levels_of(parent: etree._Element) -> dict[int, _Level]:
    numbered = ((to_number(e.get(names.ILVL_ATTRIBUTE)), e) for e in parent.findall(names.LVL))
    return {level: _element_to_level(e) for level, e in numbered if level is not None and 0 <= level < LEVELS}


def _element_to_level(element: etree._Element) -> _Level:
    hidden = properties_to_hidden(element.find(names.R_PR))
    return _Level(
        start=number_of(element, names.START) or 0,
        style=value_of(element, names.NUM_FMT) or "decimal",
        text="" if hidden else value_of(element, names.LVL_TEXT) or "",
        restart=number_of(element, names.LVL_RESTART),
        all_decimal=element.find(names.IS_LGL) is not None,
        paragraph_style=value_of(element, names.P_STYLE),
    )
