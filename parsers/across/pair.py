"""Two reports of one body or of two, as the rules across files see them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from parsers.editions.equations import CellId
from parsers.model.across import Neighbour
from parsers.model.finding import Evidence
from parsers.rules.rule import Subject


@dataclass(frozen=True)
class Pair:
    """This report, which was uploaded under `own_key`, and another one."""

    own: Subject
    other: Neighbour
    own_key: str = ""

    @cached_property
    def others(self) -> Subject:
        """The other report as a subject of its own."""
        return Subject(self.other.report, self.own.judge)

    @property
    def is_same_form(self) -> bool:
        """Do both use the same edition, so that all their cells mean the same?"""
        return self.own.report.edition == self.others.report.edition

    def others_evidence(self, cell: CellId) -> Evidence:
        """The other report's cell, labelled with its year; its place is in that report, its figure none of ours."""
        evidence = self.others.evidence(cell)
        return Evidence(
            figure=None,
            label=f"{self.other.report.year}年度报告{evidence.label}",
            raw=evidence.raw,
            place=evidence.place,
        )
