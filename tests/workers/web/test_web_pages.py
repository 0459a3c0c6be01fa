"""The pages over the memory twins: what they show, what they do, and what they never do."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from parsers.model.files import json_to_value
from parsers.rules import RULES
from tasks import deliveries, layout
from tasks.copies import to_ref
from tasks.errors import TransientError
from tasks.notify import notify
from tasks.pipeline import process
from tasks.ports.ledger import State
from tests.make.archive import to_zip
from tests.parsers.notices.notice_world import pdf_of
from workers.audit import AuditLine
from workers.web.samples import SAMPLE_NAME, sample_report

if TYPE_CHECKING:
    from tests.workers.web.conftest import Office

BROKEN = b"%PDF-1.4 broken"


def shown(page: str) -> str:
    """The page's text as a reader sees it."""
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def actions(office: Office) -> list[tuple[str, str]]:
    """What the audit says people did, and on what."""
    lines = [json_to_value(data, AuditLine) for data in office.audit()]
    return [(line.action, line.subject) for line in lines]


class TestContainer:
    def test_a_zip_leads_to_its_members_and_each_member_to_its_own_bytes(
        self, office: Office, browser: TestClient
    ) -> None:
        job = office.processed("全部.zip", to_zip({"甲局.txt": sample_report(), "坏.png": b"\x89PNG"}))
        page = browser.get(f"/documents/{job}").text
        assert "其中的 2 个文件分别处理" in page
        (member,) = re.findall(r'href="/documents/(\w+)">甲局.txt', page)
        stored = office.store.head("inbox", "全部.zip")
        assert stored is not None
        ref = to_ref("inbox", stored).of_member("甲局.txt")
        assert process(office.context, ref) is State.DONE
        assert member == ref.job
        assert "甲局.txt" in browser.get(f"/documents/{member}").text
        assert browser.get(f"/documents/{member}/original").content == sample_report()


class TestToday:
    def test_an_empty_installation_teaches_how_to_begin(self, browser: TestClient) -> None:
        assert "gouji submit 报告.pdf" in browser.get("/").text

    def test_the_first_line_counts(self, office: Office, browser: TestClient) -> None:
        now = datetime.now(UTC)
        office.noted(1, counts={"error": 2}, finished=now)
        office.noted(2, counts={"undetermined": 1}, finished=now)
        office.noted(3, state=State.QUEUED)
        office.noted(4, state=State.EXTRACT)
        office.noted(5, state=State.QUARANTINED, reason_code="ENCRYPTED", reason="文件设有密码。", finished=now)
        page = browser.get("/today/live").text
        found = re.findall(r"<dt><a[^>]*>(\S+?)</a></dt>\s*<dd[^>]*>(\S+)", page)
        names = ["待处理", "处理中", "今日完成", "有错误", "需人工核对", "未能处理"]
        assert found == list(zip(names, "112111", strict=True))

    def test_long_work_shows_count_and_rate(self, office: Office, browser: TestClient) -> None:
        for number in range(20):
            office.noted(number, finished=datetime.now(UTC))
        office.noted(99, state=State.QUEUED)
        assert "已处理 20 / 21，约 2.0 份/分，预计还需 30.0 秒" in browser.get("/").text

    def test_processes_that_are_silent_are_named(self, browser: TestClient) -> None:
        assert browser.get("/").text.count("两分钟内没有心跳") == 4


class TestList:
    def test_it_shows_agency_year_edition_and_counts(self, office: Office, browser: TestClient) -> None:
        job = office.processed()
        row = shown(browser.get("/documents").text.split(f'id="r-{job}"')[1].split("</tr>")[0]).split()
        assert row[2:8] == ["示例县文化和旅游局", SAMPLE_NAME, "2025", "2021", "已完成", "✕"]

    @pytest.mark.parametrize(
        ("address", "jobs"),
        [
            ("?year=2024", [2]),
            ("?state=queued", [3]),
            ("?severity=error", [1]),
            ("?rule=A03", [1]),
            ("?prefix=2024/", [2]),
            ("?q=%E6%B0%B4%E5%88%A9", [2]),
            ("?sort=received", [1, 2, 3]),
            ("?sort=-error", [1, 3, 2]),
            ("?state=nonsense&year=x&severity=y", [3, 2, 1]),
        ],
    )
    def test_filters_and_order_live_in_the_address(
        self, office: Office, browser: TestClient, address: str, jobs: list[int]
    ) -> None:
        start = datetime(2026, 1, 5, tzinfo=UTC)
        made = {
            1: office.noted(1, year=2025, counts={"error": 1}, codes={"A03": 1}, received=start),
            2: office.noted(2, key="2024/水利局.pdf", year=2024, received=start + timedelta(hours=1)),
            3: office.noted(3, state=State.QUEUED, received=start + timedelta(hours=2)),
        }
        found = re.findall(r'data-job="(\w+)"', browser.get(f"/documents{address}").text)
        names = {entry.job: number for number, entry in made.items()}
        order = [names[job] for job in found]
        assert (order[0], sorted(order)) == (jobs[0], sorted(jobs))

    def test_fifty_rows_a_page_and_the_rest_on_the_next(self, office: Office, browser: TestClient) -> None:
        for number in range(60):
            office.noted(number)
        counts = [browser.get(f"/documents?page={page}").text.count("data-job=") for page in (1, 2)]
        assert counts == [50, 10]

    def test_rows_can_be_asked_for_by_job(self, office: Office, browser: TestClient) -> None:
        entry = office.noted(1)
        page = browser.get("/documents/rows", params={"jobs": f"{entry.job},{'f' * 64},nonsense"}).text
        assert re.findall(r'data-job="(\w+)"', page) == [entry.job]

    def test_ten_thousand_entries_are_listed_without_delay(self, office: Office, browser: TestClient) -> None:
        for number in range(10_000):
            office.noted(number)
        start = datetime.now(UTC)
        answer = browser.get("/documents?q=99")
        assert (answer.status_code, datetime.now(UTC) - start < timedelta(seconds=2)) == (200, True)


class TestDocument:
    def test_the_wrong_cell_is_marked_and_leads_to_its_finding(self, office: Office, browser: TestClient) -> None:
        page = browser.get(f"/documents/{office.processed()}").text
        marked = re.findall(
            r'<td id="(c-[\w-]+)"\s+class="figure is-number wrong w-error"[^>]*data-findings="([^"]+)"', page
        )
        anchors = re.findall(r'class="finding w-error" id="(\w+)"', page)
        assert ([name for name, _ in marked], {a for _, names in marked for a in names.split()} >= set(anchors)) == (
            ["c-requests-granted-total", "c-requests-total_processed-natural_person"],
            True,
        )

    def test_the_form_shows_the_figures_as_filed(self, office: Office, browser: TestClient) -> None:
        page = browser.get(f"/documents/{office.processed()}").text
        cell = page.split('id="c-proactive-administrative_licensing-decisions"')[1].split("</td>")[0]
        assert cell.rpartition(">")[2] == "126"

    def test_the_text_tab_shows_the_sections(self, office: Office, browser: TestClient) -> None:
        page = browser.get(f"/documents/{office.processed()}?tab=text").text
        assert "全年新收政府信息公开申请15件" in page

    def test_the_timeline_names_the_stages(self, office: Office, browser: TestClient) -> None:
        page = browser.get(f"/documents/{office.processed()}/live").text
        assert re.findall(r"<tr><td>(\w+)</td>", page) == ["读取", "归类", "核查", "出结果"]

    def test_a_report_from_before_the_form_is_not_called_sound(self, office: Office, browser: TestClient) -> None:
        text = "澄湖县水务局2018年政府信息公开工作年度报告\n一、概述\n二、主动公开情况\n三、依申请公开情况\n"
        page = browser.get(f"/documents/{office.processed('old.txt', text.encode())}").text
        assert ("只识别，不核查" in page, "没有发现问题" in page) == (True, False)

    def test_every_result_object_can_be_downloaded_as_an_attachment(self, office: Office, browser: TestClient) -> None:
        job = office.processed()
        links = re.findall(rf'<td><a href="(/documents/{job}/objects/[^"]+)"', browser.get(f"/documents/{job}").text)
        answers = [browser.get(link) for link in links]
        stored = [office.store.get("results", o.key) for o in office.store.walk("results", f"_submissions/{job}/")]
        assert [answer.content for answer in answers] == stored
        assert {a.headers["content-disposition"].partition(";")[0] for a in answers} == {"attachment"}

    def test_the_annotated_copy_stands_beside_the_notice(self, office: Office, browser: TestClient) -> None:
        job = office.processed("a.pdf", pdf_of())
        page = browser.get(f"/documents/{job}").text
        deeds = page[page.index('class="deeds"') : page.index("全部文件")]
        assert {"标注件（PDF）", "反馈通知（Word）", "反馈通知（网页）"} <= set(re.findall(r">([^<]+)</a>", deeds))
        answer = browser.get(re.findall(r'href="([^"]+annotated\.pdf)"', deeds)[0])
        assert (answer.content[:5], answer.headers["content-type"]) == (b"%PDF-", "application/octet-stream")

    def test_the_original_is_an_attachment_without_a_type_to_open(self, office: Office, browser: TestClient) -> None:
        answer = browser.get(f"/documents/{office.processed()}/original")
        assert (answer.content, answer.headers["content-type"], answer.headers["x-content-type-options"]) == (
            sample_report(),
            "application/octet-stream",
            "nosniff",
        )
        assert answer.headers["content-disposition"].startswith("attachment;")

    def test_an_original_that_was_replaced_is_not_mixed_up(self, office: Office, browser: TestClient) -> None:
        job = office.processed()
        office.put(SAMPLE_NAME, b"newer")
        answer = browser.get(f"/documents/{job}/original")
        assert (answer.status_code, "被同名的新文件取代" in answer.text) == (404, True)

    @pytest.mark.parametrize("path", ["../done.json", "%2e%2e/x.json", "done.json/../../x", "Done.json", "x.exe", ""])
    def test_no_other_object_can_be_asked_for(self, office: Office, browser: TestClient, path: str) -> None:
        office.store.put("results", "_submissions/x.json", b"{}", "application/json")
        assert browser.get(f"/documents/{office.processed()}/objects/{path}").status_code == 404

    def test_judging_again_sends_the_submission_and_writes_it_down(
        self, office: Office, browser: TestClient, csrf: str
    ) -> None:
        job = office.processed()
        answer = browser.post(f"/documents/{job}/judge", data={"csrf": csrf})
        assert (answer.status_code, [ref.job for ref in office.again], actions(office)) == (
            303,
            [job],
            [("judge_again", job)],
        )

    def test_what_is_not_finished_cannot_be_judged_again(self, office: Office, browser: TestClient, csrf: str) -> None:
        job = office.noted(1, state=State.QUEUED).job
        assert (browser.post(f"/documents/{job}/judge", data={"csrf": csrf}).status_code, office.again) == (409, [])

    def test_results_of_another_version_are_said_to_be_so(self, office: Office, browser: TestClient) -> None:
        job = office.processed()
        office.store.put("results", layout.done(job), b'{"schema": "gouji.done/9"}', "application/json")
        assert "由另一版本的程序写成" in browser.get(f"/documents/{job}").text

    def test_an_unknown_job_is_a_sentence(self, browser: TestClient) -> None:
        answer = browser.get("/documents/" + "a" * 64)
        assert (answer.status_code, "台账中没有这份报告" in answer.text) == (404, True)


class TestFailures:
    def test_it_gives_reason_and_advice(self, office: Office, browser: TestClient) -> None:
        office.processed("坏.pdf", BROKEN)
        page = browser.get("/failures").text
        assert ("PDF 文件已损坏" in page, "PDF_BROKEN" in page, "下载原件" in page) == (True, True, True)

    def test_retry_sends_it_again_and_writes_it_down(self, office: Office, browser: TestClient, csrf: str) -> None:
        job = office.processed("坏.pdf", BROKEN)
        browser.post(f"/failures/{job}/retry", data={"csrf": csrf})
        assert ([ref.job for ref in office.again], actions(office)) == ([job], [("retry", job)])

    def test_the_ticked_ones_are_retried(self, office: Office, browser: TestClient, csrf: str) -> None:
        jobs = [office.noted(n, state=State.QUARANTINED, reason="x", advice="y").job for n in range(3)]
        browser.post("/failures/retry", data={"csrf": csrf, "jobs": [jobs[0], jobs[2], "nonsense"]})
        assert [ref.job for ref in office.again] == [jobs[0], jobs[2]]

    def test_a_finished_report_is_not_retried(self, office: Office, browser: TestClient, csrf: str) -> None:
        job = office.processed()
        assert (browser.post(f"/failures/{job}/retry", data={"csrf": csrf}).status_code, office.again) == (404, [])

    def test_it_can_be_narrowed_by_reason(self, office: Office, browser: TestClient) -> None:
        kept = office.noted(1, state=State.QUARANTINED, reason_code="ENCRYPTED")
        office.noted(2, state=State.QUARANTINED, reason_code="PDF_BROKEN")
        page = browser.get("/failures?reason=ENCRYPTED").text
        assert re.findall(r'<tr data-job="(\w+)"', page) == [kept.job]


class TestWebhooks:
    def test_endpoints_and_deliveries_are_listed_without_secrets(self, office: Office, browser: TestClient) -> None:
        notify(office.context, office.processed())
        page = browser.get("/webhooks").text
        words = ("办公系统", "核查完成", "已送达", "do-not-show", "whsec_QU")
        assert [word for word in words if word in page] == ["办公系统", "核查完成", "已送达"]

    def test_redeliver_sends_the_same_id_once_more(self, office: Office, browser: TestClient, csrf: str) -> None:
        notify(office.context, office.processed())
        delivery = deliveries.page(office.context)[0][0]
        browser.post(f"/webhooks/deliveries/{delivery.id}/redeliver", data={"csrf": csrf})
        assert (office.poster.sent, actions(office)) == ([delivery.id] * 2, [("redeliver", delivery.id)])

    def test_settled_deliveries_can_be_put_back(self, office: Office, browser: TestClient, csrf: str) -> None:
        notify(office.context, office.processed())
        delivery = deliveries.page(office.context)[0][0]
        browser.post("/webhooks/requeue", data={"csrf": csrf, "ids": [delivery.id, "../x"]})
        after = deliveries.find(office.context, delivery.id)
        assert (after and after.state.value, actions(office)) == ("pending", [("requeue", delivery.id)])

    def test_a_test_delivery_says_what_came_back(self, office: Office, browser: TestClient, csrf: str) -> None:
        office.poster.status = 503
        answer = browser.post("/webhooks/test", data={"csrf": csrf, "endpoint": "办公系统"}, follow_redirects=True)
        assert ("测试推送到 办公系统：应答 503" in answer.text, len(office.poster.sent)) == (True, 1)

    def test_an_unknown_delivery_is_a_sentence(self, browser: TestClient, csrf: str) -> None:
        answer = browser.post("/webhooks/deliveries/nothing/redeliver", data={"csrf": csrf})
        assert (answer.status_code, "没有找到这条推送" in answer.text) == (404, True)


class TestRules:
    def test_every_rule_is_there_with_its_law(self, browser: TestClient) -> None:
        page = shown(browser.get("/rules").text)
        assert [rule.id for rule in RULES if rule.id not in page or rule.law not in page] == []

    def test_it_counts_how_often_a_rule_was_found_this_year(self, office: Office, browser: TestClient) -> None:
        office.noted(1, codes={"A03": 2}, received=datetime.now(UTC))
        office.noted(2, codes={"A03": 1}, received=datetime.now(UTC) - timedelta(days=400))
        assert re.findall(r'rule=A03">([^<]+)<', browser.get("/rules").text) == ["1 份"]


class TestUpload:
    def test_a_file_arrives_in_the_inbox_under_its_name(self, office: Office, browser: TestClient, csrf: str) -> None:
        answer = browser.put(
            "/upload",
            params={"name": "铜官区 住建局+a&b.pdf", "prefix": "2023"},
            content=b"data",
            headers={"x-csrf-token": csrf},
        )
        assert (answer.status_code, office.store.get("inbox", "2023/铜官区 住建局+a&b.pdf")) == (201, b"data")
        assert actions(office) == [("upload", "2023/铜官区 住建局+a&b.pdf")]

    def test_a_program_that_calls_the_body_a_form_is_taken_at_its_bytes(
        self, office: Office, browser: TestClient, csrf: str
    ) -> None:
        headers = {"x-csrf-token": csrf, "content-type": "application/x-www-form-urlencoded"}
        browser.put("/upload", params={"name": "a.txt"}, content=b"x=1&y", headers=headers)
        assert office.store.get("inbox", "a.txt") == b"x=1&y"

    def test_a_plain_form_uploads_too(self, office: Office, browser: TestClient, csrf: str) -> None:
        files = [("files", ("甲.txt", b"1")), ("files", ("乙.txt", b"2"))]
        browser.post("/upload", data={"csrf": csrf, "prefix": "2025/"}, files=files)
        assert [office.store.get("inbox", f"2025/{name}.txt") for name in "甲乙"] == [b"1", b"2"]

    def test_a_name_that_misleads_is_refused_with_a_sentence(
        self, office: Office, browser: TestClient, csrf: str
    ) -> None:
        headers = {"x-csrf-token": csrf, "accept": "*/*"}
        answer = browser.put("/upload", params={"name": "a\u202egnp.pdf"}, content=b"x", headers=headers)
        assert (answer.status_code, "请改名" in answer.text, list(office.store.walk("inbox"))) == (422, True, [])

    def test_the_sample_goes_the_whole_way_and_has_its_wrong_cell(
        self, office: Office, browser: TestClient, csrf: str
    ) -> None:
        browser.post("/upload/sample", data={"csrf": csrf})
        job = office.processed(SAMPLE_NAME, office.store.get("inbox", SAMPLE_NAME))
        entry = office.ledger.entry(job)
        assert entry is not None
        assert (entry.state, entry.counts["error"], entry.codes) == (State.DONE, 2, {"A02": 1, "A03": 1})


class TestTroubles:
    def test_a_ledger_that_does_not_answer_is_a_sentence(
        self, office: Office, browser: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise TransientError("no answer")

        monkeypatch.setattr(type(office.ledger), "entries", refuse)
        answer = browser.get("/documents")
        assert (answer.status_code, "暂时没有应答" in answer.text) == (503, True)

    def test_a_bug_shows_a_number_and_no_trace(
        self, office: Office, browser: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def break_down(*_: object) -> None:
            raise RuntimeError("secret text of a document")

        monkeypatch.setattr(type(office.ledger), "entries", break_down)
        browser._transport.raise_server_exceptions = False  # type: ignore[attr-defined] # what a real server does
        answer = browser.get("/documents")
        assert (answer.status_code, "编号" in answer.text, "secret" in answer.text) == (500, True, False)

    def test_a_wrong_address_is_a_sentence(self, browser: TestClient) -> None:
        assert "没有找到这个页面" in browser.get("/nothing").text
