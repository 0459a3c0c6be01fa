"""A sheet: the whole report as it is to be printed, paragraph by paragraph and cell by cell, before any layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from parsers.editions.spec import BlockSpec, RowSpec, TableSpec
from parsers.model.report import Number
from workers.corpus.figures import SUB_ROWS, TEMPLATE, CellId, Figures, form
from workers.corpus.stated import figures_to_stated


@dataclass(frozen=True)
class Spot:
    """One printed cell: where it begins in its row and how far it reaches."""

    text: str
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Grid:
    """A table as printed; `widths` are the relative widths of its columns."""

    widths: tuple[int, ...]
    rows: tuple[tuple[Spot, ...], ...]


Sheet: TypeAlias = tuple[str | Grid, ...]


@dataclass(frozen=True)
class Changes:
    """What differs from a clean report: its year, its labels, its cells, its prose, and what is left out.

    `stated` are numbers that the prose tells otherwise than the tables do, by the names of stated.py.
    """

    year: int = 2023
    merged: bool = False
    cells: Mapping[CellId, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)
    drop_rows: tuple[str, ...] = ()
    drop_sections: tuple[str, ...] = ()
    drop_tables: tuple[str, ...] = ()
    drop_heads: tuple[str, ...] = ()


def plain(value: Number) -> str:
    """The number as most people write it."""
    return str(value)


def to_sheet(
    edition: str, figures: Figures, changes: Changes | None = None, write: Callable[[Number], str] = plain
) -> Sheet:
    """The report of these figures on this form, with some changes."""
    changes = changes or Changes()
    texts = {cell: write(value) for cell, value in figures.items()} | dict(changes.cells)
    slots = {**years(changes), **figures_to_stated(edition, figures, changes.stated)}
    blocks: list[str | Grid] = [TEMPLATE["title"].format(**slots), *_paragraphs(TEMPLATE["preamble"], slots)]
    for section in form(edition).sections:
        table = next((t for t in form(edition).tables if t.section == section.id), None)
        if section.id not in changes.drop_sections:
            blocks.append(section.heading)
            blocks += _paragraphs(TEMPLATE["text"].get(section.id, ""), slots)
        if table is not None and table.id not in changes.drop_tables:
            blocks.append(_GRIDS[table.id](table, texts, changes))
    blocks += [TEMPLATE["agency"], TEMPLATE["signed"].format(**slots)]
    return tuple(_relabelled(block, changes.labels) for block in blocks)


def years(changes: Changes) -> dict[str, str]:
    """The slots for the year reported on and the one in which that is done."""
    return {"year": str(changes.year), "next_year": str(changes.year + 1)}


def _paragraphs(text: str, slots: Mapping[str, str]) -> list[str]:
    return [line for line in text.format(**slots).split("\n") if line]


def _relabelled(block: str | Grid, labels: Mapping[str, str]) -> str | Grid:
    if isinstance(block, str):
        return labels.get(block, block)
    rows = tuple(
        tuple(Spot(labels.get(s.text, s.text), s.column, s.columns, s.rows) for s in row) for row in block.rows
    )
    return Grid(block.widths, rows)


Texts: TypeAlias = dict[CellId, str]


def _rows_kept(table: TableSpec, rows: tuple[RowSpec, ...], changes: Changes) -> list[RowSpec]:
    kept = [row for row in rows if f"{table.id}.{row.id}" not in changes.drop_rows]
    if any(row.stands_for for row in table.rows):
        kept = [row for row in kept if (row.id not in SUB_ROWS if changes.merged else not row.stands_for)]
    return kept


def _proactive(table: TableSpec, texts: Texts, changes: Changes) -> Grid:
    """Four columns; the last one of a block reaches to the right edge."""
    rows: list[tuple[Spot, ...]] = []
    for block in table.blocks:
        if table.id not in changes.drop_heads:
            rows.append((Spot(block.label, 0, 4),))
            rows.append((Spot("信息内容", 0), *_reaching([c.label for c in block.columns])))
        for row in _rows_kept(table, block.rows, changes):
            values = [texts[table.id, row.id, column.id] for column in block.columns]
            rows.append((Spot(row.label, 0), *_reaching(values)))
    return Grid((4, 3, 3, 3), tuple(rows))


def _reaching(texts: list[str]) -> list[Spot]:
    last = len(texts) - 1
    return [Spot(text, i + 1, 3 - last if i == last else 1) for i, text in enumerate(texts)]


NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def _requests_head(block: BlockSpec) -> list[tuple[Spot, ...]]:
    labels = [column.label for column in block.columns]
    return [
        (Spot(NOTE, 0, 3, 3), Spot("申请人情况", 3, 7)),
        (Spot(labels[0], 3, 1, 2), Spot("法人或其他组织", 4, 5), Spot(labels[6], 9, 1, 2)),
        tuple(Spot(label, 4 + i) for i, label in enumerate(labels[1:6])),
    ]


def _requests(table: TableSpec, texts: Texts, changes: Changes) -> Grid:
    """Ten columns: 三, its groups, the label, seven values."""
    block = table.blocks[0]
    rows = _requests_head(block) if table.id not in changes.drop_heads else []
    kept = _rows_kept(table, block.rows, changes)
    groups = {group.id: group.label for group in table.groups}
    opened: set[str] = set()
    for row in kept:
        spots: list[Spot] = []
        for group, column in (("results", 0), (row.group, 1)):
            inside = [r for r in kept if r.group == group or (group == "results" and r.group)]
            if row.group and group and group not in opened:
                opened.add(group)
                spots.append(Spot(groups[group], column, 1, len(inside)))
        start = 0 if row.group is None else 1 if row.group == "results" else 2
        spots.append(Spot(row.label, start, 3 - start))
        spots += [Spot(texts[table.id, row.id, c.id], 3 + i) for i, c in enumerate(block.columns)]
        rows.append(tuple(spots))
    return Grid((2, 4, 10, 3, 3, 3, 3, 3, 3, 3), tuple(rows))


def _review_litigation(table: TableSpec, texts: Texts, changes: Changes) -> Grid:
    """Fifteen columns in one row under three heads."""
    columns = table.blocks[0].columns
    labels = [row.label for row in table.rows]
    head: list[tuple[Spot, ...]] = [
        (Spot(labels[0], 0, 5, 2), Spot("行政诉讼", 5, 10)),
        (Spot(labels[1], 5, 5), Spot(labels[2], 10, 5)),
        tuple(Spot(column.label, 5 * i + j) for i in range(3) for j, column in enumerate(columns)),
    ]
    cells = [texts[table.id, row.id, column.id] for row in table.rows for column in columns]
    values = tuple(Spot(text, i) for i, text in enumerate(cells))
    return Grid((1,) * 15, (*(head if table.id not in changes.drop_heads else []), values))


_GRIDS = {"proactive": _proactive, "requests": _requests, "review_litigation": _review_litigation}
