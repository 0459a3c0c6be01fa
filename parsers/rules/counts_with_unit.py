"""A number in the text says what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Confidence, Severity
from parsers.rules.rule import Code, Result, Rule, Subject, inner, make_finding

CODE = Code(code="UNIT_MISSING", severity=Severity.INFO, wording="“{quote}”缺少计量单位，建议写为“{expected}”。")
BASIS = "文字规范"

_BARE = re.compile(
    r"(?:申请|办理|答复|办结|受理|收到|公开|发布|结转|新收)[^，。；,;0-9]{0,8}"
    r"(?:数量|总数|总量)(?:共|共计)?(?:为|是|[:：])?[1-9][0-9]*(?=[，。；、,;）)])"
)
"""收到申请数量为2，: a count, and nothing behind it. 件数 has the unit in itself."""


def check(subject: Subject) -> Iterator[Result]:
    """counts_with_unit: 数量应当写明计量单位。"""
    if not subject.is_to_the_letter:
        return
    places = [
        prose.evidence(match.start(), match.end())
        for prose in subject.prose
        if prose.id != "preamble"
        for match in _BARE.finditer(prose.text)
    ]
    if not places:
        return
    quote = inner(places[0].raw or "")
    unit = "条" if re.match("公开|发布", quote) else "件"
    yield make_finding(
        "counts_with_unit",
        CODE,
        subject,
        "unit",
        places=tuple(places),
        message=CODE.wording.format(quote=quote, expected=quote + unit),
        basis=BASIS,
        confidence=Confidence.MEDIUM,
        filed=places[0].raw,
    )


RULE = Rule(
    id="counts_with_unit",
    title="数量是否有单位",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号附件：数量以件计。",
    formula="“……数量为n”之后紧接标点而没有“件”“条”等单位",
    example="“收到依申请公开申请数量为2，办理数量为2”",
    passing="“收到政府信息公开申请数量为2件”",
    check=check,
)
