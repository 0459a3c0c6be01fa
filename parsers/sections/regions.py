"""Strips to regions: which strip belongs to which section, and which of them to a statutory table.

Headings decide where they are printed; where one is lost, the table's own words show that the next table has begun.
"""

from __future__ import annotations

from functools import lru_cache

from parsers.editions.spec import Edition, TableSpec
from parsers.model.value import Value
from parsers.sections.outline import Heading
from parsers.tables.strips import Strip
from parsers.text.fold import to_label
from parsers.text.labels import MOST_LABEL, REMEMBERED, Fit, fit

MIN_WORDS = 3
"""So many different words of a table under another heading than its own are the table and no mention of it."""

DISTINCT = 6
"""A row label from this length on belongs to one table only and shows that it has begun."""


class Regions(Value):
    """Indices of strips: before the first section, of each section's text, of each table."""

    before: tuple[int, ...]
    sections: dict[str, tuple[int, ...]]
    tables: dict[str, tuple[int, ...]]


def strips_to_regions(strips: tuple[Strip, ...], headings: tuple[Heading, ...], edition: Edition) -> Regions:
    """Every strip in exactly one region; headings themselves in none.

    A table that is not under its own heading, and not behind the tables before it either, is where its words are.
    """
    regions = _assign(strips, headings, edition, anywhere=False)
    if any(_is_elsewhere(strips, regions, table) for table in edition.tables):
        return _assign(strips, headings, edition, anywhere=True)
    return regions


def _assign(strips: tuple[Strip, ...], headings: tuple[Heading, ...], edition: Edition, *, anywhere: bool) -> Regions:
    """`anywhere`: a table's words begin it wherever they stand, also before or under another one."""
    starts = {heading.index: heading.section for heading in headings}
    halves = {heading.last for heading in headings}
    by_section = {table.section: table for table in edition.tables}
    order = [table.id for table in edition.tables]
    before: list[int] = []
    sections: dict[str, list[int]] = {section.id: [] for section in edition.sections}
    tables: dict[str, list[int]] = {table: [] for table in order}
    section: str | None = None
    table: str | None = None
    for i, strip in enumerate(strips):
        if i in starts:
            section = starts[i]
            table = by_section[section].id if section in by_section else None
            continue
        if i in halves:
            continue
        others = tuple(name for name in order if name != table) if anywhere else _later(order, table, tables)
        table = _table_begun(strip, edition, others) or table
        if table is not None:
            tables[table].append(i)
        elif section is None:
            before.append(i)
        else:
            sections[section].append(i)
    return Regions(
        before=tuple(before),
        sections={name: tuple(indices) for name, indices in sections.items()},
        tables={name: tuple(indices) for name, indices in tables.items()},
    )


def _is_elsewhere(strips: tuple[Strip, ...], regions: Regions, table: TableSpec) -> bool:
    """None of its words stand in the table's own region, and several of them in others."""
    if any(_words(strips[i], table) for i in regions.tables[table.id]):
        return False
    others = [i for name, region in regions.tables.items() if name != table.id for i in region]
    others += [i for region in regions.sections.values() for i in region]
    return len({label for i in others for label in _words(strips[i], table)}) >= MIN_WORDS


def _words(strip: Strip, table: TableSpec) -> tuple[str, ...]:
    """The cells of this strip that hold a word of this table and of no other."""
    return tuple(token.label for token in strip.tokens if not token.is_blank and _is_anchor(token.label, table))


def _later(order: list[str], table: str | None, tables: dict[str, list[int]]) -> tuple[str, ...]:
    """Tables that may begin here: after the present one, and not begun yet."""
    start = order.index(table) + 1 if table in order else 0
    return tuple(name for name in order[start:] if not tables[name])


def _table_begun(strip: Strip, edition: Edition, candidates: tuple[str, ...]) -> str | None:
    """The table whose own words this strip prints as a whole cell."""
    for name in candidates:
        if _words(strip, edition.table(name)):
            return name
    return None


@lru_cache(maxsize=REMEMBERED)
def _is_anchor(label: str, table: TableSpec) -> bool:
    """A word of this table and of no other."""
    if len(label) > MOST_LABEL:
        return False
    if any(label == to_label(anchor) for anchor in table.anchors):
        return True
    if any(label.strip("()").startswith(to_label(anchor)) for anchor in table.anchors if len(anchor) > DISTINCT):
        return True
    if any(label.startswith(to_label(group.label)) for group in table.groups):
        return True
    known = [(row.label, row.variants) for row in table.rows if len(to_label(row.label)) >= DISTINCT]
    known += [(group.label, ()) for group in table.groups]
    return any(fit(label, text, variants) <= Fit.VARIANT for text, variants in known)
