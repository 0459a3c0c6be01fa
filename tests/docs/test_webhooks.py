"""docs/webhooks.md says what the code does."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from parsers.notices.summary import to_summary
from tasks import layout
from tasks.delivery import BREAKER_FAILURES, BREAKER_PAUSE
from tasks.events import Event, EventType, at_to_test_body, event_to_body
from tasks.messages import SubmissionRef
from tasks.ports.http_poster import SECONDS, sign
from tasks.ports.poster import Endpoint
from tasks.schedule import DELAYS, JITTER, RETRY_AFTER_STATUSES
from workers.receivers import is_secret

PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")


COUNTS = {"error": 2, "info": 0, "undetermined": 1, "warning": 3}


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def example() -> str:
    ref = SubmissionRef(
        bucket="gouji-inbox", key="2023/铜官区 住建局.pdf", etag="9bb58f26192e4ba00f01e2e7b136bbd8", size=183402
    )
    event = Event(
        type=EventType.COMPLETED,
        ref=ref,
        outcome="",
        marker=layout.done(ref.job),
        at=datetime(2026, 11, 22, 8, 30, 15, tzinfo=UTC),
        files=layout.submission(ref.job, "2d711642b726b044", ""),
        content="2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        reader_digest="6b86b273ff34fce1",
        judge_digest="2d711642b726b044",
        counts=COUNTS,
        summary=to_summary("铜官区住房和城乡建设局", 2023, "2021", COUNTS),
    )
    return event_to_body(event, "gouji-results", f"https://gouji.example.gov.cn/documents/{ref.job}")


def test_the_example_is_the_real_payload() -> None:
    assert block("json") == json.dumps(json.loads(example()), ensure_ascii=False, indent=2) + "\n"


def test_the_code_for_receivers_verifies_a_real_message() -> None:
    names: dict[str, object] = {}
    exec(block("python"), names)  # noqa: S102 - the page's own code, as a receiver would run it
    (secret,) = re.findall(r'"(whsec_[A-Za-z0-9=]+)"', block("python"))
    assert is_secret(secret)
    body = example().encode()
    endpoint = Endpoint(name="oa", url="https://oa.example.gov.cn/gouji", secrets=(secret,))
    receive = names["receive"]
    assert callable(receive)
    assert receive(dict(sign(endpoint, "id", body, datetime.now(UTC))), body) == json.loads(body)


def test_the_schedule_is_the_real_one() -> None:
    shown = ("0", *(f"{d} s" if d < 60 else f"{d // 60} min" if d < 3600 else f"{d // 3600} h" for d in DELAYS[1:]))
    assert f"tried after: {', '.join(shown)}, each wait ±{JITTER * 100:.0f} %" in PAGE


def test_limits_and_events_are_the_real_ones() -> None:
    assert f"within {SECONDS:.0f} seconds" in PAGE
    assert f"| {', '.join(map(str, RETRY_AFTER_STATUSES))} with `Retry-After` |" in PAGE
    assert f"failed {BREAKER_FAILURES} times in a row" in PAGE
    assert f"every {BREAKER_PAUSE.total_seconds() / 60:.0f} minutes" in PAGE
    test_type = json.loads(at_to_test_body(datetime.now(UTC)))["type"]
    assert re.findall(r"^\| `([a-z.]+)` \|", PAGE, re.MULTILINE) == [*(t.value for t in EventType), test_type]
