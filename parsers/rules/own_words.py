"""The report speaks of its own agency: not of another's work, not as another kind of body, not as another report."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.agencies.fields import foreign_work, names_to_fields
from parsers.agencies.mentions import find_foreign_reports
from parsers.agencies.roles import agency_to_foreign_units, find_foreign_selves
from parsers.model.finding import Confidence, Evidence, Passed, Severity
from parsers.rules.prose import Prose
from parsers.rules.rule import Code, Result, Rule, Subject, inner, make_finding

CODE = Code(
    code="COPY_FOREIGN_AGENCY",
    severity=Severity.WARNING,
    wording="“{quote}”与贵单位职责/名称不符，疑为套用其他单位文本，请核实修改。",
)
BASIS = "国办公开办函〔2021〕30号（四）明确责任"

WHERE_REPORTS_ARE_NAMED = ("preamble", "overview")
"""Elsewhere other bodies' reports may be spoken of."""


def check(subject: Subject) -> Iterator[Result]:
    """own_words: 国办公开办函〔2021〕30号（四），发布内容不准确不全面或者内容雷同、敷衍塞责等问题。"""
    if not subject.is_to_the_letter or subject.report.agency.kind is None:
        return
    quotes = tuple(_quotes(subject))
    if not quotes:
        yield Passed(rule="own_words", code=CODE.code, scope="text")
        return
    told = dict.fromkeys(place.raw or "" for place in quotes)
    yield make_finding(
        "own_words",
        CODE,
        subject,
        "text",
        places=quotes,
        message=CODE.wording.format(quote="”“".join(inner(quote) for quote in told)),
        basis=BASIS,
        confidence=Confidence.MEDIUM,
    )


def _quotes(subject: Subject) -> Iterator[Evidence]:
    """Every passage that cannot be this agency's own, in the order of the text."""
    for prose in subject.prose:
        spans = sorted({*_selves(subject, prose), *_work(subject, prose), *_reports(subject, prose)})
        yield from (prose.evidence(start, end, prose.clause(start, end)) for start, end in spans)


def _selves(subject: Subject, prose: Prose) -> list[tuple[int, int]]:
    """我局 in the report of a 镇."""
    return find_foreign_selves(prose.text, agency_to_foreign_units(subject.report.agency))


def _work(subject: Subject, prose: Prose) -> list[tuple[int, int]]:
    """公众对人社工作的知晓度 in the report of the office for housing."""
    agency = subject.report.agency
    if agency.kind != "department":
        return []
    pattern = foreign_work(names_to_fields((*agency.as_written, agency.name or "")))
    return [match.span() for match in pattern.finditer(prose.text)] if pattern else []


def _reports(subject: Subject, prose: Prose) -> list[tuple[int, int]]:
    """现公布乙镇2023年政府信息公开工作年度报告, in the report of 甲镇."""
    if prose.id not in WHERE_REPORTS_ARE_NAMED:
        return []
    agency = subject.report.agency
    found = find_foreign_reports(prose.text, (*agency.as_written, agency.name or ""))
    return [(start, end) for start, end, _ in found]


RULE = Rule(
    id="own_words",
    title="文字是否为本单位所写",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号（四）：发布内容不准确不全面或者内容雷同、敷衍塞责等问题。",
    formula="自称（我局、我镇、我办、我街道、我县）与单位类别和名称不符；部门把别的部门的工作写成自己的"
    "（“公众对人社工作的知晓度”）；报告自称是另一地方、另一部门的年度报告；与其他部门配合的写法不在此列",
    example="某镇人民政府的报告写“我局积极配合调整”；住建局的报告写“提高公众对人社工作的知晓度”",
    passing="住建局的报告写“我局与人社局联合开展农民工工资专项检查”",
    check=check,
)
