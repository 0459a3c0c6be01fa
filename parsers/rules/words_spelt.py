"""Words are spelt as they should be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from parsers.model.finding import Confidence, Evidence, Severity
from parsers.rules.prose import Prose
from parsers.rules.rule import Code, Result, Rule, Subject, inner, make_finding
from parsers.sections.naming import NAME_MISMATCH
from parsers.text.typos import Typo, text_to_typos
from parsers.text.wordings import Found, text_to_spellings

CODE = Code(code="TYPO", severity=Severity.WARNING, wording="“{found}”疑为错别字，请核实，建议改为“{expected}”。")
MINOR = "“{found}”建议改为“{expected}”。"
BASIS = "文字规范"

Slip: TypeAlias = tuple[str, str, Severity]
"""What is found, what is expected, and how much it matters."""


def check(subject: Subject) -> Iterator[Result]:
    """words_spelt: 国办公开办函〔2021〕30号（四），发布内容应当准确。"""
    if not subject.is_to_the_letter:
        return
    places: dict[Slip, list[Evidence]] = {}
    for prose in subject.prose:
        told = text_to_spellings(prose.text)
        for slip, place in (*_spellings(prose, told), *_typos(subject, prose, told)):
            places.setdefault(slip, []).append(place)
    for (found, expected, severity), evidence in places.items():
        is_minor = severity is Severity.INFO
        yield make_finding(
            "words_spelt",
            CODE,
            subject,
            f"spelling.{expected}.{found}",
            places=tuple(evidence),
            message=(MINOR if is_minor else CODE.wording).format(found=inner(found), expected=inner(expected)),
            basis=BASIS,
            severity=severity,
            confidence=Confidence.HIGH if is_minor else Confidence.MEDIUM,
            filed=found,
            expected=expected,
        )


def _spellings(prose: Prose, told: tuple[Found, ...]) -> Iterator[tuple[Slip, Evidence]]:
    for found in told:
        severity = Severity.INFO if found.wording.minor else Severity.WARNING
        slip = (prose.text[found.start : found.end], found.wording.right, severity)
        yield slip, prose.evidence(found.start, found.end)


def _typos(subject: Subject, prose: Prose, told: tuple[Found, ...]) -> Iterator[tuple[Slip, Evidence]]:
    for typo in text_to_typos(prose.text):
        is_told = any(found.start < typo.end and typo.start < found.end for found in told)
        if not is_told and not _is_ours(subject, prose, typo):
            yield (typo.found, typo.expected, Severity.WARNING), prose.evidence(typo.start, typo.end)


def _is_ours(subject: Subject, prose: Prose, typo: Typo) -> bool:
    """Over a line's end of a text that is cut, a character may have been lost on its way to us."""
    crosses = prose.line_at(typo.start) != prose.line_at(typo.end - 1)
    is_in_doubt = any(problem.code != NAME_MISMATCH for problem in subject.report.problems)
    return crosses and (bool(subject.gaps) or is_in_doubt)


RULE = Rule(
    id="words_spelt",
    title="有无错别字",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号（四）：发布内容应当准确。",
    formula="与五字以上的规范用语差一字（缺、重、错、颠倒）且留下不成词的字；或者常见错别字（parsers/text/lexicon）",
    example="“市政基础施建设项目”",
    passing="“市政基础设施建设项目”“注重行政决策”",
    check=check,
)
