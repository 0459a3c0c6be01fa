"""Two readings of one report: what the second one confirms, what it puts in doubt, and when it is asked at all."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

import parsers
from parsers.model.document import Document, Line, Place, Problem
from parsers.model.files import json_to_value, value_to_json
from parsers.model.finding import Attribution, Finding, Verdict
from parsers.model.outcome import Outcome
from parsers.model.report import Figure, Report, Status
from parsers.model.source import READ_TWICE, Kind
from parsers.readers import READERS, SECOND_READERS
from parsers.readings.compare import DIFFERENT, INCOMPLETE
from workers.corpus.figures import CellId, written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout, without

TOTAL: CellId = ("review_litigation", "review", "total")
WRONG = Changes(cells={TOTAL: "9999"})
CLEAN = Changes()


def read_as(kind: Kind, changes: Changes, cut: Callable[[str], str] = str) -> Document:
    """A reading of the made report as the first reader of this kind would hand it over."""
    text = cut(layout("tabbed")(to_sheet("2021", written("2021", merged=changes.merged), changes)))
    document = parsers.read(text.encode())
    source = msgspec.structs.replace(document.source, kind=kind, sha256="0" * 64)
    reader = READ_TWICE[kind][0] if kind in READ_TWICE else ""
    return msgspec.structs.replace(document, source=source, reader=reader)


def twice(first: Changes, second: Document | Changes | None) -> Outcome:
    """The outcome of two readings that saw these two reports."""
    other = read_as(Kind.PDF, second) if isinstance(second, Changes) else second
    return parsers.check_twice(parsers.classify(read_as(Kind.PDF, first)), lambda: other)


def figure(outcome: Outcome, cell: CellId) -> Figure:
    return outcome.report.tables[cell[0]][cell[1]][cell[2]]


def raws(outcome: Outcome, cell: CellId) -> list[str | None]:
    return [reading.raw for reading in figure(outcome, cell).readings]


def only(outcome: Outcome, code: str) -> Finding:
    (found,) = (finding for finding in outcome.findings.findings if finding.code == code)
    return found


def never() -> Document:
    raise AssertionError


class TestWhenItIsAsked:
    def test_what_the_sections_say_asks_nobody_again(self) -> None:
        changes = Changes(labels={"本年度未发出信息处理费收费通知，收取信息处理费0元。": "无。"})
        outcome = parsers.check(parsers.classify(read_as(Kind.PDF, changes)))
        assert [finding.code for finding in outcome.findings.findings] == ["FEE_STATEMENT_MISSING"]
        assert not parsers.second_reading_needed(outcome)

    def test_a_clean_report_is_read_once(self) -> None:
        outcome = parsers.check_twice(parsers.classify(read_as(Kind.PDF, CLEAN)), never)
        assert len(outcome.report.readers) == 1

    def test_a_report_of_a_kind_with_one_reader_is_read_once(self) -> None:
        outcome = parsers.check_twice(parsers.classify(read_as(Kind.TEXT, WRONG)), never)
        assert only(outcome, "A04").attribution is Attribution.FILED

    @pytest.mark.parametrize(
        "changes",
        [
            WRONG,
            Changes(cells={TOTAL: ""}),
            Changes(cells={TOTAL: "-3"}),
            Changes(labels={"本年废止件数": "本年度止件数"}),
            Changes(drop_rows=("requests.not_processed_duplicate",)),
            Changes(drop_sections=("problems",)),
        ],
        ids=["sum", "blank", "negative", "label", "row", "section"],
    )
    def test_any_check_that_fails_asks(self, changes: Changes) -> None:
        assert parsers.second_reading_needed(parsers.check(parsers.classify(read_as(Kind.PDF, changes))))

    def test_a_merged_row_that_adds_up_is_read_once(self) -> None:
        outcome = parsers.check_twice(parsers.classify(read_as(Kind.PDF, Changes(merged=True))), never)
        assert only(outcome, "TABLE_ROWS_MISSING").is_agencys
        assert len(outcome.report.readers) == 1

    @pytest.mark.parametrize("raw", ["9999", ""], ids=["another number", "blank"])
    @pytest.mark.parametrize("column", ["natural_person", "total"])
    def test_a_merged_row_that_does_not_add_up_asks(self, column: str, raw: str) -> None:
        changes = Changes(merged=True, cells={("requests", "other_processing", column): raw})
        assert parsers.second_reading_needed(parsers.check(parsers.classify(read_as(Kind.PDF, changes))))

    def test_a_merged_row_does_not_hide_another_finding(self) -> None:
        changes = Changes(merged=True, cells={TOTAL: "9999"})
        assert parsers.second_reading_needed(parsers.check(parsers.classify(read_as(Kind.PDF, changes))))

    def test_a_problem_of_the_first_reader_asks_about_the_cells_of_its_page(self) -> None:
        document = read_as(Kind.PDF, CLEAN)
        blocks = tuple(_on_page_one(block) for block in document.blocks if isinstance(block, Line))
        problem = Problem(code="X", message="第 1 页有读不出的文字", place=Place(page=1))
        first = msgspec.structs.replace(document, blocks=blocks, problems=(problem,))
        outcome = parsers.check_twice(parsers.classify(first), lambda: read_as(Kind.PDF, CLEAN))
        assert len(figure(outcome, TOTAL).readings) == 2

    def test_it_is_asked_once_only(self) -> None:
        assert not parsers.second_reading_needed(twice(WRONG, WRONG))

    def test_the_model_and_the_readers_name_the_same_kinds(self) -> None:
        assert tuple(READ_TWICE) == tuple(kind for kind, _ in SECOND_READERS)
        assert all(dict(READERS)[kind] != module for kind, module in SECOND_READERS)


def _on_page_one(line: Line) -> Line:
    place = msgspec.structs.replace(line.place, page=1)
    return msgspec.structs.replace(line, place=place)


class TestAgreement:
    def test_a_wrong_sum_that_both_read_is_the_agencys(self) -> None:
        finding = only(twice(WRONG, WRONG), "A04")
        assert finding.is_agencys

    def test_both_readings_stand_in_the_figure_under_their_readers_names(self) -> None:
        readings = figure(twice(WRONG, WRONG), TOTAL).readings
        assert [(r.reader, r.raw) for r in readings] == [("pdfium", "9999"), ("pdfplumber", "9999")]

    def test_only_the_cells_concerned_are_compared(self) -> None:
        assert len(figure(twice(WRONG, WRONG), ("requests", "granted", "total")).readings) == 1

    def test_the_same_number_in_another_spelling_agrees(self) -> None:
        assert only(twice(WRONG, Changes(cells={TOTAL: "９，９９９ "})), "A04").is_agencys

    def test_a_row_that_neither_finds_is_missing(self) -> None:
        gone = Changes(drop_rows=("requests.not_processed_duplicate",))
        assert only(twice(gone, gone), "TABLE_ROWS_MISSING").is_agencys

    def test_the_same_marks_for_nothing_agree(self) -> None:
        none = Changes(cells={TOTAL: "／"})
        assert only(twice(none, Changes(cells={TOTAL: "/"})), "CELL_NOT_NUMERIC").is_agencys


class TestDifference:
    @pytest.mark.parametrize("other", [CLEAN, Changes(cells={TOTAL: ""}), Changes(cells={TOTAL: "无"})])
    def test_a_cell_that_is_read_in_two_ways_is_unreadable_and_accuses_nobody(self, other: Changes) -> None:
        outcome = twice(WRONG, other)
        assert figure(outcome, TOTAL).status is Status.UNREADABLE
        assert only(outcome, "A04").verdict is Verdict.UNDETERMINED
        assert not any(finding.is_agencys for finding in outcome.findings.findings)
        assert not outcome.has_error

    def test_what_each_reader_saw_is_kept(self) -> None:
        assert raws(twice(WRONG, Changes(cells={TOTAL: "12"})), TOTAL) == ["9999", "12"]

    def test_what_the_identities_force_is_suggested(self) -> None:
        outcome = twice(WRONG, Changes(cells={TOTAL: "12"}))
        assert figure(outcome, TOTAL).suggested == written("2021")[TOTAL]

    def test_a_suggestion_that_rested_on_the_cell_goes(self) -> None:
        blank: CellId = ("review_litigation", "review", "other_result")
        outcome = twice(Changes(cells={TOTAL: "9999", blank: ""}), Changes(cells={TOTAL: "12", blank: ""}))
        assert figure(outcome, blank).suggested == 0

    def test_a_blank_that_the_other_reader_fills_is_in_doubt(self) -> None:
        outcome = twice(Changes(cells={TOTAL: ""}), CLEAN)
        assert (figure(outcome, TOTAL).status, raws(outcome, TOTAL)[0]) == (Status.UNREADABLE, "")

    def test_a_row_that_the_other_reader_finds_is_not_missing(self) -> None:
        gone = Changes(drop_rows=("requests.not_processed_duplicate",))
        outcome = twice(gone, CLEAN)
        found = outcome.report.tables["requests"]["not_processed_duplicate"]["total"]
        assert (found.status, found.readings[0].raw, found.value) == (Status.UNREADABLE, None, None)
        assert [f.code for f in outcome.findings.findings if f.is_agencys] == []

    def test_a_merged_row_that_only_the_other_reader_finds_stands_beside_in_doubt(self) -> None:
        subs = ("other_overdue_correction", "other_overdue_fee", "other_misc")
        gone = Changes(drop_rows=tuple(f"requests.{row}" for row in subs))
        outcome = twice(gone, Changes(merged=True))
        row = outcome.report.tables["requests"]["other_processing"]
        assert {f.status for f in row.values()} == {Status.UNREADABLE}

    def test_a_row_that_is_missing_to_one_and_a_blur_to_the_other_stays_missing_and_accuses_nobody(self) -> None:
        gone = Changes(drop_rows=("requests.not_processed_duplicate",))
        short = Changes(cells={("requests", "not_processed_duplicate", c): "1 2" for c in ("natural_person", "total")})
        outcome = twice(gone, short)
        found = outcome.report.tables["requests"]["not_processed_duplicate"]["total"]
        assert (found.status, [reading.raw for reading in found.readings]) == (Status.ABSENT, [None, None])
        assert [f.code for f in outcome.findings.findings if f.is_agencys] == []

    def test_a_section_that_the_other_reader_finds_is_there(self) -> None:
        outcome = twice(Changes(drop_sections=("problems",)), CLEAN)
        assert [f.code for f in outcome.findings.findings if f.is_agencys] == []
        assert outcome.report.sections["problems"].heading

    def test_a_label_that_only_one_reads_odd_is_no_typo(self) -> None:
        outcome = twice(Changes(labels={"本年废止件数": "本年度止件数"}), CLEAN)
        assert outcome.findings.findings == ()

    def test_a_label_that_both_read_odd_is_the_agencys(self) -> None:
        odd = Changes(labels={"本年废止件数": "本年度止件数"})
        assert only(twice(odd, odd), "HEADER_TYPO").is_agencys

    def test_the_difference_is_a_problem_with_its_place(self) -> None:
        (problem,) = twice(WRONG, CLEAN).report.problems
        assert (problem.code, problem.place is not None) == (DIFFERENT, True)


class TestNoSecondOpinion:
    def test_a_sum_that_the_second_reader_could_not_read_is_a_doubt_and_no_error(self) -> None:
        outcome = twice(WRONG, None)
        finding = only(outcome, "A04")
        assert (finding.verdict, finding.attribution) == (Verdict.UNDETERMINED, Attribution.UNCLEAR)
        assert not outcome.has_error

    def test_the_first_reading_stands_with_a_null_beside_it(self) -> None:
        outcome = twice(WRONG, None)
        assert (figure(outcome, TOTAL).value, raws(outcome, TOTAL)) == (9999, ["9999", None])

    def test_a_table_that_the_second_reader_missed_leaves_the_other_tables_findings_alone(self) -> None:
        other: CellId = ("requests", "granted", "total")
        wrong = Changes(cells={TOTAL: "9999", other: "-3"})
        half = read_as(Kind.PDF, wrong, lambda text: without(text, "四、政府信息公开行政复议", "五、存在"))
        outcome = twice(wrong, half)
        assert only(outcome, "A04").attribution is Attribution.UNCLEAR
        assert only(outcome, "A08").is_agencys

    def test_what_is_missing_to_a_reader_that_misses_more_is_not_held_against_anybody(self) -> None:
        gone = Changes(drop_sections=("problems",))
        half = read_as(Kind.PDF, gone, lambda text: without(text, "四、政府信息公开行政复议", "六、其他"))
        outcome = twice(gone, half)
        assert only(outcome, "SEC_MISSING").attribution is Attribution.UNCLEAR
        assert outcome.report.problems[-1].code == INCOMPLETE

    def test_a_second_reading_that_is_no_report_is_none(self) -> None:
        line = Line(text="会议通知", place=Place(line=1))
        nothing = msgspec.structs.replace(read_as(Kind.PDF, CLEAN), blocks=(line,))
        assert twice(WRONG, nothing) == twice(WRONG, None)

    def test_the_sentence_says_that_it_was_not_confirmed(self) -> None:
        assert only(twice(WRONG, None), "A04").message.endswith("（第二次读取未能核对，请人工核对原件。）")


@pytest.mark.parametrize("second", [WRONG, CLEAN, None], ids=["agrees", "differs", "fails"])
def test_a_published_report_is_judged_alike_again(second: Changes | None) -> None:
    outcome = twice(WRONG, second)
    published = json_to_value(value_to_json(outcome.report), Report)
    assert parsers.check_twice(published, never) == outcome
