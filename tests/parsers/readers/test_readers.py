"""What cannot be read is refused with a code, a reason and an advice; nothing else ever comes out of reading."""

from __future__ import annotations

from contextlib import suppress
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from parsers.model.errors import DocumentError
from parsers.readers import MOST_BYTES, READERS
from workers.corpus.pdf import scan, to_pdf

SMALL = to_pdf(("澄湖县水务局2023年政府信息公开工作年度报告", "一、总体情况"))

REFUSED = (
    (b"", "EMPTY"),
    (b"\n\n ", "EMPTY"),
    (b"PK\x03\x04" + b"\x00" * 60, "ZIP_BROKEN"),
    (b"<html><body><img src=x></body></html>", "HTML_WITHOUT_TEXT"),
    (bytes(range(256)) * 4, "KIND_UNSUPPORTED"),
    (scan(), "OCR_MISSING" if find_spec("rapidocr") is None else "NOT_A_REPORT"),
    (to_pdf(("年度报告",), password="secret"), "ENCRYPTED"),
    (SMALL[: len(SMALL) // 3], "PDF_BROKEN"),
    (b"%PDF-1.7\nnothing of the kind", "PDF_BROKEN"),
    (" ".join(["今天天气很好"] * 20).encode(), "NOT_A_REPORT"),
)


@pytest.mark.parametrize(("data", "code"), REFUSED, ids=[code for _, code in REFUSED])
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parsers.assess(data)
    assert caught.value.code == code
    assert caught.value.reason.endswith("。")
    assert caught.value.advice.endswith("。")


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(DocumentError) as caught:
        parsers.read(b"a" * (MOST_BYTES + 1))
    assert caught.value.code == "TOO_LARGE"


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(DocumentError):
        parsers.assess(data)


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("一二三、（）1.0-/无\t|\n 总体情况规章自然人结果维持表计"), max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(DocumentError):
        parsers.assess(f"一、总体情况\n{text}".encode())


@settings(max_examples=12, deadline=None)
@given(st.integers(0, len(SMALL) - 1), st.integers(1, 40))
def test_a_damaged_pdf_is_read_or_refused(start: int, length: int) -> None:
    damaged = SMALL[:start] + b"\xff" * length + SMALL[start + length :]
    with suppress(DocumentError):
        parsers.assess(damaged)


def test_a_page_that_is_counted_and_cannot_be_loaded_is_damage() -> None:
    at = SMALL.index(b"/Type /Page\n") + len(b"/Type ")
    damaged = SMALL[:at] + b"/Nope" + SMALL[at + len(b"/Page") :]
    with pytest.raises(DocumentError) as refusal:
        parsers.assess(damaged)
    assert refusal.value.code == "PDF_BROKEN"


def test_every_kind_is_read_by_one_reader() -> None:
    assert len({kind for kind, _ in READERS}) == len(READERS)


def test_a_text_no_report_can_have_is_refused_before_it_costs_time() -> None:
    with pytest.raises(DocumentError) as caught:
        parsers.read("政府信息公开\n".encode() * 300_000)
    assert caught.value.code == "TOO_LARGE"
