"""Many rounds to few figures."""

from __future__ import annotations

import pytest

from benchmarks.child import ISOLATION, Measured
from benchmarks.rounds import comparison_to_ratio, rounds_to_result
from benchmarks.ways import Comparison


def measured(*milliseconds: float, right: int = 10) -> Measured:
    names = [f"typst-{number}" for number in range(len(milliseconds))]
    return Measured(
        milliseconds=dict(zip(names, milliseconds, strict=True)),
        right=dict.fromkeys(names, (right, 10)),
        second=dict.fromkeys(names, right < 10),
        peak=50.0,
    )


def test_a_ratio_is_the_median_of_the_ratios_inside_each_round() -> None:
    # a slow machine in round two slows both: medians of times would give 100 / 20
    rounds = [{"a": measured(100), "b": measured(10)}, {"a": measured(900), "b": measured(100)}]
    rounds.append({"a": measured(80), "b": measured(20)})
    assert comparison_to_ratio(Comparison("x", "a", "b"), rounds) == 9


@pytest.mark.parametrize("missing", [{}, {"b": Measured(refused="这是网页，本版本还不能读取。")}])
def test_there_is_no_ratio_to_what_was_not_measured(missing: dict[str, Measured]) -> None:
    assert comparison_to_ratio(Comparison("x", "a", "b"), [{"a": measured(100), **missing}]) is None


def test_a_way_has_its_median_time_its_cells_by_producer_and_its_wrong_documents() -> None:
    first = Measured(
        milliseconds={"lo-split-0": 10, "lo-split-1": 20, "cairo-0": 60},
        right={"lo-split-0": (10, 10), "lo-split-1": (9, 10), "cairo-0": (5, 20)},
    )
    later = Measured(milliseconds={"lo-split-0": 40, "lo-split-1": 50, "cairo-0": 60})
    figures = rounds_to_result([{"tablers": first}, {"tablers": later}]).ways["tablers"]
    assert (figures.milliseconds, figures.right) == (40, 24 / 40)
    assert (figures.kinds["lo-split"].milliseconds, figures.kinds["lo-split"].right) == (30, 19 / 20)
    assert figures.wrong == {"lo-split-1": 1, "cairo-0": 15}


def test_only_our_readers_have_measures_of_cells_memory_and_the_second_reader() -> None:
    result = rounds_to_result([{"pdf": measured(10, 30, right=9), "pdfplumber": measured(100, 300)}])
    assert result.measures == {
        "pdf_vs_pdfplumber": 10,
        "pdf_cells_right": 0.9,
        "pdf_second_reader_share": 1,
        "pdf_memory_mb": 50,
        "producers": 1,
    }


def test_a_way_without_a_reader_is_told_with_its_reason_and_has_no_figures() -> None:
    result = rounds_to_result([{"pdf": measured(10), "html": Measured(refused="这是网页，本版本还不能读取。")}])
    assert result.refused == {"html": "这是网页，本版本还不能读取。"}
    assert list(result.ways) == ["pdf"]


def test_isolation_is_the_median_over_documents_then_over_rounds() -> None:
    rounds = [{ISOLATION: measured(1, 5, 90)}, {ISOLATION: measured(2, 7, 90)}, {ISOLATION: measured(1, 6, 9)}]
    assert rounds_to_result(rounds).measures["isolation_ms"] == 6
