"""The roster as offices keep it: a CSV file with a head, in Chinese or English, as Excel or a program writes it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeAlias

from parsers.model.roster import KINDS, LEVELS, Body, Roster, RosterError, bodies_to_roster
from parsers.text.fold import squeeze

MOST_BYTES = 16_000_000
"""A roster of fifty thousand bodies has a quarter of this; anything larger is another file."""

MOST_TOLD = 20
"""So many sentences are said at once; the rest are counted."""

_COLUMNS = {
    "name": ("name", "名称", "单位名称", "机构名称", "全称"),
    "aliases": ("aliases", "别名", "简称", "曾用名"),
    "kind": ("kind", "类别", "类型", "单位类别"),
    "level": ("level", "级别", "层级"),
    "parent": ("parent", "上级", "上级单位"),
    "region": ("region", "地区", "区划", "所属地区"),
    "prefix": ("prefix", "key prefix", "key_prefix", "目录", "上传目录"),
    "id": ("id", "编号", "代码", "统一社会信用代码"),
    "published": ("published", "发布日期", "公开日期"),
}
"""What a column holds, by the words that may stand over it."""

_KINDS = {
    "部门": "department",
    "工作部门": "department",
    "政府": "government",
    "人民政府": "government",
    "政府办公室": "government_office",
    "政府办公厅": "government_office",
    "乡镇": "township",
    "街道": "township",
    "乡镇街道": "township",
    "授权组织": "authorised_organisation",
    "法律法规授权组织": "authorised_organisation",
}

_LEVELS = {
    "国家": "national",
    "国家级": "national",
    "省": "province",
    "省级": "province",
    "市": "city",
    "市级": "city",
    "县": "county",
    "县级": "county",
    "区": "county",
    "区级": "county",
    "县区级": "county",
    "乡镇": "township",
    "乡镇级": "township",
    "街道": "township",
}

_SEPARATOR = re.compile(r"[;；、|\n]")
"""Between the names or the days of one cell."""

_DAY = re.compile(r"(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")

Cells: TypeAlias = dict[str, str]
Complain: TypeAlias = Callable[[str], None]


def bytes_to_roster(data: bytes) -> Roster:
    """The roster of a CSV file in UTF-8 or, as Excel writes it in China, GB18030. Raises RosterError."""
    rows = _text_to_rows(_bytes_to_text(data))
    wrong: list[str] = []
    bodies = [(line, _cells_to_body(line, cells, wrong)) for line, cells in rows]
    named = [(line, body) for line, body in bodies if body.name]
    wrong += _clashes(named)
    wrong += _lost_parents(named)
    if wrong:
        raise RosterError(_shortened(wrong))
    return bodies_to_roster(tuple(body for _, body in named))


def _bytes_to_text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise RosterError((f"文件超过 {MOST_BYTES // 1_000_000} MB，不像是名册",))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RosterError(("不是 UTF-8 或 GB18030 的文字，请另存为 CSV",))


def _text_to_rows(text: str) -> list[tuple[int, Cells]]:
    """Each line that says something: its number in the file (of its end, from 1), and its cells by column."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        raise RosterError((f"第{reader.line_num}行：不合 CSV 的写法（引号没有配对，或一格过长）",)) from None
    if not rows:
        raise RosterError(("没有内容",))
    columns = _head_to_columns(*rows[0])
    return [(line, _row_to_cells(line, row, columns)) for line, row in rows[1:]]


def _head_to_columns(line: int, head: list[str]) -> tuple[str, ...]:
    """The columns in their order. Raises RosterError for words that name none, or name one twice."""
    named = [(word.strip(), _word_to_column(word)) for word in head]
    columns = tuple(column for _, column in named if column)
    wrong = [f"第{line}行：不认识栏目“{word}”" for word, column in named if not column]
    wrong += [f"第{line}行：栏目“{_COLUMNS[c][1]}”出现了两次" for c in dict.fromkeys(columns) if columns.count(c) > 1]
    if "name" not in columns:
        wrong.append(f"第{line}行：缺少“名称”一栏（可用的栏目：{'、'.join(names[1] for names in _COLUMNS.values())}）")
    if wrong:
        raise RosterError(_shortened(wrong))
    return columns


def _word_to_column(word: str) -> str | None:
    plain = unicodedata.normalize("NFKC", word).strip().lower()
    return next((column for column, words in _COLUMNS.items() if plain in words), None)


def _row_to_cells(line: int, row: list[str], columns: tuple[str, ...]) -> Cells:
    """The cells of a line; raises RosterError when it has more of them than the head."""
    if any(cell.strip() for cell in row[len(columns) :]):
        raise RosterError((f"第{line}行：比表头多出 {len(row) - len(columns)} 格，含逗号的内容请加引号",))
    return {column: cell.strip() for column, cell in zip(columns, row, strict=False) if cell.strip()}


def _cells_to_body(line: int, cells: Cells, wrong: list[str]) -> Body:
    """The body of a line; what is wrong in it is added to `wrong`."""

    def complain(sentence: str) -> None:
        wrong.append(f"第{line}行：{sentence}")

    name = squeeze(cells.get("name", ""))
    if not name:
        complain("没有名称")
    return Body(
        name=name,
        aliases=tuple(dict.fromkeys(squeeze(part) for part in _parts(cells, "aliases"))),
        kind=_choose(cells.get("kind"), _KINDS, KINDS, "类别", complain),
        level=_choose(cells.get("level"), _LEVELS, LEVELS, "级别", complain),
        parent=squeeze(cells.get("parent", "")) or None,
        region=cells.get("region"),
        prefix=cells.get("prefix"),
        id=cells.get("id"),
        published=tuple(_to_days(cells, complain)),
    )


def _parts(cells: Cells, column: str) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(cells.get(column, "")) if part.strip()]


def _choose(
    word: str | None, words: dict[str, str], known: tuple[str, ...], column: str, complain: Complain
) -> str | None:
    """The id that this word stands for; an unknown one is complained of."""
    if word is None:
        return None
    found = word.lower() if word.lower() in known else words.get(word)
    if found is None:
        complain(f"{column}“{word}”不在可用的词之内（{'、'.join(words)}）")
    return found


def _to_days(cells: Cells, complain: Complain) -> Iterator[str]:
    for part in _parts(cells, "published"):
        match = _DAY.fullmatch(part)
        try:
            yield date(*(int(group) for group in match.groups())).isoformat() if match else ""
        except ValueError:
            match = None
        if match is None:
            complain(f"发布日期“{part}”不是日期，应如 2024-01-20")


def _clashes(named: list[tuple[int, Body]]) -> Iterator[str]:
    """What must tell bodies apart and does not: names, ids and prefixes that two lines have, aliases that are names."""
    for word, of in (("名称", _name), ("编号", _id), ("目录", _prefix)):
        first: dict[str, int] = {}
        for line, body in named:
            value = of(body)
            if value and first.setdefault(value, line) != line:
                yield f"第{line}行：{word}“{value}”与第{first[value]}行相同"
    names = {body.name: line for line, body in named}
    for line, body in named:
        for alias in body.aliases:
            if names.get(alias, line) != line:
                yield f"第{line}行：别名“{alias}”是第{names[alias]}行的名称"


def _name(body: Body) -> str | None:
    return body.name


def _id(body: Body) -> str | None:
    return body.id


def _prefix(body: Body) -> str | None:
    return body.prefix


def _lost_parents(named: list[tuple[int, Body]]) -> Iterator[str]:
    """A parent that is no line of the roster is a slip of the pen."""
    known = frozenset(word for _, body in named for word in (body.name, *body.aliases, body.id or ""))
    for line, body in named:
        if body.parent and body.parent not in known:
            yield f"第{line}行：上级“{body.parent}”不在名册里"


def _shortened(wrong: list[str]) -> tuple[str, ...]:
    more = len(wrong) - MOST_TOLD
    return (*wrong[:MOST_TOLD], f"另有 {more} 处") if more > 0 else tuple(wrong)
