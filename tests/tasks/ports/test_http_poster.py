"""One signed POST: to whom it goes, what it carries, and what every kind of answer becomes."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from standardwebhooks import Webhook, WebhookVerificationError

from tasks.ports.addresses import text_to_opening
from tasks.ports.http_poster import HttpPoster, header_to_seconds, sign
from tasks.ports.poster import Answer, Endpoint

SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="
OLDER = "whsec_" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
BODY = '{"type":"document.completed","data":{"key":"2023/铜官区.pdf"}}'.encode()
LOOPBACK = (text_to_opening("127.0.0.0/8"), text_to_opening("::1"))
REFUSED = "接收地址不在允许的范围内（GOUJI_WEBHOOK_ALLOW）。"


@dataclass
class Receiver:
    """A web server on loopback that keeps what it got and answers by a script."""

    answer: Callable[[BaseHTTPRequestHandler], None]
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0


def reply(status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> Callable[..., None]:
    """An answer at once."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


Serve = Callable[..., Receiver]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start receivers on loopback; they stop with the test."""
    running: list[ThreadingHTTPServer] = []

    def start(answer: Callable[..., None], tls: ssl.SSLContext | None = None) -> Receiver:
        receiver = Receiver(answer)

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                try:
                    receiver.answer(self)
                except OSError:
                    return  # the poster hung up, as some tests want

            do_GET = do_POST  # noqa: N815 - the base class names it so

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
                """Stay quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        running.append(server)
        receiver.port = server.server_address[1]
        return receiver

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def endpoint(url: str, *secrets: str) -> Endpoint:
    return Endpoint(name="市政务公开办", url=url, secrets=secrets or (SECRET,))


def post(receiver: Receiver, path: str = "/", **settings: object) -> Answer:
    poster = HttpPoster(openings=LOOPBACK, **settings)  # type: ignore[arg-type] # its own field names
    return poster.post(endpoint(f"http://127.0.0.1:{receiver.port}{path}"), "id-1", BODY)


def test_the_receiver_gets_the_bytes_and_verifies_them_with_the_reference_library(serve: Serve) -> None:
    receiver = serve(reply(200))
    assert post(receiver, "/hook?x=1") == Answer(status=200)
    path, headers, body = receiver.got[0]
    assert (path, body, headers["webhook-id"]) == ("/hook?x=1", BODY, "id-1")
    assert Webhook(SECRET).verify(body, headers) == {"type": "document.completed", "data": {"key": "2023/铜官区.pdf"}}


def test_during_rotation_both_secrets_verify(serve: Serve) -> None:
    receiver = serve(reply(204))
    poster = HttpPoster(openings=LOOPBACK)
    assert poster.post(endpoint(f"http://127.0.0.1:{receiver.port}", SECRET, OLDER), "id-1", BODY).delivered
    _, headers, body = receiver.got[0]
    for secret in (SECRET, OLDER):
        Webhook(secret).verify(body, headers)


def test_a_rotation_never_sends_what_the_receiver_cannot_verify(serve: Serve) -> None:
    receiver = serve(reply(204))
    url = f"http://127.0.0.1:{receiver.port}"
    steps = (((OLDER,), OLDER), ((SECRET, OLDER), OLDER), ((SECRET, OLDER), SECRET), ((SECRET,), SECRET))
    for number, (ours, theirs) in enumerate(steps):
        assert HttpPoster(openings=LOOPBACK).post(endpoint(url, *ours), f"id-{number}", BODY).delivered
        _, headers, body = receiver.got[-1]
        Webhook(theirs).verify(body, headers)


def test_a_tampered_body_does_not_verify() -> None:
    headers = dict(sign(endpoint("https://example.com"), "id-1", BODY, datetime.now(UTC)))
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY.replace(b"completed", b"quarantined"), headers)


def test_an_old_message_does_not_verify() -> None:
    headers = dict(sign(endpoint("https://example.com"), "id-1", BODY, datetime.now(UTC) - timedelta(minutes=10)))
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY, headers)


def test_a_redirect_is_a_failure_and_is_not_followed(serve: Serve) -> None:
    target = serve(reply(200))
    receiver = serve(reply(302, {"location": f"http://127.0.0.1:{target.port}/"}))
    answer = post(receiver)
    assert (answer.status, answer.delivered, target.got) == (302, False, [])


def test_retry_after_is_read_as_seconds(serve: Serve) -> None:
    assert post(serve(reply(429, {"retry-after": "120"}))) == Answer(
        status=429, reason="接收端答复 429。", retry_after=120
    )


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("Sun, 22 Nov 2026 08:01:00 GMT", 60), ("Sun, 22 Nov 2026 07:00:00 GMT", 0), ("soon", None),
     ("", None), ("-5", None), ("٣", None), ("9" * 400, 999999999), ("Sun, 22 Nov 2026 08:01:00", None)],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date_and_anything_else_is_nothing(value: str, seconds: int | None) -> None:
    assert header_to_seconds(value, datetime(2026, 11, 22, 8, 0, tzinfo=UTC)) == seconds


def test_a_receiver_that_never_answers_costs_no_more_than_the_time_set(serve: Serve) -> None:
    receiver = serve(lambda _: time.sleep(1.5))
    start = time.monotonic()
    answer = post(receiver, seconds=0.3)
    assert (answer.status, answer.reason, time.monotonic() - start < 1) == (None, "接收端在 0.3 秒内没有答复。", True)


def test_a_receiver_that_drips_its_headers_costs_no_more_than_the_time_set(serve: Serve) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nx-slow: yes and no\r\n\r\n":
            handler.wfile.write(bytes([byte]))
            time.sleep(0.05)

    start = time.monotonic()
    answer = post(serve(drip), seconds=0.4)
    assert (answer.status, time.monotonic() - start < 1) == (None, True)


def test_a_body_without_end_is_cut_off_and_the_status_counts(serve: Serve) -> None:
    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        sent = 0
        while sent < 200_000_000:
            sent += handler.wfile.write(b"x" * 65536)
        flooded.append(sent)

    flooded: list[int] = []
    assert (post(serve(flood)).status, flooded) == (200, [])


def test_something_that_does_not_speak_http_is_a_failure_with_a_reason(serve: Serve) -> None:
    answer = post(serve(lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")))
    assert answer == Answer(status=None, reason="接收端的答复不是 HTTP。")


def test_a_closed_port_is_a_failure_with_a_reason() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        answer = HttpPoster(openings=LOOPBACK).post(endpoint(url), "id-1", BODY)
    assert answer == Answer(status=None, reason="接收端拒绝连接。")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]",
     "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "localhost", "0.0.0.0", "[::]"],  # noqa: S104 - a spelling to refuse
)  # fmt: skip
def test_loopback_is_refused_in_every_spelling(host: str, serve: Serve) -> None:
    receiver = serve(reply(200))
    for scheme in ("http", "https"):
        answer = HttpPoster().post(endpoint(f"{scheme}://{host}:{receiver.port}/"), "id-1", BODY)
        assert (answer.status, receiver.got) == (None, [])
        assert answer.reason in {REFUSED, "接收地址无法识别。"}


def test_one_private_address_among_public_ones_refuses_the_whole_name() -> None:
    poster = HttpPoster(resolver=lambda _host, _port: ("8.8.8.8", "10.0.0.1"))
    assert poster.post(endpoint("https://example.com/"), "id-1", BODY).reason == REFUSED


def test_a_name_is_resolved_once_so_that_a_second_answer_changes_nothing(serve: Serve) -> None:
    receiver = serve(reply(200))
    answers = iter([("127.0.0.1",), ("127.0.0.2",)])
    asked: list[str] = []

    def rebind(host: str, _port: int) -> tuple[str, ...]:
        asked.append(host)
        return next(answers)

    poster = HttpPoster(openings=(text_to_opening("127.0.0.1"),), resolver=rebind)
    answer = poster.post(endpoint(f"http://hooks.example.com:{receiver.port}/"), "id-1", BODY)
    assert (answer.status, asked) == (200, ["hooks.example.com"])
    assert receiver.got[0][1]["host"] == f"hooks.example.com:{receiver.port}"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://user:word@example.com/", "接收地址中不能带用户名或密码。"),
        ("ftp://example.com/", "接收地址必须以 https:// 开头（内网可用 http://）。"),
        ("file:///etc/passwd", "接收地址必须以 https:// 开头（内网可用 http://）。"),
        ("https://", "接收地址必须以 https:// 开头（内网可用 http://）。"),
        ("https://exa mple.com:x/", "接收地址无法识别。"),
        ("https://example.com/\r\nx: y", "接收地址无法识别。"),
    ],
)
def test_an_address_of_another_kind_is_refused_with_a_reason(url: str, reason: str) -> None:
    poster = HttpPoster(resolver=lambda _host, _port: ("8.8.8.8",))
    assert poster.post(endpoint(url), "id-1", BODY) == Answer(status=None, reason=reason)


def test_a_name_that_does_not_resolve_is_a_failure_with_a_reason() -> None:
    def unknown(_host: str, _port: int) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    answer = HttpPoster(resolver=unknown).post(endpoint("https://nowhere.invalid/"), "id-1", BODY)
    assert answer == Answer(status=None, reason="接收地址的域名无法解析。")


def test_proxies_of_the_environment_are_not_used(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy, receiver = serve(reply(200)), serve(reply(200))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    assert (post(receiver).status, len(proxy.got), len(receiver.got)) == (200, 0, 1)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate and key for hooks.example.com, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hooks.example.com")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.example.com")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "hooks.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.mark.parametrize(
    ("host", "trusted", "status"),
    [("hooks.example.com", True, 200), ("other.example.com", True, None), ("hooks.example.com", False, None)],
)
def test_the_certificate_is_checked_for_the_name_of_the_url_not_for_the_address(
    host: str, status: int | None, serve: Serve, certificate: Path, *, trusted: bool
) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    receiver = serve(reply(200), server)
    client = ssl.create_default_context(cafile=certificate) if trusted else ssl.create_default_context()
    poster = HttpPoster(openings=LOOPBACK, resolver=lambda _host, _port: ("127.0.0.1",), tls=client)
    answer = poster.post(endpoint(f"https://{host}:{receiver.port}/"), "id-1", BODY)
    reason = "" if status else "接收端的证书无法验证，或加密连接未能建立。"
    assert (answer.status, answer.reason) == (status, reason)
