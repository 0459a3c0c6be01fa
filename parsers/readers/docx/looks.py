"""How runs look: raised or lowered, struck out, white on white (ECMA-376 part 1, 17.3.2); what that means: `looks`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from lxml import etree

from parsers.model.value import Value
from parsers.readers.docx import names
from parsers.readers.docx.elements import child_of
from parsers.readers.looks import is_white

LEAST_RAISE = 3
"""Half points by which a run is moved before it stands on another level; converters move whole lines by one or two."""

_OFF = frozenset({"0", "false", "off"})
_MARKS = (names.VERT_ALIGN, names.POSITION, names.STRIKE, names.DSTRIKE)
_LEVELS = {"superscript": 1, "subscript": -1, "baseline": 0}
_STYLED = (names.R_STYLE, names.P_STYLE, names.TBL_STYLE)


class Look(Value):
    """What run properties say, None where they say nothing. `level`: 1 raised, -1 lowered; `position` in half points.

    `ground`: they colour the paper behind the text.
    """

    level: int | None = None
    position: int | None = None
    struck: bool | None = None
    white: bool | None = None
    ground: bool | None = None

    @property
    def is_odd(self) -> bool:
        """Does it make text other than what stands beside it?"""
        return bool(self.level or self.struck or self.white or self.position)

    def over(self, other: Look) -> Look:
        """This look where it says something, else the other."""
        return Look(
            level=other.level if self.level is None else self.level,
            position=other.position if self.position is None else self.position,
            struck=other.struck if self.struck is None else self.struck,
            white=other.white if self.white is None else self.white,
            ground=self.ground or other.ground,
        )


AS_USUAL = Look()
"""Properties that say nothing about all this."""


def properties_to_look(properties: etree._Element | None) -> Look:
    """The look that a w:rPr gives."""
    if properties is None:
        return AS_USUAL
    found = {child.tag: child.get(names.VAL) for child in properties if isinstance(child.tag, str)}
    strikes = [found[name] not in _OFF for name in (names.STRIKE, names.DSTRIKE) if name in found]
    colour = found.get(names.COLOR)
    return Look(
        level=_LEVELS.get(found.get(names.VERT_ALIGN) or ""),
        position=_to_number(found.get(names.POSITION)),
        struck=any(strikes) if strikes else None,
        white=None if colour is None else is_white(colour),
        ground=is_shaded(properties) or found.get(names.HIGHLIGHT) not in (None, "none", "white"),
    )


def is_shaded(properties: etree._Element | None) -> bool:
    """Do these properties, of a run or anything around it, colour the paper so that white text shows?"""
    shading = None if properties is None else child_of(properties, names.SHD)
    if shading is None:
        return False
    fill, pattern = shading.get(names.FILL) or "auto", shading.get(names.VAL) or "clear"
    is_patterned = pattern not in {"clear", "nil"} and not is_white(shading.get(names.COLOR) or "FFFFFF")
    return is_patterned or (fill != "auto" and not is_white(fill))


class Marks:
    """Which text of a document is raised, lowered, struck or white: asked of each table before it is read in one pass.

    `odd_styles` make text look so, `by_default` all text. `may_be_white`: colours are looked at too. What does not
    occur in the document at all costs nothing to ask for.
    """

    def __init__(
        self, body: etree._Element, odd_styles: frozenset[str], *, by_default: bool, may_be_white: bool
    ) -> None:
        self._odd_styles = odd_styles
        self._by_default = by_default
        self._may_be_white = may_be_white
        self.has_any = by_default or self._are_in(body)
        """Whether there is any such text."""

    def are_in(self, element: etree._Element) -> bool:
        """Is there such text in this element?"""
        return self.has_any and (self._by_default or self._are_in(element))

    def _are_in(self, element: etree._Element) -> bool:
        said: Iterable[bool] = (_is_odd(mark) for mark in element.iterdescendants(*_MARKS))
        if self._may_be_white:
            colours = element.iterdescendants(names.COLOR)
            said = chain(said, (is_white(colour.get(names.VAL) or "") for colour in colours))
        if self._odd_styles:
            said = chain(said, (e.get(names.VAL) in self._odd_styles for e in element.iterdescendants(*_STYLED)))
        return any(said)


def _is_odd(mark: etree._Element) -> bool:
    value = mark.get(names.VAL)
    if mark.tag == names.VERT_ALIGN:
        return bool(_LEVELS.get(value or ""))
    if mark.tag == names.POSITION:
        return bool(_to_number(value))
    return value not in _OFF


def _to_number(text: str | None) -> int | None:
    """A position in half points; a measure with a unit counts as one that is seen (17.18.81)."""
    if text is None:
        return None
    bare = text.removeprefix("-")
    if not bare.isdecimal() or len(bare) > 4:  # noqa: PLR2004 - Word moves text by 1584 points at most
        return LEAST_RAISE if bare else None
    return -int(bare) if text.startswith("-") else int(bare)
