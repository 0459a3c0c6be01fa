"""Reports of one body for one year: another upload that says otherwise, and an earlier one that was corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.across.pair import Pair
from parsers.editions.equations import to_cell
from parsers.model.across import CellChange, Correction, Neighbour
from parsers.model.finding import Confidence, Finding, Passed, Severity
from parsers.model.report import Report, Tables
from parsers.rules.rule import Code, Result, make_finding

CODE = Code(
    code="MULTI_VERSION",
    severity=Severity.WARNING,
    wording="贵单位{year}年报告有数据不一致的两个版本（“{a}”与“{b}”，{n}处不同，如{cell}：{x}与{y}），请核实，统一并说明。",
)
CODES = (CODE,)


def compare_versions(pair: Pair) -> Iterator[Result]:
    """Two uploads of one body and year under two keys, cell by cell."""
    changed = _changed(pair.others.report.tables, pair.own.report.tables) if pair.is_same_form else ()
    scope = f"{pair.other.report.year}.{pair.other.compared.key}"
    if not changed:
        if pair.is_same_form:
            yield Passed(rule="one_version", code=CODE.code, scope=scope)
        return
    cell = to_cell(changed[0].figure)
    yield make_finding(
        "one_version",
        CODE,
        pair.own,
        scope,
        places=(pair.own.evidence(cell), pair.others_evidence(cell)),
        message=CODE.wording.format(
            year=pair.own.report.year,
            a=pair.own_key,
            b=pair.other.compared.key,
            n=len(changed),
            cell=pair.own.cell_label(cell),
            x=changed[0].after or "空白",
            y=changed[0].before or "空白",
        ),
        basis="国办公开办函〔2021〕30号（四）：发布内容不准确",
        confidence=Confidence.MEDIUM,
        filed=changed[0].after,
    )


def to_correction(report: Report, findings: tuple[Finding, ...], earlier: Sequence[Neighbour]) -> Correction:
    """What became of the earlier submissions' findings; by fingerprint, so that a moved line changes nothing."""
    before = {f.fingerprint for one in earlier for f in one.findings if f.is_agencys}
    changed = {change.figure: change for one in earlier for change in _changed(one.report.tables, report.tables)}
    after = {f.fingerprint for f in findings if f.is_agencys}
    return Correction(
        closed=tuple(sorted(before - after)),
        remaining=tuple(sorted(before & after)),
        new=tuple(sorted(after - before)),
        cells=tuple(changed[figure] for figure in _figures(report.tables) if figure in changed),
    )


def _figures(tables: Tables) -> Iterator[str]:
    """Every figure in the order of the form."""
    for table, rows in tables.items():
        for row, figures in rows.items():
            yield from (f"{table}.{row}.{column}" for column in figures)


def _changed(before: Tables, after: Tables) -> tuple[CellChange, ...]:
    """The cells that hold another value, in the order of the form; a cell that one of them lacks is no change."""
    return tuple(
        CellChange(figure=f"{table}.{row}.{column}", before=before[table][row][column].raw, after=figure.raw)
        for table, rows in after.items()
        for row, figures in rows.items()
        for column, figure in figures.items()
        if column in before.get(table, {}).get(row, {})
        and (before[table][row][column].value, before[table][row][column].status) != (figure.value, figure.status)
    )
