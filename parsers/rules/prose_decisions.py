"""Documents and decisions in prose beside table 1. What was published may be less than what was decided."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Severity
from parsers.rules.rule import Code, Result, Rule, Subject
from parsers.rules.stated import compare_all

_WORDING = "正文称“{quote}”，与{figures}（{filed}）不一致，请核实。"
CODES = tuple(
    Code(code=code, severity=Severity.WARNING, wording=_WORDING) for code in ("N_NORMDOC", "N_LICENSING", "N_PENALTY")
)
_NORMDOC, _LICENSING, _PENALTY = CODES
BY_METRIC = {
    "documents.": _NORMDOC,
    "regulations.": _NORMDOC,
    "licensing.": _LICENSING,
    "penalty.": _PENALTY,
    "coercion.": _PENALTY,
}


def check(subject: Subject) -> Iterator[Result]:
    """prose_decisions (N_NORMDOC, N_LICENSING, N_PENALTY): 内容应当准确，正文与表一的件数应当一致；公开件数不比较。"""
    yield from compare_all(subject, "prose_decisions", BY_METRIC, tuple(BY_METRIC))


RULE = Rule(
    id="prose_decisions",
    title="正文文件、许可、处罚件数与表一",
    codes=CODES,
    law="国办公开办函〔2021〕30号附件（四）：对“发布内容不准确不全面”等问题严肃追究责任。",
    formula="正文所称规范性文件制发、废止、现行有效件数和行政许可、行政处罚、行政强制件数 = 表一相应各格",
    example="正文称“制发行政规范性文件8件”，表一填报4",
    passing="正文称“制发行政规范性文件4件”，表一填报4",
    check=check,
)
