"""Every format that is made here without another program; what varies inside a format takes turns with the seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import TypeAlias, TypeVar

from tests.make.html import STYLES, to_html
from tests.make.pens import PENS
from workers.corpus.docx import LOOKS, to_docx
from workers.corpus.figures import Figures, seeded
from workers.corpus.ofd import Way, to_ofd
from workers.corpus.pdf import to_pdf
from workers.corpus.sheet import Changes, Sheet, to_sheet
from workers.corpus.texts import LAYOUTS, layout
from workers.corpus.workbook import WAYS, to_xls, to_xlsx

FORMS = (("2021", 2023, False), ("2019", 2020, False), ("2021", 2022, True))
"""Edition, year, and whether （六） is one merged row; seeds take turns."""

PAGE_STARTS = 17.0
"""Points by which the page breaks move with each seed: no divisor of a row's height, so that they reach every row."""

HIGHEST_START = 600.0
"""Points that may stay free on top of a page: below them there is room for the highest row."""

Make: TypeAlias = Callable[[Sheet, int], bytes]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Truth:
    """A made report: its figures, and the sheet that every format prints."""

    seed: int
    figures: Figures
    sheet: Sheet
    year: int
    merged: bool


def seed_to_truth(seed: int) -> Truth:
    """Another one for every seed; the same one every time."""
    edition, year, merged = FORMS[seed % len(FORMS)]
    figures = seeded(edition, seed, merged=merged)
    return Truth(seed, figures, to_sheet(edition, figures, Changes(year=year, merged=merged)), year, merged)


def in_turn(variants: Sequence[_T], seed: int) -> _T:
    """The variant of this seed: each of them meets each form."""
    return variants[seed // len(FORMS) % len(variants)]


def page_start(seed: int) -> float:
    """Points free on top of each page: another one for every seed."""
    return seed * PAGE_STARTS % HIGHEST_START


def _text(name: str) -> Make:
    encodings = ("utf-8", "gb18030", "utf-16")
    return lambda sheet, seed: layout(name)(sheet).encode(in_turn(encodings, seed))


def _pdf(sheet: Sheet, seed: int) -> bytes:
    pens = [pen for name, pen in PENS if name != "none"]
    return to_pdf(sheet, start=page_start(seed), pen=in_turn(pens, seed), turn=90 * (seed % 4))


def _pdf_without_rules(sheet: Sheet, seed: int) -> bytes:
    return to_pdf(sheet, start=page_start(seed), pen=dict(PENS)["none"])


def _docx(sheet: Sheet, seed: int) -> bytes:
    return to_docx(sheet, in_turn(LOOKS, seed)[1])


def _html(sheet: Sheet, seed: int) -> bytes:
    return to_html(sheet, in_turn(STYLES, seed)[0], in_turn(("utf-8", "gb18030", "utf-16"), seed // len(STYLES)))


def _mhtml(sheet: Sheet, seed: int) -> bytes:
    """As a browser saves a page: quoted-printable or base64, the style sheet beside it."""
    message = MIMEMultipart("related", boundary="----MultipartBoundary--gouji----")
    page = to_html(sheet, in_turn(STYLES, seed)[0]).decode()
    message.attach(MIMEText(page, "html", "utf-8"))
    message.attach(MIMEText("p { margin: 0 }", "css", "utf-8"))
    return message.as_bytes()


OFD_WAYS = (Way(), Way(letters_apart=True), Way(filled_rules=True, template=True), Way(letters_apart=True, nested=True))


def _ofd(sheet: Sheet, seed: int) -> bytes:
    return to_ofd(sheet, in_turn(OFD_WAYS, seed), start=page_start(seed))[0]


def _xlsx(sheet: Sheet, seed: int) -> bytes:
    return to_xlsx(in_turn(WAYS, seed)[1](sheet))


def _xls(sheet: Sheet, seed: int) -> bytes:
    return to_xls(in_turn(WAYS, seed)[1](sheet))


FORMATS: tuple[tuple[str, Make], ...] = (
    *((f"text {name}", _text(name)) for name, _ in LAYOUTS),
    ("pdf", _pdf),
    ("pdf without rules", _pdf_without_rules),
    ("docx", _docx),
    ("html", _html),
    ("mhtml", _mhtml),
    ("ofd", _ofd),
    ("xlsx", _xlsx),
    ("xls", _xls),
)
"""Every format by name."""


def tables_alone(name: str, seed: int) -> bool:
    """Does this format print the tables of this seed without the rest of the report?"""
    return name in ("xlsx", "xls") and in_turn(WAYS, seed)[0] != "on_one_sheet"
