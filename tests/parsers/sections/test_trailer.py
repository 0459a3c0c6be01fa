"""What a site prints under a report is neither section nor signature."""

from __future__ import annotations

import pytest

import parsers

REPORT = (
    "铜官区住建局2023年政府信息公开工作年度报告\n一、总体情况\n已公开。\n"
    "六、其他需要报告的事项\n无。\n铜官区住建局\n2024年1月19日\n"
)
SITES = (
    "-->", "【打印】 【关闭】", "打印本页 关闭窗口", "扫一扫在手机打开当前页", "分享到：", "上一篇：预算公开",
    "版权所有：铜官区人民政府", "皖ICP备05000000号-1", "网站标识码：3407050001", "主办单位：铜官区人民政府办公室",
    "责任编辑：张三",
)  # fmt: skip


@pytest.mark.parametrize("line", SITES)
def test_a_sites_own_line_ends_the_report_and_goes_to_the_leftovers(line: str) -> None:
    report = parsers.assess(f"{REPORT}{line}\n铜官区人民政府\n电话\n一\n二\n三\n四\n五\n六\n七\n".encode()).report
    assert (report.agency.name, report.signed_on) == ("铜官区住建局", "2024-01-19")
    assert report.sections["other"].text == "无。"
    assert line in [leftover.text for leftover in report.leftovers]


@pytest.mark.parametrize(
    "line", ["公开信息来源于各科室。", "打印收费0元。", "一、上一篇报告已公开，版权所有，不得转载，请注意。"]
)
def test_a_sentence_that_names_such_a_thing_does_not_end_it(line: str) -> None:
    report = parsers.assess(REPORT.replace("无。", f"无。\n{line}").encode()).report
    assert line in report.sections["other"].text


def test_a_menu_entry_is_not_taken_for_the_title() -> None:
    report = parsers.assess(f"首页\n政府信息公开年报\n2022年政府信息公开年报\n{REPORT}".encode()).report
    assert (report.title, report.year) == ("铜官区住建局2023年政府信息公开工作年度报告", 2023)
