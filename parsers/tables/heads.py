"""Column heads: are they there, and are they spelt as the form has them?"""

from __future__ import annotations

import re

from parsers.editions.spec import TableSpec
from parsers.model.report import Printed
from parsers.tables.strips import Token
from parsers.text.fold import is_broken, to_label
from parsers.text.labels import Fit, fit
from parsers.text.numerals import is_value

MIN_TORN = 2
MOST_PIECES = 3
"""A head is printed in at most so many pieces (商业 / 企业)."""

_YEAR = re.compile(r"\(?20\d\d\)?年?(?:度)?")
_HISTORY = re.compile(r"\(.*?\)")


def tokens_to_heads(tokens: tuple[Token, ...], table: TableSpec) -> tuple[bool, tuple[Printed, ...]]:
    """Whether any column head of this table is printed, and the heads that are misspelt."""
    columns = [column for block in table.blocks for column in block.columns]
    labels = tuple(dict.fromkeys(column.label for column in columns))
    variants = {column.label: column.variants for column in columns}
    tokens = tuple(piece for token in tokens for piece in _pieces(token, labels, variants))
    seen = False
    typos: list[Printed] = []
    for i in range(len(tokens)):
        if is_value(tokens[i].text):
            continue
        grades = _grades(tokens[i : i + MOST_PIECES], labels, variants)
        right = [label for label, grade, _ in grades if grade <= Fit.VARIANT]
        seen = seen or any(len(to_label(label)) > 2 for label in right)  # noqa: PLR2004 - 其他 alone proves nothing
        if right:
            continue
        for label, grade, printed in grades:
            if grade is Fit.NEAR:
                seen = True
                found = "".join("".join(t.text for t in printed).split())
                if not tokens[i].is_bounded or is_broken(found):
                    break
                typos.append(Printed(expected=label, found=found, place=tokens[i].place, header=True))
                break
    return seen or any(_is_torn_head(token, labels) for token in tokens), tuple(typos)


def _is_torn_head(token: Token, labels: tuple[str, ...]) -> bool:
    """A line made of nothing but pieces of heads (结果 结果 其他 尚未): torn by its layout, but printed."""
    letters = "".join(to_label(label) for label in labels)
    is_row = len(token.label) < MIN_TORN or is_value(token.text)
    return not is_row and all(letter in letters for letter in token.label)


def _pieces(token: Token, labels: tuple[str, ...], variants: dict[str, tuple[str, ...]]) -> tuple[Token, ...]:
    """Heads that stand on one line with only spaces between them; a head with spaces inside stays whole."""
    words = token.text.split()
    if len(words) == 1 or any(_grade(token.label, label, variants[label]) is not Fit.NONE for label in labels):
        return (token,)
    pieces = tuple(Token(text=word, place=token.place, label=to_label(word)) for word in words)
    known = [to_label(label) for label in labels]
    return pieces if any(piece.label in known for piece in pieces) else (token,)


def _grades(
    tokens: tuple[Token, ...], labels: tuple[str, ...], variants: dict[str, tuple[str, ...]]
) -> list[tuple[str, Fit, tuple[Token, ...]]]:
    """Every head that these tokens, taken one, two or three together, may be."""
    return [
        (label, grade, tokens[:pieces])
        for pieces in range(1, len(tokens) + 1)
        for label in labels
        if (grade := _grade("".join(t.label for t in tokens[:pieces]), label, variants[label])) is not Fit.NONE
    ]


def _grade(printed: str, label: str, variants: tuple[str, ...]) -> Fit:
    """A head may name the year or add （历史累计）: that is no typo."""
    bare = _HISTORY.sub("", printed) if "(" not in to_label(label) else printed
    grades = [fit(text, label, variants) for text in (printed, bare, _YEAR.sub("", bare).replace("本年本年", "本年"))]
    best = min(grades)
    return Fit.NONE if best is Fit.CUT else best
