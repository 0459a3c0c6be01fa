"""One trial from its first upload to the checker's verdict. The harness may look at Redis; the checker does not."""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import redis

from tasks.messages import SubmissionRef
from tests.storm import checker
from tests.storm.checker import Put, Upload, Verdict, line_to_put
from tests.storm.crew import Crew, Helper
from tests.storm.papers import Paper, number_to_paper, papers_to_expected, seed_to_papers
from tests.storm.receiver import Receiver
from tests.storm.teller import Teller
from tests.storm.trial import Step, Trial, What, steps_to_told, trial_to_steps
from tests.storm.world import World, queue_keys

_TICK = 0.02
_LOOK = 1.0
_DESTROY = 1.0
_SAY = 15.0
_RESTART = 0.2
_PREFIX = 12
"""Digits of a job with which the ids of its deliveries begin."""


@dataclass(slots=True)
class Log:
    """What happened, as the harness saw it."""

    uploaded: dict[str, float] = field(default_factory=dict)
    """When each job's bytes were put, by job."""
    ended: dict[str, float] = field(default_factory=dict)
    """When its first marker was taken."""
    stands: dict[str, str] = field(default_factory=dict)
    """The job that stands under each key."""
    faults: Counter[str] = field(default_factory=Counter)
    destroyed: int = 0
    messages: int = 0
    outages: list[float] = field(default_factory=list)
    """When Redis was killed, or the line to it spoilt."""
    puts: list[Put] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """A trial under way."""

    trial: Trial
    seed: int
    world: World
    papers: dict[int, Paper]
    crew: Crew
    sweeps: list[Helper]
    intake: Helper
    receiver: Receiver
    teller: Teller
    log: Log = field(default_factory=Log)
    chance: random.Random = field(default_factory=random.Random)
    seen: set[bytes] = field(default_factory=set)
    started: float = 0.0
    restarts: list[float] = field(default_factory=list)
    _offset: int = 0
    _looked: float = 0.0
    _destroyed: float = 0.0
    _said: float = 0.0

    def storm(self) -> float:
        """Carry out the schedule; when the last fault was, in seconds since the beginning."""
        steps = trial_to_steps(self.trial, self.seed)
        self.started = time.monotonic()
        last = 0.0
        for step in steps:
            if step.at > self.trial.storm and self._nearly_done():
                break
            self._wait_until(step.at)
            self._do(step)
            last = step.at
        self._wait_until(max(last, self.trial.storm))
        return self.now()

    def now(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.started

    def _nearly_done(self) -> bool:
        few = self.trial.documents / 100
        if sum(job not in self.log.ended for job in self.log.stands.values()) > few:
            return False
        noted = self.world.store.walk(self.world.results, "_across/")
        return sum(1 for _ in islice(noted, int(few) + 1)) <= few

    def _wait_until(self, at: float) -> None:
        while (left := at - self.now()) > 0:
            self.tend()
            time.sleep(min(_TICK, left))

    def tend(self) -> None:
        """What goes on beside the schedule: restarts, destroyed messages, a look at the store's log."""
        now = self.now()
        while self.restarts and self.restarts[0] <= now:
            self.restarts.pop(0)
            self.crew.start()
        if now - self._destroyed >= _DESTROY:
            self._destroyed = now
            self._destroy()
        if now - self._looked >= _LOOK:
            self._looked = now
            self.look()
            self.crew.reap()
            self._replace()
        if now - self._said >= _SAY:
            self._said = now
            self._say()

    def _replace(self) -> None:
        """Workers that ended by themselves (watchdog, or refused without Redis) come again, as a supervisor does."""
        missing = self.trial.workers - len(self.crew.running) - len(self.restarts)
        self.restarts += [self.now() + _RESTART] * max(0, missing)
        for helper in (*self.sweeps, self.intake):
            if not helper.alive():
                helper.start()

    def _say(self) -> None:
        """One line for whoever waits."""
        ended = sum(job in self.log.ended for job in self.log.stands.values())
        tell(
            f"{self.now():6.0f} s: {len(self.log.stands)} documents, {ended} results, {self.crew.kills} kills, "
            f"{self.world.waiting()} messages wait"
        )

    def look(self) -> None:
        """Read on in the store's log."""
        with self.world.puts.open("rb") as log:
            log.seek(self._offset)
            data = log.read()
        whole = data[: data.rfind(b"\n") + 1]
        self._offset += len(whole)
        for line in whole.decode().splitlines():
            put = line_to_put(line)
            self.log.puts.append(put)
            if put.key.endswith(("/done.json", "/quarantine.json")):
                self.log.ended.setdefault(put.key.split("/")[1], put.at)

    def _destroy(self) -> None:
        """Take this share of the messages that came into the lists since the last look; of half the claim too."""
        try:
            with self.world.redis() as client:
                for key in queue_keys():
                    self._destroy_in(client, key)
        except redis.RedisError:
            return

    def _destroy_in(self, client: Any, key: str) -> None:
        for raw in client.lrange(key, 0, -1):
            mark = hashlib.sha256(raw).digest()
            if mark in self.seen:
                continue
            self.seen.add(mark)
            self.log.messages += 1
            if self.chance.random() < self.trial.destroyed and client.lrem(key, 1, raw):
                self.log.destroyed += 1
                if self.chance.random() < 0.5:
                    _forget_claim(client, raw)

    def _do(self, step: Step) -> None:
        if step.what in (What.PUT, What.OVERWRITE):
            self._put(step)
        elif step.what is What.DELETE:
            key = self.papers[step.number].key
            self.world.store.delete(self.world.inbox, key)
            self.log.stands.pop(key, None)
            self.log.faults["deleted"] += 1
        elif step.what is What.KILL:
            if self.crew.kill_one(self.chance):
                self.restarts.append(self.now() + _RESTART)
        elif step.what is What.WIRE:
            self.world.line(step.mode)
            self.log.faults[f"line {step.mode.value}"] += 1
            self.log.outages.append(time.time())
        else:
            self.world.kill_redis(wipe=step.what is What.REDIS_WIPE)
            self.log.faults[step.what.value] += 1
            self.log.outages.append(time.time())

    def _put(self, step: Step) -> None:
        paper = self.papers[step.number]
        if step.what is What.OVERWRITE:
            if paper.poison is not None:
                return
            paper = number_to_paper(self.seed, step.number, edition=1)
            self.log.faults["overwritten"] += 1
        self.world.store.put(self.world.inbox, paper.key, paper.data, "application/octet-stream")
        job = paper_to_ref(self.world.inbox, paper).job
        self.log.uploaded[job] = time.time()
        self.log.stands[paper.key] = job


def tell(words: str) -> None:
    """One line for whoever waits."""
    print(words, flush=True)


def _forget_claim(client: Any, raw: bytes) -> None:
    """Take away the lease by which the sweep believes that the message is in the queue."""
    from tasks.ports.redis_ledger import LEASE

    message = json.loads(json.loads(raw).get("body") and _body(raw))
    ref = message[1].get("ref") if isinstance(message, list) else None
    if ref:
        known = {name: ref[name] for name in SubmissionRef.__struct_fields__ if name in ref}
        client.delete(LEASE + SubmissionRef(**known).job)


def _body(raw: bytes) -> bytes:
    import base64

    return base64.b64decode(json.loads(raw)["body"])


def paper_to_ref(inbox: str, paper: Paper) -> SubmissionRef:
    """The submission that an upload is; an ETag of one part is the MD5."""
    etag = hashlib.md5(paper.data, usedforsecurity=False).hexdigest()
    return SubmissionRef(bucket=inbox, key=paper.key, etag=etag, size=len(paper.data))


def run_trial(trial: Trial, seed: int, world: World, number: int, *, plainly: bool = False) -> dict[str, Any]:
    """The whole of a trial; its result as it stands in proof.json."""
    world.begin(trial, seed, number)
    chance = random.Random(f"run {trial.name} {seed}")  # noqa: S311 - faults, no secret
    papers = dict(enumerate(seed_to_papers(seed, trial.documents, trial.poisoned, trial.poisons)))
    receiver = Receiver(random.Random(seed), trial.failing_receiver)  # noqa: S311 - the same
    environment = world.environment(trial, receiver.start())
    sweeps = [
        Helper(("workers", "sweep"), environment, world.folder / f"sweep-{n}.log")
        for n in range(2 if trial.two_sweeps else 1)
    ]
    run = Run(
        trial=trial,
        seed=seed,
        world=world,
        papers=papers,
        crew=Crew(environment, world.folder / "worker.log", plainly),
        sweeps=sweeps,
        intake=Helper(("workers", "intake"), environment, world.folder / "intake.log"),
        receiver=receiver,
        teller=Teller(world.intake_port, world.inbox),
        chance=chance,
    )
    try:
        return _carried_out(run)
    finally:
        run.teller.stop()
        run.crew.close()
        for helper in (*sweeps, run.intake):
            helper.kill()
        receiver.stop()


def _carried_out(run: Run) -> dict[str, Any]:
    trial, world = run.trial, run.world
    add_oddities(run)
    run.crew.open()
    for helper in (*run.sweeps, run.intake):
        helper.start()
    for _ in range(trial.workers):
        run.crew.start()
    told = steps_to_told(trial, trial_to_steps(trial, run.seed), run.seed)
    run.teller.start([(one.at, run.papers[one.number].key, one.is_encoded) for one in told])
    began = time.time()
    over = run.storm()
    counted = world.calm()
    quiet = _until_quiet(run, over)
    storm = {"storm_seconds": round(over), "quiet_seconds": round(quiet, 1) if quiet is not None else None}
    checking = time.monotonic()
    verdict = _checked(run)
    storm["check_seconds"] = round(time.monotonic() - checking)
    return _told(run, verdict, counted, storm, began)


def add_oddities(run: Run) -> None:
    """Folder objects, empty objects, and multipart uploads that nobody ends."""
    client, inbox = run.world.store.client, run.world.inbox
    for number in range(run.trial.oddities):
        client.put_object(Bucket=inbox, Key=f"空文件夹 {number}/", Body=b"")
        client.put_object(Bucket=inbox, Key=f"空 {number}.txt", Body=b"")
        started = client.create_multipart_upload(Bucket=inbox, Key=f"未完 {number}.pdf")
        client.upload_part(
            Bucket=inbox, Key=f"未完 {number}.pdf", UploadId=started["UploadId"], PartNumber=1, Body=b"%PDF" * 100
        )


def _until_quiet(run: Run, over: float) -> float | None:
    """Seconds from the last fault to where nothing was left to do, seen through two sweeps; None if it never was."""
    calm_since: float | None = None
    needed = 2 * run.trial.settings.sweep + 1
    while True:
        run.tend()
        now = run.now() - over
        left = sum(job not in run.log.ended for job in run.log.stands.values())
        if left or run.world.waiting() != 0 or not _settled(run):
            calm_since = None
        elif calm_since is None:
            calm_since = now
        elif now - calm_since >= needed:
            return calm_since
        if now > run.trial.patience + needed + 60:
            return None
        time.sleep(0.5)


def _settled(run: Run) -> bool:
    """No comparison is noted, no delivery is due; one that was refused waits for its own hour."""
    store, results = run.world.store, run.world.results
    if next(store.walk(results, "_across/"), None):
        return False
    return not any(_due(s.key) <= time.time() for s in store.walk(results, "_outbox/"))


def _due(key: str) -> float:
    """When a waiting delivery is tried next: `_outbox/<id>.<receiver>.<due>.json`."""
    return float(key.removesuffix(".json").rpartition(".")[2])


def _checked(run: Run) -> Verdict:
    store, world = run.world.store, run.world
    verdict = Verdict()
    poisons = {paper.key: paper.poison for paper in run.papers.values() if paper.poison}
    standing = [s for s in store.walk(world.inbox) if not s.key.endswith("/")]
    uploads = [
        Upload(SubmissionRef(bucket=world.inbox, key=s.key, etag=s.etag, size=s.size), poisons.get(s.key))
        for s in standing
    ]
    good = [upload for upload in uploads if upload.poison is None]
    tell(f"{len(good)} documents are read once more, by the core alone")
    made = papers_to_expected(tuple((u.ref.key, store.fetch(u.ref)) for u in good))
    expected = {upload.ref.job: one for upload, one in zip(good, made, strict=True)}
    checker.check_ends(uploads, expected, lambda key: store.get(world.results, key), verdict)
    run.look()
    checker.check_puts(run.log.puts, verdict)
    waits = {s.key.removeprefix("_outbox/")[:_PREFIX] for s in store.walk(world.results, "_outbox/")}
    ended = [u.ref.job for u in uploads if u.ref.job in run.log.ended and u.ref.job[:_PREFIX] not in waits]
    checker.check_told(run.receiver.taken, ended, verdict)
    found = [store.get(world.results, s.key) for s in store.walk(world.results, "_attempts/")]
    checker.check_attempts([json.loads(data) for data in found if data], verdict)
    return verdict


def _told(run: Run, verdict: Verdict, counted: dict[str, Any], storm: dict[str, Any], began: float) -> dict[str, Any]:
    """The result as JSON."""
    log, trial = run.log, run.trial
    took = sorted(
        log.ended[job] - log.uploaded[job] for job in log.stands.values() if job in log.ended and job in log.uploaded
    )
    faults = {**log.faults, **{f"S3 {name}": n for name, n in counted["counts"].items()}}
    faults |= {"messages destroyed": log.destroyed, "webhooks refused": run.receiver.refused, **run.teller.counts}
    return {
        "trial": trial.name,
        "covers": list(trial.covers),
        "seed": run.seed,
        "documents": len(log.stands) + trial.oddities,
        "uploads": len(log.uploaded),
        "kills": run.crew.kills,
        "starts": run.crew.starts,
        "ended_by_themselves": len(run.crew.unasked),
        "faults": {name: n for name, n in sorted(faults.items()) if n},
        "messages": log.messages,
        "s3_requests": counted["requests"],
        "lost": len(verdict.lost),
        "duplicates": len(verdict.duplicates),
        "wrong": len(verdict.wrong),
        "good_quarantined": len(verdict.good_quarantined),
        "poison_astray": len(verdict.poison_astray),
        "untold": len(verdict.untold),
        "completed_again": verdict.completed_again,
        "interrupted": verdict.interrupted,
        "time_to_result": {f"p{p}": round(_percentile(took, p), 1) for p in (50, 95, 99)},
        "longest_recovery": round(_longest_recovery(run), 1),
        **storm,
        "seconds": round(time.time() - began),
        "clean": verdict.is_clean and storm["quiet_seconds"] is not None and storm["quiet_seconds"] <= trial.patience,
        "trouble": {
            name: getattr(verdict, name)[:20]
            for name in ("lost", "duplicates", "wrong", "good_quarantined", "poison_astray", "untold")
            if getattr(verdict, name)
        },
    }


def _percentile(values: list[float], percent: int) -> float:
    return values[min(len(values) - 1, len(values) * percent // 100)] if values else 0.0


def _longest_recovery(run: Run) -> float:
    """From an outage of Redis or of the line to it until the next result, the longest; only where work was left."""
    ends = sorted(run.log.ended.values())
    waits = [next((end - outage for end in ends if end > outage), 0.0) for outage in run.log.outages]
    return max(waits, default=0.0)


def log_of(folder: Path) -> str:
    """The last lines of the workers' log, for a failure's report."""
    log = folder / "worker.log"
    return log.read_text(errors="replace")[-3000:] if log.exists() else ""
