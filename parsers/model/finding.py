"""A finding: the report breaks a rule. It cannot exist without a primary place."""

from __future__ import annotations

from enum import StrEnum

from parsers.model.cause import Cause
from parsers.model.document import Place
from parsers.model.value import Value


class Severity(StrEnum):
    """error contradicts the law, a printed identity or itself; warning is to be confirmed; info is editorial."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Verdict(StrEnum):
    """A cell we could not read never accuses anybody: then the verdict is undetermined."""

    VIOLATED = "violated"
    UNDETERMINED = "undetermined"


class Confidence(StrEnum):
    """How sure we are."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Attribution(StrEnum):
    """Whose mistake: the agency's filing, our extraction, or unclear."""

    FILED = "filed"
    EXTRACTION = "extraction"
    UNCLEAR = "unclear"


class Evidence(Value):
    """One place a finding speaks of: the figure (or section) and what stands there."""

    figure: str | None
    label: str
    raw: str | None
    place: Place


class Finding(Value):
    """findings.json, one entry. `places[0]` is primary. `rule` is the rule's file, `code` its stable message id.

    `cause` tells where the mistake most likely stands; findings that share one have the same `cause.stated`.
    """

    fingerprint: str
    rule: str
    code: str
    severity: Severity
    verdict: Verdict
    confidence: Confidence
    attribution: Attribution
    message: str
    places: tuple[Evidence, ...]
    basis: str
    filed: int | str | None = None
    expected: int | str | None = None
    suggestion: str | None = None
    root_cause: str | None = None
    cause: Cause | None = None

    def __post_init__(self) -> None:
        """No finding without a place."""
        if not self.places:
            msg = f"finding {self.code} has no place"
            raise ValueError(msg)

    @property
    def is_agencys(self) -> bool:
        """May this be put to the agency: violated, filed by it, and no consequence of something else."""
        return self.verdict is Verdict.VIOLATED and self.attribution is Attribution.FILED and self.root_cause is None


class Passed(Value):
    """A check that was made and held; `scope` is a figure id, a row, a column or a table."""

    rule: str
    code: str
    scope: str
