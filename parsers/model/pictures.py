"""Pages that are pictures: readers say so as a problem, and by these problems they are found again and recognised."""

from __future__ import annotations

from parsers.model.document import Document, Place, Problem

CODE = "PAGE_WITHOUT_TEXT"

RECOGNISED = "PAGE_RECOGNISED"


def page_to_problem(number: int) -> Problem:
    """Page `number` is a picture that nobody has looked at."""
    message = f"第 {number} 页是图片，没有文字，未能读取"
    return Problem(code=CODE, message=message, place=Place(page=number))


def page_to_remark(number: int) -> Problem:
    """Page `number` is a picture, and what it says was recognised."""
    message = f"第 {number} 页是图片，文字由识别得到，请以原件为准"
    return Problem(code=RECOGNISED, message=message, place=Place(page=number))


def pages_without_text(document: Document) -> tuple[int, ...]:
    """The numbers of the pages that are pictures nobody has looked at, in order."""
    pages = [problem.place.page for problem in document.problems if problem.code == CODE and problem.place]
    return tuple(page for page in pages if page is not None)
