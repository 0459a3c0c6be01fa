"""Running text: what is damaged in it may stay in doubt, and is never read as something else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

import parsers
from parsers.tables.running import line_to_segments
from workers.corpus.figures import CellId, seeded, written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout

Damage = Callable[[str, random.Random], str]


def lose_characters(text: str, chance: random.Random) -> str:
    return "".join(c for c in text if not ("\u4e00" <= c <= "\u9fff" and chance.random() < 0.005))


def lose_marks_of_numbers(text: str, chance: random.Random) -> str:
    return re.sub(r"(?<=\d)\.(?=[\u4e00-\u9fff])", lambda _: chance.choice(("", "、", "．")), text)


def add_junk(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    lines.insert(chance.randrange(len(lines)), "分享到：微信 微博 -->")
    return "\n".join(lines)


def tear_words(text: str, chance: random.Random) -> str:
    return "".join(c + (" " if "\u4e00" <= c <= "\u9fff" and chance.random() < 0.03 else "") for c in text)


@pytest.mark.parametrize("name", ["one_line", "tables_in_lines", "glued", "glued_rows", "spaced"])
@pytest.mark.parametrize("damage", [lose_characters, lose_marks_of_numbers, add_junk, tear_words])
def test_no_damage_makes_a_cell_wrong_and_certain(name: str, damage: Damage) -> None:
    figures = written("2021")
    for seed in range(2):
        text = damage(layout(name)(to_sheet("2021", figures)), random.Random(seed))  # noqa: S311 - no secret
        tables = parsers.assess(text.encode()).report.tables
        told = {id_: tables[id_[0]][id_[1]][id_[2]].value for id_ in figures}
        assert {id_: value for id_, value in told.items() if value not in (None, figures[id_])} == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "全年本年新收政府信息公开申请数量25件，上年结转政府信息公开申请数量2件，予以公开11件。",
        "本报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分，并按要求编制完成。",
        "依法作出行政许可3195件、行政处罚17件、行政强制2件。",
    ],
)
def test_a_sentence_that_names_rows_stays_a_sentence(sentence: str) -> None:
    assert line_to_segments(sentence) == ()


def test_a_label_and_its_values_are_one_piece() -> None:
    line = "1.属于国家秘密00000002.其他法律行政法规禁止公开1000001"
    pieces = [(line[s.start : s.end], [line[a:b] for a, b in s.values]) for s in line_to_segments(line)]
    assert pieces == [("1.属于国家秘密", ["0000000"]), ("2.其他法律行政法规禁止公开", ["1000001"])]


@pytest.mark.parametrize("name", ["one_line", "spaced", "glued"])
@pytest.mark.parametrize(
    "write", ["I{0}", "{0}I", "4I{0}", "约{0}", "近{0}", "第{0}", "{0}余", "{0}.", "{0}①", "第{0}次"]
)
@pytest.mark.parametrize(
    "cell",
    [
        ("proactive", "administrative_penalty", "decisions"),
        ("requests", "carried_over", "natural_person"),
        ("review_litigation", "litigation_after_review", "total"),
    ],
)
def test_digits_beside_a_letter_or_a_word_make_no_other_number(name: str, write: str, cell: CellId) -> None:
    figures = written("2021")
    text = layout(name)(to_sheet("2021", figures, Changes(cells={cell: write.format(figures[cell])})))
    tables = parsers.assess(text.encode()).report.tables
    told = {id_: tables[id_[0]][id_[1]][id_[2]].value for id_ in figures}
    assert {id_: value for id_, value in told.items() if value not in (None, figures[id_])} == {}


@pytest.mark.parametrize("name", ["one_line", "tables_in_lines", "glued", "glued_sections"])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_unit_behind_every_number_of_a_text_without_lines_ends_the_number(name: str, seed: int) -> None:
    figures = seeded("2021", seed)
    cells = {cell: f"{value}{'万元' if cell[2] == 'amount_wan_yuan' else '件'}" for cell, value in figures.items()}
    text = layout(name)(to_sheet("2021", figures, Changes(cells=cells)))
    tables = parsers.assess(text.encode()).report.tables
    assert {(t, row, column): tables[t][row][column].value for t, row, column in figures} == figures


@pytest.mark.parametrize(
    "line",
    [
        "（一）予以公开12件",
        "办理结果：（一）予以公开3件（二）部分公开2件（三）不予公开1件（四）无法提供4件（五）不予处理0件",
        "其中（一）予以公开3件 （二）部分公开2件 （三）不予公开1件 （四）无法提供4件",
    ],
)
def test_numbers_with_their_units_in_a_sentence_are_no_table(line: str) -> None:
    assert line_to_segments(line) == ()
