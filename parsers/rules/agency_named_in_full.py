"""Title, text and signature name the agency by one name, in full."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Confidence, Evidence, Passed, Severity
from parsers.rules.rule import Code, Result, Rule, Subject, at, inner, make_finding
from parsers.sections.title import title_to_agency
from parsers.text.fold import squeeze

CODE = Code(
    code="AGENCY_NAME_NOT_STANDARD",
    severity=Severity.INFO,
    wording="“{short}”与“{full}”写法不一，建议使用规范全称。",
)
BASIS = "GB/T 9704—2012 第7.2.4条"

_PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|市|地区|盟))?(?:[\u4e00-\u9fff]{1,8}?(?:县|区|市|旗|州))?"
)
"""What an agency's name begins with: the places, the last of them its own."""

_ENDINGS = "局委办厅室会"
MOST_SHORT = 5
"""A short name's middle has so many characters at most: 市住建局, 市市场监管局."""


def check(subject: Subject) -> Iterator[Result]:
    """agency_named_in_full: GB/T 9704—2012，机关名称应当使用规范化全称或者规范化简称。"""
    report = subject.report
    full = report.agency.name
    if not subject.is_judged or full is None or subject.is_recognised:
        return
    titled = title_to_agency(squeeze(report.title or ""))
    places = (*_in_title(subject, titled, full), *_in_text(subject, full))
    if not places:
        yield Passed(rule="agency_named_in_full", code=CODE.code, scope="agency")
        return
    yield make_finding(
        "agency_named_in_full",
        CODE,
        subject,
        "agency.name",
        places=places,
        message=CODE.wording.format(short=inner(places[0].raw or ""), full=inner(_longer(full, titled))),
        basis=BASIS,
        confidence=Confidence.MEDIUM,
        filed=places[0].raw,
        expected=_longer(full, titled),
    )


def _longer(full: str, titled: str | None) -> str:
    """The title may have the full name, and the signature the short one."""
    return titled if titled is not None and is_short_for(full, titled) else full


def _in_title(subject: Subject, titled: str | None, full: str) -> Iterator[Evidence]:
    """The short one of the two: where the signature has it, there."""
    if titled is None:
        return
    core = full.removeprefix(_place(full))
    if is_short_for(full, titled):
        signed = next((line for line in subject.report.signature if squeeze(line.text) == full), None)
        yield from at(signed.place if signed else None, "落款", full)
    elif is_short_for(titled, full) or (core and is_short_for(titled, core)):
        yield from at(subject.report.titled[0].place if subject.report.titled else None, "标题", titled)


def is_short_for(short: str, full: str) -> bool:
    """Are characters inside the name left out (住建局 for 住房和城乡建设局)? Places left out before it are not.

    Nor is what is added behind it another office's name.
    """
    if full.endswith(short) or full.startswith(short) or short[0] + short[-1] != full[0] + full[-1]:
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def _place(full: str) -> str:
    match = _PLACE.match(full)
    return match[0] if match else ""


def _in_text(subject: Subject, full: str) -> Iterator[Evidence]:
    """The agency's own place and a short name: 市住建局 where 株洲市住房和城乡建设局 signs."""
    place = _place(full)
    core = full.removeprefix(place)
    if not place or len(core) <= MOST_SHORT or core[-1] not in _ENDINGS:
        return
    words = re.compile(rf"{place[-1]}({core[0]}[\u4e00-\u9fff]{{1,{MOST_SHORT - 1}}}?{core[-1]})")
    for prose in subject.prose:
        for found in words.finditer(prose.text):
            is_declared = f"简称{found[0]}" in prose.text or f"简称“{found[0]}" in prose.text
            if found[1] not in core and is_short_for(found[1], core) and not is_declared:
                yield prose.evidence(found.start(), found.end())
                return


RULE = Rule(
    id="agency_named_in_full",
    title="单位名称是否规范",
    codes=(CODE,),
    law="GB/T 9704—2012 第7.2.4条：发文机关标志使用发文机关全称或者规范化简称。",
    formula="标题、正文、落款中的单位名称一致；省去上级地名不算，省去名称中间的字算",
    example="标题写“铜官区住建局”，落款写“铜官区住房和城乡建设局”",
    passing="标题写“铜陵市铜官区住房和城乡建设局”，落款写“铜官区住房和城乡建设局”",
    check=check,
)
