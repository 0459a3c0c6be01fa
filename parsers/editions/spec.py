"""An edition of the official form: its sections, tables, rows, columns and identities, read once from TOML.

A table of data, not a language: sums and equality only. What needs more is a rule in Python.
"""

from __future__ import annotations

from enum import StrEnum

from parsers.model.value import Value
from parsers.text.numerals import Unit


class SectionSpec(Value, forbid_unknown_fields=True):
    """One of the six sections. `words` is the regular expression that its heading, without number, answers to."""

    id: str
    number: str
    heading: str
    words: str
    clause: str


class PartSpec(Value, forbid_unknown_fields=True):
    """One of the five parts of section one; `words` as in a section."""

    id: str
    name: str
    words: str
    clause: str


class ColumnSpec(Value, forbid_unknown_fields=True):
    """A column of figures."""

    id: str
    label: str
    unit: Unit = Unit.COUNT
    group: str | None = None
    variants: tuple[str, ...] = ()


class RowSpec(Value, cache_hash=True, forbid_unknown_fields=True):
    """A row of figures. `no` is its number as printed inside its group; `stands_for` lists rows that it may replace."""

    id: str
    label: str
    clause: str
    no: str = ""
    group: str | None = None
    variants: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()


class BlockSpec(Value, forbid_unknown_fields=True):
    """Rows that share their columns: table 1 has one block an item of article 20, the other tables have one block."""

    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    label: str = ""


class GroupSpec(Value, forbid_unknown_fields=True):
    """A label over several rows, such as （三）不予公开."""

    id: str
    label: str


class TableSpec(Value, cache_hash=True, forbid_unknown_fields=True):
    """One statutory table. `name` is what people call it, `section` the section it belongs to.

    Its hash is kept, since what is asked of a table's labels is remembered by table.
    """

    id: str
    name: str
    section: str
    clause: str
    blocks: tuple[BlockSpec, ...]
    groups: tuple[GroupSpec, ...] = ()
    anchors: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[RowSpec, ...]:
        """All rows, in the order of the form."""
        return tuple(row for block in self.blocks for row in block.rows)

    def row(self, row_id: str) -> RowSpec:
        """The row of this id."""
        return next(row for row in self.rows if row.id == row_id)

    def columns_of(self, row_id: str) -> tuple[ColumnSpec, ...]:
        """The columns that this row has."""
        return next(block.columns for block in self.blocks if any(row.id == row_id for row in block.rows))


class Direction(StrEnum):
    """Over what an identity is repeated: `column` adds rows in every column, `row` adds columns in every row."""

    COLUMN = "column"
    ROW = "row"


class Identity(Value, forbid_unknown_fields=True):
    """`sum(left) = sum(right)`, once for every column (or row) named by `over`; an empty `over` means all."""

    code: str
    table: str
    each: Direction
    left: tuple[str, ...]
    right: tuple[str, ...]
    clause: str
    formula: str
    over: tuple[str, ...] = ()


class Edition(Value, forbid_unknown_fields=True):
    """The official form of some years. `markers` are words that only this edition prints."""

    id: str
    first_year: int
    basis: str
    markers: tuple[str, ...]
    sections: tuple[SectionSpec, ...]
    parts: tuple[PartSpec, ...]
    tables: tuple[TableSpec, ...]
    identities: tuple[Identity, ...]
    last_year: int | None = None

    def table(self, table_id: str) -> TableSpec:
        """The table of this id."""
        return next(table for table in self.tables if table.id == table_id)

    def section(self, section_id: str) -> SectionSpec:
        """The section of this id."""
        return next(section for section in self.sections if section.id == section_id)

    def instances(self, identity: Identity) -> tuple[str, ...]:
        """The columns (or rows) for which this identity is to hold: 42 in all in 2021, 40 in 2019."""
        if identity.over:
            return identity.over
        table = self.table(identity.table)
        if identity.each is Direction.COLUMN:
            return tuple(column.id for column in table.blocks[0].columns)
        return tuple(row.id for row in table.rows if not row.stands_for)
