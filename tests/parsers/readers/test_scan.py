"""Pages that are pictures: the same figures as on paper, or none, each with its box; other pages stay as they were."""

from __future__ import annotations

import io
from functools import cache
from importlib.util import find_spec

import msgspec
import pypdfium2
import pytest

import parsers
from parsers.model.document import Box, Document, Line, Table
from parsers.model.errors import DocumentError
from parsers.model.outcome import Outcome
from parsers.model.pictures import pages_without_text
from parsers.model.report import Figure, Status
from tasks.sandbox import Sandbox
from workers.corpus.figures import Figures, seeded, written
from workers.corpus.pdf import scan, to_pdf
from workers.corpus.sheet import Changes, Grid, Sheet, to_sheet

with_ocr = pytest.mark.ocr
without_ocr = pytest.mark.skipif(find_spec("rapidocr") is not None, reason="gouji[ocr] is installed here")

FIGURES = seeded("2021", 3)
REVIEW = ("review_litigation", "review")


@cache
def scanned(form: str = "PDF") -> bytes:
    from tests.make.scan import to_picture

    return to_picture(to_pdf(to_sheet("2021", FIGURES)), form)


@cache
def outcome() -> Outcome:
    return parsers.assess(scanned())


def figures_of(result: Outcome) -> dict[tuple[str, str, str], Figure]:
    tables = result.report.tables
    return {(t, r, c): figure for t, rows in tables.items() for r, row in rows.items() for c, figure in row.items()}


def values(result: Outcome, wanted: Figures) -> Figures:
    """What is certain."""
    found = figures_of(result)
    return {cell: value for cell in wanted if (value := found[cell].value) is not None}


def third_table(cells: dict[tuple[str, str, str], str]) -> Sheet:
    """The head of a report and its third table: one small page."""
    sheet = to_sheet("2021", written("2021"), Changes(cells=cells))
    start = sheet.index("四、政府信息公开行政复议、行政诉讼情况")
    return (sheet[0], *sheet[start : start + 2])


def mixed() -> bytes:
    """A page of text between two pages that are pictures."""
    pictures = pypdfium2.PdfDocument(scanned())
    text = pypdfium2.PdfDocument(to_pdf(("五、存在的主要问题及改进情况", "存在的主要问题：更新不够及时。")))
    made = pypdfium2.PdfDocument.new()
    for source, page in ((pictures, 0), (text, 0), (pictures, 1)):
        made.import_pages(source, [page])
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@without_ocr
def test_a_scan_is_refused_with_a_sentence_where_nothing_can_recognise_it() -> None:
    with pytest.raises(DocumentError) as caught:
        parsers.read(scan())
    assert caught.value.code == "OCR_MISSING"
    assert "gouji[ocr]" in caught.value.advice


def test_pages_that_are_pictures_are_named_before_anybody_looks_at_them() -> None:
    document = parsers.read_written(scan())
    assert (document.blocks, pages_without_text(document)) == ((), (1,))


@with_ocr
def test_a_scanned_pdf_tells_the_same_figures_and_nothing_is_found() -> None:
    certain = values(outcome(), FIGURES)
    assert certain == {cell: FIGURES[cell] for cell in certain}
    assert len(certain) >= 0.99 * len(FIGURES)
    assert [finding.message for finding in outcome().findings.findings if finding.is_agencys] == []


@with_ocr
def test_what_is_not_certain_is_unreadable() -> None:
    doubtful = [figure for figure in figures_of(outcome()).values() if figure.value is None]
    assert {figure.status for figure in doubtful} <= {Status.UNREADABLE}


@with_ocr
def test_the_sections_and_the_title_of_a_scan_are_found() -> None:
    report = outcome().report
    assert report.title == "澄湖县水务局2023年政府信息公开工作年度报告"
    assert [section.status.value for section in report.sections.values()] == ["present"] * 6


@with_ocr
def test_the_box_of_every_figure_shows_that_figure() -> None:
    import numpy as np

    from parsers.readers.scanning.engine import engine

    pages = pypdfium2.PdfDocument(scanned())
    rendered = [pages[i].render(scale=200 / 72, grayscale=True).to_numpy() for i in range(len(pages))]
    shown = [figure for figure in figures_of(outcome()).values() if figure.value is not None]

    def cut(page: int, box: Box) -> np.ndarray:
        left, top, right, bottom = (round(side * 200 / 72) for side in box)
        return rendered[page - 1][top:bottom, left:right]

    crops = [cut(f.place.page, f.place.box) for f in shown if f.place.page and f.place.box]
    seen = [one.text for one in engine().recognise(crops)]
    same = sum(text == figure.raw for text, figure in zip(seen, shown, strict=True))
    assert same >= 0.98 * len(shown)


@with_ocr
def test_a_page_lying_on_its_side_is_read_as_if_it_stood_upright_and_its_boxes_lie_with_it() -> None:
    from tests.make.scan import Wear, to_picture

    pdf = to_pdf(third_table({}))
    document = parsers.read(to_picture(pdf, "TIFF", Wear(turn=90, skew=-1.3)))
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert [cell.text for cell in table.rows[-1].cells] == list("310040011210001")
    assert document.pages[0].width > document.pages[0].height
    boxes = [cell.place.box for cell in table.rows[-1].cells if cell.place.box]
    assert boxes == sorted(boxes, key=lambda box: -box[1])


@with_ocr
def test_what_is_no_number_in_a_cell_never_becomes_one() -> None:
    from tests.make.scan import to_picture

    texts = dict(zip(("upheld", "corrected", "other_result", "pending"), ("无", "/", "", "—"), strict=True))
    cells = {(*REVIEW, column): text for column, text in texts.items()}
    row = parsers.assess(to_picture(to_pdf(third_table(cells)), "PNG")).report.tables[REVIEW[0]][REVIEW[1]]
    assert [row[column].value for column in texts] == [None] * 4
    assert row["other_result"].status is Status.BLANK
    assert {row[column].status for column in texts} <= {Status.BLANK, Status.NON_NUMERIC, Status.UNREADABLE}


@with_ocr
def test_a_smudged_digit_is_unreadable_and_the_identity_suggests_it() -> None:
    from PIL import Image, ImageDraw

    from tests.make.scan import to_picture

    clean = to_picture(to_pdf(third_table({})), "PNG")
    total = parsers.assess(clean).report.tables[REVIEW[0]][REVIEW[1]]["total"]
    assert total.value == 4
    assert total.place.box is not None
    picture = Image.open(io.BytesIO(clean))
    left, top, right, bottom = (side * 200 / 72 for side in total.place.box)
    ImageDraw.Draw(picture).ellipse((left + 2, top + 4, right, bottom - 4), fill=20)
    smudged = io.BytesIO()
    picture.save(smudged, "PNG", dpi=(200, 200))
    total = parsers.assess(smudged.getvalue()).report.tables[REVIEW[0]][REVIEW[1]]["total"]
    assert (total.status, total.value, total.suggested) == (Status.UNREADABLE, None, 4)


@with_ocr
def test_in_a_mixed_pdf_only_the_pictures_are_recognised_and_pages_keep_their_order() -> None:
    document = parsers.read(mixed())
    pages = [block.place.page or 0 for block in document.blocks]
    assert pages == sorted(pages)
    text = [block for block in document.blocks if block.place.page == 2]
    assert next(block.text for block in text if isinstance(block, Line)) == "五、存在的主要问题及改进情况"
    assert not any(block.doubt for block in text if isinstance(block, Line))
    assert [(p.code, p.place.page) for p in document.problems if p.place] == [
        ("PAGE_RECOGNISED", 1),
        ("PAGE_RECOGNISED", 3),
    ]


@with_ocr
def test_the_sandbox_reads_a_scan_in_a_child_of_its_own_and_as_here() -> None:
    sandbox = Sandbox()
    try:
        assert msgspec.json.encode(sandbox.read(scanned())) == msgspec.json.encode(read_here())
    finally:
        sandbox.close()


@cache
def read_here() -> Document:
    return parsers.read(scanned())


def test_every_table_of_the_made_sheet_is_small_enough_for_its_page() -> None:
    assert sum(isinstance(block, Grid) for block in third_table({})) == 1
