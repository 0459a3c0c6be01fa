"""Each part of section one speaks of what its heading says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from parsers.model.finding import Confidence, Passed, Severity
from parsers.model.report import Part
from parsers.rules.passages import FIVE
from parsers.rules.rule import Code, Result, Rule, Subject, at, make_finding
from parsers.text.cues import DISTINCT, PARTS, to_prose

SWAPPED = Code(
    code="SUBPART_CONTENT_SWAPPED",
    severity=Severity.WARNING,
    wording="“{part}”部分内容与标题不符，请核实调整。",
)
WEAK = Code(
    code="SUBPART_CONTENT_WEAK",
    severity=Severity.WARNING,
    wording="“{part}”部分没有写该方面的内容，请核实补充。",
)
BASIS = "国办公开办函〔2021〕30号（一）总体情况"

CLEARLY = 3
"""So many words of another part show what a text is about; fewer may be passing mentions."""

TIMES = 2
"""…and so many times as many as words of its own."""

FOREIGN = 2
"""So many words of another part, with none of its own, make a part weak."""

LOOSE = (
    ("proactive", "platform"),
    *((name, "supervision") for name in FIVE[:-1]),
)
"""What is published and where, who leads and who reviews: many tell one under the other's heading. A remark only."""

_OPENS = {
    "proactive": re.compile(r"(?:政府信息)?主动公开"),
    "on_request": re.compile(r"(?:政府信息)?依申请公开"),
    "information_management": re.compile(r"(?:政府|政务)?信息管理"),
    "platform": re.compile(r"(?:政府信息公开|信息公开|政务公开)?平台建设"),
    "supervision": re.compile(r"监督保障"),
}
"""A text whose first words are another part's name is about that part."""


def check(subject: Subject) -> Iterator[Result]:
    """parts_hold_their_content: 国办公开办函〔2021〕30号（一），总体情况的五个方面；各写各的内容。"""
    if not subject.is_judged:
        return
    parts = subject.report.sections["overview"].parts
    own = {name: parts[name] for name in FIVE if name in parts and list(parts.values()).count(parts[name]) == 1}
    texts = {name: to_prose(part.text) for name, part in own.items()}
    names = {spec.id: spec.name for spec in subject.form.parts}
    swapped = [pair for pair in combinations(texts, 2) if _is_swapped(texts, *pair)]
    for pair in swapped:
        severity = Severity.INFO if pair in LOOSE else None
        yield _finding(subject, SWAPPED, {n: own[n] for n in pair}, "”“".join(names[n] for n in pair), severity)
    told = {name for pair in swapped for name in pair}
    for name, text in texts.items():
        if name in told:
            continue
        if _opens_otherwise(name, text):
            yield _finding(subject, SWAPPED, {name: own[name]}, names[name], Severity.INFO)
        elif _is_weak(name, text):
            yield _finding(subject, WEAK, {name: own[name]}, names[name])
        else:
            yield Passed(rule="parts_hold_their_content", code=SWAPPED.code, scope=f"overview.{name}")


def _is_swapped(texts: dict[str, str], first: str, second: str) -> bool:
    """Does either text speak of the other's part, and clearly more than of its own?"""
    return _leans(texts[first], first, second) and _leans(texts[second], second, first)


def _leans(text: str, own: str, other: str) -> bool:
    others, owns = len(DISTINCT[other].findall(text)), len(DISTINCT[own].findall(text))
    return others >= CLEARLY and others >= TIMES * owns


def _opens_otherwise(name: str, text: str) -> bool:
    return any(pattern.match(text) for other, pattern in _OPENS.items() if other != name)


def _is_weak(name: str, text: str) -> bool:
    """Not one of the many words of its own, and words of another part."""
    if PARTS[name].search(text):
        return False
    return any(len(DISTINCT[other].findall(text)) >= FOREIGN for other in DISTINCT if other != name)


def _finding(
    subject: Subject, code: Code, parts: dict[str, Part], names: str, severity: Severity | None = None
) -> Result:
    return make_finding(
        "parts_hold_their_content",
        code,
        subject,
        ".".join(("overview", *parts)),
        places=tuple(e for part in parts.values() for e in at(part.place, part.heading, part.text)),
        message=code.wording.format(part=names),
        basis=BASIS,
        confidence=Confidence.MEDIUM,
        severity=severity,
    )


RULE = Rule(
    id="parts_hold_their_content",
    title="总体情况各方面的内容是否与标题相符",
    codes=(SWAPPED, WEAK),
    law="国办公开办函〔2021〕30号（一）：主要包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障。",
    formula=(
        "各方面有各自的常用词：两个方面互相写成对方的内容（对方用词不少于3处且不少于自身的2倍）为互换，"
        "开头即写另一方面的为说明；没有一个自身用词而有另一方面用词的为内容不足"
    ),
    example="“政府信息管理”写的是网站专栏和公开栏，“政府信息公开平台建设”写的是保密审查和审核把关",
    passing="“政府信息管理”写信息审核、保密审查和文件清理，顺带提到网站",
    check=check,
)
