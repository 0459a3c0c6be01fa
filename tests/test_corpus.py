"""The corpus: whole documents and the whole answer. `python -m tests.make.answers --force` writes new ones."""

from __future__ import annotations

from pathlib import Path

import pytest

import parsers
from tests.make.answers import ANSWER, FOLDER, SCANS, outcome_to_answer, sources

NAMES = sorted(path.name for path in FOLDER.iterdir())


def source_of(name: str) -> Path:
    return next(path for path in (FOLDER / name).iterdir() if path.name != ANSWER)


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.ocr) if n in SCANS else n for n in NAMES])
def test_the_answer_is_the_one_that_was_read_and_agreed(name: str) -> None:
    found = outcome_to_answer(parsers.assess(source_of(name).read_bytes())).decode()
    assert found == (FOLDER / name / ANSWER).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_an_input_has_exactly_one_answer(name: str) -> None:
    files = sorted(path.name for path in (FOLDER / name).iterdir())
    assert (len(files), ANSWER in files) == (2, True)


def test_every_answer_belongs_to_a_document_that_is_still_made_and_back() -> None:
    assert sorted(sources()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_document_is_what_its_maker_makes(name: str) -> None:
    file, data = sources()[name]
    assert (source_of(name).name, source_of(name).read_bytes()) == (file, data)
