"""The pack as an office writes it: a TOML file. What is wrong in it is said all at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from parsers.editions import EDITIONS, edition_named
from parsers.editions.spec import Edition
from parsers.model.pack import LocalIdentity, Pack, PackError, Thresholds

MOST_BYTES = 1_000_000
"""A pack that changes every rule has some kilobytes."""

_LEAP_YEAR = 2024
"""Any day of a year has its place in it."""

_EACH = ("column", "row")


def bytes_to_pack(data: bytes, codes: tuple[str, ...]) -> Pack:
    """The pack of this file; `codes` are those of the built-in rules. Raises PackError."""
    pack = _parsed(data)
    if wrong := tuple(_wrong(pack, codes)):
        raise PackError(wrong)
    return pack


def _parsed(data: bytes) -> Pack:
    if len(data) > MOST_BYTES:
        raise PackError(("文件超过 1 MB，不像是规则包",))
    try:
        return msgspec.convert(tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal), Pack)
    except UnicodeDecodeError:
        raise PackError(("文件不是 UTF-8 编码",)) from None
    except tomllib.TOMLDecodeError as error:
        raise PackError((f"文件不是有效的 TOML（{error}）",)) from None
    except msgspec.ValidationError as error:
        raise PackError((_to_sentence(str(error)),)) from None


def _to_sentence(told: str) -> str:
    """The library names the field after `$.` and says what it wanted in English."""
    what, _, path = told.partition(" - at `$")
    where = path.strip("`.").removeprefix(".") or "文件"
    return f"“{where}”不合要求（{what}）"


def _wrong(pack: Pack, codes: tuple[str, ...]) -> Iterator[str]:
    if not pack.id.strip() or not pack.version.strip():
        yield "id 和 version 不能为空"
    own = tuple(identity.code for identity in pack.identities)
    yield from (f"没有代码为“{code}”的规则" for code in pack.codes if code not in (*codes, *own))
    yield from (f"“{day}”不是日期，应写成“月-日”，如“01-31”" for day in _days(pack) if not _is_day(day))
    yield from _wrong_thresholds(pack.thresholds)
    for identity in pack.identities:
        yield from _wrong_identity(identity, codes, own)
    for case in pack.cases:
        yield from (f"测试“{case.name}”里没有单元格“{cell}”" for cell in case.cells if not _is_cell(cell))
        named = (*case.expect, *case.absent)
        yield from (f"测试“{case.name}”里没有代码“{code}”" for code in named if code not in (*codes, *own))


def _days(pack: Pack) -> tuple[str, ...]:
    return pack.deadlines.department, pack.deadlines.township, pack.deadlines.government


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(f"{_LEAP_YEAR}-{text}")
    except ValueError:
        return False
    return True


def _wrong_thresholds(thresholds: Thresholds) -> Iterator[str]:
    for name in thresholds.__struct_fields__:
        value = getattr(thresholds, name)
        if value < 0 or (name.endswith(("_share", "_warning", "_info")) and value > 1):
            yield f"“thresholds.{name}”应在 0 到 1 之间" if value > 1 else f"“thresholds.{name}”不能为负数"


def _wrong_identity(identity: LocalIdentity, codes: tuple[str, ...], own: tuple[str, ...]) -> Iterator[str]:
    name = f"恒等式“{identity.code}”"
    if identity.code in codes or own.count(identity.code) > 1:
        yield f"{name}的代码已经用过"
    if identity.each not in _EACH:
        yield f"{name}的 each 应为 column 或 row"
        return
    for edition_id in identity.editions:
        edition = edition_named(edition_id)
        if edition is None:
            yield f"{name}的格式“{edition_id}”不存在"
        elif identity.table not in (table.id for table in edition.tables):
            yield f"{name}的表格“{identity.table}”不存在"
        else:
            yield from (f"{name}里没有“{item}”" for item in _unknown_items(identity, edition))


def _unknown_items(identity: LocalIdentity, edition: Edition) -> list[str]:
    table = edition.table(identity.table)
    rows = {row.id for row in table.rows}
    columns = {column.id for block in table.blocks for column in block.columns}
    added, over = (rows, columns) if identity.each == "column" else (columns, rows)
    return [item for item in (*identity.left, *identity.right) if item not in added] + [
        item for item in identity.over if item not in over
    ]


def _is_cell(cell: str) -> bool:
    table, _, rest = cell.partition(".")
    row, _, column = rest.partition(".")
    return any(
        spec.id == table and row == row_spec.id and column in (c.id for c in spec.columns_of(row))
        for edition in EDITIONS
        for spec in edition.tables
        for row_spec in spec.rows
    )
