"""Records and documents read back: what is damaged counts as absent, so that it is made anew."""

from __future__ import annotations

import gzip

import pytest

from parsers import reader_digest
from parsers.model.document import Document
from tasks import layout
from tasks.kept import read_kept
from tasks.pipeline import process
from tasks.ports.ledger import State
from tasks.records import Done
from tests.tasks.worlds import RESULTS, TEXT, World, make_world

WHOLE = gzip.compress(b'{"blocks": []}', mtime=0)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.mark.parametrize("damaged", [b"", WHOLE[:12], WHOLE[:-5], b"rubbish", gzip.compress(b"{}", mtime=0), WHOLE])
def test_a_damaged_document_counts_as_absent(world: World, damaged: bytes) -> None:
    world.store.put(RESULTS, "x.json.gz", damaged, "application/gzip")
    assert read_kept(world.context, "x.json.gz", Document) is None


@pytest.mark.parametrize("damaged", [b"", b'{"job": "a', b"\xff"])
def test_a_damaged_record_counts_as_absent(world: World, damaged: bytes) -> None:
    world.store.put(RESULTS, "x.json", damaged, "application/json")
    assert read_kept(world.context, "x.json", Done) is None


def test_a_submission_whose_kept_document_is_damaged_is_read_again(world: World) -> None:
    process(world.context, world.upload("a.txt"))
    name = next(key for key in world.results("_documents/") if reader_digest() in key)
    world.store.put(RESULTS, name, b"", "application/gzip")
    assert process(world.context, world.upload("b.txt", TEXT)) is State.DONE
    assert read_kept(world.context, name, Document) is not None


def test_an_attempt_that_cannot_be_read_does_not_stop_the_next(world: World) -> None:
    ref = world.upload("a.txt")
    world.store.put(RESULTS, layout.attempt(ref.job, 1), b"", "application/json")
    assert process(world.context, ref) is State.DONE
