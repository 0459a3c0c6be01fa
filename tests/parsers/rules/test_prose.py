"""Prose is searched without white space, and what is found there still has the place of its printed line."""

from __future__ import annotations

import parsers
from parsers.model.document import Place
from parsers.rules.prose import make_prose, report_to_prose, to_letters

LINES = (("完善基础设", Place(line=3)), ("", Place(line=4)), ("施建设。 二是", Place(line=5)))


def test_a_word_broken_over_lines_is_whole_and_stands_where_it_begins() -> None:
    prose = make_prose("overview", "一、总体情况", LINES)
    start = prose.text.index("基础设施建设")
    assert prose.evidence(start, start + 6).place == Place(line=3)
    assert prose.evidence(prose.text.index("二是"), len(prose.text)).place == Place(line=5)


def test_lines_begin_where_they_are_printed() -> None:
    prose = make_prose("overview", "一、总体情况", LINES)
    assert [i for i in range(len(prose.text)) if prose.begins_line(i)] == [0, 5]


def test_radicals_and_wide_digits_are_mended_and_marks_stay_as_filed() -> None:
    assert to_letters("⼀、⾏政（２０２３）　，,") == "一、行政（2023），,"


def test_a_quotation_ends_at_the_next_mark() -> None:
    prose = make_prose("overview", "", (("各位，截至目前公开3条，其余从略。", Place(line=1)),))
    assert prose.clause(3, 7) == "截至目前公开3条"


def test_every_section_and_the_preamble_are_searched() -> None:
    title, headings = "某县水务局2023年政府信息公开工作年度报告", ("一、总体情况", "六、其他需要报告的事项")
    text = f"{title}\n根据条例编制。\n{headings[0]}\n全年公开3条。\n{headings[1]}\n无。\n"
    report = parsers.classify(parsers.read(text.encode()))
    assert [(prose.id, prose.text) for prose in report_to_prose(report, report.sections, ())] == [
        ("preamble", "根据条例编制。"),
        ("overview", "全年公开3条。"),
        ("other", "无。"),
    ]


def test_beside_a_table_only_whole_sentences_are_prose() -> None:
    sentence = "本年没有制发规章和行政规范性文件，以前制发的文件都已经在网站上公开。"
    title, headings = "某县水务局2023年政府信息公开工作年度报告", ("一、总体情况", "二、主动公开政府信息情况")
    text = f"{title}\n{headings[0]}\n无。\n{headings[1]}\n{sentence}\n行政事业性\n"
    report = parsers.classify(parsers.read(text.encode()))
    told = {prose.id: prose.text for prose in report_to_prose(report, report.sections, ("proactive",))}
    assert told == {"overview": "无。", "proactive": sentence}


def test_a_masked_quotation_stands_in_place_of_the_words() -> None:
    prose = make_prose("overview", "", (("申请人陈志伟", Place(line=1)),))
    assert prose.evidence(3, 6, raw="陈**").raw == "陈**"
