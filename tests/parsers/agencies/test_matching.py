"""Whose report it is, by the roster: its name, an alias, and last the place where it was put."""

from __future__ import annotations

import pytest

from parsers.agencies.matching import is_short_for, names_to_body
from parsers.model.roster import Body, bodies_to_roster

ROSTER = bodies_to_roster(
    (
        Body(name="甲县财政局", aliases=("财政局",), prefix="甲/"),
        Body(name="乙县财政局", aliases=("财政局", "乙财"), prefix="乙/"),
        Body(name="乙县教育局", prefix="乙/教/"),
        Body(name="甲县人民政府"),
    )
)


@pytest.mark.parametrize(
    ("names", "key", "found"),
    [
        (("乙县财政局",), "甲/x.pdf", "乙县财政局"),
        (("乙财",), "", "乙县财政局"),
        (("财政局",), "", None),
        (("财政局",), "甲/x.pdf", "甲县财政局"),
        (("甲县财政局", "甲县人民政府"), "", None),
        (("甲县财政局", "乙财"), "", "甲县财政局"),
        ((), "乙/教/x.pdf", "乙县教育局"),
        ((), "丙/x.pdf", None),
        (("教育局",), "乙/教/x.pdf", "乙县教育局"),
        (("卫生健康局",), "乙/教/x.pdf", None),
    ],
)
def test_a_name_outranks_an_alias_and_both_outrank_the_key(names: tuple[str, ...], key: str, found: str | None) -> None:
    body = names_to_body(ROSTER, names, key)
    assert (body.name if body else None) == found


def test_a_short_name_has_its_characters_in_the_order_of_the_full_one() -> None:
    assert is_short_for("铜官区住建局", "铜陵市铜官区住房和城乡建设局")
    assert not is_short_for("铜官区建住局", "铜陵市铜官区住房和城乡建设局")
