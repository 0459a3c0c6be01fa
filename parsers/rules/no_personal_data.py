"""The report tells nothing about single applicants: no identity number, no private telephone, no name."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Confidence, Evidence, Severity
from parsers.rules.prose import Prose
from parsers.rules.rule import Code, Result, Rule, Subject, make_finding
from parsers.text.persons import text_to_persons

CODE = Code(
    code="PERSONAL_DATA",
    severity=Severity.ERROR,
    wording="报告含个人信息（{kinds}），请立即处理并更正后重新发布。",
)
BASIS = "《条例》第十五条"


def check(subject: Subject) -> Iterator[Result]:
    """no_personal_data: 条例第十五条，涉及个人隐私等公开会对第三方合法权益造成损害的政府信息，不得公开。"""
    if not subject.is_judged:
        return
    found = [pair for prose in subject.prose for pair in _in_prose(prose)]
    if not found:
        return
    kinds = tuple(dict.fromkeys(kind for kind, _ in found))
    yield make_finding(
        "no_personal_data",
        CODE,
        subject,
        "persons",
        places=tuple(evidence for _, evidence in found),
        message=CODE.wording.format(kinds="、".join(kinds)),
        basis=BASIS,
        confidence=Confidence.HIGH if "身份证号码" in kinds else Confidence.MEDIUM,
    )


def _in_prose(prose: Prose) -> Iterator[tuple[str, Evidence]]:
    """What is found, quoted masked: a finding must not publish it once more."""
    for person in text_to_persons(prose.text):
        yield person.kind, prose.evidence(person.start, person.end, raw=person.masked)


RULE = Rule(
    id="no_personal_data",
    title="是否泄露个人信息",
    codes=(CODE,),
    law="条例第十五条：涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开。",
    formula="校验位正确的身份证号码；申请人等语境中的手机号码、姓名（单位联系方式除外）；引用时隐去",
    example="“申请人张××，身份证号3×××××××××××××××××”（实际报告中未隐去）",
    passing="“联系电话：0731-12345678”“申请人张某某”",
    check=check,
)
