"""What a claim can be about, and the figures of the form that its words may mean, the likeliest first (domain 5.1).

Metrics: `requests.*` (received, new_received, processed, carried_over, carried_forward, the results and their rows, the
applicants, channel, withdrawn, all_answered_on_time); `review.*`, `litigation.*`, `litigation_direct.*`,
`litigation_after_review.*`, `review_and_litigation.*` (total, the four results, none_corrected, all_upheld);
`documents.*`, `regulations.*` (issued, repealed, in_force, published); `licensing.decisions`, `penalty.decisions`,
`coercion.decisions`; `fee.*` (collected_yuan, notices, cases), `fee_items.total`; `accountability.cases`;
`proactive.total_items`, `item` (a total of anything else, with its list), `share`, `growth`, `placeholder`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from parsers.editions.spec import Edition
from parsers.model.report import Status, Tables

Figures: TypeAlias = tuple[str, ...]
"""Figure ids to be added: one reading of a claim."""

_REQUESTS: dict[str, tuple[str, ...]] = {
    "received": ("new_received", "new_received+carried_over", "total_processed"),
    "new_received": ("new_received",),
    "handled": ("new_received+carried_over", "total_processed", "new_received"),
    "processed": ("total_processed", "new_received", "new_received+carried_over"),
    "carried_over": ("carried_over",),
    "carried_forward": ("carried_forward",),
    "all_answered_on_time": ("carried_forward",),
}
_ANSWERING = ("processed", "handled")
"""Said of requests that got an answer too: withdrawn ones are left out by many."""

_GROUPS = ("denied", "unavailable", "not_processed", "other_processing")
_ORGANISATIONS = (
    "commercial_enterprise",
    "research_institution",
    "public_welfare_organization",
    "legal_service_institution",
    "other_organization",
)
_APPLICANTS = ("natural_person", "legal_person", *_ORGANISATIONS[:-1])
_CASE_ROWS = {
    "review": ("review",),
    "litigation": ("litigation_direct", "litigation_after_review"),
    "litigation_direct": ("litigation_direct",),
    "litigation_after_review": ("litigation_after_review",),
    "review_and_litigation": ("review", "litigation_direct", "litigation_after_review"),
}
_CASE_COLUMNS = {
    "total": ("total",),
    "upheld": ("upheld",),
    "corrected": ("corrected",),
    "other_result": ("other_result",),
    "pending": ("pending",),
    "none_corrected": ("corrected",),
    "all_upheld": ("corrected", "other_result", "pending"),
}
_DOCUMENT_ROWS = {"documents": "normative_document", "regulations": "regulation"}
_DOCUMENT_COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "2021": {"issued": ("issued",), "repealed": ("repealed",), "in_force": ("in_force",)},
    "2019": {
        "issued": ("newly_made", "newly_disclosed"),
        "published": ("newly_disclosed", "newly_made"),
        "in_force": ("total_disclosed",),
    },
}
_DECISIONS = {
    "licensing.decisions": "administrative_licensing",
    "penalty.decisions": "administrative_penalty",
    "coercion.decisions": "administrative_coercion",
}


@dataclass(frozen=True)
class Form:
    """The edition of the report and its tables: which rows it has tells what words can mean."""

    edition: Edition
    tables: Tables

    def readings(self, metric: str) -> tuple[Figures, ...]:
        """Every reading of this metric whose cells the form has; none for what no table counts."""
        readings = (*self._requests(metric), *self._cases(metric), *self._proactive(metric))
        return tuple(reading for reading in readings if reading and all(self._has(cell) for cell in reading))

    def _requests(self, metric: str) -> tuple[Figures, ...]:
        table, _, name = metric.partition(".")
        if table != "requests":
            return ()
        if name in _REQUESTS:
            told = tuple(_cells(rows.split("+")) for rows in _REQUESTS[name])
            return (*told, self._answered()) if name in _ANSWERING else told
        if name in _APPLICANTS:
            columns = _ORGANISATIONS if name == "legal_person" else (name,)
            rows = (("new_received",), ("new_received", "carried_over"), ("total_processed",))
            return tuple(tuple(f"requests.{row}.{c}" for row in some for c in columns) for some in rows)
        if name == "granted_or_partially":
            return (_cells(["granted", "partially_granted"]),)
        return (_cells(self.rows_of(name)),)

    def rows_of(self, name: str) -> list[str]:
        """The rows that are added for a result: its group's, or its own."""
        if name not in _GROUPS:
            return [name]
        if self._is_filed(name):
            return [name]
        rows = self.edition.table("requests").rows
        return [row.id for row in rows if row.group == name and not row.stands_for]

    def _answered(self) -> Figures:
        """What was processed by an answer: （一） to （五）."""
        rows = ["granted", "partially_granted", *(row for group in _GROUPS[:-1] for row in self.rows_of(group))]
        return _cells(rows)

    def _cases(self, metric: str) -> tuple[Figures, ...]:
        name, _, result = metric.partition(".")
        rows, columns = _CASE_ROWS.get(name, ()), _CASE_COLUMNS.get(result, ())
        return (tuple(f"review_litigation.{row}.{column}" for row in rows for column in columns),)

    def _proactive(self, metric: str) -> tuple[Figures, ...]:
        if metric in _DECISIONS:
            return ((f"proactive.{_DECISIONS[metric]}.decisions",),)
        if metric == "fee_items.total":
            items = tuple(f"proactive.administrative_fee.{column}" for column in ("previous_year_items", "change"))
            return items, items[:1]
        kind, _, verb = metric.partition(".")
        columns = _DOCUMENT_COLUMNS.get(self.edition.id, {}).get(verb, ()) if kind in _DOCUMENT_ROWS else ()
        return tuple((f"proactive.{_DOCUMENT_ROWS[kind]}.{column}",) for column in columns)

    def _is_filed(self, row: str) -> bool:
        figures = self.tables.get("requests", {}).get(row, {})
        return any(figure.status is not Status.ABSENT for figure in figures.values())

    def _has(self, cell: str) -> bool:
        table, row, column = cell.split(".")
        return column in self.tables.get(table, {}).get(row, {})


def _cells(rows: list[str]) -> Figures:
    return tuple(f"requests.{row}.total" for row in rows)
