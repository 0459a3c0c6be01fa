"""The text at hand is cut: to be collected again before the agency is told anything about the missing parts."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Attribution, Severity
from parsers.rules.coverage import Gap
from parsers.rules.rule import TRUNCATED, Code, Result, Rule, Subject, at, make_finding, short

CODE = Code(code=TRUNCATED, severity=Severity.ERROR, wording="（内部）原文不完整，需重新采集。")


def check(subject: Subject) -> Iterator[Result]:
    """source_truncated: 统一格式“内容……不能遗漏”的判断以完整原文为前提；原文残缺时先重新采集。"""
    if subject.is_judged:
        for gap in subject.gaps:
            place = gap.before.place if gap.before else None
            yield make_finding(
                "source_truncated",
                CODE,
                subject,
                gap.missing[0],
                places=at(place, _around(gap)),
                message=f"（内部）原文不完整：{_around(gap)}，缺少{len(gap.missing)}项（{_names(gap)}），需重新采集。",
                basis="国办公开办函〔2021〕30号：内容不能遗漏，也不宜泛化",
                attribution=Attribution.EXTRACTION,
            )


def _around(gap: Gap) -> str:
    start = f"“{short(gap.before.label)}”之后中断" if gap.before else "开头缺失"
    return start + (f"，到“{short(gap.after.label)}”才恢复" if gap.after else "，直至文末")


def _names(gap: Gap) -> str:
    first, last = short(gap.labels[0]), short(gap.labels[-1])
    return first if first == last else f"从“{first}”到“{last}”"


RULE = Rule(
    id="source_truncated",
    title="原文是否完整",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号：“……不能遗漏，也不宜泛化”。",
    formula="格式各要素按顺序排列，若一段连续缺失跨过标题并切断表格，即判为原文残缺",
    example="表一在第（五）项表头后中断，到表二“（一）予以公开”才恢复",
    passing="六个标题、三张表格从头到尾连续可见；缺了整个“五、存在的主要问题及改进情况”而表格完整，按缺少部分处理，不算残缺",
    check=check,
)
