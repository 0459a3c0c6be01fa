"""The reports of the corpus: a sheet of the one truth with an office's prose around its tables, all from one seed."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tests.make.figures import TEMPLATE, Figures, form, seeded
from tests.make.sheet import Changes, Grid, Sheet, to_sheet

PROSE: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "prose.toml").read_text(encoding="utf-8"))

PARTS = ("proactive", "requests", "information_management", "platform", "supervision")
"""The five parts of section one, in the order of the form."""

FORMS = (("2021", 2023, False), ("2019", 2020, False), ("2021", 2022, True), ("2021", 2025, False))
"""Edition, year, and whether （六） is one merged row: each producer prints all four."""


@dataclass(frozen=True)
class Report:
    """A made report: what is printed, and the figures that a reader must find in it."""

    edition: str
    year: int
    merged: bool
    sheet: Sheet
    figures: Figures
    number: int
    """Which of a producer's documents it is, from 0: producers vary fonts and breaks by it."""

    @property
    def title(self) -> str:
        """The first line."""
        return next(block for block in self.sheet if isinstance(block, str))


def seed_to_report(seed: int, number: int) -> Report:
    """Another report for every seed and number; the same one every time."""
    chance = random.Random(seed * 1000 + number)  # noqa: S311 - figures for a benchmark, no secret
    edition, year, merged = FORMS[number % len(FORMS)]
    figures = seeded(edition, chance.randrange(10**9), merged=merged)
    sheet = to_sheet(edition, figures, Changes(year=year, merged=merged))
    agency = chance.choice(PROSE["places"]) + chance.choice(PROSE["offices"])
    printed = _with_prose(sheet, edition, _Writer(chance, agency, year))
    return Report(edition, year, merged, printed, figures, number)


@dataclass(frozen=True)
class _Writer:
    """Fills the slots of sentences."""

    chance: random.Random
    agency: str
    year: int

    def fill(self, sentence: str) -> str:
        """The sentence with numbers of its own."""
        small, large = self.chance.randrange(2, 60), self.chance.randrange(60, 4000)
        return sentence.format(agency=self.agency, year=self.year, next_year=self.year + 1, n=large, m=small)

    def renamed(self, text: str) -> str:
        """The template's line under this office's name."""
        return text.replace(TEMPLATE["agency"], self.agency)


def _with_prose(sheet: Sheet, edition: str, writer: _Writer) -> Sheet:
    """The same tables under the same headings; the template's paragraphs give way to longer ones."""
    headings = {section.heading: section.id for section in form(edition).sections}
    written = {"overview": _overview, "problems": _all_of("problems"), "other": _all_of("other")}
    blocks: list[str | Grid] = []
    section = ""
    for block in sheet:
        if isinstance(block, Grid):
            blocks.append(_jittered(block, writer.chance))
        elif block in headings:
            section = headings[block]
            blocks += [block, *(written[section](writer) if section in written else ())]
        elif section not in written or block in _ends(sheet):
            blocks.append(writer.renamed(block))
    return tuple(blocks)


def _ends(sheet: Sheet) -> tuple[str | Grid, ...]:
    """The signature: the last two lines."""
    return sheet[-2:]


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


def _jittered(grid: Grid, chance: random.Random) -> Grid:
    """The grid with columns a little wider or narrower, as offices draw them."""
    widths = tuple(width * 10 + chance.randrange(-2, 3) for width in grid.widths)
    return Grid(widths, grid.rows)
