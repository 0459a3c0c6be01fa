"""What the prose of a made report says of its own figures, so that a clean report contradicts itself nowhere.

Each is a slot of the sentences in report.toml and prose.toml: a number with a cell of the tables behind it, or a
sentence that depends on the form or on a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from parsers.model.report import Number
from workers.corpus.figures import TEMPLATE, CellId, Figures

GROUPS = {
    "denied": ("denied_",),
    "unavailable": ("unavailable_",),
    "not_processed": ("not_processed_",),
    "other_processing": ("other_processing", "other_overdue_", "other_misc"),
}
"""Groups of results, and how the ids of their rows begin."""

ROWS = {
    "received": "new_received",
    "carried_over": "carried_over",
    "granted": "granted",
    "partially_granted": "partially_granted",
    "processed": "total_processed",
    "carried_forward": "carried_forward",
}
"""Slots that are the total of one row of table 2."""

DECISIONS = {
    "licences": "administrative_licensing",
    "penalties": "administrative_penalty",
    "coercions": "administrative_coercion",
}

DOCUMENTS = {
    "2021": (
        "制发行政规范性文件{issued}件，废止{repealed}件，现行有效{in_force}件。",
        ("issued", "repealed", "in_force"),
    ),
    "2019": (
        "新制作规范性文件{newly_made}件，新公开{newly_disclosed}件，对外公开总数量{total_disclosed}件。",
        ("newly_made", "newly_disclosed", "total_disclosed"),
    ),
}
"""The sentence on normative documents by edition, and the columns it names."""


def figures_to_stated(edition: str, figures: Figures, changed: Mapping[str, str] | None = None) -> dict[str, str]:
    """Every slot with its text; `changed` says something else of a number than the tables do, or leaves out `facts`."""
    numbers = {name: str(value) for name, value in _numbers(edition, figures).items()}
    told = {**numbers, **(changed or {})}
    unknown = set(told) - {*numbers, "facts"}
    if unknown:
        msg = f"no slots of the prose: {sorted(unknown)}"
        raise ValueError(msg)
    sentence, _ = DOCUMENTS[edition]
    overdue = figures.get(("requests", "other_overdue_fee", "total"), 0)
    notice = "按规定发出信息处理费收费通知" if overdue else "未发出信息处理费收费通知"
    sentences = {"documents": sentence.format(**told), "fee_notice": notice}
    facts = str(TEMPLATE["facts"]).format(**told, **sentences)
    return {"facts": facts, **told, **sentences}


def _numbers(edition: str, figures: Figures) -> dict[str, Number]:
    def requests(row: str, column: str = "total") -> Number:
        return figures.get(("requests", row, column), 0)

    received, natural = requests("new_received"), requests("new_received", "natural_person")
    numbers: dict[str, Number] = {name: requests(row) for name, row in ROWS.items()}
    numbers |= {name: _group(figures, beginnings) for name, beginnings in GROUPS.items()}
    numbers |= {name: figures["proactive", row, "decisions"] for name, row in DECISIONS.items()}
    numbers |= {name: figures["proactive", "normative_document", name] for name in DOCUMENTS[edition][1]}
    numbers |= {"natural": natural, "legal": received - natural}
    numbers["handled"] = received + requests("carried_over")
    numbers["granted_share"] = _share(requests("granted"), requests("total_processed"))
    numbers["natural_share"] = _share(natural, received)
    totals = {row: figures["review_litigation", row, "total"] for row in _CASES}
    direct, after = totals["litigation_direct"], totals["litigation_after_review"]
    return {**numbers, **totals, "litigation": direct + after}


_CASES = ("review", "litigation_direct", "litigation_after_review")


def _group(figures: Figures, beginnings: tuple[str, ...]) -> Number:
    cells: list[CellId] = [cell for cell in figures if cell[0] == "requests" and cell[2] == "total"]
    return sum((figures[cell] for cell in cells if cell[1].startswith(beginnings)), start=0)


def _share(part: Number, whole: Number) -> Decimal:
    """Percent, rounded to two digits."""
    share = Decimal(100 * part) / whole if whole else Decimal(0)
    return share.quantize(Decimal("0.01"), ROUND_HALF_UP)
