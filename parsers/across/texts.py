"""Prose that stands in another report too: last year's own, or another body's."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parsers.across.pair import Pair
from parsers.across.passages import Shared, Stripped, prose_to_stripped, report_to_names, stripped_to_windows, to_shared
from parsers.model.across import Role
from parsers.model.finding import Confidence, Evidence, Passed, Severity
from parsers.rules.prose import Prose
from parsers.rules.rule import Code, Result, make_finding

PREVIOUS = Code(
    code="DUP_PREV_YEAR",
    severity=Severity.WARNING,
    wording="“{section}”部分与贵单位{year}年报告文字重复率{p}%，请结合本年度实际核实修改。",
)
OTHER = Code(
    code="DUP_OTHER_AGENCY",
    severity=Severity.WARNING,
    wording="“{section}”部分与{other}报告文字相同的比例为{p}%，请核实。",
)
CODES = (PREVIOUS, OTHER)

SECTIONS = ("overview", "problems", "other")
"""Sections of prose."""

LEAST = 120
"""A section of fewer characters, without what all reports share, is too short to be called copied."""

MOST_PASSAGES = 5
"""So many passages are shown, the longest."""

BASIS = "国办公开办函〔2021〕30号（四）：内容雷同"


def compare_texts(pair: Pair) -> Iterator[Result]:
    """Section by section, how much of it stands in the other report."""
    others = {prose.id: prose for prose in pair.others.prose}
    names = (*report_to_names(pair.own.report), *report_to_names(pair.other.report))
    for prose in pair.own.prose:
        if prose.id in SECTIONS and prose.id in others:
            own, other = prose_to_stripped(prose, names), prose_to_stripped(others[prose.id], names)
            if len(own.text) >= LEAST:
                yield from _compare(pair, prose, own, others[prose.id], other)


def _compare(pair: Pair, prose: Prose, own: Stripped, other: Prose, stripped: Stripped) -> Iterator[Result]:
    shared = to_shared(own, stripped_to_windows(stripped))
    code = PREVIOUS if pair.other.compared.role is Role.LAST_YEAR else OTHER
    severity = _severity(pair, shared, code)
    if severity is None:
        yield Passed(rule="texts_of_their_own", code=code.code, scope=f"{prose.id}.{pair.other.compared.job}")
        return
    back = to_shared(stripped, stripped_to_windows(own))
    yield make_finding(
        "texts_of_their_own",
        code,
        pair.own,
        f"{prose.id}.{pair.other.report.year}.{pair.other.compared.agency}",
        places=(
            *_shown(prose, shared, ""),
            *_shown(other, back, f"{pair.other.report.agency.name or '对方'}{pair.other.report.year}年度报告"),
        ),
        message=code.wording.format(
            section=prose.name,
            year=pair.other.report.year,
            other=pair.other.report.agency.name or "另一单位",
            p=shared.thousandths // 10,
        ),
        basis=BASIS,
        severity=severity,
        confidence=Confidence.MEDIUM,
    )


def _severity(pair: Pair, shared: Shared, code: Code) -> Severity | None:
    """By the thresholds of the area."""
    limits = pair.own.judge.pack.thresholds
    share = Decimal(shared.thousandths) / 1000
    if code is OTHER:
        return Severity.WARNING if share >= limits.others_text_warning else None
    if share >= limits.own_text_warning:
        return Severity.WARNING
    return Severity.INFO if share >= limits.own_text_info else None


def _shown(prose: Prose, shared: Shared, of: str) -> tuple[Evidence, ...]:
    """The longest passages, in their order."""
    longest = sorted(shared.passages, key=lambda passage: (passage[0] - passage[1], passage))[:MOST_PASSAGES]
    found = tuple(prose.evidence(start, end) for start, end in sorted(longest))
    return tuple(Evidence(figure=None, label=f"{of}{e.label}", raw=e.raw, place=e.place) for e in found)
