"""One trial from its first upload to the verdict, and what is told of it. The checker never looks at Redis."""

from __future__ import annotations

import json
import random
import time
from typing import Any

from tasks.messages import SubmissionRef
from tests.storm import checker
from tests.storm.checker import Upload, Verdict
from tests.storm.crew import Crew, Helper
from tests.storm.papers import papers_to_expected, seed_to_papers
from tests.storm.receiver import Receiver
from tests.storm.run import Run, tell
from tests.storm.teller import Teller
from tests.storm.trial import Trial, steps_to_told, trial_to_steps
from tests.storm.world import World

_PREFIX = 12
"""Digits of a job with which the ids of its deliveries begin."""


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
