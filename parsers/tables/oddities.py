"""What a copied text did to a table that is understood all the same: labels broken in two, rows moved sideways.

A person who compares our reading with the original is told where to look first.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise

from parsers.editions.spec import RowSpec, TableSpec
from parsers.model.report import Oddities, Printed
from parsers.tables.strips import Strip, Token
from parsers.text.fold import to_label

SHORTEST_HALF = 4
"""So many characters of a row's label, number and all, tell that it is this row's."""

MANY = 6
"""So many rows that begin at the same distance show that it is theirs; one that does not was moved."""


@cache
def _rows_by_label(table: TableSpec) -> dict[str, RowSpec]:
    """Rows by their own folded label."""
    return {to_label(row.label): row for row in table.rows}


def strips_to_oddities(strips: tuple[Strip, ...], table: TableSpec) -> Oddities:
    """The oddities of a table in a text whose cells stand on lines; other documents wrap labels as they should."""
    lines = tuple(strip for strip in strips if not strip.is_gap)
    if any(strip.ruled or strip.tokens[0].place.box is not None for strip in lines):
        return Oddities()
    return Oddities(broken=_broken_labels(lines, table), moved=_moved_rows(lines, table))


def _broken_labels(lines: tuple[Strip, ...], table: TableSpec) -> tuple[Printed, ...]:
    """A label's first half before its values, and its second half alone on the next line."""
    found: list[Printed] = []
    for strip, following in pairwise(lines):
        half, rest = _label_before_values(strip), [token for token in following.tokens if not token.is_blank]
        if half is None or len(rest) != 1 or len(half.label) < SHORTEST_HALF:
            continue
        row = _rows_by_label(table).get(half.label + rest[0].label)
        if row is not None:
            text = f"{half.text.strip()}|{rest[0].text.strip()}"
            found.append(Printed(expected=row.label, found=text, place=half.place, header=False))
    return tuple(found)


def _label_before_values(strip: Strip) -> Token | None:
    """The last label of a line on which values follow."""
    first = next((i for i, token in enumerate(strip.tokens) if token.is_value and not token.is_blank), 0)
    labels = [token for token in strip.tokens[:first] if not token.is_blank]
    return labels[-1] if labels else None


def _moved_rows(lines: tuple[Strip, ...], table: TableSpec) -> tuple[Printed, ...]:
    """Rows of the lowest level that begin after another number of tabs than all the others."""
    begun = [
        (token, row, token.place.column)
        for strip in lines
        if (token := strip.tokens[0]) is _label_before_values(strip)
        and (row := _rows_by_label(table).get(token.label)) is not None
        and row.no.strip(".").isdecimal()
    ]
    if not begun:
        return ()
    usual, count = Counter(column for _, _, column in begun).most_common(1)[0]
    odd = [(token, row) for token, row, column in begun if column != usual]
    if count < MANY or len(odd) * MANY > count:
        return ()
    return tuple(Printed(expected=r.label, found=t.text.strip(), place=t.place, header=False) for t, r in odd)
