"""Rows that a page break cut in two: their labels, and sometimes a number, stand half on each page."""

from __future__ import annotations

from parsers.editions.spec import TableSpec
from parsers.tables.runs import Run, adds_up
from parsers.tables.strips import Token, join_tokens
from parsers.text.labels import Fit, fit

MOST_BROKEN = 2
"""Numbers of one row that are wider than their cell and go on over the page; a row with more in it is another row."""


_SURE = (Fit.EXACT, Fit.VARIANT, Fit.NEAR)


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
    if not (first.aligned and second.aligned and first.fits and second.fits):
        return None
    if not first.labels:
        return _name_from_next_page(first, second, table)
    label = join_tokens((first.labels[-1], *second.labels[-1:]))
    row = _row_named(label.label, table) if label else None
    if label is None or row is None or _names_another_row(second, row, table):
        return None
    if not _are_halves(first, second):
        return None
    values = tuple(_join_cells(upper, lower) for upper, lower in zip(first.values, second.values, strict=True))
    return Run(labels=(*first.labels[:-1], label), values=values, aligned=True)


def _names_another_row(run: Run, row: str, table: TableSpec) -> bool:
    """Do its last labels, alone or put together, name a row that is not this one?"""
    ends = [join_tokens(run.labels[-pieces:]) for pieces in range(1, len(run.labels) + 1)]
    return any(end is not None and _row_named(end.label, table) not in (None, row) for end in ends)


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
    broken = [value for value in second.values if not value.is_blank]
    if not _is_over_page(first, second):
        return False
    return len(broken) <= MOST_BROKEN or (not second.labels and _add_up_only_together(first, second))


def _add_up_only_together(first: Run, second: Run) -> bool:
    """Every number is broken, the total too: only their sum shows it."""
    whole = tuple(_join_cells(upper, lower) for upper, lower in zip(first.values, second.values, strict=True))
    return adds_up(whole) and not adds_up(first.values)


def _join_cells(upper: Token, lower: Token) -> Token:
    if upper.is_blank or lower.is_blank:
        return lower if upper.is_blank else upper
    text, label = f"{upper.text}\n{lower.text}", upper.label + lower.label
    return Token(text=text, place=upper.place, label=label, doubt=upper.doubt or lower.doubt)


def _is_empty(run: Run) -> bool:
    return all(value.is_blank for value in run.values)


def _names_row(label: str, table: TableSpec) -> bool:
    return _row_named(label, table) is not None


def _row_named(label: str, table: TableSpec) -> str | None:
    """The row of the form that surely bears this label."""
    return next((row.id for row in table.rows if fit(label, row.label, row.variants) in _SURE), None)
