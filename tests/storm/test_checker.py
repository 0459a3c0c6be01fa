"""The checker finds what it is there to find: each kind of harm, planted."""

from __future__ import annotations

import json

import pytest

from tasks.messages import SubmissionRef
from tests.storm import checker
from tests.storm.checker import Put, Upload, Verdict
from tests.storm.papers import DECIDED, Expected
from tests.storm.poison import Poison

REF = SubmissionRef(bucket="in", key="a.txt", etag="e", size=1)
FILES = {"report.json": b"report", "findings.json": b"findings"}
DONE: dict[str, object] = {
    "job": REF.job,
    "ref": {},
    "content": "c",
    "reader_digest": "r",
    "judge_digest": "j",
    "agency": None,
    "year": None,
    "files": [{"name": "report.json", "sha256": "1"}],
    "sequence": 1,
}
EXPECTED = Expected(FILES, marker={name: DONE.get(name) for name in DECIDED})
FOLDER = f"_submissions/{REF.job}/"


def bucket(**changed: bytes | None) -> dict[str, bytes]:
    """What a good run leaves behind, with some objects changed or (None) taken away."""
    objects: dict[str, bytes | None] = {"done.json": json.dumps(DONE).encode()}
    objects |= {f"j/{name}": data for name, data in FILES.items()}
    objects |= {name.replace("__", "/").replace("_json", ".json"): data for name, data in changed.items()}
    return {FOLDER + name: data for name, data in objects.items() if data is not None}


def ends(objects: dict[str, bytes], poison: Poison | None = None, expected: Expected = EXPECTED) -> Verdict:
    verdict = Verdict()
    checker.check_ends([Upload(REF, poison)], {REF.job: expected}, objects.get, verdict)
    return verdict


def quarantine(code: str, attempts: int = 1) -> bytes:
    return json.dumps({"code": code, "attempts": attempts}).encode()


def test_what_is_right_is_clean() -> None:
    assert ends(bucket()).is_clean


def test_an_upload_without_a_marker_is_lost() -> None:
    assert len(ends(bucket(done_json=None)).lost) == 1


@pytest.mark.parametrize("name", ["j__report_json", "j__findings_json"])
def test_other_bytes_are_wrong(name: str) -> None:
    assert len(ends(bucket(**{name: b"other"})).wrong) == 1
    assert len(ends(bucket(**{name: None})).wrong) == 1


def test_a_marker_that_says_something_else_is_wrong() -> None:
    assert len(ends(bucket(done_json=json.dumps(DONE | {"year": 1999}).encode())).wrong) == 1


def test_a_good_document_that_was_given_up_is_told() -> None:
    assert len(ends(bucket(done_json=None, quarantine_json=quarantine("SUSPECT"))).good_quarantined) == 1


def test_a_quarantine_for_another_reason_is_wrong() -> None:
    objects = bucket(done_json=None, quarantine_json=quarantine("SUSPECT"))
    assert len(ends(objects, expected=Expected({}, "EMPTY")).wrong) == 1
    assert ends(objects, expected=Expected({}, "SUSPECT")).is_clean


def test_poison_that_was_published_or_tried_too_often_went_astray() -> None:
    assert len(ends(bucket(), Poison.CRASH).poison_astray) == 1
    caught = bucket(done_json=None, quarantine_json=quarantine("CHILD_CRASHED", 3))
    assert ends(caught, Poison.CRASH).is_clean
    often = bucket(done_json=None, quarantine_json=quarantine("CHILD_CRASHED", 4))
    assert len(ends(often, Poison.CRASH).poison_astray) == 1


def put(name: str, sha256: str, call: str = "1", **told: object) -> Put:
    return Put(0.0, FOLDER + name, sha256, call, json.dumps(DONE | told) if name == "done.json" else "")


def puts(*lines: Put) -> Verdict:
    verdict = Verdict()
    checker.check_puts(lines, verdict)
    return verdict


def test_two_byte_strings_under_one_key_are_a_duplicate() -> None:
    assert puts(put("j/report.json", "a"), put("j/report.json", "a")).is_clean
    assert puts(put("j/report.json", "a"), put("j/report.json", "b")).duplicates
    assert puts(put("j/run.json", "a"), put("j/run.json", "b")).is_clean


def test_a_marker_may_count_comparisons_and_change_nothing_of_its_own() -> None:
    assert puts(put("done.json", "a"), put("done.json", "b", sequence=2)).is_clean
    assert puts(put("done.json", "a"), put("done.json", "b", content="other")).duplicates


def test_a_job_that_was_published_twice_is_counted_and_a_repeated_request_is_not() -> None:
    assert puts(put("done.json", "a", "1"), put("done.json", "a", "1")).completed_again == 0
    assert puts(put("done.json", "a", "1"), put("done.json", "a", "2")).completed_again == 1


def test_a_result_of_which_nobody_was_told_and_one_told_under_two_ids() -> None:
    verdict = Verdict()
    taken = [("1", "document.completed", "a"), ("1", "document.completed", "a"), ("2", "document.completed", "b")]
    checker.check_told([*taken, ("3", "document.completed", "b")], ["a", "b", "c"], verdict)
    assert (verdict.untold, len(verdict.duplicates)) == (["c"], 1)


def test_updates_have_ids_of_their_own() -> None:
    verdict = Verdict()
    checker.check_told([("1", "document.completed", "a"), ("2", "document.updated", "a")], ["a"], verdict)
    assert verdict.is_clean


def test_attempts_without_an_end_were_interrupted() -> None:
    verdict = Verdict()
    checker.check_attempts([{"job": "a", "end": None}, {"job": "a", "end": "finished"}], verdict)
    assert verdict.interrupted == 1
