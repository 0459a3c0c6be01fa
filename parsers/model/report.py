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


class Precision(StrEnum):
    """How the number is said: as it is, about so much (近, 约, 左右), or at least so much (余, 多, 以上)."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"


class Scope(StrEnum):
    """Whose number it is: the body that reports, its whole area (全市, 全区), or a part of either, as one channel."""

    BODY = "body"
    AREA = "area"
    PART = "part"


class Item(Value):
    """One member of a list in prose: what stands before its number, and the number."""

    label: str
    value: Number


class Breakdown(Value):
    """The list behind a number. `exhaustive`: said to be all (分别为, 其他…); `certain`: each has its number."""

    marker: str
    items: tuple[Item, ...]
    exhaustive: bool
    certain: bool


class Share(Value):
    """What a percentage is of: its part, the totals that prose names for it (the likeliest first), and their cells.

    `base` says whether the sentence itself names the total. `growth`: the part is this year's, the totals last year's.
    """

    part: Number
    totals: tuple[Number, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    base: bool = False
    growth: bool = False


class Claim(Value):
    """A number stated in prose, with its exact words and their place.

    `metric` is of the list in parsers/claims/metrics.py. `readings` are the figures that the words may mean, the
    likeliest first, each a tuple of figure ids to be added; `why_not` says why the claim is compared with none of them.
    `period` is the time it speaks of where that is not the year reported on. `value` is null where a unit stands
    without its number. `ambiguous`: the words may as well mean each of the readings.
    """

    metric: str
    value: Number | bool | None
    quote: str
    place: Place
    section: str
    unit: str | None = None
    precision: Precision = Precision.EXACT
    scope: Scope = Scope.BODY
    period: str | None = None
    readings: tuple[tuple[str, ...], ...] = ()
    ambiguous: bool = False
    why_not: str | None = None
    breakdown: Breakdown | None = None
    share: Share | None = None


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
