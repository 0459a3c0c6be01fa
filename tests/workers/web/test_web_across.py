"""A report's page shows what its neighbours told, and hands out the notice that knows of it."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from tasks.across import across
from tasks.messages import Reach
from tests.make.cases import to_text
from tests.workers.web.conftest import Office


def corrected(office: Office) -> str:
    """A report whose first submission had a broken sum; its job."""
    filed = {"name": "x", "year": 2023}
    wrong = office.processed("甲.txt", to_text(filed | {"cells": {"requests.granted.total": "15"}}).encode())
    job = office.processed("甲.txt", to_text(filed).encode())
    for each in (job, wrong, job):
        across(office.context, each, Reach.ALONE)
    return job


def test_the_page_tells_what_a_correction_mended(browser: TestClient, office: Office) -> None:
    page = re.sub(r"<[^>]+>", "", browser.get(f"/documents/{corrected(office)}").text)
    assert "与此前报送相比：已更正 3 项，仍存在 0 项，新出现 0 项，改动 1 格" in page
    assert "15 → 14" in page
    assert "已与 1 份相关报告比对" in page


def test_the_notice_that_is_handed_out_is_the_one_with_the_comparison(browser: TestClient, office: Office) -> None:
    links = re.findall(r'class="deeds">(.*?)</div>', browser.get(f"/documents/{corrected(office)}").text, re.DOTALL)
    (notice,) = re.findall(r'href="([^"]*notice\.html)"', links[0])
    assert "/across-" in notice
    assert "与此前报送相比" in browser.get(notice).text


def test_a_finding_tells_in_which_cell_the_mistake_most_likely_is(browser: TestClient, office: Office) -> None:
    case = {"name": "x", "year": 2023, "cells": {"requests.granted.total": "15"}}
    page = browser.get(f"/documents/{office.processed('甲.txt', to_text(case).encode())}").text
    assert re.search(r'起因</dt><dd>.*?data-cell="c-requests-granted-total".*?15 → 14', page, re.DOTALL)
