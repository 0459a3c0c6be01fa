"""A percentage in prose does not follow from the numbers beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parsers.claims.shares import is_cut_off, percent_of, rounded
from parsers.editions.equations import to_cell
from parsers.model.finding import Passed, Severity
from parsers.model.report import Claim, Number, Precision, Share, Status
from parsers.rules.rule import Code, Result, Rule, Subject, at, inner, make_finding
from parsers.rules.stated import BASIS, IN_PROSE

CODE = Code(code="PERCENT_WRONG", severity=Severity.WARNING, wording="正文“{quote}”，经复核应为{expected}%，请核实。")


def check(subject: Subject) -> Iterator[Result]:
    """prose_percents (PERCENT_WRONG): 百分比按正文和表格的数字复算，误差不超过末位数字的一半。"""
    if not subject.is_judged:
        return
    for claim in subject.report.claims:
        if claim.share is not None and claim.precision is Precision.EXACT and not isinstance(claim.value, bool):
            yield from _check(subject, claim, claim.share)


def _check(subject: Subject, claim: Claim, share: Share) -> Iterator[Result]:
    printed = claim.value or 0
    filed = _table_totals(subject, share)
    percents = [p for whole in (*share.totals, *filed) if (p := percent_of(share, whole)) is not None]
    if any(rounded(percent, printed) == Decimal(printed) for percent in percents):
        yield Passed(rule="prose_percents", code=CODE.code, scope=claim.metric)
        return
    base = share.totals[0] if share.base else next(iter(filed), None)
    percent = percent_of(share, base) if base else None
    if percent is None:
        return
    expected = rounded(percent, printed)
    is_slight = any(is_cut_off(p, printed) or _is_next(rounded(p, printed), printed) for p in percents)
    yield make_finding(
        "prose_percents",
        CODE,
        subject,
        f"{claim.metric}.{claim.section}.{share.part}",
        places=at(claim.place, IN_PROSE, claim.quote),
        message=CODE.wording.format(quote=inner(claim.quote), expected=expected),
        basis=BASIS,
        severity=Severity.INFO if is_slight else None,
        filed=str(printed),
        expected=str(expected),
    )


def _table_totals(subject: Subject, share: Share) -> list[Number]:
    """The totals of requests in the table, as far as they are numbers; processed first, or none at all."""
    found: list[Number] = []
    for reading in share.cells:
        figures = [subject.figure(to_cell(figure)) for figure in reading]
        if all(figure.status is Status.NUMBER for figure in figures):
            found.append(sum((figure.value or 0 for figure in figures), start=0))
        elif not found:
            return []
    return found


def _is_next(percent: Decimal, printed: Number) -> bool:
    """Off by one in its last digit: rounded so that all make a hundred."""
    return abs(percent - Decimal(printed)) == Decimal(1).scaleb(int(percent.as_tuple().exponent))


RULE = Rule(
    id="prose_percents",
    title="正文百分比",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号附件（四）：对“发布内容不准确不全面”等问题严肃追究责任。",
    formula="百分比 = 部分 ÷ 总数（正文所称总数，或表二办结、新收总计）；同比 = （本年 − 上年）÷ 上年",
    example="办结805件，其中予以公开258件，占33.9%（应为32.0%）",
    passing="办结805件，其中予以公开258件，占32.0%",
    check=check,
)
