"""One statutory table printed several times, for several years: which of them is the report's own.

Taken is the one whose caption names the report's year, or the only one without a caption where the others name earlier
years. Where nothing tells, all of them are read, and what differs between them is in doubt.
"""

from __future__ import annotations

import re
from itertools import pairwise

from parsers.editions.spec import TableSpec
from parsers.model.document import Problem
from parsers.model.value import Value
from parsers.tables.raised import are_column_numbers
from parsers.tables.strips import Strip, Token
from parsers.text.labels import Fit, fit

ALIKE = 2
"""Of the numbers of the fullest copy another one has at least one in so many; fewer are a row that is printed twice."""

_NAMED = re.compile(r"[^\d.;!?]{0,16}(20\d\d)年?(?:度)?[^\d.;!?]{0,24}")
_SAID = re.compile(r"[(附:,]*(?P<last>上|去)?(?P<this>本|今)?一?年(?:度)?(?:数据?|情况|数字|统计表?)?\)?")


class Copies(Value):
    """What is read as the table; what other years' tables print, and that there are some."""

    own: tuple[Strip, ...]
    others: tuple[Token, ...] = ()
    problems: tuple[Problem, ...] = ()


def strips_to_copies(strips: tuple[Strip, ...], table: TableSpec, year: int | None) -> Copies:
    """The strips of this table for the report's year; all of them where there is one table, or nobody can say."""
    parts = _parts(strips, table)
    if len(parts) < 2:  # noqa: PLR2004 - a table and another one
        return Copies(own=strips)
    chosen = _choose([_caption_year(part, table, year) for part in parts], year)
    others = tuple(strip for i, part in enumerate(parts) if i != chosen for strip in part)
    place = next(strip.tokens[0].place for strip in others if strip.tokens)
    begun = f"{table.name}印有{len(parts)}份"
    if chosen is None:
        message = f"{begun}，不能判断哪一份是本年度的，各份不同的数字没有读取"
        return Copies(own=strips, problems=(Problem(code="TABLE_TWICE", message=message, place=place),))
    problem = Problem(code="TABLE_TWICE", message=f"{begun}，只读取{year}年的一份", place=place)
    left = tuple(token for strip in others for token in strip.tokens if not token.is_blank)
    return Copies(own=parts[chosen], others=left, problems=(problem,))


def _parts(strips: tuple[Strip, ...], table: TableSpec) -> list[tuple[Strip, ...]]:
    """The strips of each table; one part where its first row, or first head, is printed once."""
    starts = [i for i, strip in enumerate(strips) if any(_is_first(token, table) for token in strip.tokens)]
    if len(starts) < 2:  # noqa: PLR2004 - a table and another one
        return [strips]
    begun = [start for before, start in pairwise(starts) if _count(strips[before:start])]
    cuts = [0, *(_end_of_numbers(strips, start) for start in begun), len(strips)]
    parts = [strips[a:b] for a, b in pairwise(cuts)]
    counts = [_count(part) for part in parts]
    return parts if min(counts) * ALIKE >= max(counts) else [strips]


def _is_first(token: Token, table: TableSpec) -> bool:
    row = table.rows[0]
    return fit(token.label, row.label, row.variants) <= Fit.VARIANT


def _count(strips: tuple[Strip, ...]) -> int:
    return sum(token.is_value and not token.is_blank for strip in strips for token in strip.tokens)


def _end_of_numbers(strips: tuple[Strip, ...], start: int) -> int:
    """Where the caption and the heads before this strip begin: behind the last number, but for those of the columns."""
    end = start
    while end and (not _count(strips[end - 1 : end]) or are_column_numbers(_values(strips[end - 1]))):
        end -= 1
    return end


def _values(strip: Strip) -> tuple[Token, ...]:
    return tuple(token for token in strip.tokens if not token.is_blank)


def _caption_year(part: tuple[Strip, ...], table: TableSpec, year: int | None) -> int | None:
    """The year that is named last before the first row; None where none is."""
    first = next(i for i, strip in enumerate(part) if any(_is_first(token, table) for token in strip.tokens))
    tokens = [token for strip in part[:first] for token in strip.tokens if not token.is_blank]
    years = [found for token in tokens if (found := _label_to_year(token.label, year)) is not None]
    return years[-1] if years else None


def _label_to_year(label: str, year: int | None) -> int | None:
    named = _NAMED.fullmatch(label)
    if named is not None:
        return int(named[1])
    said = _SAID.fullmatch(label)
    if said is None or year is None or bool(said["last"]) == bool(said["this"]):
        return None
    return year - 1 if said["last"] else year


def _choose(years: list[int | None], year: int | None) -> int | None:
    """Which of them is the report's; None where none or several may be."""
    own = [i for i, named in enumerate(years) if named == year and year is not None]
    unnamed = [i for i, named in enumerate(years) if named is None]
    if own:
        return own[0] if len(own) == 1 else None
    return unnamed[0] if len(unnamed) == 1 and year is not None else None
