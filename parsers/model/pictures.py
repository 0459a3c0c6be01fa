"""Pages that are pictures: readers say so as a problem, and by these problems they are found again and recognised."""

from __future__ import annotations

from parsers.model.document import Document, Place, Problem
from parsers.model.source import Kind

WITHOUT_TEXT = "PAGE_WITHOUT_TEXT"

RECOGNISED = "PAGE_RECOGNISED"

RECOGNISABLE = (Kind.PDF, Kind.IMAGE)
"""Kinds of which a page can be rendered as it is seen; a picture in an OFD stays a problem."""


def page_to_problem(number: int) -> Problem:
    """Page `number` is a picture that nobody has looked at."""
    message = f"第 {number} 页是图片，没有文字，未能读取"
    return Problem(code=WITHOUT_TEXT, message=message, place=Place(page=number))


def page_to_remark(number: int) -> Problem:
    """Page `number` is a picture, and what it says was recognised."""
    message = f"第 {number} 页是图片，文字由识别得到，请以原件为准"
    return Problem(code=RECOGNISED, message=message, place=Place(page=number))


def pages_without_text(document: Document) -> tuple[int, ...]:
    """The numbers of the pages that are pictures nobody has looked at and that can be looked at, in order."""
    if document.source.kind not in RECOGNISABLE:
        return ()
    pages = [problem.place.page for problem in document.problems if problem.code == WITHOUT_TEXT and problem.place]
    return tuple(page for page in pages if page is not None)
