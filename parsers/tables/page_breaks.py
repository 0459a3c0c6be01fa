"""Rows that a page break cut in two: their labels, and sometimes a number, stand half on each page."""

from __future__ import annotations

from parsers.editions.spec import TableSpec
from parsers.tables.runs import Run
from parsers.tables.strips import Token, join_tokens
from parsers.text.labels import Fit, fit


def mend_cut_rows(runs: tuple[Run, ...], table: TableSpec) -> tuple[Run, ...]:
    """A row that a page break cut in two has its numbers in one half and a piece of its label in each."""
    mended: list[Run] = []
    for run in runs:
        whole = _join_halves(mended[-1], run, table) if mended else None
        if whole is None:
            mended.append(run)
        else:
            mended[-1] = whole
    return tuple(mended)


def _join_halves(first: Run, second: Run, table: TableSpec) -> Run | None:
    if not (first.aligned and second.aligned):
        return None
    if not first.labels:
        return _name_from_next_page(first, second, table)
    rest = second.labels[-1:]
    label = join_tokens((first.labels[-1], *rest))
    if label is None or not _names_row(label.label, table) or any(_names_row(t.label, table) for t in rest):
        return None
    if not _are_halves(first, second):
        return None
    values = tuple(_join_cells(upper, lower) for upper, lower in zip(first.values, second.values, strict=True))
    return Run(labels=(*first.labels[:-1], label), values=values, aligned=True)


def _name_from_next_page(first: Run, second: Run, table: TableSpec) -> Run | None:
    """A row whose numbers end a page and whose label, with nothing beside it, begins the next one."""
    is_cut = not _is_empty(first) and _is_empty(second) and _is_over_page(first, second)
    if not is_cut or not second.labels or not _names_row(second.labels[-1].label, table):
        return None
    return Run(labels=second.labels, values=first.values, aligned=True)


def _is_over_page(first: Run, second: Run) -> bool:
    pages = [run.values[0].place.page for run in (first, second) if run.values]
    return len(pages) > 1 and pages[0] != pages[1]


def _are_halves(first: Run, second: Run) -> bool:
    """One half holds the numbers, the other piece of the label; or a number itself is broken over the page (34 / 5)."""
    if len(first.values) != len(second.values):
        return False
    if _is_empty(first) or _is_empty(second):
        return bool(second.labels) and _is_empty(first) != _is_empty(second)
    return _is_over_page(first, second) and any(value.is_blank for value in second.values)


def _join_cells(upper: Token, lower: Token) -> Token:
    if upper.is_blank or lower.is_blank:
        return lower if upper.is_blank else upper
    text, label = f"{upper.text}\n{lower.text}", upper.label + lower.label
    return Token(text=text, place=upper.place, label=label, doubt=upper.doubt or lower.doubt)


def _is_empty(run: Run) -> bool:
    return all(value.is_blank for value in run.values)


def _names_row(label: str, table: TableSpec) -> bool:
    return any(fit(label, row.label, row.variants) in (Fit.EXACT, Fit.VARIANT, Fit.NEAR) for row in table.rows)
