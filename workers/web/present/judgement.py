"""Findings as the right side of a report's page reads them: own ones by weight, consequences under their cause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from parsers.model.finding import Finding, Passed
from parsers.model.report import Report
from parsers.notices.words import SEVERITIES
from workers.web.present.sheet import cell_anchor, finding_anchor, place_to_text
from workers.web.present.text import number_to_text, visible
from workers.web.present.words import ATTRIBUTIONS, CONFIDENCES, SIGNS, VERDICTS, WEIGHTS, weight


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """One place a finding speaks of; `cell` is the anchor of its cell, where it has one."""

    label: str
    raw: str
    where: str
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A cell with two values: as filed and as suggested, or before and after; `cell` is its anchor."""

    label: str
    before: str
    after: str
    cell: str


MOST_CANDIDATES = 5
"""Cells of which each alone would explain a finding: more of them are no help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One finding, with what follows from it."""

    anchor: str
    weight: str
    weight_name: str
    sign: str
    message: str
    code: str
    rule: str
    basis: str
    verdict: str
    confidence: str
    attribution: str
    filed: str
    expected: str
    suggestion: str
    places: tuple[PlaceView, ...]
    cause_name: str = ""
    cause: tuple[ChangeView, ...] = ()
    consequences: tuple[FindingView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedView:
    """How often one check held."""

    code: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """All of it: own findings by weight, how many of each weight, and the checks that held."""

    findings: tuple[FindingView, ...]
    counts: tuple[tuple[str, str, str, int], ...]
    consequences: int
    passed: tuple[PassedView, ...]
    passed_total: int


def findings_to_judgement(findings: tuple[Finding, ...], passed: tuple[Passed, ...]) -> Judgement:
    """Group, order and count."""
    roots = _roots(findings)
    own = [n for n, f in enumerate(findings) if f.root_cause is None or n not in roots]
    views = [_view(n, findings, roots) for n in own]
    views.sort(key=lambda view: WEIGHTS.index(view.weight))
    counts = tuple((w, SIGNS[w], SEVERITIES[w], sum(v.weight == w for v in views)) for w in WEIGHTS)
    return Judgement(
        findings=tuple(views),
        counts=counts,
        consequences=len(findings) - len(own),
        passed=_passed(passed),
        passed_total=len(passed),
    )


def _roots(findings: tuple[Finding, ...]) -> dict[int, int]:
    """For each consequence the number of its cause: told by fingerprint, or by code."""
    by_name: dict[str, int] = {}
    for number, finding in enumerate(findings):
        if finding.root_cause is None:
            by_name.setdefault(finding.fingerprint, number)
            by_name.setdefault(finding.code, number)
    return {
        number: by_name[finding.root_cause]
        for number, finding in enumerate(findings)
        if finding.root_cause is not None and finding.root_cause in by_name
    }


def _view(number: int, findings: tuple[Finding, ...], roots: dict[int, int]) -> FindingView:
    finding = findings[number]
    heavy = weight(finding)
    return FindingView(
        anchor=finding_anchor(number),
        weight=heavy,
        weight_name=SEVERITIES[heavy],
        sign=SIGNS[heavy],
        message=visible(finding.message),
        code=finding.code,
        rule=finding.rule,
        basis=visible(finding.basis),
        verdict=VERDICTS[finding.verdict],
        confidence=CONFIDENCES[finding.confidence],
        attribution=ATTRIBUTIONS[finding.attribution],
        filed=_value(finding.filed),
        expected=_value(finding.expected),
        suggestion=visible(finding.suggestion or ""),
        places=_places(finding),
        cause_name="起因" if finding.cause and finding.cause.stated else "可能",
        cause=_cause(finding),
        consequences=tuple(_view(n, findings, roots) for n, root in roots.items() if root == number),
    )


def _value(value: int | str | None) -> str:
    if value is None:
        return ""
    return number_to_text(value) if isinstance(value, int) else visible(value)


def _places(finding: Finding) -> tuple[PlaceView, ...]:
    return tuple(
        PlaceView(
            label=visible(evidence.label),
            raw=visible(evidence.raw) if evidence.raw is not None else "",
            where=place_to_text(evidence.place),
            cell=cell_anchor(evidence.figure) if evidence.figure else "",
        )
        for evidence in finding.places
    )


def _cause(finding: Finding) -> tuple[ChangeView, ...]:
    """The cells of the stated explanation; where none is, each cell that alone would explain it."""
    if finding.cause is None:
        return ()
    stated = finding.cause.stated
    single = (one.changes for one in finding.cause.candidates if len(one.changes) == 1)
    changes = stated.changes if stated else tuple(change for (change,) in islice(single, MOST_CANDIDATES))
    labels = {evidence.figure: evidence.label for evidence in finding.places}
    return tuple(
        ChangeView(
            label=visible(labels[change.figure]),
            before=number_to_text(change.filed) if change.filed is not None else "空白",
            after=number_to_text(change.suggested),
            cell=cell_anchor(change.figure),
        )
        for change in changes
        if change.figure in labels
    )


def _passed(passed: tuple[Passed, ...]) -> tuple[PassedView, ...]:
    counts: dict[str, int] = {}
    for check in passed:
        counts[check.code] = counts.get(check.code, 0) + 1
    return tuple(PassedView(code=code, count=count) for code, count in sorted(counts.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section's text as filed, by paragraph."""

    id: str
    name: str
    heading: str
    is_present: bool
    paragraphs: tuple[str, ...]


SECTION_NAMES = {
    "overview": "一、总体情况",
    "proactive": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "review_litigation": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other": "六、其他需要报告的事项",
}


def report_to_sections(report: Report) -> tuple[SectionView, ...]:
    """The six sections in the form's order; a missing one says so."""
    return tuple(_section(name, label, report) for name, label in SECTION_NAMES.items())


def _section(name: str, label: str, report: Report) -> SectionView:
    section = report.sections.get(name)
    lines = lines_to_paragraphs(section.text.splitlines()) if section else ()
    return SectionView(
        id=name,
        name=label,
        heading=visible(section.heading or "") if section else "",
        is_present=section is not None and section.status.value == "present",
        paragraphs=tuple(visible(line) for line in lines),
    )


_ENDS = tuple("。！？：；")
_OPENS = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、．.]")
_FULL = 0.75
"""A line that reaches this share of the longest one was broken by the page's edge and not by its author."""


def lines_to_paragraphs(lines: Sequence[str]) -> tuple[str, ...]:
    """Paragraphs from the lines of a page: a full line without a stop goes on in the next one."""
    stripped = [line.strip() for line in lines if line.strip()]
    full = _FULL * max((len(line) for line in stripped), default=0)
    paragraphs: list[str] = []
    goes_on = False
    for line in stripped:
        is_mark = len(line) == 1
        if paragraphs and (goes_on or is_mark) and not _OPENS.match(line):
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
        goes_on = not line.endswith(_ENDS) and (len(line) >= full or is_mark)
    return tuple(paragraphs)
