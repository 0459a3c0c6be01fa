"""Which form a report is printed on."""

from __future__ import annotations

import pytest

from parsers.model.document import Line, Place
from parsers.sections.edition import strips_to_edition
from parsers.tables.strips import line_to_strip

NEW, OLD = "信息内容\t本年制发件数", "信息内容\t本年新制作数量"


@pytest.mark.parametrize(
    ("lines", "year", "edition", "form"),
    [
        ((NEW,), 2023, "2021", "2021"),
        ((OLD,), 2020, "2019", "2019"),
        ((OLD,), 2023, "2019", "2019"),
        ((NEW,), 2020, "2021", "2021"),
        ((NEW, "\t现行有效件数", OLD), 2023, "mixed", "2021"),
        ((), 2023, "2021", "2021"),
        ((), 2019, "2019", "2019"),
        ((), 2018, "pre_2019", "2019"),
        ((), None, None, "2021"),
        (("本年新", "制作数量"), 2020, "2019", "2019"),
        (("自2021年起不再填报本年新制作数量等栏目，改为本年制发件数，这是说明文字而不是表头。",), 2023, "2021", "2021"),
    ],
)
def test_the_heads_tell_it_and_without_them_the_year(
    lines: tuple[str, ...], year: int | None, edition: str | None, form: str
) -> None:
    strips = tuple(line_to_strip(Line(text=text, place=Place(line=n))) for n, text in enumerate(lines, 1))
    found = strips_to_edition(strips, year)
    assert (found.id, found.form.id) == (edition, form)
