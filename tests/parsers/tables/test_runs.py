"""Labels and the values that follow them, in every layout."""

from __future__ import annotations

from parsers.model.document import Line, Place
from parsers.tables.row_cells import Rows, split_row
from parsers.tables.runs import Distances, Run, run_to_cells, runs_to_distances, strips_to_runs
from parsers.tables.strips import Strip, line_to_strip


def strips(*lines: str) -> tuple[Strip, ...]:
    return tuple(line_to_strip(Line(text=text, place=Place(line=n))) for n, text in enumerate(lines, 1))


def told(runs: tuple[Run, ...]) -> list[tuple[list[str], list[str]]]:
    return [([t.text for t in run.labels], [t.text for t in run.values]) for run in runs]


def test_a_tabbed_row_and_cells_on_lines_are_the_same_run() -> None:
    expected = [(["规章"], ["1", "2", "3"])]
    assert told(strips_to_runs(strips("规章\t1\t2\t3"), 3)) == expected
    assert told(strips_to_runs(strips("规章", "1", "", "2", "3"), 3)) == expected


def test_a_row_takes_its_last_cells_however_it_is_shifted() -> None:
    strip = strips("（五）不予处理\t\t1.信访\t1\t2\t3\t\t")[0]
    split = split_row(strip, Rows(width=3, usual={}))
    assert split is not None
    assert [token.text for token in split[1]] == ["1", "2", "3"]


def test_a_row_of_blank_cells_keeps_its_blanks() -> None:
    runs = strips_to_runs(strips("规章\t\t\t5", "行政许可\t1\t2\t3"), 3)
    assert told(runs) == [(["规章"], ["", "", "5"]), (["行政许可"], ["1", "2", "3"])]


def test_blanks_at_the_end_of_a_row_stand_where_its_neighbours_have_them() -> None:
    runs = strips_to_runs(strips("甲\t\t1\t2\t3", "乙\t\t4\t5\t"), 3)
    assert told(runs) == [(["甲"], ["1", "2", "3"]), (["乙"], ["4", "5", ""])]


def test_a_row_that_can_be_cut_in_two_ways_is_not_cut() -> None:
    run = strips_to_runs(strips("乙\t\t4\t5\t"), 3)[0]
    assert (run.aligned, values(run, 3, 1)) == (False, None)


def test_a_lost_value_between_spaces_is_not_taken_for_the_rows_label() -> None:
    run = strips_to_runs(strips("规章 1 2"), 3)[0]
    assert ([t.text for t in run.labels], values(run, 3, 1)) == (["规章"], None)


def test_a_lost_line_is_no_blank_cell() -> None:
    whole = [line for n in "甲乙" for line in (n, "1", "2", "3", "")]
    runs = strips_to_runs(strips(*whole, "丙", "1", "3", "", "丁"), 3)
    assert run_to_cells(runs[2], 3, runs_to_distances(runs, 3)) is None


def test_labels_gather_until_values_come() -> None:
    runs = strips_to_runs(strips("三、本年度办理结果", "（一）予以公开", "1", "2", "规章", "3", "4"), 2)
    assert told(runs) == [(["三、本年度办理结果", "（一）予以公开"], ["1", "2"]), (["规章"], ["3", "4"])]


def test_whole_rows_that_lost_their_labels_and_add_up_are_rows_of_their_own() -> None:
    runs = strips_to_runs(strips("甲", "1", "2", "3", "4", "0", "4"), 3)
    assert told(runs) == [(["甲"], ["1", "2", "3"]), ([], ["4", "0", "4"])]


def test_values_that_add_up_in_no_row_stay_together_for_they_may_be_columns() -> None:
    assert told(strips_to_runs(strips("甲", "1", "1", "5", "7", "0", "4"), 3)) == [
        (["甲"], ["1", "1", "5", "7", "0", "4"])
    ]


def test_values_that_make_no_whole_rows_stay_together() -> None:
    assert told(strips_to_runs(strips("甲", "1", "2", "3"), 2)) == [(["甲"], ["1", "2", "3"])]


def run_of(*lines: str, width: int = 4) -> Run:
    return strips_to_runs(strips(*lines, "乙"), width)[0]


def values(run: Run, width: int, gap: int) -> list[str | None] | None:
    cells = run_to_cells(run, width, Distances(before=gap, between=gap, after=gap))
    return None if cells is None else [cell.text if cell else None for cell in cells]


def test_blank_cells_are_found_by_their_empty_lines() -> None:
    run = run_of("甲", "", "", "", "", "7", "")
    assert values(run, 4, 1) == [None, None, None, "7"]


def test_blank_cells_between_values_are_found_by_the_extra_distance() -> None:
    assert values(run_of("甲", "", "1", "", "", "", "2", "", "3", ""), 4, 1) == ["1", None, "2", "3"]


def test_where_distance_does_not_tell_nothing_is_guessed() -> None:
    assert values(run_of("甲", "", "1", "", "2", ""), 4, 1) is None


def test_more_values_than_columns_are_not_cut_to_fit() -> None:
    assert values(run_of("甲", "1", "2", "3", "4", "5"), 4, 0) is None


def test_trailing_blank_cells_beyond_the_columns_are_a_merge() -> None:
    runs = strips_to_runs(strips("行政许可\t3195\t\t"), 99)
    assert values(runs[0], 1, 0) == ["3195"]


def test_the_usual_distance_is_that_of_whole_rows() -> None:
    runs = strips_to_runs(strips("甲", "", "1", "", "2", "", "3", "", "乙", "", "4", "", "5", "", "6"), 3)
    assert runs_to_distances(runs, 3) == Distances(before=1, between=1, after=1)


def test_blank_cells_in_two_places_are_told_by_the_extra_distance_of_each() -> None:
    run = run_of("甲", "", "1", "", "", "", "2", "", "", "", "3", "", width=5)
    assert values(run, 5, 1) == ["1", None, "2", None, "3"]
