"""What the report names as its basis is in force and named in full."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Confidence, Evidence, Passed, Severity
from parsers.model.report import SectionStatus
from parsers.model.value import Value
from parsers.rules.prose import Prose
from parsers.rules.rule import OUTDATED, Code, Result, Rule, Subject, at, inner, make_finding

OUTDATED_BASIS = Code(
    code="BASIS_OUTDATED",
    severity=Severity.INFO,
    wording="编制依据“{quote}”已被{successor}替代，建议更新。",
)
INCOMPLETE = Code(
    code="BASIS_CITATION_INCOMPLETE",
    severity=Severity.INFO,
    wording="编制依据引用不完整：{missing}，建议补全。",
)
NAMELESS = "引用格式通知缺少“关于印发”"
WITHOUT_LAW = "未引用《中华人民共和国政府信息公开条例》"


class Replaced(Value):
    """A document that another has replaced: how it is cited, and from which report year its use is out of date.

    `beside` is how the other is cited: where both are named, the old one is history.
    """

    words: re.Pattern[str]
    successor: str
    first_year: int
    beside: re.Pattern[str]


_OPEN, _CLOSE = r"[〔\[［(（【﹝]", r"[〕\]］)）】﹞]"
REPLACED = (
    Replaced(
        words=re.compile(rf"国办公开办函{_OPEN}2019{_CLOSE}第?60号"),
        successor="国办公开办函〔2021〕30号",
        first_year=2021,
        beside=re.compile(rf"{_OPEN}2021{_CLOSE}第?30号"),
    ),
    Replaced(
        words=re.compile(r"国务院令?第?492号令?"),
        successor="修订后的《中华人民共和国政府信息公开条例》（国务院令第711号）",
        first_year=2019,
        beside=re.compile("711号"),
    ),
    Replaced(
        words=re.compile(rf"国办发{_OPEN}2014{_CLOSE}第?32号"),
        successor="国办公开办函〔2021〕30号",
        first_year=2021,
        beside=re.compile(rf"{_OPEN}2021{_CLOSE}第?30号"),
    ),
)
_NAMELESS = re.compile(r"(?<!关于印发)[《〈](?:中华人民共和国)?政府信息公开工作年度报告格式[^》〉]{0,8}[》〉]的通知")
_LAW = re.compile("[条條]例")
"""The law, by whatever name and script."""


def check(subject: Subject) -> Iterator[Result]:
    """basis_in_force: 条例（国务院令第711号）、国办公开办函〔2021〕30号为现行依据。"""
    report = subject.report
    if not subject.is_judged or report.year is None or report.sections["overview"].status is not SectionStatus.PRESENT:
        return
    found = [*_outdated(subject), *_incomplete(subject)]
    yield from found
    if not found:
        yield Passed(rule="basis_in_force", code=OUTDATED_BASIS.code, scope="basis")


def _outdated(subject: Subject) -> Iterator[Result]:
    for replaced in REPLACED:
        if (subject.report.year or 0) < replaced.first_year or _first(subject, replaced.beside):
            continue
        cited = _first(subject, replaced.words)
        if cited is None:
            continue
        yield make_finding(
            "basis_in_force",
            OUTDATED_BASIS,
            subject,
            f"basis.{replaced.successor}",
            places=(cited,),
            message=OUTDATED_BASIS.wording.format(quote=inner(cited.raw or ""), successor=replaced.successor),
            basis=replaced.successor,
            filed=cited.raw,
            root_cause=OUTDATED if subject.is_outdated else None,
        )


def _incomplete(subject: Subject) -> Iterator[Result]:
    nameless = _first(subject, _NAMELESS)
    is_lawless = _first(subject, _LAW) is None and not subject.gaps and not subject.is_flattened
    missing = [*([NAMELESS] if nameless else ()), *([WITHOUT_LAW] if is_lawless else ())]
    if not missing:
        return
    section = subject.report.sections["overview"]
    yield make_finding(
        "basis_in_force",
        INCOMPLETE,
        subject,
        "basis.citation",
        places=(nameless,) if nameless else at(section.place, section.heading or "一、总体情况"),
        message=INCOMPLETE.wording.format(missing="；".join(missing)),
        basis="国办公开办函〔2021〕30号",
        confidence=Confidence.MEDIUM,
        root_cause=OUTDATED if subject.is_outdated else None,
    )


def _first(subject: Subject, words: re.Pattern[str]) -> Evidence | None:
    found: Iterator[tuple[Prose, re.Match[str] | None]] = ((prose, words.search(prose.text)) for prose in subject.prose)
    return next((prose.evidence(match.start(), match.end()) for prose, match in found if match), None)


RULE = Rule(
    id="basis_in_force",
    title="编制依据是否现行、完整",
    codes=(OUTDATED_BASIS, INCOMPLETE),
    law="国务院令第711号修订《政府信息公开条例》，2019年5月15日起施行；国办公开办函〔2021〕30号印发修订后的格式。",
    formula="2021年度起不再单独引用〔2019〕60号，2019年度起不再引用第492号令；引用格式写全“关于印发《……》的通知”，并引用条例",
    example="2022年度报告写“根据……通知（国办公开办函〔2019〕60号）的要求”",
    passing="“根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号要求”",
    check=check,
)
