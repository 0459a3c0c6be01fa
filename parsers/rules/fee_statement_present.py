"""Section six says what was charged for the handling of information."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Attribution, Passed, Severity
from parsers.rules.passages import is_read, said, said_anywhere, section_place, silence_root
from parsers.rules.rule import TRUNCATED, Code, Result, Rule, Subject, at, make_finding

CODE = Code(
    code="FEE_STATEMENT_MISSING",
    severity=Severity.WARNING,
    wording="“其他需要报告的事项”未说明信息处理费收取情况，请核实补充（未收取的也应说明）。",
)
BASIS = "国办公开办函〔2021〕30号附件第六部分；国办函〔2020〕109号"

FIRST_YEAR = 2021
"""The rules on the fee are of 2020-11-17: reports on 2020 were written without them."""

_ROW = "未按收费通知要求缴纳费用"
"""The form's own row, of which a torn table leaves pieces."""

_ENDED = re.compile(r"(?:[。!;]|无)$")

_IN_PLACE = re.compile(r"费|无偿|收取")
_ELSEWHERE = re.compile(
    r"处理费|收取[^。;]{0,15}费|未收取|免费|不收费|收费(?:通知|情况|及减免)|(?:无|未)[^。;,]{0,4}收费"
)


def check(subject: Subject) -> Iterator[Result]:
    """fee_statement_present: 国办函〔2020〕109号，政府信息公开信息处理费管理办法；第六部分说明收取情况。"""
    report = subject.report
    if report.year is None or report.year < FIRST_YEAR or not _may_be_told(subject):
        return
    here, anywhere = said(subject, "other"), said_anywhere(subject).replace(_ROW, "")
    if _IN_PLACE.search(here) or _ELSEWHERE.search(anywhere):
        yield Passed(rule="fee_statement_present", code=CODE.code, scope="other")
        return
    root = silence_root(subject)
    section = report.sections["other"]
    yield make_finding(
        "fee_statement_present",
        CODE,
        subject,
        "section.other",
        places=at(section_place(subject, "other"), section.heading or "", section.text or None),
        message=CODE.wording,
        basis=BASIS,
        attribution=Attribution.EXTRACTION if root == TRUNCATED else Attribution.FILED,
        root_cause=root,
    )


def _may_be_told(subject: Subject) -> bool:
    """Section six is here and whole: it ends as a sentence ends, or the signature follows. A missing one is told of."""
    is_ended = subject.report.signed_on is not None or _ENDED.search(said(subject, "other")) is not None
    return is_ended and is_read(subject, "other")


RULE = Rule(
    id="fee_statement_present",
    title="是否说明信息处理费",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号附件第六部分：“收取信息处理费情况在此处报告”；国办函〔2020〕109号。",
    formula="第六部分提到收费，或全文任何一处说明信息处理费，即为已说明；2021年度起适用",
    example="“六、其他需要报告的事项”只写“无其他需要报告的事项。”",
    passing="“本年度未发出收费通知，收取信息处理费0元”",
    check=check,
)
