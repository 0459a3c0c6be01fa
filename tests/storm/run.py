"""A trial under way: uploads, faults, restarts, a look at the store's log. The harness may look at Redis."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import redis

from tasks.messages import SubmissionRef
from tests.storm.checker import Put, line_to_put
from tests.storm.crew import Crew, Helper
from tests.storm.papers import Paper, number_to_paper
from tests.storm.receiver import Receiver
from tests.storm.teller import Teller
from tests.storm.trial import Step, Trial, What, trial_to_steps
from tests.storm.world import World, queue_keys

_TICK = 0.02
_LOOK = 1.0
_DESTROY = 1.0
_SAY = 15.0
_RESTART = 0.2


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

    message = json.loads(base64.b64decode(json.loads(raw)["body"]))
    ref = message[1].get("ref") if isinstance(message, list) else None
    if ref:
        known = {name: ref[name] for name in SubmissionRef.__struct_fields__ if name in ref}
        client.delete(LEASE + SubmissionRef(**known).job)


def paper_to_ref(inbox: str, paper: Paper) -> SubmissionRef:
    """The submission that an upload is; an ETag of one part is the MD5."""
    etag = hashlib.md5(paper.data, usedforsecurity=False).hexdigest()
    return SubmissionRef(bucket=inbox, key=paper.key, etag=etag, size=len(paper.data))
