"""An office that normally collects a statutory fee reports none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Confidence, Severity
from parsers.model.report import Figure, Status
from parsers.rules.passages import said_anywhere
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding
from parsers.text.cues import to_prose

CODE = Code(
    code="FEE_PLAUSIBILITY",
    severity=Severity.INFO,
    wording="表一“行政事业性收费”填报“{raw}”，贵单位承担{duty}职责，通常收取{fee}，请核对全年是否确无收费。",
)

CELL = ("proactive", "administrative_fee", "amount_wan_yuan")

_COLLECTORS = (
    (
        "人民防空",
        "防空地下室易地建设费",
        re.compile(r"人民防空|人防办|国防动员办"),
        re.compile(r"局\((?:[\u4e00-\u9fff,]{0,12})(?:人防办|人民防空办公室|国防动员办公室)\)"),
    ),
)
"""Duty, fee, the office's own name, and how a bureau writes that it is that office too: 市住建局（市人防办）."""


def check(subject: Subject) -> Iterator[Result]:
    """fees_plausible: 国办公开办函〔2021〕30号附件表一“行政事业性收费”；职责与收费对照，仅作提示。"""
    figure = subject.report.tables.get(CELL[0], {}).get(CELL[1], {}).get(CELL[2])
    if not subject.is_judged or figure is None or not _is_none(figure):
        return
    text = said_anywhere(subject)
    names = to_prose("\n".join((subject.report.title or "", *subject.report.agency.as_written)))
    for duty, fee, name, beside in _COLLECTORS:
        if fee in text or not (name.search(names) or beside.search(text)):
            continue
        yield make_finding(
            "fees_plausible",
            CODE,
            subject,
            f"{'.'.join(CELL)}.{duty}",
            places=(subject.evidence(CELL),),
            message=CODE.wording.format(raw=figure.raw, duty=duty, fee=fee),
            basis=subject.form.table(CELL[0]).clause,
            confidence=Confidence.LOW,
            filed=figure.raw,
        )


def _is_none(figure: Figure) -> bool:
    """Filed as 0, or as a word that says so."""
    if figure.status is Status.NUMBER:
        return figure.value == 0
    return figure.status is Status.NON_NUMERIC and figure.suggested == 0


RULE = Rule(
    id="fees_plausible",
    title="有收费职责而填报无收费",
    codes=(CODE,),
    law="（提示）国办公开办函〔2021〕30号附件表一“行政事业性收费”。",
    formula="名称或正文自称承担人民防空职责，表一收费为0或“无”，正文没有提到防空地下室易地建设费",
    example="“市住建局（市人防办）”的报告，“行政事业性收费”填“无”",
    passing="同一单位填 1260.35，或正文说明易地建设费由其他单位收取",
    check=check,
)
