"""The makers of the benchmark's documents."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from benchmarks import corpus
from benchmarks.pages import Print, report_to_print
from benchmarks.producers import PRODUCERS, Producer
from benchmarks.typeset import report_to_typst
from benchmarks.word import Style, report_to_docx
from workers.corpus.page import head_rows, report_to_site
from workers.corpus.reports import draft_to_report, seed_to_draft
from workers.corpus.sheet import Grid

REPORTS = [draft_to_report(seed_to_draft(5, number)) for number in range(4)]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_there_are_eight_kinds_of_producers_under_names_of_their_own() -> None:
    assert len({producer.kind for producer in PRODUCERS}) == 8


def test_no_two_kinds_print_the_same_reports() -> None:
    firsts = [corpus.kind_to_reports(producer.kind, 0, 1)[0].draft.figures for producer in PRODUCERS]
    assert all(a != b for i, a in enumerate(firsts) for b in firsts[:i])


def test_a_missing_program_is_said_in_one_sentence_with_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = Producer("lost", (("no-such-program", "some-package"), (Path("/no/font"), "some-font")), lambda _: [])
    monkeypatch.setattr(corpus, "PRODUCERS", (lost,))
    assert corpus.write_corpus(tmp_path, 0, 1) == ["没有 lost 这一种：请先安装 some-package、some-font。"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", range(4))
def test_a_docx_has_every_printed_cell_once_and_the_same_bytes_every_time(number: int) -> None:
    report = REPORTS[number]
    data = report_to_docx(report, Style("仿宋", heads_repeated=True))
    assert data == report_to_docx(report, Style("仿宋", heads_repeated=True))
    root = etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))
    cells = ["".join(map(str, cell.itertext())) for cell in root.iter(f"{W}tc")]
    printed = [spot.text for grid in _grids(number) for row in grid.rows for spot in row]
    assert sorted(filter(None, cells)) == sorted(printed)
    assert len(list(root.iter(f"{W}tblHeader"))) == sum(head_rows(grid) for grid in _grids(number))


def _grids(number: int) -> list[Grid]:
    return [block for block in REPORTS[number].sheet if isinstance(block, Grid)]


def test_only_tables_two_and_three_have_a_head_that_can_be_repeated() -> None:
    assert [head_rows(grid) for grid in _grids(0)] == [0, 3, 3]


def test_a_page_of_a_site_weighs_what_such_pages_weigh_and_has_menus_around_the_report() -> None:
    page = report_to_site(REPORTS[0])
    assert 70_000 < len(page.encode()) < 90_000
    assert page.index("政府信息公开</a>") < page.index('id="zoom"') < page.index("相关信息")


@pytest.mark.parametrize("number", range(4))
def test_every_figure_stands_in_the_printed_page_and_in_the_typst_source(number: int) -> None:
    report = REPORTS[number]
    page = report_to_print(report, Print("Noto Serif CJK SC"))
    source = report_to_typst(report, "Noto Serif CJK SC", heads_repeated=True)
    for value in map(str, report.draft.figures.values()):
        assert f">{value}</td>" in page
        assert f'"{value}"' in source


def test_texts_cannot_become_markup() -> None:
    assert re.search(r'#par\("[^"]*"\)', report_to_typst(REPORTS[0], "x", heads_repeated=False))
