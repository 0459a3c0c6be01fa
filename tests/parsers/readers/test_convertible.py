"""Before an office program sees a file, locked and damaged ones are refused; the rest is named as needing one."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from parsers.model.errors import DocumentError, NeedsOfficeError
from parsers.model.source import Kind
from tests.make.ole import to_ole

WORD = b"\xec\xa5\xc1\x00" + b"\x00" * 28
LOCKED_WORD = WORD[:10] + b"\x00\x01" + WORD[12:]
DOC = to_ole({"WordDocument": WORD})
ODT = "mimetype", "application/vnd.oasis.opendocument.text"


def odt(manifest: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo(ODT[0]), ODT[1])
        archive.writestr(zipfile.ZipInfo("META-INF/manifest.xml"), manifest)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"), [(DOC, Kind.DOC), (odt("<manifest/>"), Kind.ODT), (rb"{\rtf1 report}", Kind.RTF)], ids=str
)
def test_what_can_be_converted_says_that_it_needs_an_office_program(data: bytes, kind: Kind) -> None:
    with pytest.raises(NeedsOfficeError) as caught:
        parsers.read(data)
    assert (caught.value.kind, caught.value.reason[-1], caught.value.advice[-1]) == (kind, "。", "。")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (to_ole({"WordDocument": LOCKED_WORD}), "ENCRYPTED"),
        (to_ole({"EncryptionInfo": b"", "EncryptedPackage": b""}), "ENCRYPTED"),
        (odt('<manifest:encryption-data manifest:checksum="x"/>'), "ENCRYPTED"),
        (to_ole({"WordDocument": b"nothing of the kind"}), "DOC_BROKEN"),
        (DOC[:900], "DOC_BROKEN"),
        (
            DOC.replace(b"W\x00o\x00r\x00d\x00D", b"W\x00o\x00r\x00d\x00E") + "WordDocument".encode("utf-16-le"),
            "DOC_BROKEN",
        ),
        (to_ole({"Nothing": b""}), "KIND_UNSUPPORTED"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_locked_or_damaged_file_is_refused_by_us(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parsers.read(data)
    assert caught.value.code == code


@settings(max_examples=60, deadline=None)
@given(st.integers(8, len(DOC) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_container_is_refused_or_named(start: int, rubbish: bytes) -> None:
    with pytest.raises(DocumentError):
        parsers.read(DOC[:start] + rubbish + DOC[start + len(rubbish) :])


def test_a_directory_that_runs_in_a_ring_ends() -> None:
    at = 512 + 4
    with pytest.raises(DocumentError):
        parsers.read(DOC[:at] + b"\x01\x00\x00\x00" + DOC[at + 4 :])
