"""The checker, in the Jepsen manner: unique documents in, drain, set difference. It reads buckets and logs alone.

- lost: an upload that stands in the inbox and has neither done.json nor quarantine.json
- duplicate: two different byte strings ever stored under one key of `_submissions/` (run.json left out), or two
  webhook-ids for the one outcome of a job. done.json is written anew when neighbours change its comparison, by design
  (its `sequence` counts): of it the part that its own bytes decide is compared.
- wrong: report.json, findings.json, or what the bytes decide of done.json, differs from what the core alone makes of
  the same bytes
- quarantined: a good document that was given up
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tasks.messages import SubmissionRef
from tests.storm.papers import DECIDED, Expected
from tests.storm.poison import CODES, MOST_ATTEMPTS, Poison

Read = Callable[[str], bytes | None]
"""The bytes under a key of the results bucket."""

OWN_FILES = ("report.json", "findings.json")
"""What the document's own bytes decide, and nothing of its neighbours."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What stands in the inbox at the end, its bytes, and what poison it is."""

    ref: SubmissionRef
    poison: Poison | None = None


@dataclass(slots=True)
class Verdict:
    """What was found. Every list names jobs or keys; all but `interrupted` and `completed_again` must be empty."""

    lost: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    good_quarantined: list[str] = field(default_factory=list)
    poison_astray: list[str] = field(default_factory=list)
    """Poison that has another end than its quarantine, or was tried too often."""
    untold: list[str] = field(default_factory=list)
    """Results of which the receiver was never told."""
    completed_again: int = 0
    interrupted: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong."""
        trouble = (self.lost, self.duplicates, self.wrong, self.good_quarantined, self.poison_astray, self.untold)
        return not any(trouble)


@dataclass(frozen=True, slots=True)
class Put:
    """A line of the store's log: when which bytes were taken under which key, in which call of the client."""

    at: float
    key: str
    sha256: str
    call: str
    marker: str = ""


def line_to_put(line: str) -> Put:
    """One line of the log."""
    return Put(**json.loads(line))


def check_ends(uploads: Iterable[Upload], expected: Mapping[str, Expected], read: Read, verdict: Verdict) -> None:
    """Every upload that stands has its one end, and it is the right one; `expected` by job."""
    for upload in uploads:
        job = upload.ref.job
        done, quarantine = read(f"_submissions/{job}/done.json"), read(f"_submissions/{job}/quarantine.json")
        if done is None and quarantine is None:
            verdict.lost.append(f"{job} {upload.ref.key}")
        elif upload.poison is not None:
            _check_poison(upload, quarantine, verdict)
        elif done is None:
            _check_quarantine(upload, json.loads(quarantine or b"{}")["code"], expected[job], verdict)
        else:
            _check_files(upload, json.loads(done), expected[job], read, verdict)


def _check_poison(upload: Upload, quarantine: bytes | None, verdict: Verdict) -> None:
    assert upload.poison is not None
    told = json.loads(quarantine or b'{"code": "", "attempts": 0}')
    if told["code"] not in CODES[upload.poison] or told["attempts"] > MOST_ATTEMPTS[upload.poison]:
        verdict.poison_astray.append(f"{upload.ref.key}: {told['code']} after {told['attempts']}")


def _check_quarantine(upload: Upload, code: str, expected: Expected, verdict: Verdict) -> None:
    if not expected.code:
        verdict.good_quarantined.append(f"{upload.ref.job} {upload.ref.key}: {code}")
    elif code != expected.code:
        verdict.wrong.append(f"{upload.ref.job} {upload.ref.key}: {code}, not {expected.code}")


def _check_files(upload: Upload, done: dict[str, Any], expected: Expected, read: Read, verdict: Verdict) -> None:
    told = {name: done.get(name) for name in DECIDED}
    if done["job"] != upload.ref.job or told != expected.marker:
        verdict.wrong.append(f"{upload.ref.job} {upload.ref.key}: done.json")
    folder = f"_submissions/{upload.ref.job}/{done['judge_digest']}/"
    for name in OWN_FILES:
        if read(folder + name) != expected.files.get(name):
            verdict.wrong.append(f"{upload.ref.job} {upload.ref.key}: {name}")


def check_puts(puts: Iterable[Put], verdict: Verdict) -> None:
    """No key ever held two different byte strings; counts who was published more than once."""
    stood: dict[str, str] = {}
    finished: dict[str, set[str]] = defaultdict(set)
    for put in puts:
        name = put.key.rpartition("/")[2]
        if name == "run.json":
            continue
        decided = _marker_to_decided(put.marker) if name == "done.json" else put.sha256
        if stood.setdefault(put.key, decided) != decided:
            verdict.duplicates.append(put.key)
        if name == "quarantine.json" or (name == "done.json" and json.loads(put.marker)["sequence"] == 1):
            finished[put.key].add(put.call)
    verdict.completed_again = sum(len(calls) - 1 for calls in finished.values())


def _marker_to_decided(marker: str) -> str:
    """What the document's own bytes decide of done.json."""
    told = json.loads(marker)
    own = [made for made in told["files"] if made["name"] in OWN_FILES]
    kept = {name: told[name] for name in ("job", "ref", "content", "reader_digest", "judge_digest", "agency", "year")}
    return hashlib.sha256(json.dumps([kept, own], sort_keys=True).encode()).hexdigest()


def check_told(taken: Iterable[tuple[str, str, str]], ended: Iterable[str], verdict: Verdict) -> None:
    """Of each job that ended the receiver was told, under one id; `taken` are (id, event type, job)."""
    ids: dict[str, set[str]] = defaultdict(set)
    for message, event, job in taken:
        if event != "document.updated":
            ids[job].add(message)
    verdict.duplicates += [f"webhook {job}: {sorted(found)}" for job, found in sorted(ids.items()) if len(found) > 1]
    verdict.untold += [job for job in ended if job not in ids]


def check_attempts(attempts: Iterable[Mapping[str, object]], verdict: Verdict) -> Counter[str]:
    """Attempts at reading without an end were interrupted; how many each job had."""
    known = list(attempts)
    verdict.interrupted = sum(attempt.get("end") is None for attempt in known)
    return Counter(str(attempt["job"]) for attempt in known)
