"""A head that names another unit than the form's (单位：元): its numbers are not what they seem to be."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from parsers.editions.spec import ColumnSpec, TableSpec
from parsers.model.report import Figure, Number, Printed, Status
from parsers.model.value import Value
from parsers.tables.strips import Token, join_tokens
from parsers.text.fold import to_label
from parsers.text.numerals import Unit, is_bare_number, to_short

MOST_PIECES = 3
"""A head stands in so many pieces at most: its words, 单位：, and the unit."""

_IN_WAN = {"元": Decimal("0.0001"), "百元": Decimal("0.01"), "千元": Decimal("0.1"), "亿元": Decimal(10_000)}
"""How many 万元 one of these is."""

_OWN = "万元"


class OtherUnit(Value):
    """The column, the unit that its head names, and the head as printed; None where it may have been misread."""

    column: str
    unit: str
    printed: Printed | None


def tokens_to_other_unit(tokens: tuple[Token, ...], table: TableSpec) -> OtherUnit | None:
    """The unit under which this table's money is filed, if it is not the form's."""
    columns = [column for block in table.blocks for column in block.columns if column.unit is Unit.WAN_YUAN]
    return next((other for column in columns if (other := _find(tokens, column))), None)


def _find(tokens: tuple[Token, ...], column: ColumnSpec) -> OtherUnit | None:
    """The unit of the first head that names one."""
    words = to_label(column.label).split("(")[0]
    pattern = re.compile(rf"{re.escape(words)}[(:,]*(?:单位)?[(:]*(\D{{0,2}}元)")
    for i, token in enumerate(tokens):
        if words not in token.label:
            continue
        for pieces in range(1, MOST_PIECES + 1):
            head = join_tokens(tokens[i : i + pieces])
            named = pattern.search(head.label) if head else None
            if head is not None and named is not None:
                return _to_unit(head, named, column)
    return None


def _to_unit(head: Token, named: re.Match[str], column: ColumnSpec) -> OtherUnit | None:
    if named[1] == _OWN:
        return None
    words = next((word for word in head.text.split() if named.group() in to_label(word)), head.text)
    printed = Printed(expected=column.label, found="".join(words.split()), place=head.place, header=True)
    return OtherUnit(column=column.id, unit=named[1], printed=None if head.doubt else printed)


def figure_in_unit(figure: Figure, other: OtherUnit) -> Figure:
    """The figure as it is under this head: no number of 万元, but what it would be as such is suggested.

    A cell that names its own unit is what it says, and nothing is nothing in any unit.
    """
    if figure.status is not Status.NUMBER or not figure.value or not is_bare_number(figure.raw or ""):
        return figure
    if other.printed is None or other.unit not in _IN_WAN:
        return msgspec.structs.replace(figure, value=None, status=Status.UNREADABLE)
    return msgspec.structs.replace(
        figure, value=None, status=Status.NON_NUMERIC, suggested=_in_wan(figure.value, _IN_WAN[other.unit])
    )


def _in_wan(value: Number, factor: Decimal) -> Number:
    return to_short(value * factor)
