"""How a notice is laid out, whatever it is written in: sections, ruled tables, annexes, and the words of each."""

from __future__ import annotations

import re

from parsers.notices.compose import Notice
from parsers.notices.items import NoticeItem

MOST_PLAIN = 5
"""Findings told in paragraphs. More stand in a ruled table (reference/interface.md, section 5)."""

ERRORS, WARNINGS = "请更正的问题", "请核实的问题"
INFOS, PICTURES = "供参考的事项", "单元格截图"
SIGNATURE = "（核查单位署名）"
"""To be filled in by whoever sends the notice; so is the date, which no clock may write."""

DATE = "　　　　年　　月　　日"
BLANK = "（空白）"
"""What stands in a cell that nobody filled in."""

MOST_QUOTED = 40
"""Letters of what was filed that a notice repeats: a line and a half."""

MOST_IN_COLUMN = 20
"""The same in a table, whose column holds five letters a line."""

HEADS = ("序号", "位置", "填报", "核查结果", "依据", "要求")
"""Of the table of findings."""

NUMERALS = "一二三四五六七八九"


def notice_to_sections(notice: Notice) -> tuple[tuple[str, tuple[NoticeItem, ...]], ...]:
    """Title and items of what stands in the notice itself; infos are in the annex."""
    sections = ((ERRORS, notice.errors), (WARNINGS, notice.warnings))
    return tuple((title, items) for title, items in sections if items)


def is_ruled(notice: Notice) -> bool:
    """Are there so many findings that they stand in tables?"""
    return len(notice.errors) + len(notice.warnings) > MOST_PLAIN


def annexes(notice: Notice) -> tuple[str, ...]:
    """The titles of the annexes, in order."""
    return tuple(title for title, there in ((INFOS, notice.infos), (PICTURES, notice.pictured)) if there)


def number_to_numeral(number: int) -> str:
    """1 to 一, for headings of the first level."""
    return NUMERALS[number - 1]


def title_to_lines(title: str) -> tuple[str, ...]:
    """The title in lines that break where the sense does."""
    head, body, tail = title.partition("政府信息公开工作年度报告")
    return tuple(line for line in (head, body + tail) if line)


def item_to_facts(item: NoticeItem) -> str:
    """`位置：…；填报：…；对照：…；依据：…。` under the sentence of an item."""
    facts = (
        ("位置", item.where),
        ("填报" if item.table else "原文", _filed(item, MOST_QUOTED)),
        ("对照", item.expected),
        ("建议填报", item.suggestion),
        ("依据", item.basis),
    )
    return "；".join(f"{name}：{_ended(value)}" for name, value in facts if value) + "。"


def item_to_row(item: NoticeItem) -> tuple[tuple[str, ...], ...]:
    """序号 · 位置 · 填报 · 核查结果 · 依据 · 要求, each as its paragraphs."""
    compared = item.expected and f"对照：{_shortened(item.expected, MOST_IN_COLUMN)}"
    filed = tuple(part for part in (_filed(item, MOST_IN_COLUMN) or "—", compared) if part)
    asked = (item.request, f"建议填报：{item.suggestion}") if item.suggestion else (item.request,)
    return (str(item.number),), (item.where,), filed, (item.result,), (item.basis,), asked


def item_to_caption(item: NoticeItem) -> str:
    """`第3项　表二“（七）总计”行“自然人”列（第2页）`."""
    return f"第{item.number}项　{item.where}"


def _filed(item: NoticeItem, most: int) -> str | None:
    """What stands there, on one line, and of a long text its beginning: the reader knows it and only has to find it."""
    return None if item.filed is None else _shortened(" ".join(item.filed.split()), most) or BLANK


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}……"


def _ended(value: str) -> str:
    """Without a full stop of its own."""
    return re.sub("。$", "", value)
