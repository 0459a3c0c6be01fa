"""The three statutory tables as the form prints them: merged heads, the items of article 20, both editions.

The layout follows from the edition's data; which cells hold which figure is all that is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from parsers.editions.spec import BlockSpec, ColumnSpec, Edition, RowSpec, TableSpec
from parsers.model.report import Status, Tables

PROACTIVE_WIDTH = 4
"""Table 1 is four columns wide; a row with fewer lets its last cell reach the edge."""

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
"""What the form prints in the corner of table 2."""

LABEL_COLUMNS = 3
"""Table 2 has 三、本年度办理结果, then （一）…, then 1. …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One cell of the printed form: words of the form, or the place of a figure (`figure` is then its id)."""

    text: str = ""
    figure: str = ""
    rows: int = 1
    columns: int = 1
    kind: str = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: its id, what people call it, the heading it stands under, head rows and body rows."""

    id: str
    name: str
    heading: str
    head: tuple[tuple[Box, ...], ...]
    body: tuple[tuple[Box, ...], ...]


def edition_to_sheets(edition: Edition, tables: Tables) -> tuple[Sheet, ...]:
    """The edition's tables. A merged （六） is shown as it was filed: one row instead of three."""
    return tuple(_sheet(edition, table, tables) for table in edition.tables)


def _sheet(edition: Edition, table: TableSpec, tables: Tables) -> Sheet:
    head, body = _LAYOUTS[table.id](table, _merged_rows(table, tables))
    return Sheet(id=table.id, name=table.name, heading=edition.section(table.section).heading, head=head, body=body)


def _merged_rows(table: TableSpec, tables: Tables) -> frozenset[str]:
    """Rows that stand for others and were filed so."""
    filed = tables.get(table.id, {})
    return frozenset(
        row.id
        for row in table.rows
        if row.stands_for and any(f.status is not Status.ABSENT for f in filed.get(row.id, {}).values())
    )


def _proactive(table: TableSpec, _merged: frozenset[str]) -> tuple[tuple[tuple[Box, ...], ...], ...]:
    return (), tuple(row for block in table.blocks for row in _block_rows(table, block))


def _block_rows(table: TableSpec, block: BlockSpec) -> Iterable[tuple[Box, ...]]:
    yield (Box(text=block.label, columns=PROACTIVE_WIDTH, kind="band"),)
    spans = _spans(len(block.columns), PROACTIVE_WIDTH - 1)
    heads = (Box(text=c.label, columns=n, kind="head") for c, n in zip(block.columns, spans, strict=True))
    yield (Box(text="信息内容", kind="head"), *heads)
    for row in block.rows:
        slots = (_slot(table, row, c, columns=n) for c, n in zip(block.columns, spans, strict=True))
        yield (Box(text=row.label), *slots)


def _spans(count: int, width: int) -> tuple[int, ...]:
    return (*(1 for _ in range(count - 1)), width - count + 1)


def _slot(table: TableSpec, row: RowSpec, column: ColumnSpec, columns: int = 1) -> Box:
    return Box(figure=f"{table.id}.{row.id}.{column.id}", columns=columns, kind="figure")


def _requests(table: TableSpec, merged: frozenset[str]) -> tuple[tuple[tuple[Box, ...], ...], ...]:
    columns = table.blocks[0].columns
    covered = {other for row in table.rows if row.id in merged for other in row.stands_for}
    rows = tuple(r for r in table.rows if r.id not in covered and (not r.stands_for or r.id in merged))
    labels = _row_labels(table, rows)
    body = tuple((*boxes, *(_slot(table, row, c) for c in columns)) for row, boxes in zip(rows, labels, strict=True))
    return _requests_head(columns), body


def _requests_head(columns: tuple[ColumnSpec, ...]) -> tuple[tuple[Box, ...], ...]:
    groups = [(name, tuple(members)) for name, members in groupby(columns, key=lambda c: c.group)]
    second: list[Box] = []
    for name, members in groups:
        if name is None:
            second += [Box(text=c.label, rows=2, kind="head") for c in members]
        else:
            second.append(Box(text=name, columns=len(members), kind="head"))
    first = (
        Box(text=NOTE, rows=3, columns=LABEL_COLUMNS, kind="note"),
        Box(text="申请人情况", columns=len(columns), kind="head"),
    )
    third = tuple(Box(text=c.label, kind="head") for name, members in groups if name for c in members)
    return first, tuple(second), third


def _row_labels(table: TableSpec, rows: tuple[RowSpec, ...]) -> list[tuple[Box, ...]]:
    """The label cells of each row: the outer group over all its rows, the inner group over its own, then the row."""
    names = {group.id: group.label for group in table.groups}
    outer = next((group.id for group in table.groups), None)
    in_outer = [r for r in rows if r.group is not None]
    sizes = {group: sum(r.group == group for r in rows) for group in names}
    labels: list[tuple[Box, ...]] = []
    seen: list[str] = []
    for row in rows:
        boxes: list[Box] = []
        if row.group is None:
            labels.append((Box(text=row.label, columns=LABEL_COLUMNS),))
            continue
        if outer is not None and outer not in seen:
            seen.append(outer)
            boxes.append(Box(text=names[outer], rows=len(in_outer), kind="side"))
        if row.group == outer:
            boxes.append(Box(text=row.label, columns=LABEL_COLUMNS - 1))
        else:
            if row.group not in seen:
                seen.append(row.group)
                boxes.append(Box(text=names[row.group], rows=sizes[row.group], kind="side inner"))
            boxes.append(Box(text=row.label))
        labels.append(tuple(boxes))
    return labels


def _review(table: TableSpec, _merged: frozenset[str]) -> tuple[tuple[tuple[Box, ...], ...], ...]:
    columns = table.blocks[0].columns
    review, *litigation = table.rows
    first = (
        Box(text=review.label, rows=2, columns=len(columns), kind="head"),
        Box(text="行政诉讼", columns=len(columns) * len(litigation), kind="head"),
    )
    second = tuple(Box(text=row.label, columns=len(columns), kind="head") for row in litigation)
    third = tuple(Box(text=c.label, kind="head") for _ in table.rows for c in columns)
    body = tuple(_slot(table, row, c) for row in table.rows for c in columns)
    return (first, second, third), (body,)


_LAYOUTS = {"proactive": _proactive, "requests": _requests, "review_litigation": _review}
