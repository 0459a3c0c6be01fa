"""Everything in the document ends in a section, in a table or in the leftovers."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.document import Line
from parsers.text.fold import to_label
from workers.corpus.figures import seeded
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import LAYOUTS, layout


@pytest.mark.parametrize("name", [name for name, _ in LAYOUTS if name != "one_line"])
def test_no_printed_line_of_prose_is_lost(name: str) -> None:
    text = layout(name)(to_sheet("2021", seeded("2021", 8))).replace("五、存在", "- 2 -\n页边字样\n五、存在")
    document = parsers.read(text.encode())
    report = parsers.classify(document)
    kept = [report.title or "", *(leftover.text for leftover in report.leftovers), report.agency.name or ""]
    kept += [text for section in report.sections.values() for text in (section.heading or "", section.text)]
    everything = to_label("".join(kept))
    prose = [block.text for block in document.blocks if isinstance(block, Line) and len(block.text) > 4]
    lost = [line for line in prose if to_label(line) not in everything and not is_of_table(line)]
    assert lost == ["2024年1月19日"]


def is_of_table(line: str) -> bool:
    """Cells of the tables: their words are in the figures, not in the text."""
    sheet = to_sheet("2021", seeded("2021", 8))
    cells = {to_label(s.text) for grid in sheet if not isinstance(grid, str) for row in grid.rows for s in row}
    pieces = [to_label(piece) for part in line.split("\t") for piece in part.split("|")]
    return all(piece in cells or not piece.strip("-") for piece in pieces) or all(
        to_label(word) in cells for word in line.split()
    )


def test_a_table_without_heading_is_found_by_its_own_words() -> None:
    text = layout("tabbed")(to_sheet("2021", seeded("2021", 8), Changes(drop_sections=("requests",))))
    report = parsers.classify(parsers.read(text.encode()))
    assert report.sections["requests"].status.value == "missing"
    assert (
        report.tables["requests"]["new_received"]["total"].value
        == seeded("2021", 8)["requests", "new_received", "total"]
    )


def test_text_before_section_one_is_left_over_and_in_no_section() -> None:
    text = layout("tabbed")(to_sheet("2021", seeded("2021", 8)))
    report = parsers.classify(parsers.read(text.encode()))
    assert [leftover.text[:4] for leftover in report.leftovers] == ["根据《中"]


def test_text_behind_a_heading_on_its_line_is_the_sections_text() -> None:
    text = layout("tabbed")(to_sheet("2021", seeded("2021", 8)))
    report = parsers.classify(
        parsers.read(text.replace("六、其他需要报告的事项\n\n", "六、其他需要报告的事项：").encode())
    )
    other = report.sections["other"]
    assert (other.heading, other.text[:5]) == ("六、其他需要报告的事项：", "本年度按规")
