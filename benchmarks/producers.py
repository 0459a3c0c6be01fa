"""The producers whose PDFs are measured: each of them draws rules, sets fonts and breaks tables in its own way.

Text, figures and layout come from the seed; bytes are the same every time where the producer's are (typst, ReportLab).
Chromium, LibreOffice and WeasyPrint write the hour into theirs.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.pages import Print, report_to_print
from benchmarks.word import Style, report_to_docx
from workers.corpus.pdf import to_pdf
from workers.corpus.reports import Report

Printed: TypeAlias = list[bytes]
"""One PDF a report, in their order."""

SECONDS = 300
"""A producer that has not finished a batch by then hangs."""

ZEN_HEI = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
MICRO_HEI = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
NOTO_SERIF = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
NOTO_SANS = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
UMING = Path("/usr/share/fonts/truetype/arphic/uming.ttc")


@dataclass(frozen=True)
class Producer:
    """A kind of PDF; `needs` are programs, libraries (lib…) and files of fonts, with the Debian package of each."""

    kind: str
    needs: tuple[tuple[str | Path, str], ...]
    print_all: Callable[[Sequence[Report]], Printed]

    def missing(self) -> list[str]:
        """Packages without which this producer cannot work."""
        return [package for need, package in self.needs if not _is_there(need)]


def _is_there(need: str | Path) -> bool:
    if isinstance(need, Path):
        return need.exists()
    return bool(find_library(need.removeprefix("lib")) if need.startswith("lib") else shutil.which(need))


def _run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - our own words


def _by_chromium(font: str, *, rows_whole_by_turns: bool) -> Callable[[Sequence[Report]], Printed]:
    def print_all(reports: Sequence[Report]) -> Printed:
        with tempfile.TemporaryDirectory() as folder:
            return [
                _chromium(
                    report_to_print(r, Print(font, rows_whole=rows_whole_by_turns and r.number % 2 == 1)),
                    Path(folder),
                )
                for r in reports
            ]

    return print_all


def _chromium(page: str, folder: Path) -> bytes:
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(page, encoding="utf-8")
    _run(
        *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
        *(f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}", source.as_uri()),
    )
    return target.read_bytes()


def _by_office(styles: tuple[Style, ...]) -> Callable[[Sequence[Report]], Printed]:
    return lambda reports: _office([report_to_docx(r, styles[r.number % len(styles)]) for r in reports])


def _office(documents: Sequence[bytes]) -> Printed:
    """Every document in one run: LibreOffice takes seconds to start."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / f"{number}.docx" for number in range(len(documents))]
        for source, data in zip(sources, documents, strict=True):
            source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *sources)
        return [source.with_suffix(".pdf").read_bytes() for source in sources]


def _by_cairo(reports: Sequence[Report]) -> Printed:
    """LibreOffice's pages drawn again by cairo, which writes another kind of font."""
    styles = Style("Noto Serif CJK SC"), Style("WenQuanYi Zen Hei", heads_repeated=True)
    return [_cairo(data) for data in _by_office(styles)(reports)]


def _cairo(data: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.pdf", Path(folder) / "out.pdf"
        source.write_bytes(data)
        _run("pdftocairo", "-pdf", source, target)
        return target.read_bytes()


def _by_weasyprint(reports: Sequence[Report]) -> Printed:
    from weasyprint import HTML

    pages = [report_to_print(r, Print("Noto Sans CJK SC", heads_repeated=r.number % 2 == 1)) for r in reports]
    return [bytes(HTML(string=page).write_pdf()) for page in pages]


def _by_typst(reports: Sequence[Report]) -> Printed:
    import typst

    from benchmarks.typeset import report_to_typst

    sources = [report_to_typst(r, "Noto Serif CJK SC", heads_repeated=r.number % 2 == 1) for r in reports]
    return [_typst(typst.compile, source) for source in sources]


def _typst(compile_source: Callable[..., Any], source: str) -> bytes:
    return bytes(compile_source(source.encode(), font_paths=[NOTO_SERIF.parent]))


def _by_reportlab(reports: Sequence[Report]) -> Printed:
    """By turns our own painter with a font that is not embedded, and ReportLab's tables with one that is."""
    from benchmarks.painter import report_to_painted

    return [
        report_to_painted(r, ZEN_HEI, heads_repeated=r.number % 4 == 1) if r.number % 2 else to_pdf(r.sheet, start=40)
        for r in reports
    ]


_CHROMIUM = ("chromium", "chromium")
_OFFICE = ("soffice", "libreoffice-writer-nogui")
_NOTO = (NOTO_SERIF, "fonts-noto-cjk")
_ZEN = (ZEN_HEI, "fonts-wqy-zenhei")

PRODUCERS = (
    Producer("chromium-cff", (_CHROMIUM, _NOTO), _by_chromium("Noto Serif CJK SC", rows_whole_by_turns=False)),
    Producer("chromium-ttf", (_CHROMIUM, _ZEN), _by_chromium("WenQuanYi Zen Hei", rows_whole_by_turns=True)),
    Producer(
        "lo-split",
        (_OFFICE, _NOTO, (UMING, "fonts-arphic-uming")),
        _by_office((Style("Noto Serif CJK SC"), Style("AR PL UMing CN"))),
    ),
    Producer(
        "lo-header",
        (_OFFICE, (MICRO_HEI, "fonts-wqy-microhei")),
        _by_office((Style("WenQuanYi Micro Hei", rows_whole=True, heads_repeated=True),)),
    ),
    Producer("weasy", ((NOTO_SANS, "fonts-noto-cjk"), ("libpangoft2-1.0", "libpangoft2-1.0-0")), _by_weasyprint),
    Producer("typst", (_NOTO,), _by_typst),
    Producer("reportlab", (_ZEN,), _by_reportlab),
    Producer("cairo", (_OFFICE, ("pdftocairo", "poppler-utils"), _NOTO, _ZEN), _by_cairo),
)
"""Eight kinds; performance.md section 1 says what is nasty in each."""
