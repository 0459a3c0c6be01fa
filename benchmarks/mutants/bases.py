"""The reports that are spoilt: made ones of both editions, and the real ones beside the checkout whose sums hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

import parsers
from parsers.editions import edition_named, report_to_form
from parsers.editions.equations import CellId, Equation, edition_to_equations
from parsers.model.report import Number, Report, Status, Tables
from workers.corpus.figures import seeded, written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
FORMS = (("2021", 2023, False), ("2019", 2020, False), ("2021", 2022, True))
"""Edition, year, and whether （六） is one merged row."""

_READ = (Status.NUMBER, Status.BLANK, Status.NON_NUMERIC)


@dataclass(frozen=True)
class Base:
    """A report whose identities all hold."""

    name: str
    report: Report

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """The identities of its form."""
        return edition_to_equations(report_to_form(self.report), self.report.tables)

    @cached_property
    def values(self) -> dict[CellId, Number]:
        """Its numbers in the tables that have identities; a cell in which none stands is not spoilt."""
        tables = self.report.tables
        spoilt = dict.fromkeys(cell for e in self.equations for cell in (*e.left, *e.right))
        figures = {(t, row, column): tables[t][row][column] for t, row, column in spoilt}
        return {cell: figure.value for cell, figure in figures.items() if figure.value is not None}

    @cached_property
    def rows(self) -> tuple[tuple[CellId, ...], ...]:
        """The rows of the table of requests in which every cell holds a number, in the order of the form."""
        table = report_to_form(self.report).table("requests")
        rows = [tuple(("requests", row.id, c.id) for c in table.columns_of(row.id)) for row in table.rows]
        return tuple(row for row in rows if all(cell in self.values for cell in row))

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The rows of which （七）总计 is the sum."""
        sums = next(e for e in self.equations if e.identity.code == "A02")
        return tuple(cell[1] for cell in sums.right)

    def spoilt(self, new: dict[CellId, Number]) -> Report:
        """The report with other numbers in these cells."""
        return msgspec.structs.replace(self.report, tables=_with(self.report.tables, new))

    def broken(self, new: dict[CellId, Number]) -> tuple[str, ...]:
        """The identities that no longer hold then, counted here once more and apart from the rules."""
        values = {**self.values, **new}
        return tuple(
            f"{e.identity.code}.{e.scope}"
            for e in self.equations
            if sum(values.get(cell, 0) for cell in e.left) != sum(values.get(cell, 0) for cell in e.right)
        )


def _with(tables: Tables, new: dict[CellId, Number]) -> Tables:
    changed = {table: {row: dict(columns) for row, columns in rows.items()} for table, rows in tables.items()}
    for (table, row, column), value in new.items():
        old = changed[table][row][column]
        changed[table][row][column] = msgspec.structs.replace(old, value=value, raw=str(value), status=Status.NUMBER)
    return changed


def made_bases(seeds: int) -> tuple[Base, ...]:
    """The written report and seeded ones, on every form, read from a text as any report is."""
    bases: list[Base] = []
    for edition, year, merged in FORMS:
        figures = {"written": written(edition, merged=merged)}
        figures |= {f"seed {seed}": seeded(edition, seed, merged=merged) for seed in range(seeds)}
        for name, numbers in figures.items():
            sheet = to_sheet(edition, numbers, Changes(year=year, merged=merged))
            bases.append(_read(f"{edition} {name}", layout("tabbed")(sheet).encode()))
    return tuple(bases)


def _read(name: str, data: bytes) -> Base:
    return Base(name, parsers.classify(parsers.read(data)))


def real_bases() -> tuple[Base, ...]:
    """The real reports in which every cell was read and every identity holds; none where they are not at hand."""
    files = sorted([*SAMPLES.glob("seeds/*.txt"), *SAMPLES.glob("real/*.*")])
    bases = [_read(file.name, file.read_bytes()) for file in files if file.suffix != ".json"]
    return tuple(base for base in bases if _is_clean(base))


def _is_clean(base: Base) -> bool:
    """Every cell of its identities was read, some hold a number, and all identities hold."""
    if edition_named(base.report.edition) is None:
        return False
    tables = base.report.tables
    cells = [cell for e in base.equations for cell in (*e.left, *e.right)]
    are_read = all(tables[t][row][column].status in _READ for t, row, column in cells)
    return are_read and bool(base.values) and not base.broken({})
