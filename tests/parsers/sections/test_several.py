"""Several reports in one file."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.report import Report
from workers.corpus.figures import seeded
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout

FIRST = to_sheet("2021", seeded("2021", 3))
CONTENTS = ("目录", *(block for block in FIRST if isinstance(block, str) and block[1:2] == "、"))


def report(text: str) -> Report:
    return parsers.classify(parsers.read(text.encode()))


@pytest.mark.parametrize(("edition", "year"), [("2021", 2022), ("2019", 2020)])
@pytest.mark.parametrize("name", ["tabbed", "cells_apart", "piped", "spaced"])
def test_only_the_first_is_read_and_the_next_is_named_with_its_place(name: str, edition: str, year: int) -> None:
    write = layout(name)
    second = write(to_sheet(edition, seeded(edition, 9), Changes(year=year)))
    alone = report(write(FIRST))
    both = report(f"{write(FIRST)}\n{second}")
    assert (both.tables, both.sections, both.signed_on, both.edition) == (
        alone.tables,
        alone.sections,
        alone.signed_on,
        alone.edition,
    )
    (problem,) = both.problems
    assert (problem.code, problem.place is not None) == ("SEVERAL_REPORTS", True)
    assert len(both.leftovers) > len(alone.leftovers)


def test_a_table_of_contents_is_no_report() -> None:
    title = FIRST[0]
    assert report(layout("tabbed")((title, *CONTENTS, *FIRST[1:]))).problems == ()


def test_section_one_named_again_in_the_last_section_is_no_report() -> None:
    assert report(layout("tabbed")(FIRST) + "\n一、总体情况\n").problems == ()
