"""A container is opened within limits that are counted while it inflates."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest

from parsers.model.errors import DocumentError
from parsers.readers import packed
from parsers.readers.packed import Packed


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def refusal(data: bytes, name: str = "a") -> str:
    with pytest.raises(DocumentError) as caught:
        Packed(data).read(name)
    return caught.value.code


def test_members_are_read_by_name() -> None:
    archive = Packed(zipped(("a", b"1"), ("b/c", b"2")))
    assert (archive.names, archive.read("b/c"), "a" in archive, "x" in archive) == (("a", "b/c"), b"2", True, False)


def test_a_folder_is_no_member() -> None:
    assert Packed(zipped(("b/", b""), ("b/c", b"2"))).names == ("b/c",)


@pytest.mark.parametrize("name", ["../a", "/a", "b/../../a", "C:\\a", "..\\a"])
def test_a_name_that_leaves_its_folder_is_refused(name: str) -> None:
    assert refusal(zipped((name, b"1"))) == "ZIP_UNSAFE"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_doubled_name_is_refused() -> None:
    assert refusal(zipped(("a", b"1"), ("a", b"2"))) == "ZIP_UNSAFE"


def test_too_many_members_are_refused() -> None:
    assert refusal(zipped(*((str(n), b"") for n in range(packed.MOST_MEMBERS + 1)))) == "ZIP_LIMIT"


def test_a_bomb_is_refused_while_it_inflates() -> None:
    assert refusal(zipped(("a", b"\x00" * 5_000_000))) == "ZIP_LIMIT"


def test_all_members_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_BYTES", 10)
    archive = Packed(zipped(("a", b"12345"), ("b", b"123456")))
    archive.read("a")
    with pytest.raises(DocumentError):
        archive.read("b")


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(zipped(("a", b"1")))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    assert refusal(bytes(data)) == "ENCRYPTED"


@pytest.mark.parametrize("cut", [4, 30, 60])
def test_a_cut_container_is_damaged(cut: int) -> None:
    assert refusal(zipped(("a", b"1" * 400))[:cut]) == "ZIP_BROKEN"


def test_a_member_whose_bytes_do_not_fit_their_sum_is_damaged() -> None:
    data = zipped(("a", b"12345" * 9))
    at = data.index(b"PK\x01\x02") + 16
    assert refusal(data[:at] + b"\x00\x00\x00\x00" + data[at + 4 :]) == "ZIP_BROKEN"


def test_a_container_damaged_anywhere_is_read_or_refused() -> None:
    data = zipped(("a", bytes(range(90))), ("b", b"<b/>"))
    for at in range(len(data)):
        broken = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        with suppress(DocumentError):
            packed = Packed(broken)
            for name in packed.names:
                packed.read(name)


def test_a_directory_that_points_before_the_beginning_is_damage() -> None:
    data = bytearray(zipped(("a", b"<a/>")))
    end = data.rindex(b"PK\x05\x06")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    data[end + 16 : end + 20] = (end - size + 7).to_bytes(4, "little")
    assert refusal(bytes(data)) == "ZIP_BROKEN"
