"""What a report's neighbours told: whom it was compared with, and what became of an earlier submission's findings."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.editions.equations import to_cell
from parsers.model.across import Across, CellChange, Compared, Role
from parsers.model.report import Report
from parsers.rules.rule import Subject
from workers.web.present.judgement import ChangeView
from workers.web.present.sheet import cell_anchor
from workers.web.present.text import visible

ROLES = {
    Role.LAST_YEAR: "上年报告",
    Role.EARLIER: "更正前的报告",
    Role.OTHER_VERSION: "同一年度的另一份",
    Role.OTHER_AGENCY: "其他单位",
}
"""What another report is to this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourView:
    """Another report: what it is to this one, its upload's key, and its job."""

    role: str
    key: str
    job: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """How many findings are closed, remain and are new since earlier submissions, and the cells."""

    counts: tuple[tuple[str, int], ...]
    cells: tuple[ChangeView, ...]


def across_to_neighbours(across: Across | None) -> tuple[NeighbourView, ...]:
    """Everybody it was compared with, in the order of across.json."""
    return tuple(_neighbour(compared) for compared in across.compared) if across else ()


def across_to_correction(across: Across | None, report: Report) -> CorrectionView | None:
    """The correction loop; nothing for a first submission."""
    correction = across.correction if across else None
    if correction is None:
        return None
    counts = (("已更正", correction.closed), ("仍存在", correction.remaining), ("新出现", correction.new))
    return CorrectionView(
        counts=tuple((word, len(prints)) for word, prints in counts),
        cells=tuple(_change(change, Subject(report)) for change in correction.cells),
    )


def _neighbour(compared: Compared) -> NeighbourView:
    return NeighbourView(role=ROLES[compared.role], key=visible(compared.key), job=compared.job)


def _change(change: CellChange, subject: Subject) -> ChangeView:
    return ChangeView(
        label=subject.cell_label(to_cell(change.figure)),
        before=visible(change.before or "").strip() or "空白",
        after=visible(change.after or "").strip() or "空白",
        cell=cell_anchor(change.figure),
    )
