"""A report: the document understood as the statutory form. Every figure the edition asks for is here, absent or not."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from parsers.model.document import Place, Problem
from parsers.model.source import Source
from parsers.model.value import Value

Number: TypeAlias = int | Decimal


class Status(StrEnum):
    """What stands in a figure's cell (DESIGN 5.1)."""

    NUMBER = "number"
    BLANK = "blank"
    NON_NUMERIC = "non_numeric"
    UNREADABLE = "unreadable"
    UNDECIDABLE = "undecidable"
    ABSENT = "absent"


class Reading(Value):
    """What one reader saw in a cell; null where it saw no such cell."""

    reader: str
    raw: str | None


class Figure(Value):
    """One number the edition asks for, as filed. `raw` is untouched; `suggested` never enters a sum."""

    value: Number | None
    status: Status
    raw: str | None
    place: Place
    suggested: Number | None = None
    candidates: tuple[Number, ...] = ()
    readings: tuple[Reading, ...] = ()

    def __post_init__(self) -> None:
        """A figure that is not absent has evidence, and only a number has a value."""
        if (self.value is not None) != (self.status is Status.NUMBER):
            msg = f"a figure of status {self.status} cannot have value {self.value}"
            raise ValueError(msg)
        if self.status is not Status.ABSENT and self.raw is None:
            msg = "a figure that was seen keeps what was seen"
            raise ValueError(msg)


TableName: TypeAlias = str
RowName: TypeAlias = str
ColumnName: TypeAlias = str
Tables: TypeAlias = dict[TableName, dict[RowName, dict[ColumnName, Figure]]]


class SectionStatus(StrEnum):
    """Was the section's heading found?"""

    PRESENT = "present"
    MISSING = "missing"
    UNCLEAR = "unclear"
    """Its words stand inside running text: line breaks were lost, and nothing is said about it."""


class Part(Value):
    """One of the five parts of section one."""

    heading: str
    text: str
    place: Place


class Section(Value):
    """A section as filed: heading and text untouched; section one also in its parts.

    `places` tells where each line of `text` stands.
    """

    status: SectionStatus
    heading: str | None = None
    text: str = ""
    parts: dict[str, Part] = {}
    place: Place | None = None
    places: tuple[Place, ...] = ()


class Agency(Value):
    """Who reports. `key` is the roster's id, else the NFKC signature name; what is not certain is null.

    `kind` and `level` are words of parsers/model/roster.py, `regions` the places in its name from the highest down;
    `is_subdistrict` tells a 街道, which is a township's peer and no government.
    """

    key: str | None = None
    name: str | None = None
    as_written: tuple[str, ...] = ()
    kind: str | None = None
    level: str | None = None
    vertically_led: bool | None = None
    regions: tuple[str, ...] = ()
    is_subdistrict: bool = False


class Printed(Value):
    """A label of the form as the report prints it, where it differs; `header` tells column heads from row labels."""

    expected: str
    found: str
    place: Place
    header: bool


class Oddities(Value):
    """What a copied text did to a table's rows: labels broken over two lines, rows moved sideways; both were mended."""

    broken: tuple[Printed, ...] = ()
    moved: tuple[Printed, ...] = ()


class Trace(Value):
    """What was seen of one table: where it begins (null: nowhere), whether its column heads are there, odd labels.

    `flattened` is where its words stand inside running text, when its cells cannot be told apart. `glued` is where its
    digits run together and were told apart by its own sums, which are then no longer a check of what was filed.
    """

    place: Place | None = None
    flattened: Place | None = None
    glued: Place | None = None
    head: bool = False
    printed: tuple[Printed, ...] = ()
    oddities: Oddities = Oddities()


class Leftover(Value):
    """A piece of the document that belongs to no section and no figure."""

    text: str
    place: Place


class Printing(Value):
    """A line as printed, and where."""

    text: str
    place: Place


class Claim(Value):
    """A number stated in prose."""

    metric: str
    value: Number | bool | None
    quote: str
    place: Place


class Report(Value):
    """report.json (schema gouji.report/1): a function of the bytes, the reader digest and the judge digest alone.

    `readers` names who was asked: the first reader, and the second where something did not hold. `titled` are the lines
    of the title, `preamble` those between it and section one (they stand in the leftovers too), `signature` those of
    name and date, as they follow each other.
    """

    reader_digest: str
    judge_digest: str
    source: Source
    edition: str | None
    year: int | None
    agency: Agency
    signed_on: str | None
    period: str | None
    title: str | None
    sections: dict[str, Section]
    tables: Tables
    traces: dict[TableName, Trace] = {}
    claims: tuple[Claim, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    problems: tuple[Problem, ...] = ()
    readers: tuple[str, ...] = ()
    titled: tuple[Printing, ...] = ()
    preamble: tuple[Printing, ...] = ()
    signature: tuple[Printing, ...] = ()
    schema: str = "gouji.report/1"
