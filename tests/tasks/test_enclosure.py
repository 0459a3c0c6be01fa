"""What a hostile document sees and reaches from inside: nothing of the machine, no network, no other process."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsers.model.document import Line
from tasks.enclosure import Layer
from tasks.errors import ConfigurationError
from tasks.sandbox import Sandbox
from tasks.sandbox_limits import Limits
from tests.tasks.test_sandbox import HOSTILE

DENYING = (sys.executable, "-I", str(Path(__file__).with_name("denying.py")))
LIMITS = Limits(memory=512 * 1024 * 1024, cpu=5, wall=10)
FORBIDDEN = (
    *("/etc/passwd", "/etc/shadow", "/etc/hostname", "/proc/1/environ", "/proc/1/mem", "/var", "/home", "/sys"),
    *("/dev/shm", "/dev/kmsg", "/run", str(Path(__file__)), str(Path.home() / ".ssh"), "/proc/1/root"),  # noqa: S108
)
"""None of it is a reader's business."""


@pytest.fixture(scope="module", params=[Layer.NAMESPACES, Layer.LANDLOCK])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """One behind each kind of walls: the second where namespaces are refused, as in many a container."""
    command = HOSTILE if request.param is Layer.NAMESPACES else (*DENYING, *HOSTILE)
    made = Sandbox(limits=LIMITS, command=command)
    try:
        found = made.layer()
    except ConfigurationError:
        found = None
    if found is not request.param:
        made.close()
        pytest.skip(f"this machine does not offer {request.param}")
    yield made
    made.close()


def seen(sandbox: Sandbox, topic: str, *details: object) -> list[str]:
    words = f"look {topic} {json.dumps(details)}"
    return [block.text for block in sandbox.read(words.encode()).blocks if isinstance(block, Line)]


def test_it_sees_no_environment(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    assert seen(sandbox, "environment") in ([], ["LC_CTYPE"])  # CPython sets LC_CTYPE itself


def test_it_opens_none_of_the_machines_files(sandbox: Sandbox) -> None:
    results = seen(sandbox, "files", *FORBIDDEN)
    assert len(results) == len(FORBIDDEN)
    assert [result for result in results if result.endswith(": done")] == []


def test_it_writes_nowhere_but_into_its_scratch(sandbox: Sandbox) -> None:
    folders = ("/", "/usr", "/etc", "/dev", "/proc", sys.prefix, str(Path(__file__).parents[2] / "parsers"), "/var/tmp")  # noqa: S108
    assert [result for result in seen(sandbox, "writes", *folders) if result.endswith(": done")] == []


def test_it_holds_its_document_its_answer_and_its_counters_alone(sandbox: Sandbox) -> None:
    numbers = [line.split()[0] for line in seen(sandbox, "descriptors")]
    assert numbers[:3] == ["0", "1", "2"]
    assert len(numbers) == 5  # the document has been read and closed


def test_not_one_packet_leaves(sandbox: Sandbox) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as web,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as dns,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
    ):
        port = web.getsockname()[1]
        udp.bind(("127.0.0.1", port))
        dns.bind(("127.0.0.1", 0))
        results = seen(sandbox, "network", port, dns.getsockname()[1])
        for listener in (web, dns, udp):
            listener.settimeout(0)
        for receive in (web.accept, lambda: dns.recv(1), lambda: udp.recv(1)):
            with pytest.raises(BlockingIOError):
                receive()
    assert len(results) == 7
    assert [result for result in results if result.endswith(": done")] == []


def test_the_calls_that_lead_out_are_refused(sandbox: Sandbox) -> None:
    results = seen(sandbox, "calls")
    assert len(results) >= 11
    assert [result for result in results if not result.endswith((": EPERM", ": EINVAL"))] == []


def test_it_is_nobody_and_can_become_nobody_else(sandbox: Sandbox) -> None:
    facts = dict(line.rsplit(" ", 1) for line in seen(sandbox, "who"))
    assert (facts["capabilities"], facts["new privileges"], facts["filter"]) == ("False", "False", "2")
    assert facts["leader"] == "True"
    if sandbox.layer() is Layer.NAMESPACES and os.geteuid() == 0:
        assert int(facts["user"]) != 0


def test_every_limit_is_set(sandbox: Sandbox) -> None:
    assert seen(sandbox, "limits") == [
        f"AS {LIMITS.memory}",
        f"CPU {LIMITS.cpu}",
        f"FSIZE {LIMITS.file_size}",
        f"NOFILE {LIMITS.files}",
        "CORE 0",
        "NPROC 1",
    ]


def test_what_one_document_leaves_behind_the_next_does_not_find(sandbox: Sandbox) -> None:
    if sandbox.layer() is not Layer.NAMESPACES:
        pytest.skip("there is no scratch")
    sandbox.read(b"leave trace")
    assert seen(sandbox, "folders")[1] == "scratch []"


def test_nobody_starts_without_walls_unless_he_says_so() -> None:
    patched = (sys.executable, "-I", str(Path(__file__).with_name("patched_server.py")), "without-walls")
    made = Sandbox(command=patched)
    with pytest.raises(ConfigurationError) as caught:
        made.read(b"text")
    made.close()
    assert "GOUJI_SANDBOX=limits-only" in caught.value.sentence
    accepting = Sandbox(command=patched, accept_limits=True)
    assert (accepting.layer(), len(accepting.read("正文".encode()).blocks)) == (Layer.LIMITS, 1)
    accepting.close()
