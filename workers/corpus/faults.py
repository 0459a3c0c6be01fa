"""Known faults of real reports, one a report: what is printed differs from a clean report in one place that is told."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from workers.corpus.figures import CellId, seeded
from workers.corpus.reports import Draft


@dataclass(frozen=True)
class Fault:
    """`what` says it in a sentence; `where` is a cell, a label or a section; `printed` stands there, `true` should."""

    kind: str
    what: str
    where: str
    printed: str | None
    true: str | None


def draft_to_faulty(draft: Draft) -> tuple[Draft, Fault]:
    """The draft spoilt in one way; its figures are those that are printed, so a blank cell has none."""
    chance = draft.chance("fault")
    return chance.choice(_FAULTS)(draft, chance)


def _wrong_total(draft: Draft, chance: random.Random) -> tuple[Draft, Fault]:
    cell = chance.choice([cell for cell in draft.figures if _is_total(cell)])
    true = draft.figures[cell]
    printed = true + chance.randrange(1, 10)
    spoilt = replace(draft, figures={**draft.figures, cell: printed}, true=draft.figures)
    return spoilt, Fault("wrong_total", "总计与分项之和不符。", ".".join(cell), str(printed), str(true))


def _is_total(cell: CellId) -> bool:
    """A cell that an identity of the form makes from others, printed beside them."""
    table, row, column = cell
    return table != "proactive" and (row == "total_processed" or column == "total")


def _blank_cell(draft: Draft, chance: random.Random) -> tuple[Draft, Fault]:
    return _in_place_of_zero(draft, chance, "", "blank_cell", "单元格留空。")


def _word_for_zero(draft: Draft, chance: random.Random) -> tuple[Draft, Fault]:
    return _in_place_of_zero(draft, chance, chance.choice(("无", "/", "—")), "word_for_zero", "没有填数字。")


def _in_place_of_zero(draft: Draft, chance: random.Random, printed: str, kind: str, what: str) -> tuple[Draft, Fault]:
    cell = chance.choice([cell for cell, value in draft.figures.items() if value == 0 and cell[0] != "proactive"])
    changes = replace(draft.changes, cells={**draft.changes.cells, cell: printed})
    return replace(draft, changes=changes), Fault(kind, what, ".".join(cell), printed, "0")


MISSPELT = (
    ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
    ("3.危及“三安全一稳定”", "3.危及“三安全一稳"),
    ("四、结转下年度继续办理", "四、结转下年度继续办"),
    ("一、本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数"),
)
"""Labels of both editions as they should be and as offices print them."""


def _misspelt_label(draft: Draft, chance: random.Random) -> tuple[Draft, Fault]:
    true, printed = chance.choice(MISSPELT)
    spoilt = replace(draft, changes=replace(draft.changes, labels={true: printed}))
    return spoilt, Fault("misspelt_label", "表格标签与规定的不一致。", true, printed, true)


def _missing_section(draft: Draft, chance: random.Random) -> tuple[Draft, Fault]:
    section = chance.choice(("problems", "other"))
    spoilt = replace(draft, changes=replace(draft.changes, drop_sections=(section,)))
    return spoilt, Fault("missing_section", "缺少规定的部分。", section, None, None)


OUTDATED_YEAR = 2023
"""Two years after the form of 2019 was replaced."""


def _outdated_form(draft: Draft, chance: random.Random) -> tuple[Draft, Fault]:
    figures = seeded("2019", chance.randrange(10**9))
    changes = replace(draft.changes, year=OUTDATED_YEAR, merged=False)
    spoilt = replace(draft, edition="2019", merged=False, figures=figures, changes=changes)
    return spoilt, Fault("outdated_form", "用了已经停用的 2019 年版格式。", "edition", "2019", "2021")


_FAULTS: tuple[Callable[[Draft, random.Random], tuple[Draft, Fault]], ...] = (
    _wrong_total,
    _blank_cell,
    _word_for_zero,
    _misspelt_label,
    _missing_section,
    _outdated_form,
)


def printed_figures(draft: Draft) -> dict[CellId, int | Decimal]:
    """The figures that stand on the paper as numbers."""
    return {cell: value for cell, value in draft.figures.items() if cell not in draft.changes.cells}
