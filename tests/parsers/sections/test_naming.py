"""The content decides what a file is; a name that says otherwise is told, and nothing is refused for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import parsers
from parsers.model.source import Kind
from parsers.sections.naming import NAME_MISMATCH, name_to_problems
from tests.make.html import to_html
from workers.corpus.docx import to_docx
from workers.corpus.figures import seeded
from workers.corpus.ofd import to_ofd
from workers.corpus.sheet import Changes, Sheet, to_sheet
from workers.corpus.texts import tabbed
from workers.corpus.workbook import on_one_sheet, to_xls, to_xlsx


def sheet() -> Sheet:
    return to_sheet("2021", seeded("2021", 7), Changes(year=2023))


MADE: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("docx", lambda: to_docx(sheet())),
    ("ofd", lambda: to_ofd(sheet())[0]),
    ("html", lambda: to_html(sheet())),
    ("xlsx", lambda: to_xlsx(on_one_sheet(sheet()))),
    ("xls", lambda: to_xls(on_one_sheet(sheet()))),
    ("txt", lambda: tabbed(sheet()).encode()),
)
NAMES = ("a.pdf", "a.docx", "a.doc", "a.ofd", "a.xlsx", "a.jpg")


@pytest.mark.parametrize("kind", [kind for kind, _ in MADE])
@pytest.mark.parametrize("name", NAMES)
def test_a_report_under_another_kinds_name_is_read_and_the_name_is_told(kind: str, name: str) -> None:
    report = parsers.classify(parsers.read(dict(MADE)[kind]()), key=name)
    told = [problem.message for problem in report.problems if problem.code == NAME_MISMATCH]
    assert (len(told), len(report.tables)) == (int(name != f"a.{kind}"), 3)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("2023/年报.PDF", Kind.PDF),
        ("包.zip!/年报.docm", Kind.DOCX),
        ("年报.wps", Kind.DOC),
        ("年报", Kind.PDF),
        ("年报.最终版", Kind.DOCX),
        (".pdf", Kind.DOCX),
        ("", Kind.DOCX),
    ],
)
def test_a_name_that_agrees_or_says_nothing_is_not_told(key: str, kind: Kind) -> None:
    assert name_to_problems(key, kind) == ()


def test_the_sentence_names_both() -> None:
    (problem,) = name_to_problems("报告.pdf.DOCX", Kind.HTML)
    assert problem.message == "文件名以 .docx 结尾，内容却是网页（HTML），已按内容读取"
