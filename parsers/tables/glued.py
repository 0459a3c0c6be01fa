"""Rows whose cell borders are lost (640020470): told apart by the sums of the whole table, or said to be in doubt.

A report may itself be wrong, and then a wrong split may be the only one that closes. So a cell is certain only if its
value is the same in every solution that remains when any single cell of the table is taken to be filed wrongly, that
is, when no sum in which that cell stands is relied upon.
"""

from __future__ import annotations

import msgspec

from parsers.editions.spec import Edition, TableSpec
from parsers.model.document import Problem
from parsers.model.report import Figure, Number, Reading, Status
from parsers.tables.figures import RowFigures, TableReading, token_to_figure
from parsers.tables.puzzle import Piece, Ways, reading_to_puzzle
from parsers.tables.splits import Split
from parsers.tables.strips import Token

MOST_CANDIDATES = 100
"""A cell with more candidates than this tells nothing: it is unreadable."""


def split_glued(reading: TableReading, table: TableSpec, form: Edition, reader: str) -> TableReading:
    """The same reading with the cells of its glued rows, as far as they can be told."""
    if not reading.glued:
        return reading
    puzzle = reading_to_puzzle(reading, table, form)
    ways = puzzle.solve()
    rows = dict(reading.rows)
    for piece in puzzle.pieces:
        if ways.get(piece.name):
            rows |= _piece_to_figures(piece, ways, reader)
    place = reading.glued[0].values[0].place
    problem = Problem(code="DIGITS_GLUED", message=_sentence(table, rows, puzzle.pieces), place=place)
    trace = msgspec.structs.replace(reading.trace, glued=place)
    return msgspec.structs.replace(reading, rows=rows, trace=trace, problems=(*reading.problems, problem))


def _sentence(table: TableSpec, rows: RowFigures, pieces: tuple[Piece, ...]) -> str:
    cells = [rows[row][column.id].status for piece in pieces for row, column in piece.cells]
    told = sum(status not in (Status.UNDECIDABLE, Status.UNREADABLE) for status in cells)
    rest = f"，其余{len(cells) - told}格不能确定" if told < len(cells) else ""
    return f"{table.name}有{len(cells)}格的数字连写在一起，按行列合计切分出{told}格{rest}"


def _piece_to_figures(piece: Piece, ways: Ways, reader: str) -> RowFigures:
    """The figures of one glued text: a cell that is the same in every way is told, the others have candidates."""
    splits = ways[piece.name]
    rows: RowFigures = {}
    for index, (row, column) in enumerate(piece.cells):
        numbers = tuple(dict.fromkeys(split.numbers[index] for split in splits))
        if len(numbers) == 1:
            figure = token_to_figure(_cell_token(piece, splits, index), column.unit, reader)
        else:
            figure = _candidates_to_figure(piece, numbers, reader)
        rows.setdefault(row, {})[column.id] = figure
    return rows


def _cell_token(piece: Piece, splits: tuple[Split, ...], index: int) -> Token:
    """One cell with the place of its first digit."""
    starts = {sum(len(cell) for cell in split.cells[:index]) for split in splits}
    text = splits[0].cells[index]
    place = piece.place_of(min(starts)) if len(starts) == 1 else piece.place_of(0)
    return Token(text=text, place=place, label=text)


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
