"""What the warm parent reads first is read well, or it would warm nothing."""

from __future__ import annotations

import parsers
from parsers.model.source import Kind
from tasks.warming import samples


def test_every_sample_is_read_and_each_is_of_another_kind() -> None:
    documents = [parsers.read(sample) for sample in samples()]
    assert [document.source.kind for document in documents] == [Kind.TEXT, Kind.DOCX, Kind.PDF]
    assert all(document.blocks for document in documents)
