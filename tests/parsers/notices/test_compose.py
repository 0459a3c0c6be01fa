"""The notice: only what is the agency's to correct, in words that can be sent."""

from __future__ import annotations

import json

import parsers
from parsers.model.document import Place
from parsers.notices.compose import (
    CLEAN,
    CLEAN_SO_FAR,
    CLOSING,
    CLOSING_CLEAN,
    CLOSING_WARNINGS,
    FOR_INFORMATION,
    UNCHECKED,
    Notice,
    outcome_to_notice,
)
from parsers.notices.items import place_in_words
from tests.parsers.notices.notice_world import as_infos, outcome_of
from workers.corpus.figures import written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout, without


def text_of(**changes: object) -> str:
    return layout("tabbed")(to_sheet("2021", written("2021"), Changes(**changes)))  # type: ignore[arg-type] # names of Changes


def notice_of(text: str) -> Notice:
    return outcome_to_notice(parsers.assess(text.encode()))


WRONG = text_of(
    cells={("review_litigation", "review", "total"): "0", ("proactive", "administrative_fee", "amount_wan_yuan"): "无"}
)


def test_a_clean_report_gets_a_confirmation_and_what_was_checked() -> None:
    notice = notice_of(text_of())
    assert (notice.errors, notice.warnings, notice.closing, notice.needs_review) == ((), (), CLOSING_CLEAN, False)
    assert notice.opening.endswith(CLEAN)
    assert {"table_identities": 42, "sections_present": 6}.items() <= {
        c.rule: c.instances for c in notice.checked
    }.items()


def test_errors_come_before_warnings_and_are_numbered_through() -> None:
    notice = notice_of(WRONG)
    items = (*notice.errors, *notice.warnings)
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    assert (items[0].code, items[-1].code) == ("A04", "CELL_NOT_NUMERIC")
    assert notice.closing == CLOSING


def test_only_warnings_ask_for_a_check_and_threaten_nothing() -> None:
    notice = notice_of(text_of(cells={("proactive", "administrative_fee", "amount_wan_yuan"): "无"}))
    assert (notice.errors, notice.closing) == ((), CLOSING_WARNINGS)
    assert "第四十七条" not in notice.closing


def test_the_title_names_agency_and_year() -> None:
    assert notice_of(WRONG).title == "关于澄湖县水务局2023年政府信息公开工作年度报告核查情况的反馈"


def test_what_follows_from_a_cut_text_stays_out_and_waits_for_our_people() -> None:
    notice = notice_of(without(text_of(), "行政许可", "二、上年结转"))
    assert (notice.errors, notice.warnings, notice.needs_review) == ((), (), True)


def test_an_item_says_where_it_stands() -> None:
    item = notice_of(WRONG).warnings[0]
    assert item.where == f"表一“行政事业性收费”行“本年收费金额”列（第{item.line}行）"


def test_places_in_words() -> None:
    places = (
        Place(page=3, line=2),
        Place(page=3, path="table 1, row 2"),
        Place(line=38),
        Place(path="table 2, row 3, column 4"),
        Place(line=7, path="paragraph 5"),
        Place(path="表一!B3"),
        Place(),
    )
    assert [place_in_words(place) for place in places] == [
        *("（第3页）", "（第3页）", "（第38行）", "（第2张表第3行第4列）", "（第5段）", "（表一!B3）", ""),
    ]


def test_the_page_shows_every_item_and_escapes_what_was_filed() -> None:
    text = text_of(cells={("proactive", "administrative_fee", "amount_wan_yuan"): "5（<b>&）"})
    html = parsers.outcome_to_files(parsers.assess(text.encode()))["notice.html"].decode()
    assert "5（&lt;b&gt;&amp;）" in html
    assert "<b>" not in html


def test_the_page_loads_nothing_from_elsewhere() -> None:
    html = parsers.outcome_to_files(parsers.assess(WRONG.encode()))["notice.html"].decode()
    assert [mark for mark in ("http://", "https://", "<script", "src=", "@import", "url(") if mark in html] == []


def test_no_clock_writes_a_date_into_the_notice() -> None:
    data = json.loads(parsers.outcome_to_files(parsers.assess(WRONG.encode()))["notice.json"])
    assert "请于　　　　年　　月　　日前" in data["closing"]


def test_a_report_whose_rest_we_could_not_read_is_not_confirmed_as_a_whole() -> None:
    assert notice_of(without(text_of(), "行政许可", "二、上年结转")).opening.endswith(CLEAN_SO_FAR)


def test_a_report_from_before_the_form_is_not_said_to_be_checked() -> None:
    text = "澄湖县水务局2018年政府信息公开工作年度报告\n一、概述\n二、主动公开情况\n三、依申请公开情况\n"
    assert notice_of(text).opening == UNCHECKED


def test_the_title_breaks_before_the_name_of_the_report() -> None:
    html = parsers.outcome_to_files(parsers.assess(WRONG.encode()))["notice.html"].decode()
    assert "<h1>关于澄湖县水务局2023年<wbr>政府信息公开工作年度报告<wbr>核查情况的反馈</h1>" in html


def test_a_report_with_nothing_to_mend_is_confirmed_and_its_remarks_stand_in_the_annex() -> None:
    assert outcome_to_notice(as_infos(outcome_of())).opening.endswith(f"核查，{CLEAN}{FOR_INFORMATION}")
