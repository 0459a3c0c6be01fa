"""What `gouji up` says when everything answers: a short table of addresses, and how to drop a file."""

from __future__ import annotations

import http.client
import os
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from tasks.errors import TransientError
from tasks.ports.redis_ledger import RedisLedger, redis_client
from tasks.walls import ONLY_LIMITS
from workers.readable import Output, table


def is_ready(environment: dict[str, str], since: datetime) -> bool:
    """Whether dashboard and intake answer, and worker and sweep have shown life since this start."""
    return all(
        _answers(environment[f"GOUJI_{name}_HOST"], environment[f"GOUJI_{name}_PORT"]) for name in ("WEB", "INTAKE")
    ) and {"worker", "sweep"} <= _alive(environment["REDIS_URL"], since)


def _alive(redis_url: str, since: datetime) -> set[str]:
    with redis_client(redis_url) as client:
        try:
            return {beat.process for beat in RedisLedger(client).heartbeats() if beat.started >= since}
        except TransientError:
            return set()


def greet(
    output: Output, environment: dict[str, str], seconds: float, *, is_embedded: bool, is_limits_only: bool = False
) -> None:
    """Print the table once, and one line that says how long the start took."""
    output.plain("\n" + table(rows(environment)) + "\n")
    if is_embedded:
        output.plain("  内置的 Valkey 和 S3 供试用和小型单位使用；正式部署请另备，并设 REDIS_URL、S3_ENDPOINT_URL。\n")
    if is_limits_only:
        output.plain(f"  注意：{ONLY_LIMITS}。\n")
    output.say(f"已就绪，用时 {seconds:.1f} 秒；Ctrl-C 全部停止")


def rows(environment: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The table: what, and where."""
    inbox, endpoint = environment["GOUJI_INBOX_BUCKET"], environment["S3_ENDPOINT_URL"]
    login = f"{environment['GOUJI_WEB_URL']}/?token={quote(environment['GOUJI_WEB_TOKEN'])}"
    found = [
        ("看板", login),
        ("S3 地址", endpoint or "AWS"),
        ("收件桶", inbox),
        ("结果桶", environment["GOUJI_RESULTS_BUCKET"]),
        ("放入文件", f"{command()} submit 报告.pdf"),
    ]
    if "AWS_SECRET_ACCESS_KEY" in environment:  # the embedded server's own keys; a user's keys are not repeated
        found.insert(2, ("S3 密钥", f"{environment['AWS_ACCESS_KEY_ID']} / {environment['AWS_SECRET_ACCESS_KEY']}"))
        found.append(("或用 curl", f"curl -T 报告.pdf {endpoint}/{inbox}/"))
    else:
        push = f"http://{environment['GOUJI_INTAKE_HOST']}:{environment['GOUJI_INTAKE_PORT']}/events/"
        found.append(("事件推送", push + environment["GOUJI_INTAKE_SECRET"]))
    return tuple(found)


def command() -> str:
    """How this very program is called from here."""
    program = Path(sys.executable).parent / "gouji"
    if str(program.parent) in os.environ.get("PATH", "").split(os.pathsep) or not program.exists():
        return "gouji"
    here = Path.cwd()
    return str(program.relative_to(here)) if program.is_relative_to(here) else str(program)


def _answers(host: str, port: str) -> bool:
    connection = http.client.HTTPConnection(host, int(port), timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
