"""DOC, RTF and ODT are read through LibreOffice, cut off from network and files; else they are refused."""

from __future__ import annotations

import io
import socket
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Thread

import msgspec
import pytest

import parsers
from parsers.model.document import Document, Line, Table
from parsers.model.errors import DocumentError
from parsers.model.source import Kind
from tasks import office_programs, sandbox
from tasks.sandbox import Sandbox
from tasks.sandbox_limits import CONVERSION
from tasks.view import SCRATCH
from tests.make.office import saved_as
from workers.corpus.docx import LOOKS, to_docx
from workers.corpus.figures import Figures, seeded
from workers.corpus.sheet import Changes, Sheet, to_sheet

PATCHED = Path(__file__).with_name("patched_server.py")
RTF = rb"{\rtf1\ansi report}"
FORMS = (("2019", 2020, False), ("2021", 2023, False), ("2021", 2023, True))
SEEDS = (1, 2)
SURVIVES = tuple(
    (kind, look)
    for kind in ("doc", "rtf", "odt")
    for look in ("numbered", "tracked", "framed", "split")
    if (kind, look) != ("rtf", "numbered")  # LibreOffice itself writes ? for the 、 of a list's number into RTF
)


def patched(lack: str) -> Sandbox:
    return Sandbox(command=(sys.executable, "-I", str(PATCHED), lack))


def figures_of(edition: str, seed: int, *, merged: bool) -> Figures:
    return seeded(edition, seed, merged=merged)


def sheet_of(edition: str, year: int, seed: int, *, merged: bool) -> Sheet:
    return to_sheet(edition, figures_of(edition, seed, merged=merged), Changes(year=year, merged=merged))


@cache
def saved(kind: str) -> dict[str, bytes]:
    """Every form and seed, and every look, as LibreOffice saves them."""
    forms = {
        f"{edition}-{seed}-{merged}": to_docx(sheet_of(edition, year, seed, merged=merged))
        for edition, year, merged in FORMS
        for seed in SEEDS
    }
    looks = {name: to_docx(sheet_of("2021", 2023, 5, merged=False), look) for name, look in LOOKS}
    partly = Changes(year=2023, drop_tables=("requests",))
    looks["no-requests"] = to_docx(to_sheet("2021", figures_of("2021", 5, merged=False), partly))
    return saved_as(kind, forms | looks)


def values_of(document: Document, figures: Figures) -> Figures:
    """Those of these figures that the document's report has as numbers."""
    tables = parsers.classify(document).tables
    found = {cell: tables[cell[0]].get(cell[1], {}).get(cell[2]) for cell in figures}
    return {cell: figure.value for cell, figure in found.items() if figure is not None and figure.value is not None}


@pytest.fixture(scope="module")
def office() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


@pytest.fixture
def antiword(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A machine without LibreOffice."""
    monkeypatch.setattr(sandbox, "require_converter", lambda _: "antiword")
    made = patched("without-office")
    yield made
    made.close()


class TestWhereSomethingLacks:
    def test_without_libreoffice_the_sentence_names_the_package(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(office_programs, "soffice", lambda: None)
        office_programs.converter.cache_clear()
        made = Sandbox()
        with pytest.raises(DocumentError) as caught:
            made.read(RTF)
        made.close()
        office_programs.converter.cache_clear()
        assert (caught.value.code, "libreoffice-writer-nogui" in caught.value.advice) == ("OFFICE_MISSING", True)

    def test_without_namespaces_nothing_is_converted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sandbox, "require_converter", lambda _: "LibreOffice")
        made = patched("without-namespaces")
        with pytest.raises(DocumentError) as caught:
            made.read(RTF)
        made.close()
        assert (caught.value.code, caught.value.reason[-1], caught.value.advice[-1]) == (
            "OFFICE_NOT_ISOLATED",
            "。",
            "。",
        )


@pytest.mark.office
class TestFigures:
    @pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
    @pytest.mark.parametrize(("edition", "year", "merged"), FORMS)
    @pytest.mark.parametrize("seed", SEEDS)
    def test_every_kind_tells_the_same_figures_and_keeps_its_own_source(  # noqa: PLR0913 - one value a row
        self, office: Sandbox, kind: str, edition: str, year: int, seed: int, *, merged: bool
    ) -> None:
        data = saved(kind)[f"{edition}-{seed}-{merged}"]
        document = office.read(data)
        figures = figures_of(edition, seed, merged=merged)
        assert values_of(document, figures) == figures
        assert parsers.classify(document).year == year
        source = document.source
        assert (source.kind, source.bytes, source.converter) == (
            Kind(kind),
            len(data),
            office_programs.converter(Kind(kind)),
        )

    @pytest.mark.parametrize(("kind", "look"), SURVIVES)
    def test_lists_tracked_changes_and_frames_survive(self, office: Sandbox, kind: str, look: str) -> None:
        figures = figures_of("2021", 5, merged=False)
        assert values_of(office.read(saved(kind)[look]), figures) == figures

    def test_the_same_bytes_give_the_same_document(self, office: Sandbox) -> None:
        data = saved("doc")["plain"]
        assert office.read(data) == office.read(data)

    def test_a_password_is_told_before_libreoffice_sees_the_file(self, office: Sandbox) -> None:
        data = saved("doc")["plain"]
        flags = data.index(b"\xec\xa5") + 10
        locked = data[:flags] + bytes([data[flags], data[flags + 1] | 1]) + data[flags + 2 :]
        with pytest.raises(DocumentError) as caught:
            office.read(locked)
        assert caught.value.code == "ENCRYPTED"

    def test_antiword_alone_reads_what_it_can_hold(self, antiword: Sandbox) -> None:
        figures = figures_of("2021", 5, merged=False)
        document = antiword.read(saved("doc")["no-requests"])
        expected = {cell: value for cell, value in figures.items() if cell[0] != "requests"}
        assert values_of(document, figures) == expected
        assert document.source.kind is Kind.DOC

    def test_a_table_that_antiword_reads_in_part_is_refused(self, antiword: Sandbox) -> None:
        with pytest.raises(DocumentError) as caught:
            antiword.read(saved("doc")["plain"])
        assert caught.value.code == "OFFICE_INCOMPLETE"


def with_link(content: str, url: str) -> bytes:
    """An ODT whose text holds this, `{url}` filled in."""
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
        for name, path in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("table", "table"))
    )
    body = f"<text:p>正文</text:p>{content.replace('{url}', url)}"
    xml = (
        f'<office:document-content {namespaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", xml)
    return buffer.getvalue()


IMAGE = '<text:p><draw:frame><draw:image xlink:href="{url}" xlink:type="simple"/></draw:frame></text:p>'
SECTION = '<text:section text:name="s"><text:section-source xlink:href="{url}"/><text:p>旧</text:p></text:section>'
ENDLESS_RTF = rb"{\rtf1\bin2147483647 x}"
"""LibreOffice never comes to an end with it."""

INCLUDE = r"""{\rtf1\ansi text {\field{\*\fldinst INCLUDEPICTURE "{url}" \\d}{\fldrslt x}}
{\field{\*\fldinst INCLUDETEXT "{url}"}{\fldrslt y}}}"""


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """A web address on this machine, and the connections that came to it."""
    seen: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        ended = False

        def listen() -> None:
            while not ended:
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                seen.append(connection)
                connection.close()

        thread = Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/a.png", seen
        time.sleep(0.3)
        ended = True
        thread.join()


def words(document: Document) -> str:
    cells = [c.text for b in document.blocks if isinstance(b, Table) for r in b.rows for c in r.cells]
    return "\n".join([b.text for b in document.blocks if isinstance(b, Line)] + cells)


@pytest.mark.office
class TestIsolation:
    @pytest.mark.parametrize("content", [IMAGE, SECTION], ids=["image", "section"])
    def test_a_link_in_an_odt_sends_no_packet(
        self, office: Sandbox, listener: tuple[str, list[object]], content: str
    ) -> None:
        url, seen = listener
        assert "正文" in words(office.read(with_link(content, url)))
        assert seen == []

    def test_a_link_in_an_rtf_sends_no_packet(self, office: Sandbox, listener: tuple[str, list[object]]) -> None:
        url, seen = listener
        assert "text" in words(office.read(INCLUDE.replace("{url}", url).encode()))
        assert seen == []

    @pytest.mark.parametrize("folder", ["/tmp", "/etc", str(Path.home())])  # noqa: S108 - a place such as uploads might name
    def test_a_file_of_this_machine_does_not_come_into_the_document(self, office: Sandbox, folder: str) -> None:
        secret = Path(folder) / f"gouji-secret-{time.monotonic_ns()}.txt"
        try:
            secret.write_text("秘密内容", encoding="utf-8")
        except PermissionError:
            pytest.skip("not ours to write to")
        try:
            text = words(office.read(with_link(SECTION, secret.as_uri())))
        finally:
            secret.unlink()
        assert "正文" in text
        assert "秘密内容" not in text

    def test_a_conversion_that_takes_too_long_is_killed_and_leaves_no_process(self) -> None:
        made = Sandbox(office_limits=msgspec.structs.replace(CONVERSION, wall=4.0))
        with pytest.raises(DocumentError) as caught:
            made.read(ENDLESS_RTF)
        assert caught.value.code == "LIMIT_TIME"
        deadline = time.monotonic() + 2
        while conversions():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        made.close()

    def test_after_a_conversion_no_process_and_no_file_is_left(self, office: Sandbox) -> None:
        office.read(RTF)
        assert conversions() == []
        assert not (SCRATCH / "report.rtf").exists()

    @pytest.mark.parametrize("data", [b"{\\rtf1" + b"{" * 50_000, b"{\\rtf1{\\object\\objdata 00}}"])
    def test_a_hostile_rtf_is_read_or_refused(self, office: Sandbox, data: bytes) -> None:
        with suppress(DocumentError):
            assert office.read(data).source.kind is Kind.RTF


def conversions() -> list[str]:
    """Command lines of LibreOffice processes with our profile."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                line = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if f"{SCRATCH.as_uri()}/profile".encode() in line:
                found.append(line.decode(errors="replace"))
    return found
