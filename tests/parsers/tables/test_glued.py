"""Glued digits: whatever the report says, a cell is right, or in doubt; never wrong and certain."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from parsers.model.outcome import Outcome
from parsers.model.report import Figure, Number, Status
from workers.corpus.figures import CellId, Figures, seeded, written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import GLUED, layout

NAMES = tuple(name for name, _ in GLUED)


def cell(outcome: Outcome, name: CellId) -> Figure:
    return outcome.report.tables[name[0]][name[1]][name[2]]


def assess(name: str, edition: str, figures: Figures, year: int) -> Outcome:
    return parsers.assess(layout(name)(to_sheet(edition, figures, Changes(year=year))).encode())


def with_one_wrong(figures: Figures, seed: int) -> Figures:
    """The same with one number of table 2 or 3 changed, so that sums no longer hold."""
    chance = random.Random(seed)  # noqa: S311 - figures for tests, no secret
    wrong = chance.choice([name for name in figures if name[0] != "proactive"])
    changed: tuple[Number, ...] = (0, figures[wrong] + 1, int(str(figures[wrong])[::-1]), chance.randrange(99))
    return figures | {wrong: chance.choice(changed)}


class TestOneTruth:
    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize(("edition", "year"), [("2019", 2020), ("2021", 2023)])
    @settings(max_examples=2, deadline=None)
    @given(seed=st.integers(0, 10_000))
    def test_a_cell_is_right_or_has_the_truth_among_its_candidates(
        self, name: str, edition: str, year: int, seed: int
    ) -> None:
        figures = seeded(edition, seed)
        outcome = assess(name, edition, figures, year)
        for id_, value in figures.items():
            found = cell(outcome, id_)
            assert found.value == value or found.status is Status.UNREADABLE or value in found.candidates

    @pytest.mark.parametrize("name", NAMES)
    @settings(max_examples=2, deadline=None)
    @given(seed=st.integers(0, 10_000))
    def test_no_cell_is_wrong_and_certain_where_the_report_itself_is_wrong(self, name: str, seed: int) -> None:
        figures = with_one_wrong(seeded("2021", seed), seed)
        outcome = assess(name, "2021", figures, 2023)
        told = {id_: cell(outcome, id_).value for id_ in figures}
        assert {id_: value for id_, value in told.items() if value not in (None, figures[id_])} == {}

    @pytest.mark.parametrize("seed", [6, 7, 9, 13])
    def test_a_cell_left_blank_among_zeros_makes_no_cell_wrong_and_certain(self, seed: int) -> None:
        edition, year = ("2021", 2023) if seed % 2 else ("2019", 2020)
        figures = seeded(edition, seed)
        chance = random.Random(seed * 7 + 1)  # noqa: S311 - figures for tests, no secret
        is_zero = seed in (6, 13)
        cells = [name for name in figures if name[0] != "proactive" and not (is_zero and figures[name])]
        blank = chance.choice(cells)
        sheet = to_sheet(edition, figures, Changes(year=year, cells={blank: ""}))
        outcome = parsers.assess(layout("glued")(sheet).encode())
        for id_, value in figures.items():
            found = cell(outcome, id_)
            is_told = found.value == value or value in found.candidates or found.status is Status.UNREADABLE
            assert is_told if id_ != blank else found.value is None

    @pytest.mark.parametrize("name", NAMES)
    def test_of_a_small_report_all_is_told_but_what_no_sum_decides(self, name: str) -> None:
        figures = written("2021")
        outcome = assess(name, "2021", figures, 2023)
        open_cells = {id_ for id_ in figures if cell(outcome, id_).value != figures[id_]}
        assert open_cells == {
            ("proactive", "normative_document", column) for column in ("issued", "repealed", "in_force")
        }

    def test_the_same_text_gives_the_same_candidates(self) -> None:
        figures = seeded("2021", 3)
        assert assess("glued", "2021", figures, 2023) == assess("glued", "2021", figures, 2023)


class TestEveryCell:
    @pytest.mark.parametrize("seed", range(3))
    def test_no_cell_of_a_clean_report_is_unreadable(self, seed: int) -> None:
        figures = seeded("2021", seed)
        outcome = assess("glued", "2021", figures, 2023)
        assert [id_ for id_ in figures if cell(outcome, id_).status is Status.UNREADABLE] == []

    @pytest.mark.parametrize("seed", range(6))
    def test_three_wrong_numbers_in_table_three_make_no_cell_wrong_and_certain(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - figures for tests, no secret
        figures = seeded("2021", seed)
        wrong = chance.sample([name for name in figures if name[0] == "review_litigation"], 3)
        figures |= {name: chance.randrange(99) for name in wrong}
        outcome = assess("glued", "2021", figures, 2023)
        for id_, value in figures.items():
            found = cell(outcome, id_)
            assert found.value == value or value in found.candidates

    def test_five_numbers_in_all_are_not_the_five_of_each_group(self) -> None:
        text = layout("spaced")(to_sheet("2021", written("2021")))
        start = text.index("结果维持")
        line = text[start:].split("\n")[1]
        rows = parsers.assess(text.replace(line, "7 8 9 10 34", 1).encode()).report.tables["review_litigation"]
        assert {figure.value for row in rows.values() for figure in row.values()} == {None}

    def test_without_a_zero_in_the_report_digits_as_many_as_cells_are_not_told(self) -> None:
        text = layout("glued_rows")(to_sheet("2021", written("2021")))
        lines = [line for line in text.split("\n") if not re.search(r"[^\d]0\d*$", line)]
        row = parsers.assess("\n".join(lines).encode()).report.tables["proactive"]["normative_document"]
        assert {figure.value for figure in row.values()} == {None}


class TestWhatIsSaid:
    def test_a_cell_has_the_place_of_its_own_digits(self) -> None:
        text = layout("glued")(to_sheet("2021", written("2021")))
        found = parsers.assess(text.encode()).report.tables["requests"]["new_received"]["total"]
        start = text.index("申请数量213010025") + len("申请数量2130100")
        assert (found.raw, found.place.line, found.place.column) == ("25", 1, start + 1)

    def test_doubtful_cells_accuse_nobody(self) -> None:
        outcome = assess("glued", "2021", written("2021"), 2023)
        assert [f for f in outcome.findings.findings if f.is_agencys] == []
        assert {f.code for f in outcome.findings.findings} == {"FIGURE_UNREADABLE"}

    def test_a_sum_by_which_digits_were_split_is_never_held_against_the_agency(self) -> None:
        figures = written("2021") | {("requests", "granted", "total"): 15}
        broken = [f for f in assess("glued", "2021", figures, 2023).findings.findings if f.rule == "table_identities"]
        assert broken
        assert not any(f.is_agencys for f in broken)

    def test_that_digits_were_split_is_a_problem_to_be_read(self) -> None:
        messages = [p.message for p in assess("glued", "2021", written("2021"), 2023).report.problems]
        assert "表二有175格的数字连写在一起，按行列合计切分出175格" in messages


class TestSeparatorsKept:
    def test_borders_that_are_left_are_kept(self) -> None:
        text = layout("glued_rows")(to_sheet("2021", written("2021"))).replace("2130100", "21 3 0 100", 1)
        row = parsers.assess(text.encode()).report.tables["requests"]["new_received"]
        assert [figure.value for figure in row.values()] == [21, 3, 0, 1, 0, 0, 25]

    def test_a_lost_cell_in_a_table_with_borders_is_no_glued_row(self) -> None:
        text = layout("spaced")(to_sheet("2021", written("2021")))
        text = text.replace("（一）予以公开 11 2 0 1 0 0 14", "（一）予以公开 11 2 0 1 0 14")
        row = parsers.assess(text.encode()).report.tables["requests"]["granted"]
        assert {figure.status for figure in row.values()} == {Status.UNREADABLE}
