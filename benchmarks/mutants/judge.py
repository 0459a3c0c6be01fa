"""What Gouji says of a spoilt report: found, located, among the candidates, or wrong and certain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

import parsers
from benchmarks.mutants.bases import Base
from benchmarks.mutants.kinds import Kind, New, base_to_mutants
from parsers.model.cause import Explanation
from parsers.model.finding import Finding
from parsers.model.report import Number
from parsers.rules import table_identities
from parsers.rules.rule import Subject

LOCATABLE = "requests."
"""Its cells stand in two identities each or more; those of table three in one, which tells no place."""


@dataclass(frozen=True)
class Tally:
    """How many mutants: those that break no identity, those that do, and what was said of these.

    found: each broken identity has its finding. located: what is stated are the wrong cells and their true numbers,
    all of them and no other. told: each stands, with its true number, among what is stated or listed. wrong: something
    is stated that is not so.
    """

    unbroken: int = 0
    broken: int = 0
    found: int = 0
    located: int = 0
    told: int = 0
    wrong: int = 0

    def __add__(self, other: Tally) -> Tally:
        names = [field.name for field in fields(self)]
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in names})


def kind_to_tally(kind: Kind, bases: Iterable[Base], share: int = 1) -> Tally:
    """Every mutant of this kind; `share`: only each so-many-th of them."""
    tally = Tally()
    for base in bases:
        for number, new in enumerate(base_to_mutants(kind, base)):
            if number % share == 0:
                tally += mutant_to_tally(base, new)
    return tally


def mutant_to_tally(base: Base, new: New) -> Tally:
    """One mutant as a tally of one, by the rule of the identities alone: the others have their say in printed.py."""
    results = table_identities.RULE.check(Subject(base.spoilt(new)))
    return findings_to_tally([result for result in results if isinstance(result, Finding)], base, new)


def findings_to_tally(findings: Iterable[Finding], base: Base, new: New) -> Tally:
    """What was said of this mutant of the base."""
    broken = base.broken(new)
    if not broken:
        return Tally(unbroken=1)
    sums = [finding for finding in findings if finding.rule == table_identities.RULE.id]
    causes = [finding.cause for finding in sums if finding.cause is not None]
    truth = {".".join(cell): base.values[cell] for cell in new}
    stated = _changes(cause.stated for cause in causes)
    listed = [_changes([explanation]) for cause in causes for explanation in cause.candidates]
    return Tally(
        broken=1,
        found=_names(sums) == len(broken),
        located=_locatable(stated) == _locatable(truth),
        told=all(_is_told(figure, true, [stated, *listed]) for figure, true in truth.items()),
        wrong=any(truth.get(figure) != suggested for figure, suggested in stated.items()),
    )


def _locatable(cells: dict[str, Number]) -> dict[str, Number]:
    return {figure: number for figure, number in cells.items() if figure.startswith(LOCATABLE)}


def _names(sums: list[Finding]) -> int:
    """Each broken identity has a finding of its own."""
    return len({finding.fingerprint for finding in sums})


def _changes(explanations: Iterable[Explanation | None]) -> dict[str, Number]:
    return {change.figure: change.suggested for e in explanations if e for change in e.changes}


def _is_told(figure: str, true: Number, told: list[dict[str, Number]]) -> bool:
    return any(changes.get(figure) == true for changes in told)


def unchanged_to_findings(bases: Iterable[Base]) -> int:
    """What is found where nothing was changed. That （六） is one row is told of a merged form, and true."""
    findings = [finding for base in bases for finding in parsers.check(base.report).findings.findings]
    return sum(finding.code != "TABLE_ROWS_MISSING" for finding in findings)
