"""The corpus: made documents with the answer that the whole core gives, for people to read and for tests to compare.

`python -m tests.make.answers` says which answers differ; with `--force` it writes them. Read the difference before
committing it: an answer that changed is a verdict that changed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import parsers
from parsers.model.files import value_to_json
from parsers.model.outcome import Outcome
from tests.make.figures import seeded, written
from tests.make.html import to_html, to_mhtml, turned
from tests.make.pdf import to_pdf
from tests.make.sheet import Changes, to_sheet
from tests.make.texts import layout, without

FOLDER = Path(__file__).parents[1] / "corpus"
ANSWER = "expected.json"


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
        "truncated-cells": without(layout("cells_with_tabs_and_gaps")(clean), "行政许可", "二、上年结转"),
    }
    made = {name: ("report.txt", text.encode()) for name, text in texts.items()}
    made["wrong-totals-pdf"] = ("report.pdf", to_pdf(to_sheet("2021", written("2021", merged=True), wrong), start=90))
    made |= web_pages()
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
    return f"p{place.page} {place.path}" if place.page else f"line {place.line}"


def main(arguments: list[str]) -> int:
    """Compare or write every answer; 1 when one differs."""
    differs = 0
    for name, (file, data) in sources().items():
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
