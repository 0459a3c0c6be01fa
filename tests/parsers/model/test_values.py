"""Canonical bytes, and values that cannot be wrong."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from parsers.model.document import Place
from parsers.model.files import json_to_value, value_to_json, value_to_json_line
from parsers.model.finding import Attribution, Confidence, Evidence, Finding, Severity, Verdict
from parsers.model.report import Figure, Status


def finding(**changes: object) -> Finding:
    fields: dict[str, object] = {
        "fingerprint": "0" * 64,
        "rule": "table_identities",
        "code": "A01",
        "severity": Severity.ERROR,
        "verdict": Verdict.VIOLATED,
        "confidence": Confidence.HIGH,
        "attribution": Attribution.FILED,
        "message": "。",
        "places": (Evidence(figure=None, label="表二", raw=None, place=Place(line=1)),),
        "basis": "条例",
    }
    return Finding(**(fields | changes))  # type: ignore[arg-type] # the fields above have the right types


class TestBytes:
    def test_keys_are_sorted_and_one_newline_ends_the_file(self) -> None:
        data = value_to_json({"b": 1, "a": "规章"})
        assert data == '{\n "a": "规章",\n "b": 1\n}\n'.encode()

    def test_digits_stay_as_filed(self) -> None:
        figure = Figure(value=Decimal("0.00"), status=Status.NUMBER, raw="0.00", place=Place(line=1))
        assert b'"value":0.00' in value_to_json_line(figure)

    def test_a_value_read_back_is_the_same_value(self) -> None:
        assert json_to_value(value_to_json(finding()), Finding) == finding()

    def test_a_field_of_a_newer_release_is_passed_over(self) -> None:
        assert json_to_value(b'{"page": 1, "invented": 2}', Place) == Place(page=1)

    def test_a_field_of_another_type_is_refused_with_its_path(self) -> None:
        with pytest.raises(msgspec.ValidationError, match=r"\$\.page"):
            json_to_value(b'{"page": "first"}', Place)


class TestFinding:
    def test_a_finding_cannot_exist_without_a_place(self) -> None:
        with pytest.raises(ValueError, match="no place"):
            finding(places=())

    @pytest.mark.parametrize(
        "change",
        [{"verdict": Verdict.UNDETERMINED}, {"attribution": Attribution.EXTRACTION},
         {"attribution": Attribution.UNCLEAR}, {"root_cause": "SRC_TRUNCATED"}],
    )  # fmt: skip
    def test_only_what_is_violated_filed_and_first_is_the_agencys(self, change: dict[str, object]) -> None:
        assert (finding().is_agencys, finding(**change).is_agencys) == (True, False)


class TestFigure:
    @pytest.mark.parametrize("status", [status for status in Status if status is not Status.NUMBER])
    def test_only_a_number_has_a_value(self, status: Status) -> None:
        with pytest.raises(ValueError, match="cannot have value"):
            Figure(value=1, status=status, raw="1", place=Place())

    def test_a_number_without_value_is_no_number(self) -> None:
        with pytest.raises(ValueError, match="cannot have value"):
            Figure(value=None, status=Status.NUMBER, raw="1", place=Place())

    @pytest.mark.parametrize("status", [status for status in Status if status is not Status.ABSENT])
    def test_what_was_seen_keeps_what_was_seen(self, status: Status) -> None:
        with pytest.raises(ValueError, match="was seen"):
            Figure(value=1 if status is Status.NUMBER else None, status=status, raw=None, place=Place())

    def test_values_do_not_change(self) -> None:
        figure = Figure(value=1, status=Status.NUMBER, raw="1", place=Place())
        with pytest.raises(AttributeError):
            figure.value = 2  # type: ignore[misc] # that it is refused is the point
