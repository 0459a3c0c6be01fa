"""Column heads: are they there, and are they spelt as the form has them?"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby, pairwise

from parsers.editions.spec import BlockSpec, ColumnSpec, TableSpec
from parsers.model.report import Printed
from parsers.tables.strips import Strip, Token, join_tokens
from parsers.text.fold import is_broken, to_label
from parsers.text.labels import MOST_LABEL, REMEMBERED, Fit, fit

MIN_TORN = 2
MIN_LETTERS = 4
"""A head torn into its letters has at least so many, one after the other."""

MOST_PIECES = 3
"""A head is printed in at most so many pieces (商业 / 企业)."""

_YEAR = re.compile(r"\(?20\d\d\)?年?(?:度)?")
_HISTORY = re.compile(r"\(.*?\)")


def tokens_to_heads(tokens: tuple[Token, ...], table: TableSpec) -> tuple[bool, tuple[Printed, ...]]:
    """Whether any column head of this table is printed, and the heads that are misspelt."""
    tokens = tuple(piece for token in tokens for piece in _pieces(token, table))
    seen = False
    typos: list[Printed] = []
    for i in range(len(tokens)):
        if tokens[i].is_value:
            continue
        grades = _grades(tokens[i : i + MOST_PIECES], table)
        right = [label for label, grade, _ in grades if grade <= Fit.VARIANT]
        seen = seen or any(len(to_label(label)) > 2 for label in right)  # noqa: PLR2004 - 其他 alone proves nothing
        if right:
            continue
        for label, grade, printed in grades:
            if grade is Fit.NEAR:
                seen = True
                if _is_right_behind(printed, table):
                    break
                found = "".join("".join(t.text for t in printed).split())
                if not tokens[i].is_bounded or is_broken(found):
                    break
                typos.append(Printed(expected=label, found=found, place=tokens[i].place, header=True))
                break
    labels = tuple(column.label for column in _columns(table))
    own = (*labels, *(block.label for block in table.blocks), *(row.label for row in table.rows if not row.no))
    apart = any(_is_torn_head(token, labels) for token in tokens)
    lettered = any(_is_torn_head(token, (*own, *table.anchors)) for token in _letters_together(tokens))
    return seen or apart or lettered, tuple(typos)


def _is_right_behind(printed: tuple[Token, ...], table: TableSpec) -> bool:
    """Is the head as the form has it, and what stands before it (行次) another one, which the form has not?"""
    return any(grade <= Fit.VARIANT for _, grade, _ in _grades(printed[1:], table)) if len(printed) > 1 else False


def _letters_together(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Neighbouring tokens of one letter each as one: a head may be printed one letter a line."""
    groups = groupby(tokens, key=lambda token: len(token.label) == 1 and not token.is_value)
    joined = (join_tokens(tuple(group)) for is_letter, group in groups if is_letter)
    return tuple(token for token in joined if token is not None and len(token.label) >= MIN_LETTERS)


def _is_torn_head(token: Token, labels: tuple[str, ...]) -> bool:
    """A line made of nothing but pieces of heads (结果 结果 其他 尚未): torn by its layout, but printed."""
    letters = "".join(to_label(label) for label in labels)
    is_row = len(token.label) < MIN_TORN or token.is_value
    return not is_row and all(letter in letters for letter in token.label)


@cache
def _columns(table: TableSpec) -> tuple[ColumnSpec, ...]:
    """The columns of all blocks; a head that several blocks print counts once."""
    return tuple({column.label: column for block in table.blocks for column in block.columns}.values())


def _pieces(token: Token, table: TableSpec) -> tuple[Token, ...]:
    """Heads that stand on one line with only spaces between them; a head with spaces inside stays whole."""
    words = token.text.split()
    if len(words) == 1 or _label_to_heads(token.label, table):
        return (token,)
    pieces = tuple(Token(text=word, place=token.place, label=to_label(word), doubt=token.doubt) for word in words)
    known = [to_label(column.label) for column in _columns(table)]
    return pieces if any(piece.label in known for piece in pieces) else (token,)


def _grades(tokens: tuple[Token, ...], table: TableSpec) -> list[tuple[str, Fit, tuple[Token, ...]]]:
    """Every head that these tokens, taken one, two or three together, may be."""
    return [
        (head, grade, tokens[:pieces])
        for pieces in range(1, len(tokens) + 1)
        for head, grade in _label_to_heads("".join(t.label for t in tokens[:pieces]), table)
    ]


@lru_cache(maxsize=REMEMBERED)
def _label_to_heads(printed: str, table: TableSpec) -> tuple[tuple[str, Fit], ...]:
    """The heads that this folded label may be, each with how well it fits."""
    grades = ((column.label, _grade(printed, column)) for column in _columns(table))
    return tuple((label, grade) for label, grade in grades if grade is not Fit.NONE)


def _grade(printed: str, column: ColumnSpec) -> Fit:
    """A head may name the year or add （历史累计）: that is no typo."""
    if len(printed) > MOST_LABEL:
        return Fit.NONE
    bare = _HISTORY.sub("", printed) if "(" not in to_label(column.label) else printed
    texts = (printed, bare, _YEAR.sub("", bare).replace("本年本年", "本年"))
    best = min(fit(text, column.label, column.variants) for text in texts)
    return Fit.NONE if best is Fit.CUT else best


def are_heads_in_another_order(strips: tuple[Strip, ...], table: TableSpec) -> bool:
    """Are the heads all printed, and in another order than the form's? Then no value's place alone tells its column."""
    printed = [token.label for strip in strips for token in strip.tokens]
    if is_one_row(table):
        words = [to_label(word) for strip in strips for token in strip.tokens for word in token.text.split()]
        groups = _positions(words, [row.label for row in table.rows])
        is_moved = not _is_rising(groups) or _is_litigation_first(strips, words, table)
        return is_moved or _is_reordered_in_groups(printed, table.blocks[0])
    return any(_is_reordered(printed, block) for block in table.blocks)


def is_one_row(table: TableSpec) -> bool:
    """Does the table print one row, whose groups are what the form calls its rows (table 3)?"""
    return len(table.blocks) == 1 and not any(row.no for row in table.rows)


def _is_reordered(printed: list[str], block: BlockSpec) -> bool:
    *parts, total = _positions(printed, [column.label for column in block.columns]) or [0]
    is_whole = bool(parts) and len(parts) + 1 == len(block.columns)
    return is_whole and not (_is_rising(parts) and _is_totals_place(total, parts, block))


def _is_totals_place(total: int, parts: list[int], block: BlockSpec) -> bool:
    """Behind all parts; a head of two lines has it on the first, before the parts of the second."""
    below = [part for part, column in zip(parts, block.columns, strict=False) if column.group]
    return total > parts[-1] or (bool(below) and parts[0] < total < below[0])


def _is_litigation_first(strips: tuple[Strip, ...], words: list[str], table: TableSpec) -> bool:
    """The head over the last groups (行政诉讼), which is no row of the form, before that of the first one.

    On a page that is where they stand, not in which line: one of them reaches over two.
    """
    rows = [row.label for row in table.rows]
    over = [anchor for anchor in table.anchors if anchor not in rows]
    names = [*rows[:1], *over]
    direction = _row_direction(strips, table)
    begins = [_begins_at(strips, to_label(name), direction) for name in names]
    known = [begin for begin in begins if begin is not None]
    return not _is_rising(known if len(known) == len(names) else _positions(words, names))


def _row_direction(strips: tuple[Strip, ...], table: TableSpec) -> tuple[int, int]:
    """Along which edge of its box (0 left, 1 top) a row of heads goes on its page, growing (1) or not (-1).

    A page may be turned. Told by the two heads under 行政诉讼, which stand on one page with it, else by the results.
    """
    tokens = [token for strip in strips for token in strip.tokens if token.place.box]
    for labels in ([row.label for row in table.rows[1:]], [column.label for column in table.blocks[0].columns]):
        known = [to_label(label) for label in labels]
        boxes = [token.place.box for token in tokens if token.label in known and token.place.box]
        if len(boxes) >= len(known):
            first, last = boxes[0], boxes[len(known) - 1]
            axis = 0 if abs(last[0] - first[0]) >= abs(last[1] - first[1]) else 1
            return axis, 1 if last[axis] >= first[axis] else -1
    return 0, 1


def _begins_at(strips: tuple[Strip, ...], label: str, direction: tuple[int, int]) -> float | None:
    """Where along its row the first cell with this label begins."""
    places = (token.place for strip in strips for token in strip.tokens if token.label == label)
    first = next(places, None)
    axis, sign = direction
    return None if first is None or first.box is None else sign * first.box[axis]


def _is_reordered_in_groups(printed: list[str], block: BlockSpec) -> bool:
    """Heads that every group repeats, some cut by a page break: after each total they begin anew, else never."""
    labels = [to_label(column.label) for column in block.columns]
    order = [labels.index(label) for label in printed if label in labels]
    total = len(labels) - 1
    is_first = bool(order) and order[0] == total and order[-1] != total
    return is_first or sum(b < a for a, b in pairwise(order)) > order.count(total)


def _positions(printed: list[str], labels: list[str]) -> list[int]:
    """Where each of these labels is printed first; those that are not printed whole are left out."""
    return [printed.index(label) for label in map(to_label, labels) if label in printed]


def _is_rising(positions: list[int] | list[float]) -> bool:
    return positions == sorted(positions)
