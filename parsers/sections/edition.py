"""Which form is this? By the words that only one form prints; prose that mentions such a word does not count."""

from __future__ import annotations

from itertools import pairwise

from parsers.editions import EDITIONS, MIXED, PRE_2019, edition_due
from parsers.editions.spec import Edition
from parsers.model.value import Value
from parsers.tables.strips import Strip
from parsers.text.fold import to_label

MOST_CELL = 24
"""A column head is at most so long; longer text is prose."""

STATUTORY_FORM_SINCE = 2019


class EditionFound(Value):
    """`id` is what the report is said to be; `form` is the edition by which its tables are read."""

    id: str | None
    form: Edition
    markers: tuple[str, ...] = ()


def strips_to_edition(strips: tuple[Strip, ...], year: int | None) -> EditionFound:
    """The edition by its own words; without any, by the year, and then the tables are probably missing."""
    hits = {edition.id: _markers_found(strips, edition) for edition in EDITIONS}
    printed = [edition for edition in EDITIONS if hits[edition.id]]
    if len(printed) > 1:
        form = max(printed, key=lambda edition: len(hits[edition.id]))
        other = next(edition for edition in printed if edition is not form)
        return EditionFound(id=MIXED, form=form, markers=hits[other.id])
    if printed:
        return EditionFound(id=printed[0].id, form=printed[0], markers=hits[printed[0].id])
    if year is not None and year < STATUTORY_FORM_SINCE:
        return EditionFound(id=PRE_2019, form=EDITIONS[0])
    due = edition_due(year) if year is not None else None
    return EditionFound(id=due.id if due else None, form=due or EDITIONS[-1])


def _markers_found(strips: tuple[Strip, ...], edition: Edition) -> tuple[str, ...]:
    cells = [token.label for strip in strips for token in strip.tokens if 0 < len(token.label) <= MOST_CELL]
    joined = _joined_cells(cells)
    return tuple(marker for marker in edition.markers if any(to_label(marker) in cell for cell in (*cells, *joined)))


def _joined_cells(cells: list[str]) -> list[str]:
    """Neighbouring short cells together: a head may be printed in two lines (本年新 / 制作数量)."""
    return [a + b for a, b in pairwise(cells) if len(a) + len(b) <= MOST_CELL]
