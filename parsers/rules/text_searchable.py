"""The report is text that can be searched and copied, and no picture of it."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.document import Problem
from parsers.model.finding import Passed, Severity
from parsers.model.pictures import RECOGNISED, WITHOUT_TEXT
from parsers.model.source import Kind
from parsers.rules.rule import Code, Result, Rule, Subject, at, make_finding

CODE = Code(
    code="NOT_TEXT",
    severity=Severity.WARNING,
    wording="报告{pages}是图片，不具备检索、查阅、下载功能；如系对外发布的文件，请核实后改以网页或可检索文本发布。",
)
BASIS = "《条例》第二十四条"
PICTURES = (RECOGNISED, WITHOUT_TEXT)


def check(subject: Subject) -> Iterator[Result]:
    """text_searchable: 条例第二十四条，政府信息公开平台应当具备信息检索、查阅、下载等功能。"""
    report = subject.report
    if not subject.is_judged:
        return
    pictures = [problem for problem in report.problems if problem.code in PICTURES]
    if not pictures:
        if report.source.kind in {Kind.PDF, Kind.OFD}:
            yield Passed(rule="text_searchable", code=CODE.code, scope="document")
        return
    yield make_finding(
        "text_searchable",
        CODE,
        subject,
        "document",
        places=at(pictures[0].place, "图片页"),
        message=CODE.wording.format(pages=_pages(pictures, report.source.pages)),
        basis=BASIS,
    )


def _pages(pictures: list[Problem], pages: int | None) -> str:
    numbers = [str(problem.place.page) for problem in pictures if problem.place and problem.place.page]
    return "全文" if not numbers or len(numbers) == pages else f"第{'、'.join(numbers)}页"


RULE = Rule(
    id="text_searchable",
    title="是否为可检索文本",
    codes=(CODE,),
    law="条例第二十四条：政府信息公开平台应当具备信息检索、查阅、下载等功能。",
    formula="各页均有文字层；扫描件和图片不能检索",
    example="以扫描件发布的年度报告",
    passing="由Word直接导出的PDF",
    check=check,
)
