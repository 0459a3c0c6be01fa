"""What is judged by is named: another roster is another digest, the same one the same."""

from __future__ import annotations

import parsers
from parsers import BUILT_IN, Judge, bytes_to_roster
from tests.make.cases import to_text

ROSTER = bytes_to_roster("名称,类别\n铜官区住房和城乡建设局,部门\n".encode())


def test_the_digest_is_that_of_what_is_given() -> None:
    given = Judge(roster=ROSTER)
    assert (
        given.digest == Judge(roster=bytes_to_roster("name,kind\n铜官区住房和城乡建设局,department\n".encode())).digest
    )
    assert len({given.digest, BUILT_IN.digest, Judge(roster=bytes_to_roster(b"name\nX\n")).digest}) == 3


def test_report_and_findings_name_their_judge() -> None:
    judge = Judge(roster=ROSTER)
    outcome = parsers.assess(to_text({"name": "whole"}).encode(), judge)
    assert {outcome.report.judge_digest, outcome.findings.judge_digest} == {judge.digest}
    assert outcome.findings.roster == ROSTER.digest
