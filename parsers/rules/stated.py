"""Comparing what prose states with what the tables hold: shared by the rules of prose (domain 5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.claims.quantities import is_within
from parsers.editions.equations import CellId, to_cell
from parsers.model.finding import Evidence, Passed, Severity
from parsers.model.report import Claim, Number, Precision, Scope, Status
from parsers.rules.rule import Code, Result, Subject, at, inner, make_finding, short

IN_PROSE = "正文"
"""What the place of a claim is called."""

_AREA_KINDS = ("government", "township")
_AREA_NAME = re.compile(r"(?:人民政府|管理?委(?:员)?会|街道(?:办事处)?|[市区县旗省州镇乡盟])$")
_TOWNSHIP = re.compile(r"(?:镇|乡|街道)(?:人民政府|办事处)?$")
_OFFICE = re.compile(r"办公(?:室|厅)$|(?:局|厅|处|院|中心|站|所|队)$")

MOST_NAMED = 2
"""So many cells of a sum are named one by one."""


@dataclass(frozen=True)
class Compared:
    """How a claim stands to the tables: `agrees` with its primary reading, or `otherwise` with another one only.

    `cells` and `filed` are those it was compared with; with `at_least` only their sum so far is known.
    """

    agrees: bool
    otherwise: tuple[str, ...] | None
    cells: tuple[CellId, ...]
    filed: Number
    at_least: bool = False


def claims_of(subject: Subject, metrics: tuple[str, ...]) -> Iterator[Claim]:
    """The claims whose metric begins so, and which may be compared in this report."""
    if not subject.is_judged:
        return
    for claim in subject.report.claims:
        if claim.metric.startswith(metrics) and claim.why_not is None and claim.readings and _is_whole(subject, claim):
            yield claim


def _is_whole(subject: Subject, claim: Claim) -> bool:
    """全区 is the whole body in a government's report, and another population in a department's."""
    return claim.scope is Scope.BODY or (claim.scope is Scope.AREA and is_of_area(subject))


def is_of_area(subject: Subject) -> bool:
    """Does the body that reports stand for an area? By its kind, where that is known, else by its name."""
    agency = subject.report.agency
    if agency.kind is not None:
        return agency.kind in _AREA_KINDS
    names = [name for name in (agency.name, *agency.as_written) if name]
    return any(_AREA_NAME.search(name) and not _OFFICE.search(name) for name in names)


def compare(subject: Subject, claim: Claim) -> Compared | None:
    """The claim beside the figures; None where the figures (or the words) do not decide it."""
    found = _compare(subject, claim)
    return found if found is None or found.agrees or _are_read(subject, claim) else None


def _compare(subject: Subject, claim: Claim) -> Compared | None:
    if isinstance(claim.value, bool) or claim.value is None:
        return None
    first, *others = claim.readings
    cells = tuple(to_cell(figure) for figure in first)
    filed, told = _sum(subject, first), [(reading, _sum(subject, reading)) for reading in others]
    if filed is not None and is_within(claim.value, claim.precision, filed):
        return Compared(agrees=True, otherwise=None, cells=cells, filed=filed)
    alternative = next((r for r, v in told if v is not None and is_within(claim.value, claim.precision, v)), None)
    if filed is None and alternative is not None:
        return Compared(agrees=True, otherwise=None, cells=tuple(map(to_cell, alternative)), filed=claim.value)
    if filed is None:
        return _beside_bound(subject, claim)
    if any(value is None for _, value in told) and alternative is None:
        return None
    return Compared(agrees=False, otherwise=alternative, cells=cells, filed=filed)


def _are_read(subject: Subject, claim: Claim) -> bool:
    """May these figures be held against prose? Not those that sums told apart, nor those that may have slipped."""
    cells = [to_cell(figure) for reading in claim.readings for figure in reading]
    is_glued = any(subject.report.traces[cell[0]].glued for cell in cells if cell[0] in subject.report.traces)
    return not is_glued and not any(_may_have_slipped(subject, row) for row in dict.fromkeys(c[:2] for c in cells))


def _may_have_slipped(subject: Subject, where: tuple[str, str]) -> bool:
    """A row with blanks whose numbers do not make its total: the blanks may stand elsewhere than they were found."""
    table, row = where
    figures = subject.report.tables[table][row]
    total = figures.get("total")
    if total is None or total.status is not Status.NUMBER or all(f.status is Status.NUMBER for f in figures.values()):
        return False
    return sum((figure.value or 0 for name, figure in figures.items() if name != "total"), start=0) != total.value


def _sum(subject: Subject, reading: tuple[str, ...]) -> Number | None:
    """The figures of a reading added; None when one of them is no number."""
    figures = [subject.figure(to_cell(figure)) for figure in reading]
    if any(figure.status is not Status.NUMBER for figure in figures):
        return None
    return sum((figure.value or 0 for figure in figures), start=0)


def _beside_bound(subject: Subject, claim: Claim) -> Compared | None:
    """Where a total is blank the applicants' numbers beside it are filed: prose cannot state fewer than those."""
    if claim.precision is not Precision.EXACT or len(claim.readings) > 1 or isinstance(claim.value, bool):
        return None
    cells = tuple(cell for figure in claim.readings[0] for cell in _beside(subject, to_cell(figure)))
    bound = sum((subject.figure(cell).value or 0 for cell in cells), start=0)
    if not cells or claim.value is None:
        return None
    if claim.value >= bound:
        return Compared(agrees=True, otherwise=None, cells=cells, filed=bound) if claim.value == bound else None
    return Compared(agrees=False, otherwise=None, cells=cells, filed=bound, at_least=True)


def _beside(subject: Subject, cell: CellId) -> list[CellId]:
    """The numbers of a total's row, or the total itself where it is one."""
    table, row, column = cell
    if subject.figure(cell).status is Status.NUMBER:
        return [cell]
    if column != "total" or table != "requests":
        return []
    columns = [c.id for c in subject.form.table(table).columns_of(row) if c.id != "total"]
    return [(table, row, c) for c in columns if subject.figure((table, row, c)).status is Status.NUMBER]


def figures_in_words(subject: Subject, cells: tuple[CellId, ...]) -> str:
    """`表二“（七）总计”行“总计”列`, or what the cells of a sum are together."""
    if len(cells) <= MOST_NAMED:
        return "与".join(subject.cell_label(cell) for cell in cells) + ("之和" if len(cells) > 1 else "")
    table = subject.form.table(cells[0][0])
    rows = tuple(dict.fromkeys(cell[1] for cell in cells))
    named = "、".join(f"“{short(table.row(row).label)}”" for row in rows[:MOST_NAMED])
    if len(rows) <= MOST_NAMED:
        return f"{table.name}{named}行各列之和"
    groups = tuple(dict.fromkeys(table.row(row).group for row in rows))
    label = next((group.label for group in table.groups if groups == (group.id,)), None)
    return f"{table.name}“{label}”各行之和" if label else f"{table.name}{named}等{len(rows)}行之和"


def evidence_of(subject: Subject, claim: Claim, cells: tuple[CellId, ...]) -> tuple[Evidence, ...]:
    """The claim's place first, then the figures."""
    return (*at(claim.place, IN_PROSE, claim.quote), *(subject.evidence(cell) for cell in cells))


OTHERWISE = "正文称“{quote}”，与{figures}（{filed}）不同，与{others}相同，统计口径未说明，建议注明。"
"""What is said where only a less likely reading agrees."""

CONFIRM = ("请更正并统一", "请核实")
"""How an error ends, and how it ends as a warning."""


def compare_all(subject: Subject, rule: str, codes: dict[str, Code], metrics: tuple[str, ...]) -> Iterator[Result]:
    """One result for every metric and section: the first claim that differs, else that it agrees."""
    seen: set[tuple[str, str]] = set()
    pairs = [(claim, compare(subject, claim)) for claim in claims_of(subject, metrics)]
    agreed = {_family(claim) for claim, c in pairs if c is not None and c.agrees and claim.scope is Scope.AREA}
    for claim, compared in pairs:
        if compared is None or (claim.ambiguous and not compared.agrees):
            continue
        if not compared.agrees and _family(claim) in agreed and not _is_of_whole(subject, claim):
            continue
        key = (claim.metric, claim.section) if not compared.agrees else (claim.metric, "")
        if key in seen:
            continue
        seen.add(key)
        code = next(code for begins, code in codes.items() if claim.metric.startswith(begins))
        if compared.agrees:
            yield Passed(rule=rule, code=code.code, scope=claim.metric)
        else:
            yield _differs(subject, rule, code, claim, compared)


def _differs(subject: Subject, rule: str, code: Code, claim: Claim, compared: Compared) -> Result:
    severity = severity_of(subject, code, claim)
    figures, filed = figures_in_words(subject, compared.cells), str(compared.filed)
    told = f"不少于{filed}" if compared.at_least else filed
    message = code.wording.format(quote=inner(claim.quote), figures=figures, filed=told)
    if compared.otherwise is not None:
        severity = Severity.INFO
        others = figures_in_words(subject, tuple(map(to_cell, compared.otherwise)))
        message = OTHERWISE.format(quote=inner(claim.quote), figures=figures, filed=filed, others=others)
    elif severity is Severity.WARNING:
        message = message.replace(*CONFIRM)
    return make_finding(
        rule,
        code,
        subject,
        f"{claim.metric}.{claim.section}",
        places=evidence_of(subject, claim, compared.cells),
        message=message,
        basis=BASIS,
        severity=severity,
        filed=str(claim.value),
        expected=told,
    )


BASIS = "国办公开办函〔2021〕30号附件（四）"
"""内容不准确 is one of the four faults that it names."""


def severity_of(subject: Subject, code: Code, claim: Claim) -> Severity:
    """About so many is asked and not corrected; so is a number of a government that may be its own office's alone."""
    is_sure = claim.precision is Precision.EXACT and _is_of_whole(subject, claim)
    return code.severity if is_sure else Severity.WARNING


def _family(claim: Claim) -> str:
    return claim.metric.split(".")[0]


def _is_of_whole(subject: Subject, claim: Claim) -> bool:
    """县政府办公室收到30件 in a government's report may be a part: silent where the whole is told too."""
    return claim.scope is Scope.AREA or not is_of_area(subject) or _is_township(subject)


def _is_township(subject: Subject) -> bool:
    """It has no bodies below it whose numbers it might leave out."""
    agency = subject.report.agency
    names = [name for name in (agency.name, *agency.as_written) if name]
    return agency.kind == "township" or any(_TOWNSHIP.search(name) for name in names)
