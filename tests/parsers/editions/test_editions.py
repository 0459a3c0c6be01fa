"""The forms as data: complete, citing the law, and refusing what is misspelt."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest

from parsers.editions import EDITIONS, edition_due, edition_named
from parsers.editions.spec import Edition
from parsers.text.labels import Fit, fit
from workers.corpus.figures import cells_of, form

IDS = [edition.id for edition in EDITIONS]


@pytest.mark.parametrize(("edition", "cells"), [("2019", 198), ("2021", 200)])
def test_a_form_has_so_many_cells(edition: str, cells: int) -> None:
    assert len(cells_of(edition)) == cells


@pytest.mark.parametrize(
    ("edition", "counts"),
    [
        ("2019", {"A01": 7, "A02": 7, "A03": 23, "A04": 1, "A05": 1, "A06": 1}),
        ("2021", {"A01": 7, "A02": 7, "A03": 25, "A04": 1, "A05": 1, "A06": 1}),
    ],
)
def test_a_form_has_so_many_identities(edition: str, counts: dict[str, int]) -> None:
    found = Counter({i.code: len(form(edition).instances(i)) for i in form(edition).identities})
    assert (found, sum(found.values())) == (counts, {"2019": 40, "2021": 42}[edition])


@pytest.mark.parametrize("edition", EDITIONS, ids=IDS)
def test_every_record_names_its_clause(edition: Edition) -> None:
    clauses = [section.clause for section in edition.sections] + [part.clause for part in edition.parts]
    clauses += [table.clause for table in edition.tables] + [identity.clause for identity in edition.identities]
    clauses += [row.clause for table in edition.tables for row in table.rows]
    assert all(clauses)


@pytest.mark.parametrize("edition", EDITIONS, ids=IDS)
def test_ids_are_unique_where_they_must_be(edition: Edition) -> None:
    lists = [[s.id for s in edition.sections], [p.id for p in edition.parts], [t.id for t in edition.tables]]
    lists += [[row.id for row in table.rows] for table in edition.tables]
    lists += [[c.id for c in block.columns] for table in edition.tables for block in table.blocks]
    assert [ids for ids in lists if len(ids) != len(set(ids))] == []


@pytest.mark.parametrize("edition", EDITIONS, ids=IDS)
def test_identities_add_rows_and_columns_that_exist(edition: Edition) -> None:
    for identity in edition.identities:
        table = edition.table(identity.table)
        names = {row.id for row in table.rows} | {c.id for block in table.blocks for c in block.columns}
        assert {*identity.left, *identity.right, *identity.over} <= names


@pytest.mark.parametrize("edition", EDITIONS, ids=IDS)
def test_no_variant_is_another_rows_label(edition: Edition) -> None:
    for table in edition.tables:
        for row in table.rows:
            others = [other for other in table.rows if other is not row]
            assert [v for v in row.variants if any(fit(v, o.label, ()) is Fit.EXACT for o in others)] == []


@pytest.mark.parametrize("edition", EDITIONS, ids=IDS)
def test_every_table_belongs_to_a_section_and_every_group_to_its_table(edition: Edition) -> None:
    assert [edition.section(table.section).id for table in edition.tables] == [t.section for t in edition.tables]
    for table in edition.tables:
        assert {row.group for row in table.rows if row.group} <= {
            group.id for group in table.groups
        } or not table.groups


@pytest.mark.parametrize(
    ("year", "edition"), [(2018, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")]
)
def test_each_year_has_its_form(year: int, edition: str | None) -> None:
    due = edition_due(year)
    assert (due.id if due else None) == edition


def test_an_unknown_form_is_no_form() -> None:
    assert (edition_named("pre_2019"), edition_named(None)) == (None, None)


def test_a_mistake_in_the_data_names_its_path() -> None:
    data = msgspec.to_builtins(form("2021"))
    data["tables"][1]["blocks"][0]["rows"][2]["lable"] = "（一）予以公开"
    with pytest.raises(msgspec.ValidationError, match=r"\$\.tables\[1\]\.blocks\[0\]\.rows\[2\]"):
        msgspec.convert(data, Edition)


@pytest.mark.parametrize("edition", EDITIONS, ids=IDS)
def test_a_row_total_adds_every_other_column_of_its_table(edition: Edition) -> None:
    for identity in edition.identities:
        if identity.each == "row":
            columns = tuple(column.id for column in edition.table(identity.table).blocks[0].columns)
            assert (*identity.right, *identity.left) == columns


@pytest.mark.parametrize("edition", EDITIONS, ids=IDS)
def test_the_total_of_results_adds_every_row_of_the_groups(edition: Edition) -> None:
    sums = next(identity for identity in edition.identities if identity.code == "A02")
    rows = [row for row in edition.table("requests").rows if row.group and not row.stands_for]
    assert (*sums.right, *sums.left) == tuple(row.id for row in rows)
