"""Where the year's work points are cited, their fulfilment is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Confidence, Severity
from parsers.rules.passages import is_read, said, said_anywhere, section_place, silence_root
from parsers.rules.rule import Code, Result, Rule, Subject, at, inner, make_finding

CODE = Code(
    code="WORK_POINTS_NOT_REPORTED",
    severity=Severity.INFO,
    wording="报告引用了“{points}”，未说明落实情况；如当地要求报告，建议在“其他需要报告的事项”中说明。",
)

_CITED = re.compile(r"《([^》]{0,30}公开[^》]{0,6}要点[^》]{0,10})》")
_FULFILLED = re.compile(
    r"(?:落实|完成|细化|分解|推进|制定|印发|出台|对照|台账|贯彻|执行|围绕)[^。;,]{0,40}要点"
    r"|要点[》”]?[^。;,]{0,30}(?:落实|完成|分解|细化|台账|分工|办结)"
)


def check(subject: Subject) -> Iterator[Result]:
    """work_points_reported: 各地对落实年度政务公开工作要点情况的报告要求；引用而不说明的提示。"""
    if not subject.is_judged or silence_root(subject) or not is_read(subject, "other"):
        return
    text = said_anywhere(subject)
    cited = _CITED.search(text)
    if cited is None or _FULFILLED.search(text) or "要点" in said(subject, "other"):
        return
    yield make_finding(
        "work_points_reported",
        CODE,
        subject,
        "section.other",
        places=at(section_place(subject, "other"), "六、其他需要报告的事项", cited[1]),
        message=CODE.wording.format(points=inner(cited[1])),
        basis="各地年度政务公开工作要点",
        confidence=Confidence.LOW,
    )


RULE = Rule(
    id="work_points_reported",
    title="工作要点的落实情况是否说明",
    codes=(CODE,),
    law="（提示）部分地区要求在“其他需要报告的事项”中报告当年政务公开工作要点的落实情况。",
    formula="正文引用了书名号内的年度工作要点，而全文没有写它的落实、分解或完成情况",
    example="总体情况写“根据《某市2021年政务公开工作要点》等文件精神”，第六部分写“无”",
    passing="“落实《某市2021年政务公开工作要点》，分解任务12项，均已完成”",
    check=check,
)
