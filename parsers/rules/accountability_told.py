"""A government's report tells assessment, public appraisal and accountability."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.finding import Passed, Severity
from parsers.rules.passages import is_silence_sure, said_anywhere, section_place, silence_root
from parsers.rules.rule import Code, Result, Rule, Subject, at, make_finding

CODE = Code(
    code="GOV_ACCOUNTABILITY_MISSING",
    severity=Severity.ERROR,
    wording="各级人民政府年度报告应当包括工作考核、社会评议和责任追究结果情况，本报告缺少{items}，请补充。",
)
BASIS = "条例第五十条第一款第（四）项"

_ITEMS = (
    ("工作考核", re.compile(r"考核|考评|绩效|测评|评估|评价|评比|督查|督导|督促|检查|通报|自查|排查|巡查")),
    (
        "社会评议",
        re.compile(
            r"评议|满意度|测评|民意|监督员|(?:群众|社会|公众|社会各界|人大|政协|舆论)的?(?:\w{0,6})监督|征求.{0,8}意见|意见箱"
        ),
    ),
    (
        "责任追究",
        re.compile(
            r"追究|追责|问责|约谈|通报批评|处分|失职|责任(?:制|落实|分工|到人|明确)|(?:压实|明确|落实|细化|靠实|夯实).{0,6}责任"
        ),
    ),
)
"""Each with the words that may mean it. Broad: what may be meant is not missed by mistake."""


def check(subject: Subject) -> Iterator[Result]:
    """accountability_told: 条例第五十条第一款第（四）项，各级人民政府还应报告工作考核、社会评议和责任追究结果情况。"""
    if not subject.is_judged or not _is_government(subject) or not is_silence_sure(subject, "overview"):
        return
    text = said_anywhere(subject)
    missing = [name for name, words in _ITEMS if not words.search(text)]
    if not missing:
        yield Passed(rule="accountability_told", code=CODE.code, scope="overview")
        return
    if silence_root(subject):
        return
    is_bare = len(missing) == len(_ITEMS)
    message = CODE.wording.format(items="、".join(missing))
    yield make_finding(
        "accountability_told",
        CODE,
        subject,
        "section.overview.accountability",
        places=at(section_place(subject, "overview"), "一、总体情况"),
        message=message if is_bare else message.replace("请补充", "请核实补充"),
        basis=BASIS,
        severity=None if is_bare else Severity.WARNING,
    )


def _is_government(subject: Subject) -> bool:
    """Governments of all levels; a 街道办事处 is an office that a government sends out, and none itself."""
    agency = subject.report.agency
    return agency.kind == "government" or (agency.kind == "township" and not agency.is_subdistrict)


RULE = Rule(
    id="accountability_told",
    title="人民政府的考核、评议和追责是否报告",
    codes=(CODE,),
    law="条例第五十条第一款第（四）项：各级人民政府的年度报告还应当包括工作考核、社会评议和责任追究结果情况。",
    formula="县级以上人民政府（本级汇总）和乡镇人民政府的报告，全文查找考核、评议、追责用语；三项全无的为错误，"
    "缺其中一两项的提示；街道办事处是派出机关，部门也不在此列",
    example="某县人民政府的“监督保障”只写网站安全",
    passing="“将政务公开纳入年度绩效考核；开展社会评议，未发生责任追究情形”",
    check=check,
)
