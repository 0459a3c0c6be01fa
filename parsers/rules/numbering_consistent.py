"""Numbers of one list have brackets of one kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Confidence, Evidence, Severity
from parsers.rules.prose import Prose
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding

CODE = Code(
    code="PUNCT_INCONSISTENT",
    severity=Severity.INFO,
    wording="序号括号半角、全角混用（“{first}”“{second}”），建议统一为全角。",
)
BASIS = "GB/T 15834—2011"

_NUMBER = re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]")


def check(subject: Subject) -> Iterator[Result]:
    """numbering_consistent: GB/T 15834—2011，标点符号用法；同一层次的序号写法一致。"""
    if not subject.is_to_the_letter:
        return
    found = [place for prose in subject.prose if prose.id != "preamble" for place in _mixed(prose)]
    if not found:
        return
    first, second = found[0], found[1]
    yield make_finding(
        "numbering_consistent",
        CODE,
        subject,
        "numbering",
        places=tuple(found),
        message=CODE.wording.format(first=first.raw, second=second.raw),
        basis=BASIS,
        confidence=Confidence.MEDIUM,
    )


def _mixed(prose: Prose) -> list[Evidence]:
    """The first number of each kind, where a section begins its items with several kinds."""
    kinds: dict[str, Evidence] = {}
    for match in _NUMBER.finditer(prose.text):
        if _begins_item(prose, match.start()):
            kinds.setdefault(match[0][0] + match[0][-1], prose.evidence(match.start(), match.end()))
    return list(kinds.values()) if len(kinds) > 1 else []


def _begins_item(prose: Prose, offset: int) -> bool:
    return prose.begins_line(offset) or prose.text[offset - 1] in "。；：;:"


RULE = Rule(
    id="numbering_consistent",
    title="序号标点是否统一",
    codes=(CODE,),
    law="GB/T 15834—2011《标点符号用法》。",
    formula="同一部分内各段开头的“（一）”“(一)”写法一致",
    example="“(一)存在问题……（二）改进情况……”",
    passing="“（一）存在问题……（二）改进情况……”",
    check=check,
)
