"""Who may come in, and what a foreign page cannot do."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute
from starlette.routing import Route
from starlette.testclient import TestClient

from tasks.errors import ConfigurationError
from workers.config import Settings
from workers.web import settings_to_token
from workers.web.access import safe_path
from workers.web.app import PAGES
from workers.web.limits import LOGIN_ATTEMPTS, Window
from workers.web.people import is_token
from workers.web.rights import SAFE_METHODS

JOB = "0" * 64
OPEN = {"/healthz", "/login"}


def routes() -> Iterator[tuple[str, str]]:
    """Every method and address that the pages answer, taken from their routers."""
    for page in PAGES:
        for route in page.router.routes:
            assert isinstance(route, APIRoute | Route)
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield method, re.sub(r"{\w+(:\w+)?}", JOB, route.path)


def growing() -> Iterator[bytes]:
    """A body of 1.25 MiB that does not say how long it is."""
    return (b"x" * 65536 for _ in range(20))


ALL = tuple(routes())
UNSAFE = tuple((method, path) for method, path in ALL if method not in SAFE_METHODS)


class TestStranger:
    @pytest.mark.parametrize(("method", "path"), [pair for pair in ALL if pair[1] not in OPEN])
    def test_every_page_but_health_and_login_is_closed(self, stranger: TestClient, method: str, path: str) -> None:
        answer = stranger.request(method, path)
        assert answer.status_code in {303, 401}, answer.text
        assert answer.headers.get("location", "/login").startswith("/login")

    def test_health_answers_a_stranger(self, stranger: TestClient) -> None:
        assert (stranger.get("/healthz").status_code, stranger.get("/healthz").text) == (200, "ok")

    def test_metrics_answer_a_program_with_the_token(self, stranger: TestClient, token: str) -> None:
        assert stranger.get("/metrics", headers={"authorization": f"Bearer {token}"}).text == "gouji_up 1\n"

    def test_metrics_refuse_another_token(self, stranger: TestClient) -> None:
        answer = stranger.get("/metrics", headers={"authorization": "Bearer other", "accept": "text/plain"})
        assert answer.status_code == 401

    def test_a_token_in_the_header_opens_no_page(self, stranger: TestClient, token: str) -> None:
        answer = stranger.get("/documents", headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 303


class TestSignIn:
    def test_the_printed_link_signs_in_and_leaves_the_address_clean(self, stranger: TestClient, token: str) -> None:
        answer = stranger.get("/documents", params={"q": "a b", "token": token}, follow_redirects=True)
        assert (answer.status_code, str(answer.url)) == (200, "http://testserver/documents?q=a+b")

    def test_the_form_signs_in(self, stranger: TestClient, token: str) -> None:
        csrf = re.findall(r'name="csrf" value="([^"]+)"', stranger.get("/login").text)[0]
        answer = stranger.post("/login", data={"csrf": csrf, "token": token, "next": "/rules"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/rules")

    def test_the_cookie_is_for_http_and_this_site_only_and_eight_hours(self, stranger: TestClient, token: str) -> None:
        cookie = stranger.get("/login", params={"token": token}).headers["set-cookie"].lower()
        assert {"httponly", "samesite=lax", "max-age=28800"} <= set(cookie.split("; "))

    def test_signing_in_changes_the_session(self, stranger: TestClient, token: str) -> None:
        before = re.findall(r'name="csrf" value="([^"]+)"', stranger.get("/login").text)[0]
        stranger.get("/login", params={"token": token})
        assert before not in stranger.get("/upload").text

    def test_a_wrong_token_is_told_so(self, stranger: TestClient) -> None:
        answer = stranger.get("/login", params={"token": "wrong"})
        assert (answer.status_code, "令牌不对" in answer.text) == (403, True)

    def test_the_sixth_try_within_a_minute_waits_even_with_the_right_token(
        self, stranger: TestClient, token: str
    ) -> None:
        for _ in range(LOGIN_ATTEMPTS):
            stranger.get("/login", params={"token": "wrong"})
        assert stranger.get("/login", params={"token": token}).status_code == 429

    def test_after_a_minute_one_may_try_again(self) -> None:
        now = 0.0
        limit = Window(LOGIN_ATTEMPTS, lambda: now)
        for _ in range(LOGIN_ATTEMPTS):
            limit.take("a")
        closed, now = limit.take("a"), 61.0
        assert (closed, limit.take("a")) == (False, True)

    def test_signing_out_ends_the_session(self, browser: TestClient, csrf: str) -> None:
        browser.post("/logout", data={"csrf": csrf})
        assert browser.get("/documents").status_code == 303

    def test_a_session_of_another_token_is_nobody(self, stranger: TestClient) -> None:
        stranger.cookies.set("gouji_session", "eyJzaWduZWRfaW4iOiB0cnVlfQ==.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
        assert stranger.get("/documents").status_code == 303

    @pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\nb"])
    def test_after_signing_in_nobody_is_sent_elsewhere(self, path: str) -> None:
        assert safe_path(path) == "/"

    def test_an_unset_token_matches_nothing(self) -> None:
        assert not is_token("", "")


class TestForeignPage:
    @pytest.mark.parametrize(("method", "path"), UNSAFE)
    def test_an_unsafe_request_without_the_pages_token_is_refused(
        self, browser: TestClient, method: str, path: str
    ) -> None:
        fields = {"token": "x", "endpoint": "x", "jobs": JOB, "ids": "x"}
        answer = browser.request(method, path, params={"name": "a.txt"}, data=fields, files={"files": b"x"})
        assert (answer.status_code, "页面已过期" in answer.text) == (403, True)

    @pytest.mark.parametrize(("method", "path"), UNSAFE)
    def test_an_unsafe_request_from_another_site_is_refused_even_with_the_token(
        self, browser: TestClient, csrf: str, method: str, path: str
    ) -> None:
        headers = {"x-csrf-token": csrf, "sec-fetch-site": "cross-site"}
        assert browser.request(method, path, headers=headers).status_code == 403

    def test_an_old_browser_is_told_apart_by_its_origin(self, browser: TestClient, csrf: str) -> None:
        answer = browser.post("/logout", data={"csrf": csrf}, headers={"origin": "http://evil.example"})
        assert answer.status_code == 403

    @pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("GET", "/documents"), ("GET", "/static/gouji.css")])
    def test_every_answer_forbids_foreign_and_inline_script(self, browser: TestClient, method: str, path: str) -> None:
        policy = browser.request(method, path).headers["content-security-policy"]
        wanted = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"}
        assert wanted <= set(policy.split("; "))

    def test_no_page_has_inline_script_style_or_handler(self, browser: TestClient) -> None:
        pages = "".join(browser.get(path).text for method, path in ALL if method == "GET" and path != "/events")
        assert re.findall(r"<script>|<style|\sstyle=|\son\w+=", pages) == []


class TestStart:
    def test_serving_other_machines_needs_a_token(self) -> None:
        with pytest.raises(ConfigurationError, match="GOUJI_USERS（用户文件）或 GOUJI_WEB_TOKEN"):
            settings_to_token(Settings(web_host="192.0.2.7"))

    @pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
    def test_on_loopback_a_token_is_made_and_printed(self, host: str, capsys: pytest.CaptureFixture[str]) -> None:
        made = settings_to_token(Settings(web_host=host))
        assert made in capsys.readouterr().err

    def test_a_form_that_grows_too_large_is_refused_on_the_way(self, browser: TestClient, csrf: str) -> None:
        headers = {"x-csrf-token": csrf, "content-type": "application/x-www-form-urlencoded"}
        answer = browser.post("/webhooks/test", content=growing(), headers=headers)
        assert (answer.status_code, "压缩后再上传" in answer.text) == (413, True)

    def test_an_upload_that_grows_too_large_is_refused_on_the_way(
        self, browser: TestClient, csrf: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("workers.web.headers.MAX_UPLOAD", 1000)
        answer = browser.put("/upload?name=a", content=growing(), headers={"x-csrf-token": csrf})
        assert (answer.status_code, "压缩后再上传" in answer.text) == (413, True)

    def test_a_body_that_is_too_large_is_refused(self, browser: TestClient, csrf: str) -> None:
        answer = browser.post("/logout", content=b"x" * (1024 * 1024 + 1), headers={"x-csrf-token": csrf})
        assert answer.status_code == 413
