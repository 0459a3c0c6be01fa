"""OFD (GB/T 33190-2016): a ZIP of XML pages. Each becomes ink, and ink becomes lines and tables, as in a PDF."""

from __future__ import annotations

import msgspec

from parsers.model.document import Document, Line, Page, Place, Problem, Table
from parsers.model.errors import DocumentError
from parsers.model.source import Source
from parsers.readers.layout import ink_to_blocks
from parsers.readers.ofd_package import Package
from parsers.readers.ofd_page import PageReading

MOST_PIECES = 600_000
"""Objects, characters and strokes of all pages: every page may show the same heavy template. A report has 100,000."""


def read(data: bytes, source: Source) -> Document:
    """Pages, lines and tables. Raises DocumentError for damage, encryption, oversize and pages that are pictures."""
    package = Package(data)
    sizes: list[Page] = []
    blocks: list[Line | Table] = []
    problems: list[Problem] = list(package.problems)
    has_text = False
    pieces = 0
    for number, location in enumerate(package.pages, 1):
        reading = PageReading(package.page(location), number, package.units)
        pieces += reading.pieces
        _require_few(pieces)
        layout = ink_to_blocks(reading.ink)
        has_text = has_text or reading.has_text
        sizes.append(Page(number=number, width=round(reading.ink.width, 2), height=round(reading.ink.height, 2)))
        blocks += layout.blocks
        problems += [*_left_out(reading), *layout.problems]
    if not has_text:
        raise _scan()
    return Document(
        source=msgspec.structs.replace(source, pages=len(sizes)),
        pages=tuple(sizes),
        blocks=tuple(blocks),
        problems=tuple(problems),
    )


def _require_few(pieces: int) -> None:
    if pieces > MOST_PIECES:
        reason = f"OFD 文件中的文字和图形超过 {MOST_PIECES // 10_000} 万个的上限。"
        raise DocumentError("TOO_LARGE", reason, "请只上传年度报告本身。")


def _left_out(reading: PageReading) -> list[Problem]:
    """What of this page was not read, and why."""
    number = reading.ink.page
    told = (
        (reading.images > 0 and not reading.has_text, "PAGE_WITHOUT_TEXT", "是图片，没有文字，未能读取"),
        (reading.is_hidden, "TEXT_HIDDEN", "有看不见的文字（透明、隐藏或在页面以外），没有读取"),
        (reading.is_turned, "TEXT_TURNED", "有斜排或倒置的文字，没有读取"),
        (reading.is_cut, "LIMIT_OBJECTS", "的内容过多，只读取了一部分"),
    )
    place = Place(page=number)
    return [Problem(code=code, message=f"第 {number} 页{words}", place=place) for is_so, code, words in told if is_so]


def _scan() -> DocumentError:
    return DocumentError(
        "SCAN_WITHOUT_TEXT",
        "OFD 文件的页面是图片，里面没有文字，本版本还不能识别图片上的文字。",
        "请上传由 Word 等直接导出的文件，或可检索的文本。",
    )
