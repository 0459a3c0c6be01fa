"""Section one reports on each of its five parts."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.editions import edition_due
from parsers.model.finding import Attribution, Passed, Severity
from parsers.rules.passages import is_silence_sure, said, section_place, silence_root
from parsers.rules.rule import TRUNCATED, Code, Result, Rule, Subject, at, make_finding
from parsers.text.cues import DISTINCT

CODE = Code(
    code="SUBPART_MISSING",
    severity=Severity.WARNING,
    wording="“总体情况”未报告{parts}，请核实补充。",
)
BASIS = "国办公开办函〔2021〕30号（一）总体情况"

ORDER = ("proactive", "on_request", "information_management", "platform", "supervision")
"""The five in the order in which the notice of 2021 names them."""

FIRST_EDITION = "2021"
"""The sentence that names the five is in the notice of this form."""


def check(subject: Subject) -> Iterator[Result]:
    """overview_parts_present: 国办公开办函〔2021〕30号（一），总体情况主要包括主动公开、依申请公开等五个方面。"""
    due = edition_due(subject.report.year) if subject.report.year else None
    if due is None or due.id != FIRST_EDITION or not is_silence_sure(subject, "overview"):
        return
    text = said(subject, "overview")
    parts = subject.report.sections["overview"].parts
    missing = [name for name in ORDER if name not in parts and not DISTINCT[name].search(text)]
    if not text:
        return
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


RULE = Rule(
    id="overview_parts_present",
    title="总体情况的五个方面是否齐全",
    codes=(CODE,),
    law=(
        "国办公开办函〔2021〕30号（一）：对本机关贯彻落实《条例》情况进行综述，"
        "主要包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障。"
    ),
    formula="按小标题和各方面的常用词查找，不看序号；2021年度起适用",
    example="“总体情况”只写主动公开和依申请公开，没有信息管理、平台建设和监督保障",
    passing="五个方面分五段写，或以“一是……五是……”写在一段之内",
    check=check,
)
