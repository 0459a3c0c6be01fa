"""The whole way on real servers: a file dropped, the event pushed by Ceph RGW, the result and the webhook arrive.

`gouji worker`, `intake`, `sweep` and `web` are started one by one beside redis-server and RGW, each with its own
keys and Redis user alone. The sweep rests meanwhile, so that nothing arrives by it.
"""

from __future__ import annotations

import base64
import json
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
import redis
from botocore.exceptions import ClientError
from standardwebhooks import Webhook

from tasks.messages import SubmissionRef
from tests.real.processes import Process, Receiver, eventually, free_port, receiving, start, wait_for_port
from tests.real.servers import ROLES, Broker, Rgw, give_policy, running_broker, running_rgw, set_up

pytestmark = pytest.mark.reals3

KEY = "2023/铜官区 住建局+a&b%20c.txt"
WEBHOOK_SECRET = "whsec_" + base64.b64encode(b"a secret of the test, 32 bytes..").decode()
INTAKE_SECRET = "s3cret-of-the-store"
FIRST_EVENT_SECONDS = 90
"""RGW looks for the queue of a new topic about every half minute."""
CROWD = 20


def report(year: int = 2023, note: str = "") -> bytes:
    """A report without tables: enough to be read, judged and published."""
    lines = (
        f"铜官区住房和城乡建设局{year}年政府信息公开工作年度报告",
        "一、总体情况",
        f"{year}年，我局认真贯彻落实《中华人民共和国政府信息公开条例》。{note}",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "公开内容还需充实。",
        "六、其他需要报告的事项",
        "无其他需要报告的事项。",
        "铜官区住房和城乡建设局",
        f"{year + 1}年1月20日",
    )
    return "\n".join(lines).encode()


@dataclass(slots=True)
class Chain:
    """The four processes and what they stand on."""

    rgw: Rgw
    broker: Broker
    receiver: Receiver
    folder: Path
    intake_port: int
    web_port: int
    processes: dict[str, Process]

    def start(self, role: str, command: str = "") -> Process:
        """Start the process of a role; its settings are those of the RUNBOOK."""
        environment = self.rgw.environment(role) | {
            "REDIS_URL": self.broker.url(role),
            "GOUJI_ENVIRONMENT": "production",
            "GOUJI_INTAKE_SECRET": INTAKE_SECRET,
            "GOUJI_INTAKE_PORT": str(self.intake_port),
            "GOUJI_WEB_PORT": str(self.web_port),
            "GOUJI_WEB_TOKEN": "a-token-of-the-test-0123456789abcdef",
            "GOUJI_WEB_URL": f"http://127.0.0.1:{self.web_port}",
            "GOUJI_WEBHOOKS": json.dumps([{"name": "office", "url": self.webhook_url, "secret": WEBHOOK_SECRET}]),
            "GOUJI_WEBHOOK_ALLOW": json.dumps([f"127.0.0.0/8:{self.receiver.port}"]),
            "GOUJI_SWEEP_SECONDS": "3600",
        }
        return start(command or role, environment, self.folder / role)

    @property
    def webhook_url(self) -> str:
        """Where the receiver listens."""
        return f"http://127.0.0.1:{self.receiver.port}/hook"

    def put(self, key: str, data: bytes) -> SubmissionRef:
        """Drop a file, as a user would; what it is called from now on."""
        answer = self.rgw.client("s3").put_object(Bucket=self.rgw.inbox, Key=key, Body=data)
        return SubmissionRef(
            bucket=self.rgw.inbox,
            key=key,
            etag=answer["ETag"].strip('"'),
            size=len(data),
            version_id=answer["VersionId"],
        )

    def result(self, key: str) -> Any:
        """A JSON object of the results, read with the dashboard's key (on RGW objects are their writer's), or None."""
        try:
            answer = self.rgw.client("s3", "web").get_object(Bucket=self.rgw.results, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
            return None
        return json.loads(answer["Body"].read())

    def done(self, ref: SubmissionRef, seconds: float) -> Any:
        """Its done.json, once it is there."""
        return eventually(lambda: self.result(f"_submissions/{ref.job}/done.json"), seconds)

    def logs(self) -> str:
        """Everything the processes said."""
        return "".join(path.read_text(encoding="utf-8") for path in sorted(self.folder.rglob("*.log")))


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    rgw, broker = running_rgw(), running_broker()
    with redis.Redis.from_url(broker.url("operator")) as operator:
        operator.flushdb()
    with receiving() as receiver:
        folder = tmp_path_factory.mktemp("chain")
        made = Chain(rgw, broker, receiver, folder, free_port(), free_port(), {})
        set_up(rgw, "ceph", "--push", f"http://127.0.0.1:{made.intake_port}/events/{INTAKE_SECRET}")
        for role in ROLES:
            give_policy(rgw, role)
        try:
            for role in ROLES:
                made.processes[role] = made.start(role)
            wait_for_port(made.processes["intake"], made.intake_port)
            wait_for_port(made.processes["web"], made.web_port)
            yield made
        finally:
            for process in made.processes.values():
                if process.popen.poll() is None:
                    process.kill_all()


@pytest.fixture(scope="module")
def arrived(chain: Chain) -> SubmissionRef:
    """A file was dropped, and its result is there."""
    ref = chain.put(KEY, report())
    chain.done(ref, FIRST_EVENT_SECONDS)
    return ref


def test_the_event_came_by_push_and_not_by_the_sweep(chain: Chain, arrived: SubmissionRef) -> None:
    assert arrived.job[:12] in chain.processes["intake"].log()
    assert re.findall("补发 [1-9]", chain.processes["sweep"].log()) == []


def test_the_copy_for_people_lies_under_the_name_of_the_upload(chain: Chain, arrived: SubmissionRef) -> None:
    copied = eventually(lambda: chain.result(f"{arrived.key}/report.json"), 10)

    assert (copied["schema"], copied["year"]) == ("gouji.report/1", 2023)


def test_a_webhook_arrives_and_verifies(chain: Chain, arrived: SubmissionRef) -> None:
    posted = next(
        post for post in iter(lambda: chain.receiver.posted.get(timeout=20), None) if arrived.job in post.body.decode()
    )
    event = Webhook(WEBHOOK_SECRET).verify(posted.body, posted.headers)

    assert event["type"] == "document.completed"


def test_the_next_file_arrives_within_seconds(chain: Chain, arrived: SubmissionRef) -> None:
    ref = chain.put(arrived.key, report(note="第二版。"))

    done = chain.done(ref, 20)

    assert (ref.job != arrived.job, done["job"]) == (True, ref.job)


def test_the_intake_takes_nothing_without_the_secret(chain: Chain) -> None:
    answer = httpx2.post(f"http://127.0.0.1:{chain.intake_port}/events/guess", json={"Records": []}, timeout=10)

    assert answer.status_code == 403


def test_no_process_was_refused_anything(chain: Chain, arrived: SubmissionRef) -> None:
    said = chain.logs()

    assert arrived.job[:12] in said
    assert [word for word in ("AccessDenied", "Forbidden", "NOPERM", "NoPermission", "Traceback") if word in said] == []


def test_no_secret_stands_in_a_log(chain: Chain, arrived: SubmissionRef) -> None:
    said = chain.logs()
    secrets = (INTAKE_SECRET, WEBHOOK_SECRET, chain.broker.password, "a-token-of-the-test", chain.rgw.secret_key)

    assert arrived.job[:12] in said
    assert [secret for secret in secrets if secret in said] == []


def test_after_kill_9_of_the_worker_every_document_has_its_end(chain: Chain, arrived: SubmissionRef) -> None:
    refs = [chain.put(f"crowd/{number}.txt", report(note=f"{arrived.size}-{number}。")) for number in range(CROWD)]
    eventually(lambda: True if any(map(chain.result, ends(refs))) else None, FIRST_EVENT_SECONDS)
    chain.processes["worker"].kill_all()
    chain.processes["worker"] = chain.start("worker")

    def all_ended() -> bool | None:
        swept = chain.start("sweep", "sweep --once")
        assert swept.popen.wait(60) == 0, swept.log()
        return True if all(map(chain.result, ends(refs))) else None

    assert eventually(all_ended, 300)


def ends(refs: list[SubmissionRef]) -> list[str]:
    return [f"_submissions/{ref.job}/done.json" for ref in refs]


def test_each_process_ends_when_it_is_asked_to(chain: Chain, arrived: SubmissionRef) -> None:
    chain.done(arrived, 5)
    other = replace(chain, folder=chain.folder / "other", intake_port=free_port(), web_port=free_port(), processes={})
    replaced = {role: other.start(role) for role in ROLES}
    wait_for_port(replaced["intake"], other.intake_port)
    wait_for_port(replaced["web"], other.web_port)
    eventually(lambda: True if "ready" in replaced["worker"].log() else None, 30)

    codes = {role: process.end() for role, process in sorted(replaced.items())}

    # uvicorn ends by the signal that it was asked with
    asked = (0, -signal.SIGTERM)
    assert {role: code in asked for role, code in codes.items()} == dict.fromkeys(codes, True)
