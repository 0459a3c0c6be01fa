"""Counts that are possible and seldom true: nothing is wrong with them until the agency looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from parsers.editions.equations import CellId
from parsers.model.finding import Confidence, Finding, Passed, Severity
from parsers.model.report import Status
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding

CODES = tuple(
    Code(code=code, severity=Severity.INFO, wording=wording)
    for code, wording in (
        ("P05", "{cell}填报{value}，占本年应办理申请（一+二）{base}件的{percent}%，比例偏高，请核实。"),
        ("P06", "{cell}填报{value}，占“（七）总计”{base}件的{percent}%，比例偏高，请核实能否归入前列各项。"),
        ("P07", "{cell}填报{value}，该情形少见，请核实是否应归入其他各项。"),
        ("P08", "表三三项总计合计{value}件，超过本年应办理申请（一+二）{base}件的{times}倍，请核实。"),
        ("P09", "表一各栏全部填报为0，贵单位名称表明承担{duty}职责，请核实是否漏填。"),
    )
)

MOST_CASES_A_REQUEST = 2
"""A case follows a request of this year or the last; one year's requests, twice, stand for both."""

_DUTIES = re.compile(
    "公安|市场监督管理|自然资源|住房和城乡建设|住建|城市管理|综合行政执法|交通运输|生态环境|卫生健康|应急管理|农业农村"
    "|烟草专卖|消防救援|行政审批"
)
"""Duties that no year passes without a licence or a penalty."""

REQUESTS = "requests"
RECEIVED: tuple[CellId, ...] = ((REQUESTS, "new_received", "total"), (REQUESTS, "carried_over", "total"))
PROCESSED: tuple[CellId, ...] = ((REQUESTS, "total_processed", "total"),)
FORWARD: CellId = (REQUESTS, "carried_forward", "total")
MISCELLANEOUS: CellId = (REQUESTS, "other_misc", "total")
PUBLICATION: CellId = (REQUESTS, "not_processed_publication", "total")
CASES: tuple[CellId, ...] = tuple(
    ("review_litigation", group, "total") for group in ("review", "litigation_direct", "litigation_after_review")
)


def check(subject: Subject) -> Iterator[Result]:
    """plausible_counts (P05–P09): 国办公开办函〔2021〕30号（四）：内容准确；数值少见的，仅作提示。"""
    if not subject.is_judged:
        return
    limits = subject.judge.pack.thresholds
    yield from _share(subject, "P05", FORWARD, RECEIVED, limits.carried_share)
    yield from _share(subject, "P06", MISCELLANEOUS, PROCESSED, limits.other_share)
    yield from _publication(subject)
    yield from _cases(subject)
    yield from _all_zero(subject)


def _share(subject: Subject, code: str, cell: CellId, of: tuple[CellId, ...], share: Decimal) -> Iterator[Result]:
    """Is this cell a larger share of those than is usual?"""
    part, whole = _total(subject, (cell,)), _total(subject, of)
    if part is None or whole is None or whole < subject.judge.pack.thresholds.least_requests:
        return
    if part <= whole * share:
        yield Passed(rule="plausible_counts", code=code, scope=".".join(cell))
        return
    yield _finding(subject, code, (cell, *of), value=part, base=whole, percent=100 * part // whole)


def _publication(subject: Subject) -> Iterator[Result]:
    count = _total(subject, (PUBLICATION,))
    if count is None:
        return
    if count <= 0:
        yield Passed(rule="plausible_counts", code="P07", scope=".".join(PUBLICATION))
        return
    yield _finding(subject, "P07", (PUBLICATION,), value=count)


def _cases(subject: Subject) -> Iterator[Result]:
    cases, requests = _total(subject, CASES), _total(subject, RECEIVED)
    if cases is None or requests is None:
        return
    if cases <= max(MOST_CASES_A_REQUEST * requests, subject.judge.pack.thresholds.least_requests):
        yield Passed(rule="plausible_counts", code="P08", scope="review_litigation")
        return
    yield _finding(subject, "P08", (*CASES, *RECEIVED), value=cases, base=requests, times=MOST_CASES_A_REQUEST)


def _all_zero(subject: Subject) -> Iterator[Result]:
    """A number in every cell of table 1, and all of them 0."""
    duty = _DUTIES.search(subject.report.agency.name or "")
    figures = [(cell, figure) for cell, figure in subject.figures() if cell[0] == "proactive"]
    if duty is None or not all(figure.status is Status.NUMBER for _, figure in figures):
        return
    if any(figure.value for _, figure in figures):
        yield Passed(rule="plausible_counts", code="P09", scope="proactive")
        return
    yield _finding(subject, "P09", tuple(cell for cell, _ in figures), duty=duty[0])


def _total(subject: Subject, cells: tuple[CellId, ...]) -> int | None:
    """The cells added; None where one is not there or holds no whole number."""
    values = [subject.number(cell) for cell in cells]
    if any(value is None or value != int(value) for value in values):
        return None
    return sum(int(value) for value in values if value is not None)


def _finding(subject: Subject, name: str, cells: tuple[CellId, ...], **slots: int | str) -> Finding:
    """About the first cell, or about the table where there are several tables or all cells of one."""
    code = RULE.code(name)
    return make_finding(
        "plausible_counts",
        code,
        subject,
        ".".join(cells[0]) if "{cell}" in code.wording else cells[0][0],
        places=tuple(subject.evidence(cell) for cell in cells),
        message=code.wording.format(cell=subject.cell_label(cells[0]), **slots),
        basis=subject.form.table(cells[0][0]).clause,
        confidence=Confidence.MEDIUM,
        filed=slots.get("value"),
    )


RULE = Rule(
    id="plausible_counts",
    title="少见的数值",
    codes=CODES,
    law="（提示）国办公开办函〔2021〕30号（四）：年度报告内容应当准确；下列数值并不违反格式，但少见。",
    formula=(
        "P05 四 ÷（一+二）> 25% 且申请不少于8件；P06 三（六）3 ÷ 三（七）> 25% 且不少于8件；P07 三（五）3 > 0；"
        "P08 表三总计之和 > 本年应办理申请的2倍；P09 有许可、处罚职责而表一全部为0"
    ),
    example="本年新收20件，结转下年度继续办理9件",
    passing="本年新收20件，结转下年度继续办理3件",
    check=check,
)
