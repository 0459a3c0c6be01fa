"""What styles.xml decides about text: whether it is hidden, how it looks, and whether it is an item of a list."""

from __future__ import annotations

from lxml import etree

from parsers.model.value import Value
from parsers.readers.docx import names
from parsers.readers.docx.elements import child_of
from parsers.readers.docx.looks import AS_USUAL, Look, is_shaded, properties_to_look

MOST_ANCESTORS = 20
"""A style rests on at most so many others; a ring of styles ends here."""

_OFF = frozenset({"0", "false", "off"})


class ListItem(Value):
    """The list and the level (from 0) that a paragraph or a style names; None where it says nothing."""

    list_id: str | None = None
    level: int | None = None


class _Style(Value):
    based_on: str | None = None
    hides: bool | None = None
    item: ListItem = ListItem()
    look: Look = AS_USUAL
    is_odd_in_parts: bool = False
    shades: bool = False


class Styles:
    """The styles of a document by id. Without styles.xml: nothing is hidden, nothing is listed."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = [] if root is None else root.findall(names.STYLE)
        self._styles = {element.get(names.STYLE_ID, ""): _element_to_style(element) for element in elements}
        self._default = next((e.get(names.STYLE_ID) for e in elements if _is_default_paragraph(e)), None)
        path = f"{names.DOC_DEFAULTS}/{names.R_PR_DEFAULT}/{names.R_PR}"
        self._all_hidden = root is not None and bool(properties_to_hidden(root.find(path)))
        self._default_look = AS_USUAL if root is None else properties_to_look(root.find(path))
        odd = [name for name in self._styles if any(_is_odd(style) for style in self._chain(name))]
        self.odd = frozenset(odd)
        """The styles whose text looks other than usual."""
        self.is_odd = self._default_look.is_odd or self._default in self.odd
        """Whether text of no style named looks so."""
        self.can_hide = self._all_hidden or any(style.hides for style in self._styles.values())
        """Whether any style hides text at all."""
        self.can_number = any(style.item.list_id is not None for style in self._styles.values())
        """Whether any style makes an item of a list."""

    def hides(self, paragraph: str | None, run: str | None) -> bool:
        """Is text of these styles hidden? Each level turns what the other says (ECMA-376 part 1, 17.7.3)."""
        return self._all_hidden or self._hides(paragraph or self._default) != self._hides(run)

    def look_of(self, paragraph: str | None, run: str | None, table: str | None) -> Look:
        """How text of these styles looks, unless its run says otherwise (17.7.2)."""
        levels = (run, paragraph or self._default, table)
        look = AS_USUAL
        for style in (style for name in levels for style in self._chain(name)):
            look = look.over(style.look)
        return look.over(self._default_look)

    def has_ground(self, table: str | None) -> bool:
        """Does this table style shade the paper anywhere? White text may show there."""
        return any(style.shades for style in self._chain(table))

    def is_odd_in_parts(self, table: str | None) -> bool:
        """Does this table style strike or raise the text of some of its rows or columns?"""
        return any(style.is_odd_in_parts for style in self._chain(table))

    def item_of(self, paragraph: str | None) -> ListItem:
        """The list item that this paragraph style makes."""
        chain = self._chain(paragraph or self._default)
        list_id = next((style.item.list_id for style in chain if style.item.list_id is not None), None)
        return ListItem(list_id=list_id, level=next((s.item.level for s in chain if s.item.level is not None), None))

    def _hides(self, name: str | None) -> bool:
        return next((style.hides for style in self._chain(name) if style.hides is not None), False)

    def _chain(self, name: str | None) -> list[_Style]:
        """The style of this id and those it rests on, nearest first."""
        chain: list[_Style] = []
        while name is not None and name in self._styles and len(chain) < MOST_ANCESTORS:
            chain.append(self._styles[name])
            name = self._styles[name].based_on
        return chain


def _is_default_paragraph(element: etree._Element) -> bool:
    return element.get(names.TYPE) == "paragraph" and element.get(names.DEFAULT, "0") not in _OFF


def _is_odd(style: _Style) -> bool:
    return style.look.is_odd or style.is_odd_in_parts


def _element_to_look(element: etree._Element) -> Look:
    """The look that a style, or a part of a table style, gives; whatever it shades is a ground."""
    shaded = any(is_shaded(element.find(name)) for name in (names.P_PR, names.TBL_PR, names.TC_PR))
    return properties_to_look(element.find(names.R_PR)).over(Look(ground=shaded or None))


def _element_to_style(element: etree._Element) -> _Style:
    look = _element_to_look(element)
    parts = [_element_to_look(part) for part in element.iterchildren(names.TBL_STYLE_PR)]
    return _Style(
        look=look,
        is_odd_in_parts=any(part.is_odd and not part.ground for part in parts),
        shades=any(part.ground for part in (look, *parts)),
        based_on=value_of(element, names.BASED_ON),
        hides=properties_to_hidden(element.find(names.R_PR)),
        item=properties_to_item(element.find(names.P_PR)),
    )


def properties_to_hidden(properties: etree._Element | None) -> bool | None:
    """Whether these run properties hide the text; None where they say nothing."""
    mark = None if properties is None else child_of(properties, names.VANISH)
    return None if mark is None else mark.get(names.VAL) not in _OFF


def properties_to_item(properties: etree._Element | None) -> ListItem:
    """The list item that these paragraph properties name."""
    numbering = None if properties is None else child_of(properties, names.NUM_PR)
    if numbering is None:
        return ListItem()
    return ListItem(list_id=value_of(numbering, names.NUM_ID), level=number_of(numbering, names.ILVL))


def value_of(parent: etree._Element, name: str) -> str | None:
    """The value of the child of this name."""
    child = child_of(parent, name)
    return None if child is None else child.get(names.VAL)


def number_of(parent: etree._Element, name: str) -> int | None:
    """The value of the child of this name where it is a whole number."""
    return to_number(value_of(parent, name))


def to_number(text: str | None) -> int | None:
    """A whole number of a few digits; None for anything else."""
    if text is None or len(text) > 9 or not text.removeprefix("-").isdecimal():  # noqa: PLR2004 - what 32 bits hold
        return None
    return int(text)
