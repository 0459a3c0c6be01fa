"""A report and all that is at hand of its neighbours, to across.json."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from parsers.across import texts, versions, years
from parsers.across.pair import Pair
from parsers.across.texts import compare_texts
from parsers.across.versions import compare_versions, to_correction
from parsers.across.years import compare_years
from parsers.model.across import Across, Neighbour, Role
from parsers.model.finding import Finding, Passed
from parsers.model.judge import Judge
from parsers.model.outcome import Outcome
from parsers.model.value import Value
from parsers.packs.apply import results_by_pack
from parsers.rules.rule import Code, Result, Subject


class AcrossRule(Value):
    """What is compared across files, as people call it."""

    id: str
    title: str
    codes: tuple[Code, ...]


ACROSS: tuple[AcrossRule, ...] = (
    AcrossRule(id="across_years", title="与上年报告是否衔接", codes=years.CODES),
    AcrossRule(id="texts_of_their_own", title="文字是否与上年或其他单位雷同", codes=texts.CODES),
    AcrossRule(id="one_version", title="同一年度的几个版本是否一致", codes=versions.CODES),
)
"""In the order in which they are reported."""


def outcome_to_across(outcome: Outcome, key: str, neighbours: tuple[Neighbour, ...], judge: Judge) -> Across:
    """The comparison with each neighbour, in the order of role, year and job, whatever the order they came in."""
    subject = Subject(outcome.report, judge)
    ordered = tuple(sorted(neighbours, key=_order))
    results = tuple(results_by_pack(judge.pack, _results(subject, key, ordered)))
    earlier = [neighbour for neighbour in ordered if neighbour.compared.role is Role.EARLIER]
    return Across(
        reader_digest=outcome.report.reader_digest,
        judge_digest=outcome.findings.judge_digest,
        source_sha256=outcome.report.source.sha256,
        compared=tuple(neighbour.compared for neighbour in ordered),
        findings=tuple(result for result in results if isinstance(result, Finding)),
        passed=tuple(result for result in results if isinstance(result, Passed)),
        correction=to_correction(subject.report, outcome.findings.findings, earlier) if earlier else None,
    )


def with_across(outcome: Outcome, across: Across) -> Outcome:
    """Both sets of findings and passed checks in one outcome, for the notice and the counts."""
    findings = msgspec.structs.replace(
        outcome.findings,
        findings=(*outcome.findings.findings, *across.findings),
        passed=(*outcome.findings.passed, *across.passed),
    )
    return Outcome(report=outcome.report, findings=findings)


def _order(neighbour: Neighbour) -> tuple[int, int, str]:
    return tuple(Role).index(neighbour.compared.role), neighbour.compared.year or 0, neighbour.compared.job


def _results(subject: Subject, key: str, neighbours: tuple[Neighbour, ...]) -> Iterator[Result]:
    for neighbour in neighbours:
        pair = Pair(subject, neighbour, key)
        match neighbour.compared.role:
            case Role.LAST_YEAR:
                yield from compare_years(pair)
                yield from compare_texts(pair)
            case Role.OTHER_AGENCY:
                yield from compare_texts(pair)
            case Role.OTHER_VERSION:
                yield from compare_versions(pair)
            case Role.EARLIER:
                pass  # a correction is no finding
