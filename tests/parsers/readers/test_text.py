"""Plain text: every line with its number."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.document import Document, Line
from parsers.readers import text as reader
from parsers.readers.decoding import decode


def lines(document: Document) -> list[tuple[int | None, str]]:
    return [(block.place.line, block.text) for block in document.blocks if isinstance(block, Line)]


def test_every_line_keeps_its_number_and_its_text() -> None:
    assert lines(parsers.read("规章\t0 \r\n\r\n\u3000行政许可\n".encode())) == [
        (1, "规章\t0 "),
        (2, ""),
        (3, "\u3000行政许可"),
        (4, ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_encodings(encoding: str) -> None:
    text = "澄湖县水务局2023年政府信息公开工作年度报告\n一、总体情况\n规章\t0\t0\t0\n"
    assert decode(text.encode(encoding)) == text


def test_bytes_that_are_no_text_are_no_text() -> None:
    assert decode(bytes(range(256)) * 4) is None


BROKEN = "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_broken_byte_leaves_the_text_in_its_encoding_and_is_said(encoding: str) -> None:
    data = ("澄湖县水务局年度报告规章行政许可\n" * 10).encode(encoding)
    document = parsers.read(data[:-1] if encoding == "utf-16" else data.replace("水".encode(encoding), b"\xff", 1))
    assert "澄湖县水务局年度报告规章行政许可" in [text for _, text in lines(document)]
    assert BROKEN in "".join(text for _, text in lines(document))
    assert [problem.code for problem in document.problems] == ["ENCODING_DAMAGED"]


def test_a_text_cut_within_a_character_is_still_read() -> None:
    document = parsers.read("年度报告规章行政许可，行政处罚和行政强制。信息公开".encode()[:-1])
    assert lines(document) == [(1, f"年度报告规章行政许可，行政处罚和行政强制。信息公{BROKEN}")]


def test_a_text_with_a_few_strange_characters_is_still_text() -> None:
    assert decode(("年度报告" * 100 + "\x00\x01").encode()) is not None


def test_a_text_that_is_too_long_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_LINES", 3)
    document = parsers.read(b"a\nb\nc\nd")
    assert (len(document.blocks), [problem.code for problem in document.problems]) == (3, ["LIMIT_LINES"])
