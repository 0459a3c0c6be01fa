"""Figures for a made report: the ones of report.toml, or seeded ones that satisfy every identity of the form."""

from __future__ import annotations

import random
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from parsers.editions import EDITIONS
from parsers.editions.spec import Edition
from parsers.model.report import Number
from parsers.text.numerals import Unit

CellId: TypeAlias = tuple[str, str, str]
Figures: TypeAlias = dict[CellId, Number]

TEMPLATE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "report.toml").read_text(encoding="utf-8"))

BODIES = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_organization",
    "legal_service_institution",
    "other_organization",
)
GROUPS = ("review", "litigation_direct", "litigation_after_review")
RESULTS = ("upheld", "corrected", "other_result", "pending")
REGULATION = "regulation"
"""Offices make none."""

SUB_ROWS = ("other_overdue_correction", "other_overdue_fee", "other_misc")


def form(edition: str) -> Edition:
    """The edition of this id."""
    return next(found for found in EDITIONS if found.id == edition)


def cells_of(edition: str, *, merged: bool = False) -> tuple[CellId, ...]:
    """Every cell the form prints; `merged`: （六） as one row instead of three."""
    rows = [(table, row) for table in form(edition).tables for row in table.rows]
    if merged:
        rows = [(table, row) for table, row in rows if row.id not in SUB_ROWS]
    elif edition == "2021":
        rows = [(table, row) for table, row in rows if not row.stands_for]
    return tuple((t.id, row.id, column.id) for t, row in rows for column in t.columns_of(row.id))


def written(edition: str, *, merged: bool = False) -> Figures:
    """The figures of report.toml."""
    named: Figures = {}
    for row, values in TEMPLATE["figures"][edition]["proactive"].items():
        named |= {("proactive", row, c): Decimal(v) if isinstance(v, str) else v for c, v in values.items()}
    for table, columns in (("requests", (*BODIES, "total")), ("review_litigation", (*RESULTS, "total"))):
        for row, values in TEMPLATE[table].items():
            named |= {(table, row, column): v for column, v in zip(columns, values, strict=True)}
    return {cell: named.get(cell, 0) for cell in cells_of(edition, merged=merged)}


def seeded(edition: str, seed: int, *, merged: bool = False) -> Figures:
    """Other figures for every seed; sums are made from their parts, so all identities hold.

    None of them is such as makes an examiner ask (parsers/rules/plausible_counts.py).
    """
    chance = random.Random(seed)  # noqa: S311 - figures for tests, no secret
    figures: Figures = dict.fromkeys(cells_of(edition, merged=merged), 0)
    for cell in figures:
        drawn = _some(edition, cell, chance)
        figures[cell] = drawn if cell[1] != REGULATION else 0
    _add_up_requests(figures, chance)
    most = 2 * figures["requests", "new_received", "total"] // len(RESULTS) // len(GROUPS)
    for row in GROUPS:
        for column in RESULTS:
            figures["review_litigation", row, column] = min(figures["review_litigation", row, column], most)
        total = sum(figures["review_litigation", row, column] for column in RESULTS)
        figures["review_litigation", row, "total"] = total
    if edition == "2021":
        issued = figures["proactive", "normative_document", "issued"]
        figures["proactive", "normative_document", "in_force"] = issued + chance.randrange(90)
    return figures


def _some(edition: str, cell: CellId, chance: random.Random) -> Number:
    table, row, column = cell
    unit = next(c.unit for c in form(edition).table(table).columns_of(row) if c.id == column)
    if unit is Unit.CHANGE:
        return chance.randrange(-30, 30)
    if unit is not Unit.COUNT:
        return Decimal(chance.randrange(10**8)).scaleb(-2)
    most = chance.choice((1, 1, 10, 500, 20_000)) if table == "proactive" else chance.choice((1, 1, 1, 12, 1500))
    return chance.randrange(most)


def _add_up_requests(figures: Figures, chance: random.Random) -> None:
    rows = tuple(dict.fromkeys(row for table, row, _ in figures if table == "requests"))
    leaves = [row for row in rows if row not in ("new_received", "carried_over", "total_processed", "carried_forward")]
    for body in BODIES:
        figures["requests", "not_processed_publication", body] = 0
        _keep_remainder_small(figures, leaves, body)
        processed = int(sum(figures["requests", row, body] for row in leaves))
        forward = min(chance.randrange(5), processed // 4)
        over = chance.randrange(processed + forward + 1)
        figures["requests", "total_processed", body] = processed
        figures["requests", "carried_forward", body] = forward
        figures["requests", "carried_over", body] = over
        figures["requests", "new_received", body] = processed + forward - over
    for row in rows:
        figures["requests", row, "total"] = sum(figures["requests", row, body] for body in BODIES)


def _keep_remainder_small(figures: Figures, leaves: list[str], body: str) -> None:
    """The row （六）3.其他, where the form has it, is at most a quarter of the others together."""
    if "other_misc" in leaves:
        others = int(sum(figures["requests", row, body] for row in leaves if row != "other_misc"))
        figures["requests", "other_misc", body] = min(figures["requests", "other_misc", body], others // 4)
