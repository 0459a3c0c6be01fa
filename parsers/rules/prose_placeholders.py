"""A unit in prose stands without its number: 主动公开信息  条."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Severity
from parsers.rules.rule import Code, Result, Rule, Subject, at, inner, make_finding
from parsers.rules.stated import BASIS, IN_PROSE

CODE = Code(code="PLACEHOLDER_NUMBER", severity=Severity.WARNING, wording="正文“{quote}”处缺少数字，请核实并补正。")


def check(subject: Subject) -> Iterator[Result]:
    """prose_placeholders (PLACEHOLDER_NUMBER): 数字应当填写完整，不留空白、下划线或XX。"""
    if not subject.is_judged:
        return
    for number, claim in enumerate(claim for claim in subject.report.claims if claim.metric == "placeholder"):
        yield make_finding(
            "prose_placeholders",
            CODE,
            subject,
            f"placeholder.{claim.section}.{number}",
            places=at(claim.place, IN_PROSE, claim.quote),
            message=CODE.wording.format(quote=inner(" ".join(claim.quote.split()))),
            basis=BASIS,
            filed=claim.quote,
        )


RULE = Rule(
    id="prose_placeholders",
    title="正文数字缺漏",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号附件（四）：“敷衍塞责”。",
    formula="正文计量单位（条、件等）之前应有数字",
    example="主动公开信息　　条",
    passing="主动公开信息36条",
    check=check,
)
