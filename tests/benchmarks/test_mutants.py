"""A seeded part of `make mutants`: what is spoilt is found, a lone cell located, and nothing stated that is not so."""

from __future__ import annotations

import pytest

import parsers
from benchmarks.mutants.__main__ import is_enough
from benchmarks.mutants.bases import Base, made_bases, real_bases
from benchmarks.mutants.judge import Tally, findings_to_tally, kind_to_tally, unchanged_to_findings
from benchmarks.mutants.kinds import KINDS, Kind, New
from benchmarks.mutants.printed import numbers_to_tallies
from benchmarks.mutants.prose import PROSE, made_reports, report_to_tally
from benchmarks.mutants.view import rows_to_markdown
from workers.corpus.formats import FORMATS

SHARE = 19
"""Each so-many-th mutant is tried here, all of them by `make mutants`."""


@pytest.fixture(scope="module")
def bases() -> tuple[Base, ...]:
    return made_bases(1)[1::2]  # the seeded one of each form


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_a_spoilt_report_is_found_out_and_nobody_is_wronged(kind: Kind, bases: tuple[Base, ...]) -> None:
    tally = kind_to_tally(kind, bases, SHARE)
    assert tally.broken > 0
    assert is_enough(kind, tally)


def test_a_report_that_nobody_spoilt_has_no_finding(bases: tuple[Base, ...]) -> None:
    assert unchanged_to_findings(bases) == 0


def test_a_wrong_number_in_the_prose_is_found() -> None:
    tally = sum((report_to_tally(told, SHARE) for told in made_reports(1)), start=Tally())
    assert is_enough(PROSE, tally)


def test_a_wrong_cell_is_located_in_a_file_of_any_format() -> None:
    count = len(FORMATS)
    assert sum(numbers_to_tallies(count), start=Tally()) == Tally(broken=count, found=count, located=count, told=count)


def test_a_wrong_cell_of_a_real_report_is_located() -> None:
    reals = real_bases()
    if not reals:
        pytest.skip("the real reports are not beside this checkout")
    tally = kind_to_tally(KINDS[0], reals, SHARE)
    assert (tally.found, tally.located, tally.wrong) == (tally.broken, tally.broken, 0)


def test_the_tally_tells_a_wrong_statement_from_a_right_one(bases: tuple[Base, ...]) -> None:
    base = bases[0]
    spoilt: New = {("requests", "granted", "natural_person"): 1999}
    sound: New = {("requests", "partially_granted", "natural_person"): 1999}
    findings = parsers.check(base.spoilt(spoilt)).findings.findings
    assert findings_to_tally(findings, base, spoilt) == Tally(broken=1, found=1, located=1, told=1)
    accused = findings_to_tally(findings, base, sound)
    assert (accused.located, accused.told, accused.wrong) == (0, 0, 1)


def test_the_table_for_people_cuts_and_never_rounds_up() -> None:
    rows = [(KINDS[0], Tally(broken=3000, found=3000, located=2999, told=3000))]
    assert "| 表二一格有误 | 3,000 | 100 % | 99.9 % | 100 % | 0 |" in rows_to_markdown(rows, 1, 0)
