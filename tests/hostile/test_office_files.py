"""Every hostile file that is no PDF ends as its row says, alone and among sound ones, within its time and memory."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from parsers.model.document import Document, Line
from parsers.model.errors import DocumentError
from parsers.model.source import Kind
from parsers.readers import OFFICE_KINDS
from parsers.readers.sniff import bytes_to_kind
from tasks.sandbox import Sandbox
from tasks.sandbox_limits import Limits
from tests.hostile import doc, ofd, ooxml, ooxml_made, web, workbook
from tests.hostile.entry import READ, Entry

ENTRIES = (*ooxml.ENTRIES, *ofd.ENTRIES, *doc.ENTRIES, *web.ENTRIES, *workbook.ENTRIES)
QUICK = tuple(entry for entry in ENTRIES if entry.quick)
SLOW = tuple(entry for entry in ENTRIES if not entry.quick)
MEGABYTE = 1024 * 1024


def words(document: Document) -> str:
    """All that was read, one text a line."""
    texts = [
        block.text if isinstance(block, Line) else "\n".join(cell.text for row in block.rows for cell in row.cells)
        for block in document.blocks
    ]
    return "\n".join(texts)


def _read(sandbox: Sandbox, data: bytes) -> tuple[str, Document | None]:
    try:
        return READ, sandbox.read(data)
    except DocumentError as error:
        is_told = error.reason.endswith("。") and error.advice.endswith("。")
        return error.code if is_told else f"{error.code} without a sentence", None


def _require_as_told(entry: Entry, end: str, document: Document | None) -> None:
    assert end in entry.ends
    if document is not None:
        text, codes = words(document), {problem.code for problem in document.problems}
        assert [code for code in entry.problems if code not in codes] == []
        assert [word for word in entry.shown if word not in text] == []
        assert [word for word in entry.absent if word in text] == []


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


def _check(sandbox: Sandbox, entry: Entry) -> None:
    """Alone in a child, with no more memory and time than its row allows."""
    data = entry.build()
    kind = bytes_to_kind(data)
    sandbox.limits = Limits(memory=entry.megabytes * MEGABYTE, wall=entry.seconds)
    started = time.monotonic()
    end, document = _read(sandbox, data)
    if kind not in OFFICE_KINDS:  # LibreOffice has limits of its own
        assert time.monotonic() - started < entry.seconds + 5
    assert kind is not Kind.UNKNOWN or end != READ
    _require_as_told(entry, end, document)


@pytest.mark.parametrize("entry", QUICK, ids=str)
def test_a_quick_one_ends_as_its_row_says(sandbox: Sandbox, entry: Entry) -> None:
    _check(sandbox, entry)


@pytest.mark.hostile
@pytest.mark.parametrize("entry", SLOW, ids=str)
def test_a_costly_one_ends_as_its_row_says(sandbox: Sandbox, entry: Entry) -> None:
    _check(sandbox, entry)


def test_sound_files_among_hostile_ones_are_read_as_if_alone(sandbox: Sandbox) -> None:
    sandbox.limits = Limits()
    sound = tuple(make() for make in (ooxml_made.report, ofd.report, web.report, workbook.report, workbook.old_report))
    alone = [_read(sandbox, data) for data in sound]
    between = [data for turn, entry in enumerate(QUICK[::4]) for data in (entry.build(), sound[turn % len(sound)])]
    for data in between:
        end, document = _read(sandbox, data)
        if data in sound:
            assert (end, document) == alone[sound.index(data)]


def test_no_number_of_the_corpus_is_given_twice() -> None:
    numbers = [entry.number for entry in ENTRIES]
    assert len(numbers) == len(set(numbers))
