"""Section one tells facts of this agency and this year, not what could stand in any report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Confidence, Severity
from parsers.rules.passages import is_read, section_place
from parsers.rules.rule import Code, Result, Rule, Subject, at, make_finding
from parsers.text.cues import to_prose

CODE = Code(
    code="GENERIC_TEXT",
    severity=Severity.WARNING,
    wording="“总体情况”缺少本单位年度工作事实和数据，请核实补充。",
)
BASIS = "国办公开办函〔2021〕30号（四）明确责任"

MOST_PARTS = 3
"""So many of the five parts without any fact of one's own are too many (domain.md 6.2, rule 37)."""

_FACT = re.compile(
    r"\d|[一二三四五六七八九十两百]+[件条次个场期篇份项人家]|《[^》]+》|“[^”]{3,}”"
    r"|本[局委办厅处院站镇乡县区市街]|我[局委办厅处院站镇乡县区市街省]|[\u4e00-\u9fff]{2}(?:局|镇|街道|乡)(?!部门)"
)
"""A number, a title, a name in quotes, the agency itself."""

_ANYWHERE = re.compile(
    r"(?:部分|一些|不少|许多|多数|大部分|有的)(?:地区|地方|部门|省份|省市)|各级政府部门|各地(?:区)?各部门|多数部门|我国|全国各地"
)
"""Words of somebody who writes about the whole country."""


def check(subject: Subject) -> Iterator[Result]:
    """own_facts: 国办公开办函〔2021〕30号（四），敷衍塞责等问题；总体情况应写本单位当年的工作。"""
    if not subject.is_judged or not is_read(subject, "overview"):
        return
    section = subject.report.sections["overview"]
    empty = [part for part in section.parts.values() if not _FACT.search(to_prose(part.text))]
    scope = _ANYWHERE.search(to_prose(section.text))
    if len(empty) < MOST_PARTS or scope is None:
        return
    yield make_finding(
        "own_facts",
        CODE,
        subject,
        "section.overview",
        places=at(section_place(subject, "overview"), "一、总体情况", scope[0]),
        message=CODE.wording,
        basis=BASIS,
        confidence=Confidence.MEDIUM,
    )


RULE = Rule(
    id="own_facts",
    title="总体情况是否写本单位的事实",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号（四）：发布内容不准确不全面或者内容雷同、敷衍塞责等问题。",
    formula="五个方面中三个以上没有数字、文件名和本单位的称谓，并且出现“部分地区”“多数部门”等泛指全国的用语，两个条件同时具备",
    example="“多数部门能在法定时限内答复，部分地区还开通了在线申请平台”，五个方面都没有一个数字",
    passing="“我局全年收到申请25件，均按时答复”；或者没有数字，但写的是本单位的做法",
    check=check,
)
