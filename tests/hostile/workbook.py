"""Workbooks made to hurt: what shares, repeats and claims more than is there."""

from __future__ import annotations

import struct

from tests.hostile.entry import READ, Entry
from tests.hostile.zip_file import changed, unpacked
from tests.make.ole import to_ole
from workers.corpus.figures import seeded
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.workbook import on_one_sheet, to_xls, to_xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
ENTITY = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LINKS = "xl/_rels/workbook.xml.rels"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def report() -> bytes:
    """A sound report as XLSX."""
    return to_xlsx(on_one_sheet(to_sheet("2021", seeded("2021", 7), Changes(year=2023))))


def old_report() -> bytes:
    """A sound report as XLS."""
    return to_xls(on_one_sheet(to_sheet("2021", seeded("2021", 7), Changes(year=2023))))


def _sheet(rows: str, more: str = "", dimension: str = "A1") -> bytes:
    text = (
        f'{HEAD}<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData>{more}</worksheet>'
    )
    return changed(report(), {SHEET: text.encode()})


def _inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


ROW = f'<row r="1">{_inline("A1", "收到申请")}{_inline("B1", "12")}</row>'


def _repeated_string(length: int, cells: int) -> bytes:
    """One long text, shown in many cells."""
    shared = f'{HEAD}<sst xmlns="{MAIN}"><si><t>{"申请与答复" * (length // 5)}</t></si></sst>'
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, cells + 1))
    return _with_strings(_sheet(rows), shared)


def _many_strings(count: int) -> bytes:
    items = "".join(f"<si><t>{i}</t></si>" for i in range(count))
    return _with_strings(_sheet(ROW), f'{HEAD}<sst xmlns="{MAIN}">{items}</sst>')


def _with_strings(data: bytes, shared: str) -> bytes:
    """The same workbook with these shared texts, and a relation that names them."""
    links = unpacked(data)[LINKS].decode()
    relation = f'<Relationship Id="shared" Type="{TYPE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    return changed(data, {STRINGS: shared.encode(), LINKS: links.replace("</Relationships>", relation).encode()})


def _unclear(cells: int) -> bytes:
    """Cells that show a shared text that is not there."""
    row = "".join(f'<c r="{letter}{{0}}" t="s"><v>99</v></c>' for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return _sheet("".join(f'<row r="{i}">{row.format(i)}</row>' for i in range(1, cells // 26)))


def _far_cells() -> bytes:
    rows = (
        ROW
        + f'<row r="1048576">{_inline("XFD1048576", "99")}</row>'
        + f'<row r="9999999999">{_inline("ZZZZZZ9999999999", "1")}</row>'
    )
    return _sheet(rows, dimension="A1:XFD1048576")


def _merges(count: int, reference: str) -> bytes:
    merges = "".join(f'<mergeCell ref="{reference}"/>' for _ in range(count))
    return _sheet(ROW, f"<mergeCells>{merges}</mergeCells>")


def _formula(text: str, value: str) -> bytes:
    return _sheet(f'{ROW}<row r="2"><c r="A2"><f>{text}</f>{value}</c></row>')


def _links() -> bytes:
    """A workbook that takes values from other ones."""
    link = f'{HEAD}<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    return changed(report(), {"xl/externalLinks/externalLink1.xml": link.encode()})


def _records(body: bytes) -> bytes:
    """A BIFF8 stream with these records after its beginning."""
    begin = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
    return to_ole({"Workbook": begin + body + struct.pack("<HH", 0x0A, 0)})


def _cut(share: float) -> bytes:
    data = old_report()
    return data[: int(len(data) * share)]


def _scrambled() -> bytes:
    """Every 97th byte is another one."""
    data = bytearray(old_report())
    for at in range(600, len(data), 97):
        data[at] ^= 0x5A
    return bytes(data)


DAMAGED = ("XLS_BROKEN", "ZIP_BROKEN", "XML_BROKEN", "EMPTY", "DOC_BROKEN")

ENTRIES: tuple[Entry, ...] = (
    Entry("48x", "a text of a megabyte in every cell", lambda: _repeated_string(200_000, 1_500), ("TOO_LARGE",)),
    Entry("48xb", "two million texts", lambda: _many_strings(1_000_000), (READ, "TOO_LARGE", "ZIP_LIMIT"), seconds=20),
    Entry("48xc", "cells at the end of the world", _far_cells, problems=("LIMIT_CELLS",), shown=("12",), quick=True),
    Entry(
        "48xd", "a merge of every cell there is", lambda: _merges(1, "A1:XFD1048576"), shown=("收到申请",), quick=True
    ),
    Entry(
        "48xe",
        "a hundred thousand merges",
        lambda: _merges(100_000, "A1:XFD1048576"),
        ("TOO_LARGE", "ZIP_LIMIT"),
        quick=True,
    ),
    Entry(
        "48xf",
        "a formula that starts a program",
        lambda: _formula("cmd|'/c calc'!A0", "<v>13</v>"),
        shown=("13",),
        absent=("calc",),
        quick=True,
    ),
    Entry(
        "48xg",
        "a formula without its result",
        lambda: _formula('WEBSERVICE("http://127.0.0.1:9/")', ""),
        problems=("CELL_UNCLEAR",),
        shown=("12",),
    ),
    Entry("48xh", "links to other workbooks", _links, shown=("政府信息公开",)),
    Entry(
        "48xi",
        "a foreign entity in a sheet",
        lambda: changed(
            report(),
            {SHEET: f'{HEAD}{ENTITY}<worksheet xmlns="{MAIN}">&x;</worksheet>'.encode()},
        ),
        ("XML_DOCTYPE",),
        quick=True,
    ),
    Entry("48xj", "a sound workbook", report, shown=("政府信息公开",), quick=True),
    Entry(
        "48xq", "cells that show what is not there", lambda: _unclear(40_000), problems=("CELL_UNCLEAR",), seconds=20
    ),
    Entry("48xk", "an old workbook cut in half", lambda: _cut(0.5), DAMAGED, quick=True),
    Entry("48xl", "an old workbook cut near its end", lambda: _cut(0.9), (READ, *DAMAGED), quick=True),
    Entry("48xm", "an old workbook with wrong bytes", _scrambled, (READ, *DAMAGED), quick=True),
    Entry(
        "48xn",
        "records of an old workbook that lie",
        lambda: _records(struct.pack("<HHIII", 0xFC, 12, 2**31 - 1, 2**31 - 1, 0)),
        (READ, *DAMAGED),
        quick=True,
    ),
    Entry(
        "48xo",
        "a record that never ends",
        lambda: _records(struct.pack("<HH", 0xFC, 0xFFFF) * 3),
        (READ, *DAMAGED),
        quick=True,
    ),
    Entry("48xp", "a sound old workbook", old_report, shown=("政府信息公开",), quick=True),
)
"""Every row; the specification has no numbers for them."""
