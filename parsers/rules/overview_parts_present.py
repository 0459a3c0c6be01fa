"""Section one reports on each of its five parts."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.editions import edition_due
from parsers.model.finding import Attribution, Passed, Severity
from parsers.model.report import Section
from parsers.rules.passages import FIVE, is_silence_sure, said, section_place, silence_root
from parsers.rules.rule import TRUNCATED, Code, Result, Rule, Subject, at, make_finding
from parsers.text.cues import PRESENT, to_statements, to_work

CODE = Code(
    code="SUBPART_MISSING",
    severity=Severity.WARNING,
    wording="“总体情况”未报告{parts}，请核实补充。",
)
BASIS = "国办公开办函〔2021〕30号（一）总体情况"

STRUCTURED = 3
"""So many headings of parts show that the text is written part by part."""

FIRST_EDITION = "2021"
"""The sentence that names the five is in the notice of this form."""


def check(subject: Subject) -> Iterator[Result]:
    """overview_parts_present: 国办公开办函〔2021〕30号（一），总体情况主要包括主动公开、依申请公开等五个方面。"""
    due = edition_due(subject.report.year) if subject.report.year else None
    if due is None or due.id != FIRST_EDITION or not is_silence_sure(subject, "overview"):
        return
    section = subject.report.sections["overview"]
    if not said(subject, "overview"):
        return
    missing = _missing(section)
    if not missing:
        yield Passed(rule="overview_parts_present", code=CODE.code, scope="overview")
        return
    root = silence_root(subject)
    names = {spec.id: spec.name for spec in subject.form.parts}
    yield make_finding(
        "overview_parts_present",
        CODE,
        subject,
        "section.overview",
        places=at(section_place(subject, "overview"), "一、总体情况"),
        message=CODE.wording.format(parts="、".join(names[name] for name in missing)),
        basis=BASIS,
        attribution=Attribution.EXTRACTION if root == TRUNCATED else Attribution.FILED,
        root_cause=root,
    )


def _missing(section: Section) -> list[str]:
    """Parts that neither a heading names nor any word shows.

    In a text with headings a part may stand under one that we do not know, or in the opening, but not inside another
    part; in a text without, it may stand anywhere.
    """
    text = section.text
    if len(section.parts) >= STRUCTURED:
        for part in section.parts.values():
            text = text.replace(part.text, "") if part.text else text
    prose = to_work(to_statements(text))
    return [name for name in FIVE if name not in section.parts and not PRESENT[name].search(prose)]


RULE = Rule(
    id="overview_parts_present",
    title="总体情况的五个方面是否齐全",
    codes=(CODE,),
    law=(
        "国办公开办函〔2021〕30号（一）：对本机关贯彻落实《条例》情况进行综述，"
        "主要包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障。"
    ),
    formula="按小标题查找，不看序号；没有小标题的，按各方面的常用词查找；2021年度起适用",
    example="“总体情况”只写主动公开和依申请公开，没有信息管理、平台建设和监督保障",
    passing="五个方面分五段写，或以“一是……五是……”写在一段之内",
    check=check,
)
