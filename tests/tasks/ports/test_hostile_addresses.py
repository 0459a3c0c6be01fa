"""Addresses that lead into the house: each is refused before a connection, and each refusal is logged (S22)."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator

import httpcore2
import pytest
from structlog.testing import capture_logs

from tasks.ports.addresses import text_to_opening
from tasks.ports.http_poster import MAX_ANSWER, HttpPoster, resolve
from tasks.ports.poster import Answer, Endpoint

SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="
TLS = ssl.create_default_context()
WHAT_THE_KERNEL_TAKES = 8 * 1024 * 1024
"""Bytes that lie in the buffers of a connection on loopback, at most."""
OUTSIDE = "接收地址不在允许的范围内（GOUJI_WEBHOOK_ALLOW）。"
UNCLEAR = "接收地址无法识别。"
WITH_USER = "接收地址中不能带用户名或密码。"
OTHER_SCHEME = "接收地址必须以 https:// 开头（内网可用 http://）。"

LOOPBACK = (
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0X7F.1", "0177.0.0.1", "017700000001",
    "00000127.0.0.1", "127.0.0.01", "0", "0.0.0.0", "127.255.255.254", "127.0.0.1.",  # noqa: S104 - to be refused
    "127。0。0。1", "127．0．0．1",
    "127｡0｡0｡1", "１２７.０.０.１", "①②⑦.⓪.⓪.①", "%31%32%37.0.0.1", "127.0.0.1%00.example.com", "localhost",
    "LOCALHOST", "localhost.", "ｌｏｃａｌｈｏｓｔ", "loca\u00adlhost", "[::]", "[::1]", "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]", "[2400:3200::5efe:7f00:1]",
    "[2400:3200::200:5efe:7f00:1]",
)  # fmt: skip
METADATA = (
    "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "[::ffff:a9fe:a9fe]", "[64:ff9b::a9fe:a9fe]",
    "[2002:a9fe:a9fe::]", "[fd00:ec2::254]", "169.254.170.2", "169.254.0.23", "100.100.100.200", "192.0.0.192",
    "168.63.129.16",
)  # fmt: skip
INTRANET = (
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "198.18.0.1", "192.0.2.1", "198.51.100.1",
    "203.0.113.1", "[fc00::1]", "[fd12:3456::1]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]",
)  # fmt: skip
NOBODY = ("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "[ff02::1]", "[ff0e::1]", "[100::1]",
          "[2001:db8::1]", "[2001:10::1]", "[3fff::1]", "[5f00::1]")  # fmt: skip
NAMED = {
    "metadata.google.internal": ("169.254.169.254",),
    "localtest.example.com": ("127.0.0.1",),
    "127.0.0.1.nip.example": ("127.0.0.1",),
    "mixed.example.com": ("8.8.8.8", "10.0.0.1"),
    "six.example.com": ("2400:3200::1", "::1"),
    "zoned.example.com": ("fe80::1%1",),
    "localhost.": ("127.0.0.1",),
}
"""Names, and what a hostile name server answers."""

PORTS = ("https://8.8.8.8:22/", "https://8.8.8.8:6379/", "https://8.8.8.8:80/", "http://8.8.8.8/", "http://8.8.8.8:443/",
         "https://[2400:3200::1]:9000/")  # fmt: skip
CREDENTIALS = ("https://user:word@8.8.8.8/", "https://example.com@127.0.0.1/", "https://:@8.8.8.8/",
               "https://127.0.0.1\\@8.8.8.8/")  # fmt: skip
SCHEMES = ("file:///etc/passwd", "gopher://127.0.0.1:6379/_FLUSHALL", "ftp://8.8.8.8/", "redis://127.0.0.1/",
           "//8.8.8.8/", "data:text/plain,x", "unix:///run/x", "")  # fmt: skip
ROWS = (
    *((f"{scheme}://{host}/hook?key=token-of-the-receiver", {OUTSIDE, UNCLEAR})
      for host in (*LOOPBACK, *METADATA, *INTRANET, *NOBODY, *NAMED) for scheme in ("https", "http")),
    *((url, {OUTSIDE}) for url in PORTS),
    *((url, {WITH_USER, UNCLEAR}) for url in CREDENTIALS),
    *((url, {OTHER_SCHEME, UNCLEAR}) for url in SCHEMES),
)  # fmt: skip


def answer_of(host: str, port: int) -> tuple[str, ...]:
    """The hostile name server; numbers are read by the system, as they would be."""
    return NAMED.get(host) or resolve(host, port)


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address to which a connection was tried."""
    tried: list[str] = []

    def connect(_self: object, host: str, *_more: object) -> httpcore2.NetworkStream:
        tried.append(host)
        raise httpcore2.ConnectError("nobody there")

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    return tried


def endpoint(url: str) -> Endpoint:
    return Endpoint(name="市政务公开办", url=url, secrets=(SECRET,))


@pytest.mark.parametrize(("url", "reasons"), ROWS)
def test_a_hostile_address_is_refused_and_logged_and_nothing_is_dialled(
    url: str, reasons: set[str], dialled: list[str]
) -> None:
    with capture_logs() as lines:
        answer = HttpPoster(resolver=answer_of, tls=TLS).post(endpoint(url), "id-1", b"{}")
    assert (answer.status, answer.reason in reasons, dialled) == (None, True, [])
    assert lines == [
        {"event": "推送地址被拒绝", "endpoint": "市政务公开办", "reason": answer.reason, "log_level": "warning"}
    ]


def test_a_public_address_is_dialled_by_its_number(dialled: list[str]) -> None:
    HttpPoster(resolver=lambda _host, _port: ("8.8.8.8",), tls=TLS).post(endpoint("https://example.com/"), "i", b"{}")
    assert dialled == ["8.8.8.8"]


@pytest.mark.parametrize(
    ("opening", "url"),
    [
        ("10.1.0.0/16:8080", "http://10.1.2.3:8080/"),
        ("192.0.2.7", "http://192.0.2.7/"),
        ("127.0.0.1:9000", "http://127.0.0.1:9000/"),
        ("[fd00::/8]:8443", "https://[fd12::1]:8443/"),
        ("0.0.0.0/0:80", "http://8.8.8.8/"),
    ],
)
def test_what_the_administrator_opens_is_dialled(opening: str, url: str, dialled: list[str]) -> None:
    HttpPoster(openings=(text_to_opening(opening),), tls=TLS).post(endpoint(url), "i", b"{}")
    assert len(dialled) == 1


def test_a_name_server_with_two_answers_is_believed_once(dialled: list[str]) -> None:
    answers = iter([("8.8.8.8",), ("127.0.0.1",)])
    poster = HttpPoster(resolver=lambda _host, _port: next(answers), tls=TLS)
    poster.post(endpoint("https://rebinding.example.com/"), "i", b"{}")
    poster.post(endpoint("https://rebinding.example.com/"), "i", b"{}")
    assert dialled == ["8.8.8.8"]


@pytest.fixture
def raw() -> Iterator[tuple[socket.socket, int]]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server, server.getsockname()[1]


def serve_raw(server: socket.socket, head: bytes, piece: bytes, pause: float, sent: list[int]) -> threading.Thread:
    """Answer one connection with the head, then pieces for ever."""

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            try:
                connection.sendall(head)
                while True:
                    connection.sendall(piece)
                    sent.append(len(piece))
                    time.sleep(pause)
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("head", "piece", "pause", "status"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n", b"x" * 4096, 0.0, 200),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n", b"x", 0.02, 200),
        (b"HTTP/1.1 200 OK\r\n", b"x-endless: yes\r\n", 0.0, None),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", 0.001, None),
    ],
    ids=["large body", "slow body", "endless headers", "endless interim answers"],
)
def test_an_answer_without_end_costs_neither_time_nor_memory(
    head: bytes, piece: bytes, pause: float, status: int | None, raw: tuple[socket.socket, int]
) -> None:
    server, port = raw
    sent: list[int] = []
    thread = serve_raw(server, head, piece, pause, sent)
    poster = HttpPoster(openings=(text_to_opening("127.0.0.1"),), tls=TLS, seconds=0.5)
    start = time.monotonic()
    answer = poster.post(endpoint(f"http://127.0.0.1:{port}/"), "i", b"{}")
    took = time.monotonic() - start
    thread.join(5)
    assert (answer.status, took < 2, thread.is_alive()) == (status, True, False)
    assert sum(sent) < MAX_ANSWER + WHAT_THE_KERNEL_TAKES


def test_a_redirect_to_loopback_stays_a_failure_of_the_first_address(raw: tuple[socket.socket, int]) -> None:
    server, port = raw
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.settimeout(0.2)
        location = f"http://127.0.0.1:{inside.getsockname()[1]}/".encode()
        serve_raw(server, b"HTTP/1.1 307 Go\r\nlocation: " + location + b"\r\ncontent-length: 0\r\n\r\n", b"", 1, [])
        poster = HttpPoster(openings=(text_to_opening(f"127.0.0.1:{port}"),), tls=TLS, seconds=1)
        answer = poster.post(endpoint(f"http://127.0.0.1:{port}/"), "i", json.dumps({}).encode())
        with pytest.raises(TimeoutError):
            inside.accept()
    assert answer == Answer(status=307, reason="接收端答复 307（跳转到别处），按失败处理。")
