"""Reports beside each other for the tests of what needs more than one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import parsers
from parsers import BUILT_IN, Judge
from parsers.across.compare import outcome_to_across
from parsers.model.across import Across, Compared, Neighbour, Role
from parsers.model.outcome import Outcome
from tests.make.cases import to_text


@dataclass(frozen=True)
class Filed:
    """A report of a case, as it was filed under a key."""

    key: str = "2023/甲.txt"
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        return parsers.assess(to_text({"name": self.key, **self.changes}).encode())

    def neighbour(self, role: Role) -> Neighbour:
        outcome = self.outcome
        report = outcome.report
        return Neighbour(
            compared=Compared(
                role=role,
                job=f"{role.value}-{self.key}",
                key=self.key,
                agency=report.agency.key,
                year=report.year,
                content=report.source.sha256,
                report="0" * 64,
            ),
            report=report,
            findings=outcome.findings.findings,
        )


def compared(own: Filed, *neighbours: Neighbour, judge: Judge = BUILT_IN) -> Across:
    return outcome_to_across(own.outcome, own.key, neighbours, judge)


def codes(across: Across) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity.value) for finding in across.findings]
