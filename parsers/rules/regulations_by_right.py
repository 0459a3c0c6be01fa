"""Regulations (规章) are counted only by bodies that can make them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.editions.equations import CellId
from parsers.model.finding import Attribution, Confidence, Passed, Severity, Verdict
from parsers.model.report import Agency, Status
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding, short

CODE = Code(
    code="REGULATION_NO_AUTHORITY",
    severity=Severity.WARNING,
    wording="{table}“规章”填报{filed}，贵单位不具有规章制定权，请核实是否应填入“行政规范性文件”。",
)
DOUBT = "{table}“规章”填报{filed}；单位类别或级别不明，请人工核对是否具有规章制定权。"
BASIS = "立法法"

_ROW = ("proactive", "regulation")
_MADE_BY_OTHERS = ("total_disclosed", "newly_disclosed")
"""Columns of the form of 2019 that count what was published, whoever made it."""

_REPORTS_FOR = re.compile(r"司法(?:厅|局)$")
"""Departments that report the regulations of their province or city."""


def check(subject: Subject) -> Iterator[Result]:
    """regulations_by_right: 立法法，规章由国务院部门和省、自治区、直辖市、设区的市、自治州的人民政府制定。"""
    if not subject.is_judged or subject.table_root("proactive"):
        return
    cells = tuple(_counted(subject))
    may_make = agency_may_make(subject.report.agency)
    if not cells or may_make:
        if not cells and may_make is False:
            yield Passed(rule="regulations_by_right", code=CODE.code, scope=".".join(_ROW))
        return
    is_sure = may_make is False
    filed = "、".join(f"{_column(subject, cell)}{subject.figure(cell).value}件" for cell in cells)
    wording = CODE.wording if is_sure else DOUBT
    yield make_finding(
        "regulations_by_right",
        CODE,
        subject,
        ".".join(_ROW),
        places=tuple(subject.evidence(cell) for cell in cells),
        message=wording.format(table=subject.form.table("proactive").name, filed=filed),
        basis=BASIS,
        verdict=Verdict.VIOLATED if is_sure else Verdict.UNDETERMINED,
        confidence=Confidence.HIGH if is_sure else Confidence.LOW,
        attribution=Attribution.FILED if is_sure else Attribution.UNCLEAR,
    )


def _counted(subject: Subject) -> Iterator[CellId]:
    """The cells of the row that count something the agency itself would have made."""
    for cell, figure in subject.figures():
        is_own = cell[:2] == _ROW and cell[2] not in _MADE_BY_OTHERS
        if is_own and figure.status is Status.NUMBER and figure.value is not None and figure.value > 0:
            yield cell


def _column(subject: Subject, cell: CellId) -> str:
    columns = subject.form.table(cell[0]).columns_of(cell[1])
    label = next(column.label for column in columns if column.id == cell[2])
    return short(label).removesuffix("件数").removesuffix("数量")


def agency_may_make(agency: Agency) -> bool | None:
    """Whether this body, or the government it reports for, can make regulations; None where that is not known."""
    if agency.kind is None:
        return None
    if agency.kind in ("township", "authorised_organisation"):
        return False
    if agency.kind in ("government", "government_office"):
        return None if agency.level is None else agency.level in ("national", "province", "city")
    if agency.level == "national" or agency.vertically_led:
        return None if agency.vertically_led else True
    return None if _REPORTS_FOR.search(agency.name or "") and agency.level != "county" else False


RULE = Rule(
    id="regulations_by_right",
    title="有无规章制定权",
    codes=(CODE,),
    law="《立法法》：国务院部门可以制定部门规章；省、自治区、直辖市和设区的市、自治州的人民政府可以制定地方政府规章。",
    formula="县（市、区）及以下政府、乡镇街道、地方各级部门的“规章”各格应为0；类别或级别不明的不下结论",
    example="某镇人民政府“规章”现行有效填6",
    passing="某设区的市人民政府“规章”现行有效填13",
    check=check,
)
