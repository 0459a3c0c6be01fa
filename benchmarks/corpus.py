"""`python -m benchmarks.corpus`: the corpus of many producers, each report with its figures beside it."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.producers import PRODUCERS, Producer
from benchmarks.word import Style, report_to_docx
from workers.corpus.gold import report_to_gold
from workers.corpus.page import report_to_site
from workers.corpus.reports import Report, draft_to_report, seed_to_draft

FORMS = ("pdf", "docx", "html")
"""The folders of the corpus, which are also what its files end in."""

EACH = 4
"""Documents a kind: one of each form that reports.py has."""


def kind_to_reports(kind: str, seed: int, each: int) -> list[Report]:
    """The reports that this producer prints: no two kinds print the same ones."""
    place = [producer.kind for producer in PRODUCERS].index(kind)
    return [draft_to_report(seed_to_draft(seed + place, number)) for number in range(each)]


def write_kind(producer: Producer, reports: Sequence[Report], folder: Path) -> None:
    """The PDFs of one kind, and the same reports as DOCX and as a page of a site."""
    for report, printed in zip(reports, producer.print_all(reports), strict=True):
        name = f"{producer.kind}-{report.number}"
        gold = report_to_gold(report)
        docx = report_to_docx(report, Style("仿宋", rows_whole=report.number % 2 == 1))
        for form, data in zip(FORMS, (printed, docx, report_to_site(report).encode()), strict=True):
            (folder / form).mkdir(parents=True, exist_ok=True)
            (folder / form / f"{name}.{form}").write_bytes(data)
            (folder / form / f"{name}.gold.json").write_bytes(gold)


def write_corpus(folder: Path, seed: int, each: int) -> list[str]:
    """Every kind whose producer is at hand; a sentence for every one that is not."""
    return [sentence for producer in PRODUCERS for sentence in _write_or_say(producer, folder, seed, each)]


def _write_or_say(producer: Producer, folder: Path, seed: int, each: int) -> list[str]:
    if missing := producer.missing():
        return [f"没有 {producer.kind} 这一种：请先安装 {'、'.join(missing)}。"]
    try:
        write_kind(producer, kind_to_reports(producer.kind, seed, each), folder)
    except subprocess.SubprocessError as error:
        return [f"没有 {producer.kind} 这一种：{type(error).__name__}，{_last_words(error)}"]
    return []


def _last_words(error: subprocess.SubprocessError) -> str:
    told = getattr(error, "stderr", None) or b""
    return told.decode(errors="replace").strip().rpartition("\n")[2] or "程序没有说明原因。"


def main(arguments: list[str]) -> int:
    """Write the corpus; 1 when a kind is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--each", type=int, default=EACH)
    options = parser.parse_args(arguments)
    missing = write_corpus(options.out, options.seed, options.each)
    for sentence in missing:
        print(sentence, file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
