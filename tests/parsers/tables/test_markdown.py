"""Markdown tables of several hands tell the same figures."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

import parsers
from workers.corpus.figures import seeded
from workers.corpus.sheet import to_sheet
from workers.corpus.texts import layout


def bold(text: str) -> str:
    return re.sub(r"(?<=\| )([\d.]+)(?= \|)", r"**\1**", text)


def entities(text: str) -> str:
    return re.sub(r"(?<=\| )([\d.]+)(?= \|)", r"&nbsp;\1&nbsp;", text)


def broken_cells(text: str) -> str:
    return text.replace("商业企业", "商业<br>企业").replace("只计这一情形，", "只计这一情形，<br/>")


def headings(text: str) -> str:
    return re.sub(r"(?m)^([一二三四五六]、)", r"## \1", text).replace("澄湖县水务局2023", "# 澄湖县水务局2023", 1)


def no_outer_pipes(text: str) -> str:
    return "\n".join(line.strip()[1:-1].strip() if line.startswith("|") else line for line in text.split("\n"))


@pytest.mark.parametrize("write", [bold, entities, broken_cells, headings, no_outer_pipes])
def test_markdown_written_otherwise_tells_the_same_report(write: Callable[[str], str]) -> None:
    figures = seeded("2021", 6)
    report = parsers.assess(write(layout("piped")(to_sheet("2021", figures))).encode()).report
    assert {id_: report.tables[id_[0]][id_[1]][id_[2]].value for id_ in figures} == figures
    assert report.title == "澄湖县水务局2023年政府信息公开工作年度报告"
    assert {section.status.value for section in report.sections.values()} == {"present"}
