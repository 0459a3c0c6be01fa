"""The corpus: made documents with the answer that the whole core gives, for people to read and for tests to compare.

`python -m tests.make.answers` says which answers differ; with `--force` it writes them. Read the difference before
committing it: an answer that changed is a verdict that changed.
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import parsers
from parsers.model.files import value_to_json
from parsers.model.outcome import Outcome
from tests.make.html import to_html, to_mhtml, turned
from workers.corpus.docx import Look, to_docx, tracked
from workers.corpus.figures import seeded, written
from workers.corpus.ofd import Way, to_ofd
from workers.corpus.pdf import to_pdf
from workers.corpus.sheet import Changes, Sheet, to_sheet
from workers.corpus.texts import layout, without
from workers.corpus.workbook import on_one_sheet, row_of, tables_apart, to_xls, to_xlsx

FOLDER = Path(__file__).parents[1] / "corpus"
ANSWER = "expected.json"
FRAMED_LISTS = Look(write=tracked, numbered=True, framed=True)
"""Numbers from lists, changes tracked, and all of it in a layout table."""

SCANS = {"scanned-tiff": "report.tiff"}
"""Made once by tests/make/scan.py and kept: a picture of a page hangs on the fonts of its machine. Need gouji[ocr]."""


def sources() -> dict[str, tuple[str, bytes]]:
    """Name → (file name, bytes) of every made document; the same bytes every time."""
    clean = to_sheet("2021", written("2021"))
    wrong = Changes(
        merged=True,
        labels={"2.其他法律行政法规禁止公开": "2.其他法律行政止公开", "本年废止件数": "本年度止件数"},
        cells={("review_litigation", "review", "total"): "0", ("proactive", "regulation", "issued"): "1,002"},
    )
    blank = {("requests", "granted", c): "" for c in ("research_institution", "other_organization")}
    gaps = Changes(cells={**blank, ("proactive", "administrative_fee", "amount_wan_yuan"): "无"})
    texts = {
        "clean-tabs": layout("tabbed")(clean),
        "blank-cells-apart": layout("cells_apart")(to_sheet("2021", written("2021"), gaps)),
        "outdated-pipes": layout("piped")(to_sheet("2019", seeded("2019", 5), Changes(year=2023))),
        "several-reports": layout("tabbed")(clean) + "\n" + layout("tabbed")(to_sheet("2019", seeded("2019", 5))),
        "glued": layout("glued")(clean),
        "one-line": "当前位置：首页 政务公开 --> " + layout("one_line")(clean),
        "truncated-cells": without(layout("cells_with_tabs_and_gaps")(clean), "行政许可", "二、上年结转"),
    }
    made = {name: ("report.txt", text.encode()) for name, text in texts.items()}
    made["numbered-docx"] = (
        "report.docx",
        to_docx(to_sheet("2019", seeded("2019", 8), Changes(year=2020)), FRAMED_LISTS),
    )
    made["wrong-totals-pdf"] = ("report.pdf", to_pdf(to_sheet("2021", written("2021", merged=True), wrong), start=90))
    made |= {name: (file, (FOLDER / name / file).read_bytes()) for name, file in SCANS.items()}
    made |= web_pages()
    made |= _boxed(clean)
    return made


def web_pages() -> dict[str, tuple[str, bytes]]:
    """Pages as sites print them; see tests/make/html.py for what is odd about each."""
    merged = to_sheet("2021", written("2021", merged=True), Changes(merged=True))
    blank = Changes(
        year=2020, cells={("requests", "granted", "total"): "", ("proactive", "regulation", "newly_made"): ""}
    )
    return {
        "site-page-html": ("report.html", to_html(merged, "cms")),
        "saved-page-mhtml": ("report.mht", to_mhtml(merged)),
        "word-export-html": ("report.html", to_html(to_sheet("2019", seeded("2019", 8), blank), "word", "gb18030")),
        "table-three-turned-html": ("report.html", turned(to_sheet("2021", written("2021")), "stacked")),
    }


def _boxed(clean: Sheet) -> dict[str, tuple[str, bytes]]:
    """Workbooks and OFD: the tables alone, each on its own sheet; a hidden row and an error in an old workbook."""
    writer = Way(letters_apart=True, filled_rules=True, template=True, nested=True)
    leaves = on_one_sheet(clean)

    def damage(book: Any) -> None:
        book.get_sheet(0).row(row_of(leaves[0], "行政许可")).set_cell_error(1, "#DIV/0!")
        book.get_sheet(0).row(row_of(leaves[0], "行政强制")).hidden = 1

    return {
        "workbook-tables-apart": ("report.xlsx", to_xlsx(tables_apart(to_sheet("2021", seeded("2021", 9))))),
        "old-workbook-error-hidden-row": ("report.xls", to_xls(leaves, damage)),
        "ofd-letters-apart": ("report.ofd", to_ofd(to_sheet("2019", seeded("2019", 8), Changes(year=2020)), writer)[0]),
    }


def outcome_to_answer(outcome: Outcome) -> bytes:
    """What matters of an outcome, short enough to be read: no digests, every cell on one line a row."""
    report = json.loads(value_to_json(outcome.report))
    names = ("edition", "year", "title", "signed_on", "period", "agency")
    answer: dict[str, Any] = {name: report[name] for name in names}
    answer["source"] = {name: report["source"][name] for name in ("kind", "pages")}
    answer["sections"] = {name: s["heading"] or s["status"] for name, s in report["sections"].items()}
    answer["parts"] = {name: part["heading"] for name, part in report["sections"]["overview"]["parts"].items()}
    answer["tables"] = {
        f"{table}.{row}": " ".join(f"{column}={_cell(figure)}" for column, figure in figures.items())
        for table, rows in report["tables"].items()
        for row, figures in rows.items()
    }
    answer["findings"] = [
        f"{f.code} {f.severity.value} {f.verdict.value} {f.attribution.value} {f.root_cause or '-'} "
        f"{_place(f.places[0].place)}: {f.message}"
        for f in outcome.findings.findings
    ]
    answer["passed"] = len(outcome.findings.passed)
    answer["leftovers"] = [leftover["text"] for leftover in report["leftovers"]]
    answer["problems"] = [problem["message"] for problem in report["problems"]]
    return (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode()


def _cell(figure: dict[str, Any]) -> str:
    value = figure["status"] if figure["value"] is None else figure["value"]
    return f"{value}?{figure['suggested']}" if figure["suggested"] is not None else str(value)


def _place(place: Any) -> str:
    if place.page:
        return f"p{place.page} {place.path}"
    return f"line {place.line}" if place.line else str(place.path)


def main(arguments: list[str]) -> int:
    """Compare or write every answer; 1 when one differs."""
    differs = 0
    for name, (file, data) in sources().items():
        if name in SCANS and find_spec("rapidocr") is None:
            print(f"{name}: left as it is, gouji[ocr] is not installed")  # noqa: T201 - a command's answer
            continue
        folder = FOLDER / name
        answer = outcome_to_answer(parsers.assess(data))
        old = (folder / ANSWER).read_bytes() if (folder / ANSWER).exists() else b""
        if answer != old or not (folder / file).exists() or (folder / file).read_bytes() != data:
            differs = 1
            print(f"{name}: {'written' if '--force' in arguments else 'differs'}")  # noqa: T201 - a command's answer
        if "--force" in arguments:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(data)
            (folder / ANSWER).write_bytes(answer)
    return 0 if "--force" in arguments else differs


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
