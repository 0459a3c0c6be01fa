"""One number of the prose is changed, the tables are not: does the report contradict itself, and is it told?"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import parsers
from benchmarks.mutants.bases import FORMS
from benchmarks.mutants.judge import Tally
from benchmarks.mutants.kinds import SEED, Goal, wrong_numbers
from workers.corpus.figures import Figures, written
from workers.corpus.reports import draft_to_report, seed_to_draft
from workers.corpus.sheet import Changes, Sheet, to_sheet
from workers.corpus.stated import figures_to_stated
from workers.corpus.texts import layout

PROSE = Goal(name="正文中一个数有误", found=0.95, is_locatable=False)

UNCHECKED = ("documents", "facts", "fee_notice")
"""Sentences that are made of other slots."""

Printer: TypeAlias = Callable[[dict[str, str]], Sheet]
"""The report with some numbers of its prose changed."""


@dataclass(frozen=True)
class Told:
    """A report that can be printed with another number in its prose, and the numbers it tells."""

    name: str
    printed: Printer
    numbers: dict[str, str]


def made_reports(drafts: int) -> tuple[Told, ...]:
    """The written report on every form, and drawn ones with longer prose."""
    return (*(_written(*form) for form in FORMS), *(_drawn(number) for number in range(drafts)))


def _written(edition: str, year: int, merged: bool) -> Told:  # noqa: FBT001 - as FORMS lists it
    figures = written(edition, merged=merged)

    def printed(stated: dict[str, str]) -> Sheet:
        return to_sheet(edition, figures, Changes(year=year, merged=merged, stated=stated))

    return Told(f"written {edition} {merged}", printed, _numbers(edition, figures))


def _drawn(number: int) -> Told:
    draft = seed_to_draft(SEED, number)

    def printed(stated: dict[str, str]) -> Sheet:
        return draft_to_report(replace(draft, changes=replace(draft.changes, stated=stated))).sheet

    return Told(f"drawn {number}", printed, _numbers(draft.edition, draft.figures))


def _numbers(edition: str, figures: Figures) -> dict[str, str]:
    stated = figures_to_stated(edition, figures)
    return {name: text for name, text in stated.items() if name not in UNCHECKED}


def report_to_tally(told: Told, share: int = 1) -> Tally:
    """Each number it tells, changed in each way; `share`: only each so-many-th of these."""
    chance = random.Random(f"{SEED} {told.name}")  # noqa: S311 - made-up mistakes, no secret
    clean = _to_text(told.printed({}))
    known = _found(clean)
    mutants = [_to_text(told.printed({name: wrong})) for name, wrong in list(_wrong(told, chance))[::share]]
    return sum((_text_to_tally(text, known) for text in mutants if text != clean), start=Tally())


def _wrong(told: Told, chance: random.Random) -> Iterator[tuple[str, str]]:
    for name, text in told.numbers.items():
        if "." in text:
            yield name, f"{(int(text.replace('.', '')) + 100) % 10000 / 100:.2f}"
        else:
            yield from ((name, str(wrong)) for wrong in wrong_numbers(int(text), chance))


def _text_to_tally(text: str, known: frozenset[str]) -> Tally:
    is_found = not _found(text) <= known
    return Tally(broken=1, found=is_found, told=is_found)


def _found(text: str) -> frozenset[str]:
    """What is found, by its fingerprint and its words."""
    findings = parsers.assess(text.encode()).findings.findings
    return frozenset(f"{finding.fingerprint} {finding.message}" for finding in findings)


def _to_text(sheet: Sheet) -> str:
    return layout("tabbed")(sheet)
