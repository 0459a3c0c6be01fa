"""Nothing of the template, of instructions or of a letter is left in the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.document import Place
from parsers.model.finding import Evidence, Severity
from parsers.rules.rule import Code, Result, Rule, Subject, inner, make_finding

CODE = Code(
    code="TEMPLATE_RESIDUE",
    severity=Severity.WARNING,
    wording="{quotes}为模板残留，请核实补正。",
)
BASIS = "国办公开办函〔2021〕30号（四）明确责任"

_RESIDUE = re.compile(
    r"(?:该|本|此)部分(?:内容)?以?表格形式(?:进行)?(?:报告|报送|呈现)?[。,:;]?(?:表格)?(?:如下)?[:。]?"
    r"|(?<![\w./:@-])(?:20)?(?:X{2,}|x{2,}|[×※]{2,})(?=[年月日省市县区镇乡局条件次人万元个。,;)]|$)"
    r"|(?<![A-Za-z0-9./:@_-])(?:20)?(?:X{2,}|[×※]{2,})(?![A-Za-z0-9./@_-])"
    r"|(?:按照|根据|按)(?:贵[办局委厅室]|贵单位)[^。;,]{0,40}"
    r"|\((?:文字描述|(?:此处|请)?(?:填写|填报))[^)]{0,24}\)?|此处填写[^。,;]{0,12}|请在此[^。,;]{0,12}"
    r"|(?:^|[。;(])填[表报写](?:说明|示例|要求):|报告(?:格式)?\((?:示例|样例|模板|范本|样表|参考模板)\)|报告格式(?:模板|范本)"
)
"""What templates print: the remark over a table, blanks marked XX, words to the person who fills it in."""

_TRIGGERS = re.compile(
    r"表格形式|[XxＸｘ]{2}|[×※]{2}|贵[办局委厅室单]|填[写报表]|文字描述|请在此|[示样]例|模板|样表|范本"
)
"""One of these stands in every residue: most lines are done with after this look."""

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width letters and marks to half-width ones, one for one, so that a match can be quoted as it is printed."""

MOST_QUOTE = 30
"""Not more of a passage is quoted."""


def check(subject: Subject) -> Iterator[Result]:
    """template_filled_in: 国办公开办函〔2021〕30号（四），发布内容不准确不全面或者敷衍塞责等问题；模板文字应当删除。"""
    if not subject.is_judged:
        return
    found = list(dict.fromkeys(_found(subject)))
    if not found:
        return
    quotes = "".join(f"“{inner(quote)}”" for quote in dict.fromkeys(quote for quote, _ in found))
    yield make_finding(
        "template_filled_in",
        CODE,
        subject,
        "text",
        places=tuple(Evidence(figure=None, label="正文", raw=quote, place=place) for quote, place in found),
        message=CODE.wording.format(quotes=quotes),
        basis=BASIS,
    )


def _found(subject: Subject) -> Iterator[tuple[str, Place]]:
    """Quotations and their places: the title, the sections, and what stands before them and beside the tables."""
    for line, place in _lines(subject):
        if _TRIGGERS.search(line) is None:
            continue
        squeezed = "".join(line.split())
        for match in _RESIDUE.finditer(squeezed.translate(_HALF)):
            yield squeezed[match.start() : match.end()].strip("。；;，,：:")[:MOST_QUOTE], place


def _lines(subject: Subject) -> Iterator[tuple[str, Place]]:
    report = subject.report
    yield from ((line.text, line.place) for line in report.titled)
    for section in subject.report.sections.values():
        yield from zip(section.text.split("\n"), section.places, strict=False)
    yield from ((leftover.text, leftover.place) for leftover in report.leftovers)


RULE = Rule(
    id="template_filled_in",
    title="模板文字是否删除",
    codes=(CODE,),
    law="国办公开办函〔2021〕30号（四）：发布内容不准确不全面或者内容雷同、敷衍塞责等问题。",
    formula="查找“以表格形式报告”“XX”“××”“（填写……）”“填表说明：”“根据贵办……”等模板和函件用语",
    example="“该部分以表格形式报告。表格如下：”“XX镇人民政府”“根据贵办通知要求”",
    passing="“网址：http://www.example.gov.cn/xxgk/”中的字母不是空缺",
    check=check,
)
