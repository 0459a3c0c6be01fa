"""What a reader must find in a made report, as JSON beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from workers.corpus.faults import Fault, printed_figures
from workers.corpus.reports import Report


def report_to_gold(report: Report, faults: Sequence[Fault] = ()) -> bytes:
    """{"edition", "year", "merged", "title", "figures": {"table.row.column": "12"}, "faults": [...]}.

    Values are the digits as printed; a cell in which no number is printed has none.
    """
    draft = report.draft
    gold = {
        "edition": draft.edition,
        "year": draft.changes.year,
        "merged": draft.merged,
        "title": report.title,
        "figures": {".".join(cell): str(value) for cell, value in printed_figures(draft).items()},
        "faults": [asdict(fault) for fault in faults],
    }
    return (json.dumps(gold, ensure_ascii=False, indent=1) + "\n").encode()
