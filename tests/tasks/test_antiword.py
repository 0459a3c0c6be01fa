"""antiword's DocBook becomes lines and rows; what cannot be told apart stays together."""

from __future__ import annotations

import pytest

from tasks.antiword import docbook_to_text, text_to_cell_ends

HEAD = "<?xml version='1.0'?>\n<book>\n<chapter>\n<title/>\n"


def para(*lines: str) -> str:
    return "\n".join(("  <para>", *lines, "  </para>", ""))


def entry(*lines: str) -> str:
    return "\n".join(("<entry>", *lines, "</entry>", ""))


def test_paragraphs_are_lines_and_rows_have_bars() -> None:
    row = f"<row>\n{entry('规章')}{entry('1')}{entry()}</row>\n"
    table = para(
        f"<informaltable frame='none'>\n<tgroup cols='3'>\n<tbody>\n{row}</tbody>\n</tgroup>\n</informaltable>"
    )
    assert docbook_to_text(HEAD + para("一、总体情况") + table) == "一、总体情况\n| 规章 | 1 |  |\n"


def test_entities_are_characters_and_emphasis_is_no_text() -> None:
    assert docbook_to_text(HEAD + para("<emphasis role='bold'>A&amp;B</emphasis>&lt;")) == "A&B<\n"


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("甲 |乙 |丙 | |1 |2 |3 | |五、存在", ["| 甲 | 乙 | 丙 |", "| 1 | 2 | 3 |", "五、存在"]),
        ("甲 |乙 |丙 | |1 | |3 | |五、存在", ["甲 |乙 |丙 | |1 | |3 | |五、存在"]),
        ("甲 |乙", ["甲 |乙"]),
    ],
)
def test_a_table_in_one_line_is_cut_only_where_all_rows_are_alike(line: str, rows: list[str]) -> None:
    assert docbook_to_text(HEAD + para(line)).splitlines() == rows


def test_cells_and_rows_are_counted_as_a_doc_counts_their_ends() -> None:
    assert text_to_cell_ends("甲\n| a | b |\n| c |\n") == 5
