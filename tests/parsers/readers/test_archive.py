"""A ZIP of reports: its members by the names that people gave them, each taken out on its own."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.document import Line
from parsers.model.errors import DocumentError
from parsers.readers import archive
from tests.make.archive import to_zip

FILES = {"住建局/2023年报.txt": b"one", "水务局.txt": b"two"}


def names(data: bytes) -> list[str]:
    return [block.text for block in parsers.read(data).blocks if isinstance(block, Line)]


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        parsers.read(data)
    return caught.value.code


@pytest.mark.parametrize("encoding", [None, "utf-8", "gbk", "gb18030"])
def test_names_are_those_that_people_gave_whoever_packed_them(encoding: str | None) -> None:
    data = to_zip(FILES, encoding)
    assert names(data) == list(FILES)
    assert [parsers.member(data, name).data for name in FILES] == list(FILES.values())


def test_what_systems_leave_behind_is_no_member() -> None:
    junk = ("__MACOSX/._a.txt", ".DS_Store", "a/.DS_Store", "Thumbs.db", "a/desktop.ini", "._b.txt", "~$c.docx", "夹/")
    assert names(to_zip({"a.txt": b"a"} | dict.fromkeys(junk, b"x"))) == ["a.txt"]


def test_a_container_with_nothing_in_it_is_refused() -> None:
    assert refusal(to_zip({".DS_Store": b"x", "夹/": b""})) == "ZIP_EMPTY"


def test_a_name_that_makes_no_key_is_left_out_and_told() -> None:
    document = parsers.read(to_zip({"a.txt": b"a", "长" * 201: b"b"}))
    assert [block.text for block in document.blocks if isinstance(block, Line)] == ["a.txt"]
    assert [problem.code for problem in document.problems] == ["MEMBER_NAME_TOO_LONG"]


def test_a_name_that_leaves_the_container_refuses_it_whole() -> None:
    assert refusal(to_zip({"../a.txt": b"a"})) == "ZIP_UNSAFE"


def test_a_member_that_is_too_large_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBER_BYTES", 2)
    data = to_zip({"a.txt": b"aaa", "b.txt": b"b"})
    with pytest.raises(DocumentError) as caught:
        parsers.member(data, "a.txt")
    assert (caught.value.code, parsers.member(data, "b.txt").data) == ("ZIP_LIMIT", b"b")


def test_a_member_that_nobody_listed_is_not_there() -> None:
    with pytest.raises(DocumentError) as caught:
        parsers.member(to_zip(FILES), "a.txt")
    assert caught.value.code == "ZIP_BROKEN"
