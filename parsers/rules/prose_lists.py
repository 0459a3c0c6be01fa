"""A total in prose and the list behind it: 66条，其中…36条 in all. Fee lists (P04) too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Confidence, Passed, Severity
from parsers.model.report import Breakdown, Claim, Number, Precision
from parsers.rules.rule import Code, Result, Rule, Subject, at, inner, make_finding
from parsers.rules.stated import BASIS, IN_PROSE

_WORDING = "正文称“{quote}”，其后分项合计为{filed}，请更正。"
BREAKDOWN = Code(code="N_BREAKDOWN", severity=Severity.ERROR, wording=_WORDING)
FEES = Code(code="P04", severity=Severity.ERROR, wording=_WORDING)

LEAST_OF_LIST = 3
"""其中 with fewer members singles them out, and leaves the rest unsaid."""

NEARLY_ALL = 10
"""A list that leaves out less than one in so many was meant to be whole."""

MOST = 2
"""A list of what was published that leaves out one in so many at most may have been meant to be whole."""

_RESULTS = re.compile("公开|提供|处理|答复|办结|结转")
"""Members of a list of requests that have rows of their own, and are compared there."""


def check(subject: Subject) -> Iterator[Result]:
    """prose_lists (N_BREAKDOWN, P04): 总数应等于其后所列各项之和；“其中”可以不列全，“主要包括”不比较。"""
    if not subject.is_judged:
        return
    seen: set[str] = set()
    for claim in subject.report.claims:
        if claim.breakdown is None or claim.precision is not Precision.EXACT or not claim.breakdown.certain:
            continue
        result = _check(subject, claim, claim.breakdown)
        about = f"{result.code}.{claim.metric}.{claim.section}.{claim.value}" if result else ""
        if result is not None and about not in seen:
            seen.add(about)
            yield result


def _check(subject: Subject, claim: Claim, breakdown: Breakdown) -> Result | None:
    code = FEES if claim.metric.startswith("fee.") else BREAKDOWN
    values = _members(claim.value or 0, breakdown)
    if _adds_up(claim.value or 0, values):
        return Passed(rule="prose_lists", code=code.code, scope=claim.metric)
    total, value = sum(values, start=0), claim.value or 0
    severity = _severity(claim, breakdown, value, total, len(values))
    if severity is None:
        return None
    message = code.wording.format(quote=inner(claim.quote), filed=total)
    return make_finding(
        "prose_lists",
        code,
        subject,
        f"{claim.metric}.{claim.section}",
        places=at(claim.place, IN_PROSE, claim.quote),
        message=message if severity is Severity.ERROR else message.replace("更正", "核实"),
        basis=BASIS,
        severity=severity,
        confidence=Confidence.HIGH if severity is Severity.ERROR else Confidence.MEDIUM,
        filed=str(claim.value),
        expected=str(total),
    )


def _members(total: Number, breakdown: Breakdown) -> list[Number]:
    """Up to the first that is more than the total: there another matter has begun."""
    values = [item.value for item in breakdown.items]
    beyond = next((i for i, value in enumerate(values) if value > total), len(values))
    return values[:beyond]


def _adds_up(total: Number, values: list[Number]) -> bool:
    """All of them, or those up to one of them: a second way of dividing the same total may follow."""
    running: Number = 0
    for value in values:
        running += value
        if running == total:
            return True
    return False


def _severity(claim: Claim, breakdown: Breakdown, value: Number, total: Number, members: int) -> Severity | None:
    """How sure it is that the list was meant to be whole; None where it may well leave something out."""
    is_forms = claim.metric != "item"
    if _is_of_results(claim, breakdown):
        return _severity_of_results(claim, is_more=total > value, is_list=members >= LEAST_OF_LIST)
    if total > value and members < LEAST_OF_LIST and not breakdown.exhaustive:
        return Severity.WARNING
    if total > value or breakdown.exhaustive:
        return Severity.ERROR if is_forms else Severity.WARNING
    if members < LEAST_OF_LIST:
        return None
    if (value - total) * (MOST if is_forms else NEARLY_ALL) <= value:
        return Severity.WARNING
    return Severity.INFO if is_forms else None


def _severity_of_results(claim: Claim, *, is_more: bool, is_list: bool) -> Severity | None:
    """Requests may have been carried over from last year: only those that were answered cannot have more results."""
    if not is_more:
        return Severity.INFO if is_list else None
    return Severity.ERROR if claim.metric == "requests.processed" else Severity.WARNING


def _is_of_results(claim: Claim, breakdown: Breakdown) -> bool:
    """收到95件，其中予以公开42件…: the results are those of all requests, also of last year's."""
    return claim.metric.startswith("requests.") and any(_RESULTS.search(item.label) for item in breakdown.items)


RULE = Rule(
    id="prose_lists",
    title="正文总数与分项",
    codes=(BREAKDOWN, FEES),
    law="国办公开办函〔2021〕30号附件（四）：对“发布内容不准确不全面”等问题严肃追究责任。",
    formula="总数 = “其中”“分别为”之后所列各项之和；列有“其他”的视为列全，“主要包括”“等”视为未列全",
    example="主动公开信息66条，其中信息公开年报1条、通知公告18条、其他17条",
    passing="主动公开信息66条，其中信息公开年报1条、通知公告18条、其他47条",
    check=check,
)
