"""The environment in which the notice's templates are filled: the same words and filters for page and Word file."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from parsers.notices.compose import Notice
from parsers.notices.layout import (
    DATE,
    HEADS,
    INFOS,
    MOST_PLAIN,
    PICTURES,
    SIGNATURE,
    annexes,
    is_ruled,
    item_to_facts,
    item_to_row,
    notice_to_sections,
    number_to_numeral,
)

WORDS = {
    "DATE": DATE,
    "HEADS": HEADS,
    "INFOS": INFOS,
    "MOST_PLAIN": MOST_PLAIN,
    "PICTURES": PICTURES,
    "SIGNATURE": SIGNATURE,
}
"""What every template knows beside the notice."""


def make_environment(
    words: dict[str, object], finalize: Callable[[object], object] = lambda value: value
) -> Environment:
    """An environment that knows these words too; `finalize` is applied to each value that is printed."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=finalize
    )
    environment.filters |= {"row": item_to_row, "facts": item_to_facts, "numeral": number_to_numeral}
    environment.globals |= WORDS | words
    return environment


def template_text(name: str) -> str:
    """A template as it stands in this package."""
    return files("parsers.notices").joinpath(name).read_text(encoding="utf-8")


def notice_to_values(notice: Notice) -> dict[str, object]:
    """What a template is told of a notice."""
    return {
        "notice": notice,
        "sections": notice_to_sections(notice),
        "is_ruled": is_ruled(notice),
        "annexes": annexes(notice),
    }
