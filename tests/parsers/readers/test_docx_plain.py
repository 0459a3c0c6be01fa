"""Tables that are read in one pass say what the walk says of them."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.document import Document
from parsers.readers.docx import walk
from workers.corpus.docx import LOOKS, cell, package, paragraph, row, run, table, to_docx
from workers.corpus.figures import seeded
from workers.corpus.sheet import to_sheet

_FIVE = cell(paragraph("5"))
_ODD = (
    cell(paragraph("甲") + paragraph("") + paragraph("乙")),
    cell(""),
    cell(paragraph(" 5 ", write=lambda text: f"<w:r><w:t>{text}</w:t></w:r>")),
    cell(paragraph("甲", write=lambda text: f"<w:r><w:t>{text}<!-- 注 -->\t丙</w:t></w:r>")),
    cell(paragraph("甲", write=lambda text: f"<w:t>{text}</w:t><w:r><w:br/></w:r>")),
    cell(paragraph("甲", write=lambda text: f"<w:ins>{run(text)}</w:ins><w:del>{run('乙')}</w:del>")),
    cell(f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>"),
    cell(paragraph("甲", "<w:rPr><w:vanish/></w:rPr>") + paragraph("乙")),
    cell(table(row(_FIVE, _FIVE)) + paragraph("")),
    cell(paragraph("甲"), '<w:gridSpan w:val="2"/>'),
    cell(paragraph("甲"), '<w:gridSpan w:val="1001"/>'),
    cell(paragraph("甲"), '<w:vMerge w:val="restart"/>'),
    cell(paragraph("甲"), "<w:vMerge/>"),
    cell(paragraph("甲"), "<w:hMerge/>"),
    cell(paragraph("甲"), "<w:cellDel/>"),
    cell(paragraph("甲"), '<w:tcPrChange><w:tcPr><w:gridSpan w:val="3"/></w:tcPr></w:tcPrChange>'),
)
"""Cells of which a pass that looks at less than the walk might make something else."""


def by_the_walk(data: bytes, monkeypatch: pytest.MonkeyPatch) -> Document:
    """The document with no table taken for a plain one."""
    with monkeypatch.context() as patch:
        patch.setattr(walk, "table_to_rows", lambda _table, _path: None)
        return parsers.read(data)


@pytest.mark.parametrize("name", [name for name, _ in LOOKS])
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_report_is_read_in_one_pass_as_it_is_by_the_walk(
    name: str, edition: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = to_docx(to_sheet(edition, seeded(edition, 7)), dict(LOOKS)[name])
    assert parsers.read(data) == by_the_walk(data, monkeypatch)


@pytest.mark.parametrize("odd", _ODD)
@pytest.mark.parametrize("other", [_FIVE, _ODD[11], _ODD[12]])
def test_an_odd_cell_is_read_in_one_pass_as_it_is_by_the_walk(
    odd: str, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = package(table(row(other, _FIVE), row(odd, _FIVE), row(_FIVE, odd, _FIVE), row(odd)))
    assert parsers.read(data) == by_the_walk(data, monkeypatch)


def test_a_plain_table_never_meets_the_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    data = package(table(row(_FIVE, _FIVE), row(_FIVE, _FIVE)))
    expected = parsers.read(data)
    monkeypatch.setattr(walk.Walk, "_any_rows", None)
    assert parsers.read(data) == expected
