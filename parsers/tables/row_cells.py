"""Which cells of a line are a row's values: the last seven, but stray tabs, merged cells and blanks hide their end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from parsers.model.value import Value
from parsers.tables.strips import Strip, Token

LIKE_ROWS = 3
"""So many lines with the same number of cells show the table's width where no row is filled."""


_ROW_NUMBER = re.compile(r"\([一二三四五六七八九十]\)\D|[1-8][.,]\D|[一二三四],\D")
"""A cell that begins so is a row's label, wherever it stands."""


class Rows(Value):
    """How the rows of a table look: values in a row, whether a label stands before them, and where they usually begin.

    `usual` maps the number of cells in a line to the first value's index in this table's filled rows. `ends`: a line's
    last cell is its row's last one.
    """

    width: int
    usual: dict[int, int]
    labelled: bool = True
    ends: bool = True


class _Window(Value):
    """`width` values from `start` on: how many are filled with numbers, and how many with something else.

    `is_label_first`: its first cell is the line's first and holds words: a row's label, where rows have labels.
    """

    start: int
    width: int
    numbers: int
    others: int
    is_label_first: bool


def split_row(strip: Strip, rows: Rows) -> tuple[tuple[Token, ...], tuple[Token, ...]] | None:
    """The labels and the values of a strip; None if it is no whole row, or could be cut in two ways."""
    # in running text a number too many may belong to the next label, or to none
    if strip.running and len(strip.tokens) - 1 > rows.width:
        return None
    start = _start_of_values(strip, rows)
    # blanks behind the label are its merged squares or the first cells; then as many are lost at the end, or none
    if start is not None and not rows.ends and strip.tokens[start].is_blank and not strip.tokens[-1].is_blank:
        return None
    return None if start is None else (strip.tokens[:start], strip.tokens[start : start + rows.width])


def strips_to_usual_starts(strips: tuple[Strip, ...], width: int) -> dict[int, int]:
    """By number of cells in a line, where the values begin in rows whose every cell is filled."""
    filled = [(len(s.tokens), w.start) for s in strips for w in _windows(s.tokens, width) if w.numbers == width]
    if filled:
        return dict(pair for pair, _ in reversed(Counter(filled).most_common()))
    lengths = Counter(len(strip.tokens) for strip in strips if len(strip.tokens) > width)
    return {length: length - width for length, rows in lengths.items() if rows >= LIKE_ROWS}


def are_ends_shown(strips: tuple[Strip, ...], width: int) -> bool:
    """Do blank cells at the end of a line leave their mark, or can they be told because merged cells leave none?"""
    if any(strip.ruled or (strip.tokens and strip.tokens[-1].is_blank and not strip.is_gap) for strip in strips):
        return True
    before = [
        s.tokens[w.start - 1] for s in strips for w in _windows(s.tokens, width) if w.numbers == width and w.start
    ]
    return bool(before) and not any(token.is_blank for token in before)


def _start_of_values(strip: Strip, rows: Rows) -> int | None:
    windows = tuple(w for w in _windows(strip.tokens, rows.width) if not (rows.labelled and w.is_label_first))
    if not windows:
        return None
    best = max((w.numbers, -w.others) for w in windows)
    chosen = [w.start for w in windows if (w.numbers, -w.others) == best]
    last = len(strip.tokens) - rows.width
    if len(chosen) == 1 or best[0] == 0:
        return chosen[0]
    if strip.ruled and last in chosen:
        return last
    expected = rows.usual.get(len(strip.tokens))
    return expected if expected in chosen else None


def _windows(tokens: tuple[Token, ...], width: int) -> Iterator[_Window]:
    """Every run of `width` cells behind which all is blank, and that may be a row's values; the last one first."""
    end = len(tokens)
    while end >= width:
        window = _window(tokens, end - width, width)
        if _may_be_values(tokens, window):
            yield window
        if not tokens[end - 1].is_blank:
            return
        end -= 1


def _window(tokens: tuple[Token, ...], start: int, width: int) -> _Window:
    filled = [token for token in tokens[start : start + width] if not token.is_blank]
    numbers = sum(token.is_value for token in filled)
    label_first = start == 0 and _is_label(tokens[0])
    return _Window(start=start, width=width, numbers=numbers, others=len(filled) - numbers, is_label_first=label_first)


def _may_be_values(tokens: tuple[Token, ...], window: _Window) -> bool:
    """Mostly numbers, or blanks alone behind a label; not behind another number, nor with a row's label among them."""
    before = tokens[window.start - 1] if window.start > 0 else None
    after_label = before is not None and _is_label(before)
    earlier = next((t for t in reversed(tokens[: max(window.start - 1, 0)]) if not t.is_blank), None)
    if before is not None and before.is_value and not before.is_blank and earlier is not None:
        return False
    if any(_ROW_NUMBER.match(token.label) for token in tokens[window.start : window.start + window.width]):
        return False
    return window.others * 2 <= window.numbers and (window.numbers > 0 or after_label)


def _is_label(token: Token) -> bool:
    return not token.is_blank and not token.is_value
