"""What operators do: each deed is done, and leaves exactly one line that says who, what, when, before and after."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import parsers
from tasks import deliveries, layout
from tasks.copies import to_ref
from tasks.delivery import DeliveryState
from tasks.errors import ConfigurationError
from tasks.finished import terminal
from tasks.messages import SubmissionRef
from tasks.notify import notify
from tasks.pipeline import process, rerun
from tasks.ports.ledger import State
from tasks.ports.poster import Answer
from tasks.ports.s3_store import S3Store, s3_client
from tasks.ports.store import Store
from tasks.records import Done
from tests.tasks.worlds import RESULTS, World, make_world
from workers import operate
from workers.verbs import Operator, deliveries_between, ends_under

NEWER = parsers.Judge(roster=parsers.bytes_to_roster("名称,类别\n铜官区示例局,部门\n".encode()))
"""Rules of another digest."""

IMAGE = b"\x89PNG\r\n\x1a\n"


@dataclass
class Office:
    """A world with an operator, and what was brought back to work."""

    world: World = field(default_factory=make_world)
    sent: list[SubmissionRef] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.operator = Operator(self.world.context, "li@10.0.0.1", self.sent.append)

    def processed(self, key: str, data: bytes | None = None) -> SubmissionRef:
        ref = self.world.upload(key) if data is None else self.world.upload(key, data)
        process(self.world.context, ref)
        return ref

    def lines(self) -> list[dict[str, Any]]:
        return audit_lines(self.world.store, RESULTS)


def audit_lines(store: Store, bucket: str) -> list[dict[str, Any]]:
    """What is written down, in the order of time."""
    return [json.loads(store.get(bucket, stored.key) or b"") for stored in store.walk(bucket, layout.AUDIT)]


@pytest.fixture
def office() -> Office:
    return Office()


def deed(line: dict[str, Any]) -> tuple[str, ...]:
    return (line["who"], line["action"], line["subject"], line["before"], line["after"])


@pytest.mark.parametrize("by_key", [True, False], ids=["by key", "by job"])
def test_retry_brings_a_quarantined_one_back_and_writes_one_line(office: Office, *, by_key: bool) -> None:
    ref = office.processed("坏.png", IMAGE)
    code = operate.retry(office.operator, [ref.key if by_key else ref.job])
    end = terminal(office.world.context, ref.job)
    (line,) = office.lines()
    assert (code, office.sent) == (0, [ref])
    assert deed(line) == ("li@10.0.0.1", "retry", ref.job, getattr(end, "code", ""), "queued")


def test_a_line_tells_the_time_in_utc_and_in_beijing(office: Office) -> None:
    operate.retry(office.operator, [office.processed("坏.png", IMAGE).key])
    (line,) = office.lines()
    at, local = datetime.fromisoformat(line["at"]), datetime.fromisoformat(line["at_shanghai"])
    assert (at.utcoffset(), local.utcoffset(), abs(at - local)) == (timedelta(), timedelta(hours=8), timedelta())


def test_what_is_not_quarantined_is_not_retried_and_leaves_no_line(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    ref = office.processed("a.txt")
    assert (operate.retry(office.operator, [ref.key, "nowhere.pdf"]), office.sent, office.lines()) == (1, [], [])
    assert capsys.readouterr().out.count("不在未能处理之列") == 2


def test_reprocess_takes_one_a_folder_or_all_of_a_judge(office: Office) -> None:
    first, second, third = (office.processed(key) for key in ("2023/a.txt", "2023/b.txt", "2022/c.txt"))
    office.processed("2023/坏.png", IMAGE)
    judge = office.world.context.judge.digest
    chosen = []
    for names, prefix, digest in (
        ([third.key], None, ""),
        ([], "2023/", ""),
        ([], None, judge[:12]),
        ([], "", "0" * 9),
    ):
        office.sent.clear()
        operate.reprocess(office.operator, names, prefix, digest)
        chosen.append(sorted(ref.key for ref in office.sent))
    every = sorted(ref.key for ref in (first, second, third))
    assert chosen == [[third.key], [first.key, second.key], every, []]


def test_reprocess_writes_the_digests_before_and_after(office: Office) -> None:
    ref = office.processed("a.txt")
    operator = Operator(replace(office.world.context, judge=NEWER), "li", office.sent.append)
    operate.reprocess(operator, [ref.key], None, "")
    (line,) = office.lines()
    assert deed(line) == ("li", "judge_again", ref.job, office.world.context.judge.digest, NEWER.digest)


def test_reprocessed_by_new_rules_the_old_files_stay_under_theirs(office: Office) -> None:
    ref = office.processed("a.txt")
    old = office.world.results(f"{layout.SUBMISSIONS}{ref.job}/{office.world.context.judge.digest}/")
    rerun(replace(office.world.context, judge=NEWER), ref, State.EXTRACT)
    end = terminal(office.world.context, ref.job)
    kept = office.world.results(f"{layout.SUBMISSIONS}{ref.job}/{office.world.context.judge.digest}/")
    assert isinstance(end, Done)
    assert (end.judge_digest, end.sequence, kept) == (NEWER.digest, 2, old)
    assert office.world.results(f"{layout.SUBMISSIONS}{ref.job}/{NEWER.digest}/")


def test_only_the_version_that_people_see_is_reprocessed(office: Office) -> None:
    office.processed("a.txt")
    newest = office.processed("a.txt", "铜官区示例局2023年政府信息公开工作年度报告\n一、总体情况\n新。\n".encode())
    assert [end.job for end in ends_under(office.world.context, "")] == [newest.job]


def test_redeliver_sends_at_once_and_tells_what_stood_before_and_after(office: Office) -> None:
    notify(office.world.context, office.processed("a.txt").job)
    delivery = deliveries.page(office.world.context)[0][0]
    office.world.context.poster.answering = lambda *_: Answer(status=503)  # type: ignore[attr-defined] # the twin
    code = operate.redeliver(office.operator, [delivery.id, "unknown"])
    (line,) = office.lines()
    assert (code, deed(line)[2:]) == (1, (delivery.id, "delivered, 1 sendings, 204", "delivered, 2 sendings, 503"))


def settle(office: Office, count: int) -> list[str]:
    """Deliveries that were settled a day apart; their ids in the order of time."""
    ids = []
    for number in range(count):
        notify(office.world.context, office.processed(f"{number}.txt").job)
        ids.append(deliveries.page(office.world.context)[0][0].id)
        office.world.clock.now += timedelta(days=1)
    return ids


def test_a_span_of_time_is_replayed_under_the_same_ids_with_a_line_each(office: Office) -> None:
    begin = office.world.clock.now
    ids = settle(office, 4)
    posted = office.world.context.poster.posted  # type: ignore[attr-defined] # the twin
    posted.clear()
    start, end = begin + timedelta(days=0.9), begin + timedelta(days=2.9)
    operate.replay(office.operator, "办公系统", start, end, only_dead=False)
    states = [found.state for i in ids if (found := deliveries.find(office.world.context, i))]
    waiting, delivered = DeliveryState.PENDING, DeliveryState.DELIVERED
    assert states == [delivered, waiting, waiting, delivered]
    assert [line["subject"] for line in office.lines()] == ids[1:3]


def test_of_a_span_the_dead_letters_alone_may_be_meant(office: Office) -> None:
    settle(office, 2)
    assert deliveries_between(office.world.context, None, None, None, only_dead=True) == ()
    assert deliveries_between(office.world.context, "another", None, None) == ()


def test_an_endpoint_that_the_settings_do_not_know_is_refused(office: Office) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        operate.replay(office.operator, "nobody", None, None, only_dead=False)
    assert "nobody" in refusal.value.sentence


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2026-01-05", datetime(2026, 1, 4, 16, tzinfo=UTC)),
        ("2026-01-05T08:30", datetime(2026, 1, 5, 0, 30, tzinfo=UTC)),
        ("2026-01-05T08:30+00:00", datetime(2026, 1, 5, 8, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_meant_in_beijing_time(words: str, moment: datetime) -> None:
    assert operate.words_to_moment(words) == moment


def test_a_moment_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationError):
        operate.words_to_moment("yesterday")


@pytest.fixture
def environment(valkey_url: str, s3_endpoint: str, tmp_path: Path) -> dict[str, str]:
    mark = uuid.uuid4().hex[:8]
    names = {"GOUJI_INBOX_BUCKET": f"in-{mark}", "GOUJI_RESULTS_BUCKET": f"out-{mark}"}
    client = s3_client(s3_endpoint)
    for name in names.values():
        client.create_bucket(Bucket=name)
    told = {"REDIS_URL": f"{valkey_url.rpartition('/')[0]}/5", "S3_ENDPOINT_URL": s3_endpoint}
    return {**os.environ, **told, **names, "GOUJI_STATE_DIR": str(tmp_path)}


def test_the_commands_act_on_the_real_store_and_name_the_account(environment: dict[str, str]) -> None:
    inbox, results = environment["GOUJI_INBOX_BUCKET"], environment["GOUJI_RESULTS_BUCKET"]
    store = S3Store(s3_client(environment["S3_ENDPOINT_URL"]))
    context = replace(make_world().context, store=store, inbox=inbox, results=results, clock=lambda: datetime.now(UTC))
    for key, data in (("好.txt", "某某局2023年政府信息公开工作年度报告\n".encode()), ("坏.png", IMAGE)):
        store.put(inbox, key, data, "text/plain")
        stored = store.head(inbox, key)
        assert stored is not None
        process(context, to_ref(inbox, stored))
    delivery = deliveries.page(context)[0][0].id
    calls = (("retry", "坏.png"), ("reprocess", "--prefix", ""), ("redeliver", delivery))
    running = [
        subprocess.Popen([sys.executable, "-m", "workers", *words], env=environment, stdout=subprocess.PIPE, text=True)
        for words in calls
    ]
    said = [process.communicate(timeout=60)[0].strip().splitlines()[-1] for process in running]
    assert said[:2] == ["已重新提交 1 份", "已重新提交核查 1 份"]
    assert sorted(line["action"] for line in audit_lines(store, results)) == ["judge_again", "redeliver", "retry"]
    assert {line["who"].partition(":")[0] for line in audit_lines(store, results)} == {"cli"}
    assert [stored.key.startswith(layout.AGAIN) for stored in store.walk(results, layout.AGAIN)] == [True]
