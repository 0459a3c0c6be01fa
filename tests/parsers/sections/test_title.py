"""Title, agency, year, period and signature."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.report import Report
from parsers.sections.title import is_agency_name, text_to_date, text_to_period, title_to_agency
from workers.corpus.figures import written
from workers.corpus.sheet import to_sheet
from workers.corpus.texts import layout

CLEAN = layout("tabbed")(to_sheet("2021", written("2021")))
TITLE = "澄湖县水务局2023年政府信息公开工作年度报告"


def report(old: str = TITLE, new: str = TITLE) -> Report:
    assert old in CLEAN
    return parsers.assess(CLEAN.replace(old, new).encode()).report


TITLES = (
    TITLE,
    "澄湖县水务局\n2023年政府信息公开工作年度报告",
    "澄湖县水务局 2023 年政府信息公开\n\n工作年度报告",
    f"标题：{TITLE}",
    "澄湖县水务局二〇二三年政府信息公开工作年度报告",
    "澄湖县水务局2023年度政府信息公开工作年报",
    "2023年政府信息公开工作年度报告\n澄湖县水务局",
)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_names_agency_and_year_however_it_is_broken(title: str) -> None:
    found = report(TITLE, title)
    assert (found.agency.name, found.year) == ("澄湖县水务局", 2023)


@pytest.mark.parametrize("mark", [">", "›", "»"])
def test_where_a_page_stands_on_its_site_is_no_title(mark: str) -> None:
    crumbs = f" {mark} ".join(("首页", "政府信息公开", "年度报告"))
    assert report(TITLE, f"{crumbs}\n{TITLE}").title == TITLE


PROSE = (
    "根据有关规定，特向社会公布澄湖县水务局2023年政府信息公开工作年度报告",
    "要求编制，现公布澄湖县水务局2023年政府信息公开工作年度报告。本年度报告",
    "现公布澄湖县水务局2023年政府信息公开工作年度报告",
)


@pytest.mark.parametrize("line", PROSE)
def test_a_line_of_prose_that_the_edge_cut_is_no_title(line: str) -> None:
    found = report(TITLE, f"{TITLE}\n{line}")
    assert (found.title, line in [printed.text for printed in found.preamble]) == (TITLE, True)


def test_a_title_keeps_its_spelling() -> None:
    assert report().title == TITLE


@pytest.mark.parametrize(
    ("signature", "date"),
    [("2024年1月19日", "2024-01-19"), ("2024 年 1 月 19 日", "2024-01-19"), ("二〇二四年一月十九日", "2024-01-19"),
     ("二○二四年十二月三十一日", "2024-12-31")],
)  # fmt: skip
def test_the_date_under_the_report(signature: str, date: str) -> None:
    assert report("2024年1月19日", signature).signed_on == date


def test_the_date_may_stand_before_the_name() -> None:
    found = report("澄湖县水务局\n\n2024年1月19日", "2024年1月19日\n\n澄湖县水务局")
    assert (found.signed_on, found.agency.key) == ("2024-01-19", "澄湖县水务局")


def test_without_a_signature_the_title_names_the_agency() -> None:
    found = report("澄湖县水务局\n\n2024年1月19日", "")
    assert (found.signed_on, found.agency.name) == (None, "澄湖县水务局")


def test_a_full_name_under_the_report_is_the_key_and_both_are_kept() -> None:
    agency = report("澄湖县水务局\n\n2024", "澄湖县水务和湖泊管理局\n\n2024").agency
    assert (agency.key, agency.as_written) == ("澄湖县水务和湖泊管理局", ("澄湖县水务局", "澄湖县水务和湖泊管理局"))


def test_without_year_in_the_title_the_period_tells_it() -> None:
    assert report(TITLE, "澄湖县水务局政府信息公开工作年度报告").year == 2023


@pytest.mark.parametrize(
    ("text", "period"),
    [("统计期限自2023年1月1日起至2023年12月31日止", "2023-01-01/2023-12-31"),
     ("数据统计期限为 2023 年 1 月 1 日至 12 月 31 日", "2023-01-01/2023-12-31"),
     ("2023年1月1日至12月31日组织了培训", None), ("今年以来", None)],
)  # fmt: skip
def test_the_period_is_the_stated_one(text: str, period: str | None) -> None:
    assert text_to_period(text) == period


@pytest.mark.parametrize("text", ["2024年1月", "截至2024年1月19日", "1月19日", ""])
def test_what_is_no_date(text: str) -> None:
    assert text_to_date(text) is None


@pytest.mark.parametrize(
    ("text", "is_name"), [("某某县水务局", True), ("局", False), ("我局、办公室", False), ("工作良好", False)]
)
def test_what_is_an_agencys_name(text: str, is_name: bool) -> None:  # noqa: FBT001 - a row of data
    assert is_agency_name(text) is is_name


def test_a_title_about_an_agency_names_it() -> None:
    assert title_to_agency("关于某某县水务局2021年度政府信息公开情况的报告") == "某某县水务局"


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("2023年澄湖县水务局政府信息公开工作年度报告", "澄湖县水务局"),
        ("2025澄湖县水务局2025年度政府信息公开工作年度报告", "澄湖县水务局"),
        ("二〇二三年澄湖县水务局政府信息公开工作年度报告", "澄湖县水务局"),
        ("2023年度政府信息公开工作年度报告", None),
    ],
)
def test_the_year_may_stand_before_the_agency(title: str, agency: str | None) -> None:
    assert title_to_agency(title) == agency


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("所列数据的统计期限自2023年1月1日起至2023年12月31日止", "2023-01-01/2023-12-31"),
        ("数据统计起止时间为2023年1月1日至12月31日", "2023-01-01/2023-12-31"),
        ("本报告所列数据的统计限自2023年1月1日至2023年12月31日止", "2023-01-01/2023-12-31"),
        ("2022年11月1日至2023年4月30日完成统计执法检查", None),
    ],
)
def test_only_what_the_figures_cover_is_the_period(text: str, period: str | None) -> None:
    assert text_to_period(text) == period
