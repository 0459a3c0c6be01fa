"""Runs to rows: which row of the form each run is, by label, and where that is too damaged, by number and order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from parsers.editions.spec import RowSpec, TableSpec
from parsers.model.report import Printed
from parsers.model.value import Value
from parsers.tables.doubt import doubt_torn_rows
from parsers.tables.page_breaks import mend_cut_rows
from parsers.tables.placed import PlacedRun, Placement
from parsers.tables.raised import are_column_numbers, groups_first, part_raised_rows, without_heads
from parsers.tables.runs import Run
from parsers.tables.strips import Token, join_tokens
from parsers.tables.twice import MOST_PIECES, doubt_rows_twice, is_surely, labels_to_ends, names_row
from parsers.text.fold import LONG_LABEL, is_broken, to_label
from parsers.text.labels import REMEMBERED, Fit, fit, is_like, split_label
from parsers.text.numerals import is_value


class _Candidate(Value):
    row: RowSpec
    fit: Fit
    pieces: int
    text: str


def runs_to_rows(runs: tuple[Run, ...], table: TableSpec) -> Placement:
    """Place every run that carries values; earlier runs win a row."""
    runs = part_raised_rows(mend_cut_rows(without_heads(groups_first(runs, table), table), table), table)
    placed = _place_by_label(runs, table)
    placed += _place_by_order(runs, placed, table)
    order = {row.id: i for i, row in enumerate(table.rows)}
    placed.sort(key=lambda p: order[p.row])
    printed = tuple(p for item in placed if (p := _odd_label(item, runs, table)) is not None)
    unplaced = _unplaced(runs, placed, table)
    sure = doubt_rows_twice(runs, doubt_torn_rows(runs, tuple(placed)), table)
    return Placement(placed=sure, printed=printed, unplaced=unplaced)


def _place_by_label(runs: tuple[Run, ...], table: TableSpec) -> list[PlacedRun]:
    placed: list[PlacedRun] = []
    taken: list[str] = []
    group: str | None = None
    for run in runs:
        group = _group_of(run, table) or group
        if not _has_values(run):
            continue
        found = _find_row(run.labels, table, tuple(taken), group)
        # before the first row it is the last of the heads, whose row has lost its label
        if found is None or ((run.apart or not taken) and _is_head_too(found, run.labels, table)):
            continue
        taken.append(found.row.id)
        group = found.row.group or group
        label = join_tokens(run.labels[-found.pieces :])
        placed.append(PlacedRun(row=found.row.id, run=run, label=label, fit=found.fit))
    return placed


def _has_values(run: Run) -> bool:
    """Blank cells alone make a row only where the layout shows that they are its cells."""
    if run.aligned and are_column_numbers(run.values):
        return False
    return bool(run.values) and (run.aligned or any(not v.is_blank for v in run.values))


def _is_head_too(found: _Candidate, labels: tuple[Token, ...], table: TableSpec) -> bool:
    """其他 or 总计 on a line above: a column's head, unless the row's number stands before it."""
    return found.row.no != "" and not split_label(found.text).number and is_head(labels[-1], table)


def _group_of(run: Run, table: TableSpec) -> str | None:
    """The last group label among a run's labels, such as （三）不予公开."""
    for token in reversed(run.labels):
        for group in table.groups:
            if fit(token.label, group.label, ()) <= Fit.NEAR:
                return group.id
    return None


def _find_row(
    labels: tuple[Token, ...], table: TableSpec, taken: tuple[str, ...], group: str | None
) -> _Candidate | None:
    """The row these labels name: the best fit, and among equals the next one in the form's order."""
    free = [row for row in table.rows if row.id not in taken]
    found = [
        _Candidate(row=row, fit=row_fit, pieces=pieces, text=text)
        for pieces in range(1, min(MOST_PIECES, len(labels)) + 1)
        for text in _readings("".join(token.label for token in labels[-pieces:]), table)
        for row in free
        if (row_fit := fit(text, row.label, row.variants)) is not Fit.NONE
    ]
    if found:
        return min(found, key=lambda c: (c.fit, -len(c.text)))
    ends = labels_to_ends(labels)
    if any(row.id in taken and names_row(ends, row) for row in table.rows):
        return None
    return _by_number(labels, free, table, taken, group)


def _readings(text: str, table: TableSpec) -> tuple[str, ...]:
    """A label, and what is left of it when its group's label stands on the same line: （三）不予公开 1.属于国家秘密."""
    groups = [to_label(group.label) for group in table.groups]
    return (text, *(text.removeprefix(group) for group in groups if text.startswith(group) and text != group))


def _by_number(
    labels: tuple[Token, ...], free: list[RowSpec], table: TableSpec, taken: tuple[str, ...], group: str | None
) -> _Candidate | None:
    """A label too damaged to match: the row of its number, in its group, after the last row found."""
    if not labels:
        return None
    printed = labels[-1].label
    split = split_label(printed)
    order = {row.id: i for i, row in enumerate(table.rows)}
    last = max((order[row_id] for row_id in taken), default=-1)
    for row in free:
        own = split_label(to_label(row.label))
        is_same = split.number and (own.number, own.bracketed) == (split.number, split.bracketed)
        same = is_same and order[row.id] > last
        in_group = row.group is None or group is None or row.group in (group, "results")
        if same and in_group and (order[row.id] == last + 1 or is_like(printed, row.label)):
            return _Candidate(row=row, fit=Fit.LIKE, pieces=1, text=printed)
    return None


def _place_by_order(runs: tuple[Run, ...], placed: list[PlacedRun], table: TableSpec) -> list[PlacedRun]:
    """Rows whose label is lost: as many nameless runs between two placed rows as the form has rows between them.

    The table's two ends count as placed where the layout shows that the runs are rows.
    """
    ids = [row.id for row in table.rows if not row.stands_for]
    by_run = {id(item.run): item.row for item in placed}
    found: list[PlacedRun] = []
    nameless: list[Run] = []
    before: int | None = -1
    for run in runs:
        row = by_run.get(id(run))
        if row is None:
            if run.values and any(not v.is_blank for v in run.values):
                nameless.append(run)
            continue
        here = ids.index(row) if row in ids else None
        found += _between(nameless, before, here, ids)
        before, nameless = here, []
    return found + _between(nameless, before, len(ids), ids)


def _between(nameless: list[Run], before: int | None, here: int | None, ids: list[str]) -> list[PlacedRun]:
    """These runs as the rows between two others, if they are exactly as many."""
    if before is None or here is None or here - before - 1 != len(nameless):
        return []
    if (before < 0 or here == len(ids)) and not all(run.aligned for run in nameless):
        return []
    rows = zip(ids[before + 1 : here], nameless, strict=True)
    return [PlacedRun(row=row, run=run, label=join_tokens(run.labels), fit=Fit.ORDER) for row, run in rows]


class BareRow(Value):
    """A row whose label is printed without any number; `said` is what stands in their place, such as 详见附件."""

    row: str
    label: Token
    said: Token | None = None


def runs_to_bare_rows(runs: tuple[Run, ...], placed: tuple[PlacedRun, ...], table: TableSpec) -> tuple[BareRow, ...]:
    """Rows without numbers, in the order of the text.

    A label that ends the region says nothing about its values, unless it is the form's last row: the text may be cut.
    """
    taken = [item.row for item in placed]
    free = [row for row in table.rows if row.id not in taken and not row.stands_for]
    bare: dict[str, BareRow] = {}
    for run in runs:
        for label, following in _joined_labels(run):
            row = next((r for r in free if is_surely(label, r)), None)
            is_cut = following is None and run is runs[-1] and row is not table.rows[-1]
            if row is not None and not (is_cut and row.no):
                said = following if following and _is_foreign(following, table) else None
                said = label if _holds_numbers(label, row) else said
                bare.setdefault(row.id, BareRow(row=row.id, label=label, said=said))
    return tuple(bare.values())


def _joined_labels(run: Run) -> Iterator[tuple[Token, Token | None]]:
    """Neighbouring labels of a run, MOST_PIECES to one together, and the label that follows them."""
    for start in range(len(run.labels)):
        for end in range(min(start + MOST_PIECES, len(run.labels)), start, -1):
            label = join_tokens(run.labels[start:end])
            if label is not None:
                yield label, run.labels[end] if end < len(run.labels) else None


def _holds_numbers(label: Token, row: RowSpec) -> bool:
    """Its numbers stand inside the label, between the two lines on which it is printed."""
    return sum(map(str.isdecimal, label.label)) > sum(map(str.isdecimal, to_label(row.label)))


def _is_foreign(token: Token, table: TableSpec) -> bool:
    """Neither a head nor a row's label."""
    return not is_head(token, table) and all(fit(token.label, r.label, r.variants) is Fit.NONE for r in table.rows)


def _odd_label(item: PlacedRun, runs: tuple[Run, ...], table: TableSpec) -> Printed | None:
    """The printed label, if it is not the form's. A label that a break cut in two is whole when its rest follows."""
    if item.label is None or not item.label.is_bounded or not Fit.CUT <= item.fit < Fit.ORDER:
        return None
    if is_broken(item.label.text):
        return None
    row = table.row(item.row)
    label = item.label.label
    if _has_two_labels(label, row, table) or _ends_in_a_value(label, row) or _is_whole_beside(item, row):
        return None
    if _is_at_page_break(item, runs) or _rest_follows(item, runs, row):
        return None
    return Printed(expected=row.label, found=_one_line(item.label.text), place=item.label.place, header=False)


def _ends_in_a_value(printed: str, row: RowSpec) -> bool:
    """The form's own label with a cell's 0, O or — stuck to its end: a blank is missing, no letter is wrong."""
    label = to_label(row.label)
    rest = printed.removeprefix(label)
    return rest not in ("", printed) and is_value(rest)


def _has_two_labels(printed: str, row: RowSpec, table: TableSpec) -> bool:
    """Another row's label in the same cell: a rule is missing between them, no letter is wrong."""
    others = (to_label(other.label) for other in table.rows if other is not row)
    return any(len(label) >= LONG_LABEL - 2 and label in printed for label in others)


def _is_whole_beside(item: PlacedRun, row: RowSpec) -> bool:
    """The label is as the form has it, and another cell with words (件) stands between it and the numbers."""
    return any(fit(token.label, row.label, row.variants) <= Fit.VARIANT for token in item.run.labels)


def _is_at_page_break(item: PlacedRun, runs: tuple[Run, ...]) -> bool:
    """The last row of a page and the first one of the next may be halves of one: their labels prove nothing."""
    index = next(i for i, run in enumerate(runs) if run is item.run)
    neighbours = runs[max(index - 1, 0) : index + 2]
    pages = [token.place.page for run in neighbours for token in (*run.labels, *run.values)]
    return any(page != pages[0] for page in pages)


def _rest_follows(item: PlacedRun, runs: tuple[Run, ...], row: RowSpec) -> bool:
    rest = _rest_of(item, row)
    index = next(i for i, run in enumerate(runs) if run is item.run)
    following = runs[index + 1].labels if index + 1 < len(runs) else ()
    return bool(rest) and bool(following) and rest == following[0].label


def _rest_of(item: PlacedRun, row: RowSpec) -> str:
    """What the printed label lacks at its end; nothing where it is not the beginning of the form's."""
    words = split_label(to_label(row.label)).words
    printed = split_label(item.label.label).words if item.label else words
    return words[len(printed) :] if words.startswith(printed) else ""


def _one_line(text: str) -> str:
    return "".join(text.split())


def _unplaced(runs: tuple[Run, ...], placed: list[PlacedRun], table: TableSpec) -> tuple[Token, ...]:
    """Tokens that are neither a row's label nor its values nor a head: they go to the leftovers, never away."""
    rests = {_rest_of(item, table.row(item.row)) for item in placed if item.fit is Fit.CUT}
    used = {id(item.run): item for item in placed}
    tokens: list[Token] = []
    for run in runs:
        item = used.get(id(run))
        label = item.label.label if item and item.label else ""
        tokens += [t for t in run.labels if t.label not in label and t.label not in rests and not is_head(t, table)]
        if item is None:
            tokens += [v for v in run.values if not v.is_blank]
    return tuple(tokens)


def is_head(token: Token, table: TableSpec) -> bool:
    """A column head, a group label, a block label or an anchor of this table: whole, a piece, or several together."""
    return _is_head_label(token.label, table)


@lru_cache(maxsize=REMEMBERED)
def _is_head_label(label: str, table: TableSpec) -> bool:
    known = [to_label(text) for text in head_labels(table)]
    if any(label.strip("()").startswith(head) for head in known if len(head) >= LONG_LABEL - 2):
        return True
    if any(label == head or (len(label) > 1 and label in head) for head in known):
        return True
    if any(fit(label, text, ()) <= Fit.NEAR for text in head_labels(table)):
        return True
    several = "|".join(re.escape(head) for head in known)
    return len(label) >= LONG_LABEL and re.fullmatch(f"(?:{several})+", label) is not None


@cache
def head_labels(table: TableSpec) -> tuple[str, ...]:
    """Every label of this table that is not a row's."""
    columns = tuple(c for block in table.blocks for c in block.columns)
    return (
        *table.anchors,
        *(block.label for block in table.blocks if block.label),
        *(group.label for group in table.groups),
        *(column.label for column in columns),
        *(column.group for column in columns if column.group),
    )
