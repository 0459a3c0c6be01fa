"""What only several reports together can tell: across.json. It names what was compared by its hashes."""

from __future__ import annotations

from enum import StrEnum

from parsers.model.finding import Finding, Passed
from parsers.model.report import Report
from parsers.model.value import Value


class Role(StrEnum):
    """What another report is to this one."""

    LAST_YEAR = "last_year"
    EARLIER = "earlier"
    """An earlier submission under the same key."""
    OTHER_VERSION = "other_version"
    """The same agency's report of the same year under another key."""
    OTHER_AGENCY = "other_agency"


class Compared(Value):
    """Another report that was at hand: `content` is the sha256 of its bytes, `report` that of its report.json."""

    role: Role
    job: str
    key: str
    agency: str | None
    year: int | None
    content: str
    report: str


class Neighbour(Value):
    """Another report with what names it, and the fingerprints of its findings."""

    compared: Compared
    report: Report
    findings: tuple[Finding, ...] = ()


class CellChange(Value):
    """A cell that an earlier submission filed otherwise; both as they stand there."""

    figure: str
    before: str | None
    after: str | None


class Correction(Value):
    """The correction loop: fingerprints of findings that are closed, remain or are new since all earlier submissions.

    Which of these came last is no part of the bytes: `cells` differ from at least one of them.
    """

    closed: tuple[str, ...]
    remaining: tuple[str, ...]
    new: tuple[str, ...]
    cells: tuple[CellChange, ...]


class Across(Value):
    """across.json (schema gouji.across/1): a function of the report and of what it was compared with, in any order."""

    reader_digest: str
    judge_digest: str
    source_sha256: str
    compared: tuple[Compared, ...]
    findings: tuple[Finding, ...]
    passed: tuple[Passed, ...]
    correction: Correction | None = None
    schema: str = "gouji.across/1"
