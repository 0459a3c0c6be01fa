"""Things are called what the law calls them."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Confidence, Evidence, Severity
from parsers.rules.rule import Code, Result, Rule, Subject, inner, make_finding
from parsers.text.wordings import Wording, text_to_terms

CODE = Code(code="TERM_IMPRECISE", severity=Severity.INFO, wording="“{found}”建议改为“{expected}”。")
BASIS = "用语规范"


def check(subject: Subject) -> Iterator[Result]:
    """terms_precise: 用语与条例、国办函〔2020〕109号等文件的用语一致。"""
    if not subject.is_to_the_letter:
        return
    places: dict[str, list[Evidence]] = {}
    wordings: dict[str, Wording] = {}
    for prose in subject.prose:
        for found in text_to_terms(prose.text):
            wordings[found.wording.id] = found.wording
            places.setdefault(found.wording.id, []).append(prose.evidence(found.start, found.end))
    for name, evidence in places.items():
        expected = wordings[name].right
        quotes = "”“".join(dict.fromkeys(inner(place.raw or "") for place in evidence))
        yield make_finding(
            "terms_precise",
            CODE,
            subject,
            f"term.{name}",
            places=tuple(evidence),
            message=CODE.wording.format(found=quotes, expected=inner(expected)),
            basis=BASIS,
            confidence=Confidence.MEDIUM,
            filed=evidence[0].raw,
            expected=expected,
        )


RULE = Rule(
    id="terms_precise",
    title="用语是否准确",
    codes=(CODE,),
    law="条例、《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）等文件的用语。",
    formula="与用语表（parsers/text/lexicon/wordings.toml）对照",
    example="“本年度没有产生信息公开处理费”“收到依申请公开信息60件”",
    passing="“本年度没有产生信息处理费”“收到政府信息公开申请60件”",
    check=check,
)
