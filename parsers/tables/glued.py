"""Rows whose cell borders are lost (640020470): told apart by the sums of the whole table, or said to be in doubt.

A report may itself be wrong, and then a wrong split may be the only one that closes. So a cell is certain only if its
value is the same in every solution that remains when any single cell of the table is taken to be filed wrongly, that
is, when no sum in which that cell stands is relied upon.
"""

from __future__ import annotations

import re

import msgspec

from parsers.editions.spec import Edition, TableSpec
from parsers.model.document import Problem
from parsers.model.report import Figure, Number, Reading, Status
from parsers.tables.figures import RowFigures, TableReading, token_to_figure
from parsers.tables.pieces import Piece, Spots
from parsers.tables.puzzle import reading_to_puzzle
from parsers.tables.splits import Spot
from parsers.tables.strips import Token

MOST_CANDIDATES = 200
"""A cell with more candidates than this tells nothing: it is unreadable."""


_ZERO = re.compile(r"0\d|0$")
"""A 0 that leads digits is a cell of its own."""


def may_have_blanks(readings: tuple[TableReading, ...]) -> bool:
    """May cells of this report be blank? Who prints zeros, and leaves no cell blank that we see, fills them all."""
    return not any(map(_shows_zeros, readings)) or any(map(_shows_blanks, readings))


def _shows_zeros(reading: TableReading) -> bool:
    own = (figure for figures in _not_glued(reading) for figure in figures.values())
    tokens = (token.label for item in reading.glued for token in item.values)
    return any(figure.value == 0 for figure in own) or any(_ZERO.match(label) for label in tokens)


def _shows_blanks(reading: TableReading) -> bool:
    """Is a cell blank, or has a row fewer digits than cells?"""
    return any(
        figure.status is Status.BLANK
        or (figure.status is Status.UNREADABLE and sum(c.isdecimal() for c in figure.raw or "") < len(figures))
        for figures in _not_glued(reading)
        for figure in figures.values()
    )


def _not_glued(reading: TableReading) -> tuple[dict[str, Figure], ...]:
    glued = [row for item in reading.glued for row in item.rows]
    return tuple(figures for row, figures in reading.rows.items() if row not in glued)


def split_glued(
    reading: TableReading, table: TableSpec, form: Edition, reader: str, *, has_blanks: bool
) -> TableReading:
    """The same reading with the cells of its glued rows, as far as they can be told."""
    if not reading.glued:
        return reading
    puzzle = reading_to_puzzle(reading, table, form, has_blanks=has_blanks)
    told = puzzle.solve()
    rows = dict(reading.rows)
    for piece in puzzle.pieces:
        if told[piece.name]:
            rows |= _piece_to_figures(piece, told[piece.name], reader)
    place = reading.glued[0].values[0].place
    problem = Problem(code="DIGITS_GLUED", message=_sentence(table, rows, puzzle.pieces), place=place)
    trace = msgspec.structs.replace(reading.trace, glued=place)
    return msgspec.structs.replace(reading, rows=rows, trace=trace, problems=(problem,))


def _sentence(table: TableSpec, rows: RowFigures, pieces: tuple[Piece, ...]) -> str:
    cells = [rows[row][column.id].status for piece in pieces for row, column in piece.cells]
    told = sum(status not in (Status.UNDECIDABLE, Status.UNREADABLE) for status in cells)
    rest = f"，其余{len(cells) - told}格不能确定" if told < len(cells) else ""
    return f"{table.name}有{len(cells)}格的数字连写在一起，按行列合计切分出{told}格{rest}"


def _piece_to_figures(piece: Piece, told: Spots, reader: str) -> RowFigures:
    """The figures of one glued text: a cell that is the same in every way is told, the others have candidates."""
    rows: RowFigures = {}
    for (row, column), spots in zip(piece.cells, told, strict=True):
        numbers = tuple(dict.fromkeys(spot.number for spot in spots if spot.text))
        if len(numbers) == 1 and all(spot.text for spot in spots):
            figure = token_to_figure(_cell_token(piece, spots), column.unit, reader)
        else:
            figure = _candidates_to_figure(piece, numbers, reader)
        rows.setdefault(row, {})[column.id] = figure
    return rows


def _cell_token(piece: Piece, spots: tuple[Spot, ...]) -> Token:
    """One cell with the place of its first digit."""
    starts = {spot.start for spot in spots}
    place = piece.place_of(min(starts)) if len(starts) == 1 else piece.place_of(0)
    return Token(text=spots[0].text, place=place, label=spots[0].text)


def _candidates_to_figure(piece: Piece, numbers: tuple[Number, ...], reader: str) -> Figure:
    status = Status.UNDECIDABLE if len(numbers) <= MOST_CANDIDATES else Status.UNREADABLE
    return Figure(
        value=None,
        status=status,
        raw=piece.raw,
        place=piece.place_of(0),
        candidates=tuple(sorted(numbers)) if status is Status.UNDECIDABLE else (),
        readings=(Reading(reader=reader, raw=piece.raw),),
    )
