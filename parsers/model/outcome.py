"""The outcome: report, findings and passed checks of one source, as the files that are published."""

from __future__ import annotations

from parsers.model.finding import Attribution, Finding, Passed, Severity, Verdict
from parsers.model.report import Report
from parsers.model.value import Value


class Findings(Value):
    """findings.json (schema gouji.findings/1). `roster` is the digest of the one that was judged by; null without."""

    reader_digest: str
    judge_digest: str
    source_sha256: str
    findings: tuple[Finding, ...]
    passed: tuple[Passed, ...]
    roster: str | None = None
    schema: str = "gouji.findings/1"


class Outcome(Value):
    """All of it."""

    report: Report
    findings: Findings

    @property
    def has_error(self) -> bool:
        """Exit code 1: a violated error without root cause that is not ours."""
        return any(
            f.severity is Severity.ERROR
            and f.verdict is Verdict.VIOLATED
            and f.root_cause is None
            and f.attribution is not Attribution.EXTRACTION
            for f in self.findings.findings
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many findings stand on their own, by severity, and how many are ours to look at (`undetermined`)."""
        own = [f for f in self.findings.findings if f.root_cause is None]
        doubtful = [f for f in own if f.verdict is Verdict.UNDETERMINED or f.attribution is not Attribution.FILED]
        counts = {s.value: sum(f.severity is s and f not in doubtful for f in own) for s in Severity}
        return counts | {"undetermined": len(doubtful)}
