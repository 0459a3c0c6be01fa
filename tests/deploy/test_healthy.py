"""The container's health check, run as the container runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Well(BaseHTTPRequestHandler):
    """Answers /healthz alone."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Well)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def healthy(process: str, **environment: str) -> int:
    command = [sys.executable, str(ROOT / "deploy/healthy.py"), process]
    told = subprocess.run(command, env=os.environ | environment, capture_output=True, cwd=ROOT, timeout=30, check=False)
    return told.returncode


def test_a_dashboard_that_answers_is_well(port: int) -> None:
    assert healthy("web", GOUJI_WEB_PORT=str(port)) == 0


def test_an_intake_that_answers_is_well(port: int) -> None:
    assert healthy("intake", GOUJI_INTAKE_PORT=str(port)) == 0


def test_a_dashboard_that_does_not_answer_is_not_well(port: int) -> None:
    assert healthy("web", GOUJI_INTAKE_PORT=str(port), GOUJI_WEB_PORT="1") == 1


def test_a_worker_whose_loop_turns_is_well(tmp_path: Path) -> None:
    (tmp_path / "worker-7.alive").touch()

    assert healthy("worker", GOUJI_STATE_DIR=str(tmp_path)) == 0


def test_a_worker_whose_loop_stands_still_is_not_well(tmp_path: Path) -> None:
    (tmp_path / "worker-7.alive").touch()
    os.utime(tmp_path / "worker-7.alive", (0, 0))

    assert healthy("worker", GOUJI_STATE_DIR=str(tmp_path)) == 1


def test_a_sweep_nothing_is_heard_of_is_not_well() -> None:
    assert healthy("sweep", REDIS_URL="redis://127.0.0.1:1/0") == 1
