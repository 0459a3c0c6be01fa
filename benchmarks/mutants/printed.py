"""A sample of mutants printed in every format and read back as any file is, second reader and all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import parsers
from benchmarks.mutants.bases import Base
from benchmarks.mutants.judge import Tally, findings_to_tally
from benchmarks.mutants.kinds import KINDS, SEED, Goal, base_to_mutants
from workers.corpus.formats import FORMATS
from workers.corpus.reports import draft_to_report, seed_to_draft

PRINTED = Goal(name="表二一格有误（经由六种文件）", located=1)


def numbers_to_tallies(count: int) -> Iterator[Tally]:
    """One wrong cell of the table of requests a report, formats by turns."""
    for number in range(count):
        yield _number_to_tally(number)


def _number_to_tally(number: int) -> Tally:
    draft = seed_to_draft(SEED, number)
    format_ = FORMATS[number % len(FORMATS)]
    base = Base(format_.name, parsers.classify(parsers.read(format_.report_to_bytes(draft_to_report(draft)))))
    chance = random.Random(f"{SEED} {number}")  # noqa: S311 - made-up mistakes, no secret
    new = chance.choice(list(base_to_mutants(KINDS[0], base)))
    spoilt = draft_to_report(replace(draft, figures={**draft.figures, **new}, true=draft.figures))
    outcome = parsers.assess(format_.report_to_bytes(spoilt))
    return findings_to_tally(outcome.findings.findings, base, new)
