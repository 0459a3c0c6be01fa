"""Role by route by own or foreign folder, over every route there is: all that is not allowed is refused."""

from __future__ import annotations

import ast
import dataclasses
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from httpx2 import Response
from starlette.testclient import TestClient

import workers.web.pages
from tests.workers.web.conftest import Office
from tests.workers.web.worlds import FOREIGN, OWN, PEOPLE, Share, fill, presigner, sign_in, write_people
from workers.people.person import ROLES, Role
from workers.web.app import PAGES, create_app
from workers.web.people import People, UsersFile
from workers.web.rights import OPEN_PATHS, RIGHTS, SAFE_METHODS, required_role
from workers.web.tally import Tally
from workers.web.tenant import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How a route is called for one share, the least role, the status of success, and how many audit lines it writes.

    `lines` is None where one call acts on all that one may see: it has a test of its own. `is_bulk` takes what it may
    from a list and passes over the rest: a foreign one then changes nothing.
    """

    role: Role
    status: int = 200
    params: Callable[[Share], dict[str, str]] = lambda _share: {}
    form: Callable[[Share], dict[str, str]] = lambda _share: {}
    lines: int | None = 0
    is_bulk: bool = False


MATRIX = {
    ("GET", "/"): Case(role=Role.VIEWER),
    ("GET", "/today/live"): Case(role=Role.VIEWER),
    ("GET", "/documents"): Case(role=Role.VIEWER),
    ("GET", "/documents/rows"): Case(role=Role.VIEWER, params=lambda share: {"jobs": share.done.job}, is_bulk=True),
    ("GET", "/documents/{job}"): Case(role=Role.VIEWER),
    ("GET", "/documents/{job}/live"): Case(role=Role.VIEWER),
    ("GET", "/documents/{job}/objects/{path:path}"): Case(role=Role.VIEWER),
    ("GET", "/documents/{job}/original"): Case(role=Role.VIEWER),
    ("POST", "/documents/reprocess"): Case(
        role=Role.OPERATOR, status=303, form=lambda share: {"prefix": share.folder}, is_bulk=True
    ),
    ("POST", "/documents/{job}/judge"): Case(role=Role.OPERATOR, status=303, lines=1),
    ("GET", "/failures"): Case(role=Role.VIEWER),
    ("POST", "/failures/retry"): Case(
        role=Role.OPERATOR, status=303, form=lambda share: {"jobs": share.failed.job}, lines=1, is_bulk=True
    ),
    ("POST", "/failures/{job}/retry"): Case(role=Role.OPERATOR, status=303, lines=1),
    ("GET", "/webhooks"): Case(role=Role.VIEWER),
    ("POST", "/webhooks/deliveries/{delivery_id}/redeliver"): Case(role=Role.OPERATOR, status=303, lines=1),
    ("POST", "/webhooks/requeue"): Case(
        role=Role.OPERATOR, status=303, form=lambda share: {"ids": share.deliveries[1]}, lines=1, is_bulk=True
    ),
    ("POST", "/webhooks/replay"): Case(role=Role.OPERATOR, status=303, lines=None),
    ("POST", "/webhooks/test"): Case(role=Role.ADMIN, status=303, form=lambda _: {"endpoint": "办公系统"}, lines=1),
    ("GET", "/rules"): Case(role=Role.VIEWER),
    ("GET", "/upload"): Case(role=Role.OPERATOR),
    ("PUT", "/upload"): Case(
        role=Role.OPERATOR, status=201, params=lambda share: {"prefix": share.folder, "name": "甲.txt"}, lines=1
    ),
    ("POST", "/upload"): Case(role=Role.OPERATOR, status=303, form=lambda share: {"prefix": share.folder}, lines=1),
    ("POST", "/upload/form"): Case(
        role=Role.OPERATOR, status=201, form=lambda share: {"prefix": share.folder, "name": "甲.txt"}, lines=1
    ),
    ("POST", "/upload/sample"): Case(role=Role.OPERATOR, status=303, lines=1),
    ("GET", "/events"): Case(role=Role.VIEWER),
    ("GET", "/metrics"): Case(role=Role.ADMIN),
    ("POST", "/logout"): Case(role=Role.VIEWER, status=303, lines=1),
}
"""One line a route. A route without a line, or a line without a route, is a failure of the first test."""

FILES = [("POST", "/upload")]


def routes() -> tuple[tuple[str, str], ...]:
    """Every method and address template of the application, those apart that strangers may use."""
    found = []
    for page in PAGES:
        for route in page.router.routes:
            assert isinstance(route, APIRoute)
            found += [(method, route.path) for method in sorted(route.methods or ()) if route.path not in OPEN_PATHS]
    return tuple(found)


ROUTES = routes()
UNSAFE = tuple(route for route in ROUTES if route[0] not in SAFE_METHODS)
NAMES = tuple(name for name, _, _ in PEOPLE)


@dataclass(frozen=True, slots=True)
class World:
    """The dashboard with its people, and both shares."""

    office: Office
    client: TestClient
    own: Share
    foreign: Share
    people: People

    def share(self, whose: str) -> Share:
        """The own share or the foreign one."""
        return self.own if whose == "own" else self.foreign

    def lines(self) -> int:
        """How many acts were written down."""
        return len(self.office.audit())

    def touched(self) -> tuple[object, ...]:
        """What acts leave behind: what was sent again, posted, put into the inbox, or waits to be sent."""
        inbox = tuple((o.key, o.last_modified) for o in self.office.store.walk("inbox"))
        waiting = tuple(o.key for o in self.office.store.walk("results", "_outbox/"))
        return tuple(self.office.again), tuple(self.office.poster.sent), inbox, waiting


@pytest.fixture
def world(office: Office, tmp_path: Path) -> World:
    people = write_people(tmp_path / "users.toml")
    app = create_app(dataclasses.replace(office.site, people=people, presigner=presigner()))
    app.state.live = Ended()
    client = TestClient(app, follow_redirects=False, headers={"accept": "text/html"})
    own, foreign = fill(office)
    return World(office, client, own, foreign, people)


class Ended:
    """A live stream that has already ended, so that asking for it comes to an end."""

    async def stream(self, *_given: object) -> object:
        """One line."""
        yield ": ended\n\n"


def call(world: World, route: tuple[str, str], share: Share, csrf: str) -> Response:
    """Ask for a route as its page would."""
    method, template = route
    case = MATRIX[route]
    job = share.failed.job if template == "/failures/{job}/retry" else share.done.job
    path = template.replace("{job}", job).replace("{delivery_id}", share.deliveries[0])
    path = path.replace("{path:path}", "0123456789ab/report.json")
    if method in SAFE_METHODS:
        return world.client.request(method, path, params=case.params(share))
    files = {"files": ("甲.txt", b"x")} if route in FILES else None
    headers = {"x-csrf-token": csrf}
    return world.client.request(
        method, path, params=case.params(share), headers=headers, data=case.form(share), files=files
    )


def test_every_route_has_its_line_in_the_matrix_and_in_the_table_of_rights() -> None:
    assert (set(ROUTES), {(method, path) for method, path, _ in RIGHTS}) == (set(MATRIX), set(MATRIX))


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_the_table_asks_of_each_route_the_role_that_the_matrix_names(route: tuple[str, str]) -> None:
    assert required_role(*route) is MATRIX[route].role


def test_an_unknown_route_that_changes_something_is_the_administrators() -> None:
    assert [required_role(method, "/new") for method in ("POST", "DELETE", "GET")] == [
        Role.ADMIN,
        Role.ADMIN,
        Role.VIEWER,
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("whose", ["own", "foreign"])
def test_role_by_route_by_folder(world: World, name: str, whose: str) -> None:
    role, prefixes = next((role, prefixes) for known, role, prefixes in PEOPLE if known == name)
    csrf = sign_in(world.client, name)
    share, is_closed = world.share(whose), whose == "foreign" and OWN in prefixes
    found: dict[tuple[str, str], object] = {}
    expected: dict[tuple[str, str], object] = {}
    for route in sorted(ROUTES, key=lambda one: one[1] == "/logout"):
        case, before = MATRIX[route], (world.touched(), world.lines())
        answer = call(world, route, share, csrf)
        may = ROLES.index(role) >= ROLES.index(case.role)
        is_refused = not may or (is_closed and case.is_bulk) or (is_closed and "{" in route[1])
        status = 403 if not may else 404 if is_closed and "{" in route[1] else case.status
        written = world.lines() - before[1]
        lines = 0 if is_refused else written if case.lines is None else case.lines
        asked = f"{case.params(share)}{case.form(share)}"
        told = [word for word in world.foreign.words if OWN in prefixes and word in answer.text and word not in asked]
        found[route] = (answer.status_code, told, written)
        expected[route] = (status, [], lines)
        if is_refused:
            assert world.touched() == before[0], route
    assert found == expected


@pytest.mark.parametrize("route", [route for route in ROUTES if "{" in route[1]], ids=" ".join)
def test_a_foreign_document_and_one_that_never_was_are_answered_alike(world: World, route: tuple[str, str]) -> None:
    csrf = sign_in(world.client, "李办")
    foreign = call(world, route, world.foreign, csrf)
    world.office.ledger.forget([world.foreign.done.job, world.foreign.failed.job])
    gone = call(world, route, world.foreign, csrf)
    assert (foreign.status_code, foreign.text) == (404, gone.text)


def test_an_old_address_of_a_foreign_result_that_the_ledger_forgot_is_closed(world: World) -> None:
    sign_in(world.client, "张查")
    job = world.foreign.done.job
    world.office.ledger.forget([job])
    assert world.client.get(f"/documents/{job}/objects/0123456789ab/report.json").status_code == 404


@pytest.mark.parametrize(("name", "count"), [("张查", 1), ("王总", 2)])
def test_lists_and_figures_count_what_one_may_see(world: World, name: str, count: int) -> None:
    sign_in(world.client, name)
    today = re.findall(r">(待处理|今日完成|有错误|未能处理)</a></dt>\s*<dd[^>]*>(\d+)", world.client.get("/").text)
    lists = [re.findall(r"(\d+) 份", world.client.get(path).text)[0] for path in ("/documents?state=done", "/failures")]
    deliveries_shown = world.client.get("/webhooks").text.count("核查完成")
    assert (dict(today), lists, deliveries_shown) == (
        {"待处理": "0", "今日完成": str(count), "有错误": str(count), "未能处理": str(count)},
        [str(count)] * 2,
        2 * count,
    )


def test_a_search_finds_nothing_foreign(world: World) -> None:
    sign_in(world.client, "李办")
    pages = [world.client.get(path).text for path in (f"/documents?q={FOREIGN}", f"/documents?prefix={FOREIGN}")]
    assert ["没有符合条件的报告" in page for page in pages] == [True, True]


def test_the_live_stream_tells_of_no_foreign_change(world: World) -> None:
    person = UsersFile(path=world.people.file.path).now()
    assert person is not None
    user = person.named("张查")
    assert user is not None
    tenant = Tenant(world.office.site, user.to_person(), Tally(time.monotonic))
    changes = world.office.ledger.changes("0-0", 0)
    assert {change.job for change in tenant.changes(changes)} == {world.own.done.job, world.own.failed.job}


FOREIGN_PAGES = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "http://evil.example"},
    {"origin": "null"},
)


@pytest.mark.parametrize("headers", FOREIGN_PAGES, ids=str)
def test_a_foreign_page_moves_nothing_by_any_route_even_with_the_token(world: World, headers: dict[str, str]) -> None:
    csrf = sign_in(world.client, "钱管")
    before = (world.touched(), world.lines())
    world.client.headers.update(headers)
    answers = {route: call(world, route, world.own, csrf).status_code for route in UNSAFE}
    assert (answers, world.touched(), world.lines()) == (dict.fromkeys(UNSAFE, 403), *before)


@pytest.mark.parametrize("csrf", ["", "other"])
def test_without_the_pages_token_nothing_moves_by_any_route(world: World, csrf: str) -> None:
    sign_in(world.client, "钱管")
    before = (world.touched(), world.lines())
    answers = {route: call(world, route, world.own, csrf).status_code for route in UNSAFE}
    assert (answers, world.touched(), world.lines()) == (dict.fromkeys(UNSAFE, 403), *before)


def test_no_page_asks_the_ledger_or_the_deliveries_itself() -> None:
    folder = Path(str(workers.web.pages.__file__)).parent
    asked = [
        f"{path.name}:{node.lineno}"
        for path in sorted(folder.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in {"ledger", "tally"})
        or (isinstance(node, ast.ImportFrom) and "deliveries" in {alias.name for alias in node.names})
    ]
    assert asked == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张查", []),
        ("李办", ["重试", "重新排队所选", "重新推送", "重新核查", "上传"]),
        ("钱管", ["重试", "重新排队所选", "测试推送", "重新推送", "重新核查", "上传"]),
    ],
)
def test_buttons_that_a_role_may_not_use_are_not_shown(world: World, name: str, shown: list[str]) -> None:
    sign_in(world.client, name)
    text = "".join(
        world.client.get(path).text for path in ("/", "/failures", "/webhooks", f"/documents/{world.own.done.job}")
    )
    words = ("重试", "重新排队所选", "测试推送", "重新推送", "重新核查", "上传")
    assert [word for word in words if re.search(f"<(button|summary|a)[^>]*>{word}<", text)] == shown


def test_every_page_says_who_is_signed_in_and_as_what(world: World) -> None:
    sign_in(world.client, "李办")
    assert "李办（经办）" in world.client.get("/rules").text


def test_replaying_everything_sends_what_one_may_see_with_one_line_each(world: World) -> None:
    csrf = sign_in(world.client, "李办")
    world.client.post("/webhooks/replay", data={"csrf": csrf})
    waiting = [one.key for one in world.office.store.walk("results", "_outbox/")]
    assert [(any(key.startswith(f"_outbox/{i}.") for key in waiting)) for i in world.own.deliveries] == [True, True]
    assert (len(waiting), world.lines()) == (2, 2)


@pytest.mark.parametrize(("folder", "count"), [(OWN, 1), (FOREIGN, 0)])
def test_a_folder_is_judged_again_as_far_as_one_may_see_it(world: World, folder: str, count: int) -> None:
    jobs = {own: world.office.processed(f"{own}样例.txt") for own in (OWN, FOREIGN)}
    csrf = sign_in(world.client, "李办")
    world.client.post("/documents/reprocess", data={"csrf": csrf, "prefix": folder})
    assert ([ref.job for ref in world.office.again], world.lines()) == ([jobs[OWN]] * count, count)
