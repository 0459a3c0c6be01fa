"""Drawing a report: a form, figures that satisfy it, an office, and prose around the tables, all from one seed."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from workers.corpus.figures import TEMPLATE, Figures, form, seeded
from workers.corpus.sheet import Changes, Grid, Sheet, to_sheet, years
from workers.corpus.stated import figures_to_stated

PROSE: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "prose.toml").read_text(encoding="utf-8"))

PARTS = ("proactive", "requests", "information_management", "platform", "supervision")
"""The five parts of section one, in the order of the form."""

FORMS = (("2021", 2023, False), ("2019", 2020, False), ("2021", 2022, True), ("2021", 2025, False))
"""Edition, year, and whether （六） is one merged row: consecutive numbers take turns."""


@dataclass(frozen=True)
class Draft:
    """What a report is to say, before it is printed."""

    seed: int
    number: int
    edition: str
    merged: bool
    figures: Figures
    changes: Changes
    """The year, and what differs from a clean report."""
    true: Figures | None = None
    """The figures that the prose tells, where other ones are printed in the tables."""

    def chance(self, purpose: str) -> random.Random:
        """The same choices for the same purpose, whatever else was chosen."""
        return random.Random(f"{self.seed} {self.number} {purpose}")  # noqa: S311 - made-up reports, no secret


@dataclass(frozen=True)
class Report:
    """A made report: what is printed, and the figures that a reader must find in it."""

    draft: Draft
    sheet: Sheet

    @property
    def number(self) -> int:
        """Which one of its corpus: makers vary fonts and breaks by it."""
        return self.draft.number

    @property
    def year(self) -> int:
        """The year reported on."""
        return self.draft.changes.year

    @property
    def title(self) -> str:
        """The first line."""
        return next(block for block in self.sheet if isinstance(block, str))


def seed_to_draft(seed: int, number: int) -> Draft:
    """Another one for every seed and number; the same one every time."""
    edition, year, merged = FORMS[number % len(FORMS)]
    blank = Draft(seed, number, edition, merged, {}, Changes(year=year, merged=merged))
    figures = seeded(edition, blank.chance("figures").randrange(10**9), merged=merged)
    return Draft(seed, number, edition, merged, figures, blank.changes)


def draft_to_report(draft: Draft) -> Report:
    """The statutory tables of these figures between an office's sentences."""
    chance = draft.chance("prose")
    agency = chance.choice(PROSE["places"]) + chance.choice(PROSE["offices"])
    sheet = to_sheet(draft.edition, draft.figures, draft.changes)
    stated = figures_to_stated(draft.edition, draft.true or draft.figures, draft.changes.stated)
    writer = _Writer(chance, agency, {**stated, **years(draft.changes)})
    return Report(draft, _with_prose(sheet, draft.edition, writer))


@dataclass(frozen=True)
class _Writer:
    """Fills the slots of sentences."""

    chance: random.Random
    agency: str
    slots: Mapping[str, str]

    def fill(self, sentence: str) -> str:
        """The sentence with numbers of its own."""
        small, large = self.chance.randrange(2, 60), self.chance.randrange(60, 4000)
        return sentence.format(agency=self.agency, n=large, m=small, **self.slots)

    def renamed(self, text: str) -> str:
        """The template's line under this office's name."""
        return text.replace(TEMPLATE["agency"], self.agency)


_Paragraphs: TypeAlias = Callable[[_Writer], list[str]]


def _overview(writer: _Writer) -> list[str]:
    """An opening and the five parts, each of one paragraph or more."""
    sentences = [writer.chance.choice(PROSE["opening"])]
    for part in PARTS:
        first, *others = PROSE[part]
        kept = writer.chance.randrange(1, len(others) + 1)
        sentences += [first, *writer.chance.sample(others, kept)]
    return [writer.fill(sentence) for sentence in sentences]


def _all_of(part: str) -> _Paragraphs:
    return lambda writer: [writer.fill(sentence) for sentence in PROSE[part]]


_WRITTEN: dict[str, _Paragraphs] = {
    "overview": _overview,
    "problems": _all_of("problems"),
    "other": _all_of("other"),
}
"""Sections that are prose; the others keep what the template has."""


def _with_prose(sheet: Sheet, edition: str, writer: _Writer) -> Sheet:
    """The same tables under the same headings; the template's paragraphs give way to longer ones."""
    headings = {section.heading: section.id for section in form(edition).sections}
    *body, agency, signed = sheet
    blocks: list[str | Grid] = []
    section = ""
    for block in body:
        if isinstance(block, Grid):
            blocks.append(_jittered(block, writer.chance))
        elif block in headings:
            section = headings[block]
            blocks += [block, *(_WRITTEN[section](writer) if section in _WRITTEN else ())]
        elif section not in _WRITTEN:
            blocks.append(writer.renamed(block))
    ends = [writer.renamed(end) if isinstance(end, str) else end for end in (agency, signed)]
    return (*blocks, *ends)


def _jittered(grid: Grid, chance: random.Random) -> Grid:
    """The grid with columns a little wider or narrower, as offices draw them."""
    widths = tuple(width * 10 + chance.randrange(-2, 3) for width in grid.widths)
    return Grid(widths, grid.rows)
