"""Every phrasing of the dossier means what a person read in it, and what may not be compared is not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.make.claims import in_words, rows, sentence_to_claims

PHRASINGS = rows("phrasings")


def claims(row: dict[str, Any]) -> list[str]:
    found = sentence_to_claims(row["text"], row.get("year", 2023), row.get("edition", "2021"))
    return [in_words(claim) for claim in found]


@pytest.mark.parametrize("row", PHRASINGS, ids=[str(row["number"]) for row in PHRASINGS])
def test_a_phrasing_has_the_claims_that_were_read_by_hand(row: dict[str, Any]) -> None:
    assert claims(row) == row["claims"]


def test_all_phrasings_of_the_dossier_are_here() -> None:
    assert [row["number"] for row in PHRASINGS] == list(range(1, 77))


FURTHER = rows("further")


@pytest.mark.parametrize("row", FURTHER, ids=[str(row["number"]) for row in FURTHER])
def test_other_ways_of_writing_have_the_claims_that_were_read_by_hand(row: dict[str, Any]) -> None:
    assert claims(row) == row["claims"]


SILENT = rows("do_not_compare")


@pytest.mark.parametrize("row", SILENT, ids=[f"{i} {row['kind']}" for i, row in enumerate(SILENT)])
def test_a_sentence_of_another_matter_is_compared_with_nothing(row: dict[str, Any]) -> None:
    compared = [claim for claim in sentence_to_claims(row["text"]) if claim.readings and not claim.why_not]
    assert [in_words(claim) for claim in compared if not claim.ambiguous] == ([row["only"]] if "only" in row else [])


def test_so_many_kinds_of_sentences_are_compared_with_nothing() -> None:
    assert len(SILENT) >= 45
