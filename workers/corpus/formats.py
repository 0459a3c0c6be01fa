"""The formats in which `gouji make-corpus` prints a report: those that need no outside program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workers.corpus.docx import LOOKS, to_docx
from workers.corpus.ofd import to_ofd
from workers.corpus.page import report_to_site
from workers.corpus.pdf import to_pdf
from workers.corpus.reports import Report
from workers.corpus.texts import LAYOUTS
from workers.corpus.workbook import on_one_sheet, to_xlsx


@dataclass(frozen=True)
class Format:
    """Its name, which is also what its files end in, and the bytes it makes: the same ones every time."""

    name: str
    report_to_bytes: Callable[[Report], bytes]


def _text(report: Report) -> bytes:
    """Layouts take turns."""
    _, layout = LAYOUTS[report.number % len(LAYOUTS)]
    return layout(report.sheet).encode()


PAGE_STARTS = 300
"""Points by which the first line moves down from report to report, so that pages break elsewhere."""


def _pdf(report: Report) -> bytes:
    return to_pdf(report.sheet, start=report.draft.chance("page").randrange(PAGE_STARTS))


def _docx(report: Report) -> bytes:
    """Ways of writing the same XML take turns."""
    _, look = LOOKS[report.number % len(LOOKS)]
    return to_docx(report.sheet, look)


def _html(report: Report) -> bytes:
    return report_to_site(report).encode()


def _xlsx(report: Report) -> bytes:
    return to_xlsx(on_one_sheet(report.sheet))


def _ofd(report: Report) -> bytes:
    data, _ = to_ofd(report.sheet, start=report.draft.chance("page").randrange(PAGE_STARTS))
    return data


FORMATS = (
    Format("txt", _text),
    Format("pdf", _pdf),
    Format("docx", _docx),
    Format("html", _html),
    Format("xlsx", _xlsx),
    Format("ofd", _ofd),
)
"""In the order in which a corpus of all formats takes them in turn."""


def formats_named(names: list[str]) -> tuple[Format, ...]:
    """The formats of these names, all of them when none is named; a name that is none raises KeyError."""
    by_name = {format_.name: format_ for format_ in FORMATS}
    return tuple(by_name[name] for name in names) if names else FORMATS
