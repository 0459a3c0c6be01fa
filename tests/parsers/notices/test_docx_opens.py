"""LibreOffice opens the Word file and prints it as it was meant."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdfium2
import pytest

from parsers.notices.files import outcome_to_files
from tests.parsers.notices.notice_world import drawn_of, outcome_of

pytestmark = pytest.mark.office

A4 = (595.3, 841.9)
TEXT_TOP, TEXT_BOTTOM = 841.9 - 104.9, 99.2
"""Of the text area, from the foot of the page: 37 mm from above, 35 mm from below."""


@pytest.fixture(scope="module", params=["two", "many", "clean"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> pypdfium2.PdfDocument:
    folder: Path = tmp_path_factory.mktemp("notice")
    name = request.param
    drawn = None if name == "clean" else drawn_of(name)
    (folder / "notice.docx").write_bytes(outcome_to_files(outcome_of(name), drawn)["notice.docx"])
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), "notice.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return pypdfium2.PdfDocument((folder / "notice.pdf").read_bytes())


def test_every_page_is_a4_and_numbered(printed: pypdfium2.PdfDocument) -> None:
    for number, page in enumerate(printed, 1):
        assert page.get_size() == pytest.approx(A4, abs=1)
        assert f"— {number} —" in page.get_textpage().get_text_range()


def test_the_text_stays_inside_its_area(printed: pypdfium2.PdfDocument) -> None:
    for page in printed:
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        body = [box for box in boxes if box[1] > TEXT_BOTTOM]
        assert max(box[3] for box in body) < TEXT_TOP + 4
        assert min(box[0] for box in body) > 79 - 8
        assert max(box[2] for box in body) < 79.4 + 442.2 + 8


def test_the_title_stands_on_the_first_page_and_the_signature_on_that_of_the_last_words(
    printed: pypdfium2.PdfDocument,
) -> None:
    texts = [page.get_textpage().get_text_range() for page in printed]
    assert "政府信息公开工作年度报告核查情况的反馈" in texts[0]
    signed = next(text for text in texts if "（核查单位署名）" in text)
    assert "请于" in signed or "特此反馈" in signed
