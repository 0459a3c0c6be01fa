"""What a broken sum tells of the cell that is wrong, and when nobody can tell."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from parsers.causes import tables_to_causes
from parsers.editions import report_to_form
from parsers.editions.equations import Equation, edition_to_equations
from parsers.model.cause import Cause, CauseKind
from parsers.model.report import Report, Status, Tables
from workers.corpus.figures import CellId, cells_of, seeded, written
from workers.corpus.sheet import to_sheet
from workers.corpus.texts import layout

Numbers = dict[str, int | None]


@cache
def clean(edition: str, seed: int | None = None) -> Report:
    figures = written(edition) if seed is None else seeded(edition, seed)
    return parsers.classify(parsers.read(layout("tabbed")(to_sheet(edition, figures)).encode()))


def changed(report: Report, new: Numbers, status: Status = Status.NUMBER) -> Tables:
    """Other numbers in these cells; None: a cell of this status."""
    tables = {table: {row: dict(cells) for row, cells in rows.items()} for table, rows in report.tables.items()}
    for name, value in new.items():
        table, row, column = name.split(".")
        kept = Status.NUMBER if value is not None else status
        old = tables[table][row][column]
        tables[table][row][column] = msgspec.structs.replace(
            old, value=value, status=kept, raw="" if value is None else str(value)
        )
    return tables


def equations_of(report: Report, tables: Tables) -> tuple[Equation, ...]:
    return edition_to_equations(report_to_form(report), tables)


def causes_of(
    new: Numbers, edition: str = "2021", status: Status = Status.NUMBER, told: dict[str, int] | None = None
) -> dict[str, Cause]:
    report = clean(edition)
    tables = changed(report, new, status)
    return tables_to_causes(report_to_form(report), equations_of(report, tables), tables, told)


def told(cause: Cause) -> tuple[CauseKind, Numbers]:
    assert cause.stated is not None
    return cause.stated.kind, {change.figure: int(change.suggested) for change in cause.stated.changes}


ONE_CELL = (
    ("a result", "requests.granted.natural_person", 9, 11, ("A02.requests.natural_person", "A03.requests.granted")),
    ("a row's total", "requests.granted.total", 15, 14, ("A02.requests.total", "A03.requests.granted")),
    (
        "a column's total",
        "requests.total_processed.natural_person",
        22,
        20,
        ("A01.requests.natural_person", "A02.requests.natural_person", "A03.requests.total_processed"),
    ),
    (
        "the total of all",
        "requests.total_processed.total",
        20,
        24,
        ("A01.requests.total", "A02.requests.total", "A03.requests.total_processed"),
    ),
    (
        "what was carried forward",
        "requests.carried_forward.research_institution",
        2,
        0,
        ("A01.requests.research_institution", "A03.requests.carried_forward"),
    ),
)


class TestOneCell:
    @pytest.mark.parametrize(
        ("cell", "filed", "true", "mends"), [row[1:] for row in ONE_CELL], ids=[r[0] for r in ONE_CELL]
    )
    @pytest.mark.parametrize("edition", ["2019", "2021"])
    def test_a_wrong_cell_is_stated_with_the_number_that_mends_every_sum(
        self, edition: str, cell: str, filed: int, true: int, mends: tuple[str, ...]
    ) -> None:
        causes = causes_of({cell: filed}, edition)
        assert tuple(causes) == mends
        assert {cause.stated and cause.stated.mends for cause in causes.values()} == {mends}
        assert [told(cause)[1] for cause in causes.values()] == [{cell: true}] * len(mends)

    def test_it_is_said_when_two_digits_of_it_changed_places(self) -> None:
        causes = causes_of({"requests.new_received.natural_person": 12})
        assert told(causes["A03.requests.new_received"])[0] is CauseKind.DIGITS_SWAPPED

    def test_it_is_said_when_it_is_the_number_beside_it(self) -> None:
        causes = causes_of({"requests.carried_forward.total": 24})
        assert told(causes["A03.requests.carried_forward"])[0] is CauseKind.COPIED

    def test_a_group_of_table_three_lists_every_cell_that_could_be_it(self) -> None:
        causes = causes_of({"review_litigation.litigation_direct.total": 3})
        (cause,) = causes.values()
        assert cause.stated is None
        assert {c.figure.rsplit(".")[-1]: c.suggested for e in cause.candidates for c in e.changes} == {
            "upheld": 1,
            "corrected": 1,
            "other_result": 2,
            "pending": 2,
            "total": 2,
        }

    def test_one_sum_alone_never_states_a_cell_even_where_no_other_could_be_it(self) -> None:
        (cause,) = causes_of({"review_litigation.review.total": 0}).values()
        assert (cause.stated, [c.suggested for e in cause.candidates for c in e.changes]) == (None, [4])

    def test_no_number_below_zero_is_ever_suggested(self) -> None:
        (cause,) = causes_of({"review_litigation.review.upheld": 90}).values()
        assert [c.figure for e in cause.candidates for c in e.changes] == [
            "review_litigation.review.upheld",
            "review_litigation.review.total",
        ]


class TestMoreCells:
    def test_two_cells_without_a_common_sum_are_two_mistakes(self) -> None:
        causes = causes_of({"requests.granted.natural_person": 12, "requests.partially_granted.total": 20})
        assert told(causes["A03.requests.granted"])[1] == {"requests.granted.natural_person": 11}
        assert told(causes["A02.requests.total"])[1] == {"requests.partially_granted.total": 2}

    def test_two_cells_of_one_row_are_one_cause(self) -> None:
        new: Numbers = {"requests.granted.natural_person": 13, "requests.granted.commercial_enterprise": 7}
        causes = causes_of(new)
        expected = {"requests.granted.natural_person": 11, "requests.granted.commercial_enterprise": 2}
        assert [told(cause) for cause in causes.values()] == [(CauseKind.TWO_CELLS, expected)] * 3

    def test_two_cells_off_by_as_much_may_be_two_others_and_none_is_stated(self) -> None:
        new: Numbers = {"requests.granted.natural_person": 12, "requests.unavailable_not_held.commercial_enterprise": 2}
        causes = causes_of(new)
        assert {cause.stated for cause in causes.values()} == {None}
        pairs = [{c.figure for c in e.changes} for e in causes["A03.requests.granted"].candidates]
        assert set(new) in pairs
        assert {"requests.granted.commercial_enterprise", "requests.unavailable_not_held.natural_person"} in pairs

    def test_numbers_that_changed_places_are_told_where_only_they_can_have(self) -> None:
        causes = causes_of({"requests.granted.natural_person": 2, "requests.granted.commercial_enterprise": 11})
        assert told(causes["A02.requests.natural_person"])[0] is CauseKind.CELLS_SWAPPED

    def test_a_number_split_over_two_cells_is_one_number(self) -> None:
        columns = ("natural_person", "commercial_enterprise", "research_institution")
        pieces: Numbers = {f"requests.new_received.{c}": n for c, n in zip(columns, (2, 1, 3), strict=True)}
        causes = causes_of(pieces)
        kind, numbers = told(causes["A01.requests.natural_person"])
        assert (kind, numbers["requests.new_received.natural_person"]) == (CauseKind.SPLIT, 21)

    def test_a_row_shifted_by_one_column_is_told_as_one_slip(self) -> None:
        columns = ("natural_person", "commercial_enterprise", "research_institution", "public_welfare_organization")
        filed: Numbers = {f"requests.new_received.{c}": n for c, n in zip(columns, (0, 21, 3, 0), strict=True)}
        filed["requests.new_received.legal_service_institution"] = 1
        causes = causes_of(filed)
        kind, numbers = told(causes["A01.requests.natural_person"])
        assert kind is CauseKind.SHIFTED
        assert numbers["requests.new_received.natural_person"] == 21

    def test_a_row_left_out_may_be_any_empty_row(self) -> None:
        row = "requests.partially_granted"
        causes = causes_of({f"{row}.natural_person": 0, f"{row}.total": 0})
        kinds = [explanation.kind for explanation in causes["A02.requests.total"].candidates]
        assert kinds[0] is CauseKind.LEFT_OUT
        assert {f"{row}.natural_person", f"{row}.total"} in [
            {c.figure for c in e.changes} for e in causes["A02.requests.total"].candidates
        ]

    def test_of_a_table_that_is_wrong_all_over_nothing_is_said(self) -> None:
        wrong: Numbers = {".".join(cell): 7 + i for i, cell in enumerate(cells_of("2021")) if cell[0] == "requests"}
        assert causes_of(wrong) == {}


class TestCellsWithoutNumber:
    def test_beside_a_cell_we_could_not_read_nothing_is_stated(self) -> None:
        new: Numbers = {"requests.granted.natural_person": 9, "requests.partially_granted.total": None}
        causes = causes_of(new, status=Status.UNREADABLE)
        assert {cause.stated for cause in causes.values()} == {None}

    def test_a_blank_cell_counts_as_zero_and_may_be_the_one(self) -> None:
        causes = causes_of({"requests.granted.natural_person": None}, status=Status.BLANK)
        cause = causes["A03.requests.granted"]
        assert cause.stated is not None
        assert [(c.filed, c.suggested) for c in cause.stated.changes] == [(None, 11)]


class TestProse:
    WRONG: Numbers = {"review_litigation.review.total": 5}

    def test_a_candidate_whose_true_number_the_prose_tells_is_stated(self) -> None:
        (cause,) = causes_of(self.WRONG, told={"review_litigation.review.total": 4}).values()
        assert told(cause)[1] == {"review_litigation.review.total": 4}

    @pytest.mark.parametrize("number", [5, 6])
    def test_prose_that_tells_the_same_or_a_third_number_decides_nothing(self, number: int) -> None:
        (cause,) = causes_of(self.WRONG, told={"review_litigation.review.total": number}).values()
        assert (cause.stated, len(cause.candidates)) == (None, 5)

    def test_of_two_cells_both_must_be_told(self) -> None:
        new: Numbers = {"requests.granted.natural_person": 12, "requests.unavailable_not_held.commercial_enterprise": 2}
        causes = causes_of(new, told={"requests.granted.natural_person": 11})
        assert {cause.stated for cause in causes.values()} == {None}


CELLS = {edition: [cell for cell in cells_of(edition) if cell[0] != "proactive"] for edition in ("2019", "2021")}


@given(
    seed=st.integers(0, 20),
    edition=st.sampled_from(["2019", "2021"]),
    cells=st.data(),
    numbers=st.lists(st.integers(0, 2000), min_size=1, max_size=5),
)
@settings(max_examples=80, deadline=None)
def test_what_is_stated_mends_what_it_says_and_breaks_nothing(
    seed: int, edition: str, cells: st.DataObject, numbers: list[int]
) -> None:
    report = clean(edition, seed)
    chosen: list[CellId] = cells.draw(
        st.lists(st.sampled_from(CELLS[edition]), min_size=len(numbers), max_size=len(numbers), unique=True)
    )
    tables = changed(report, {".".join(cell): number for cell, number in zip(chosen, numbers, strict=True)})
    equations = equations_of(report, tables)
    broken = unbalanced(equations, tables)
    for cause in tables_to_causes(report_to_form(report), equations, tables).values():
        for explanation in (*([cause.stated] if cause.stated else []), *cause.candidates):
            mended = changed(
                msgspec.structs.replace(report, tables=tables),
                {change.figure: int(change.suggested) for change in explanation.changes},
            )
            assert unbalanced(equations, mended) == broken - set(explanation.mends)


def unbalanced(equations: tuple[Equation, ...], tables: Tables) -> set[str]:
    def total(cells: tuple[CellId, ...]) -> object:
        return sum(tables[t][row][column].value or 0 for t, row, column in cells)

    return {f"{e.identity.code}.{e.scope}" for e in equations if total(e.left) != total(e.right)}
