"""Title, preamble, signature and every line of a section keep their places."""

from __future__ import annotations

import parsers
from parsers.model.report import Report
from workers.corpus.figures import written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import LAYOUTS, layout

TEXT = layout("tabbed")(to_sheet("2021", written("2021"), Changes()))


def report_of(text: str) -> Report:
    return parsers.classify(parsers.read(text.encode()))


def test_title_and_signature_stand_where_they_are_printed() -> None:
    lines, report = TEXT.split("\n"), report_of(TEXT)
    told = [*report.titled, *report.preamble, *report.signature]
    assert [lines[(line.place.line or 0) - 1].strip() for line in told] == [line.text for line in told]
    assert [line.text for line in report.signature] == ["澄湖县水务局", "2024年1月19日"]


def test_a_date_before_the_name_stays_before_it() -> None:
    turned = TEXT.replace("澄湖县水务局\n\n2024年1月19日", "2024年1月19日\n\n澄湖县水务局")
    assert [line.text for line in report_of(turned).signature] == ["2024年1月19日", "澄湖县水务局"]


def test_every_line_of_a_section_has_its_place_in_every_layout() -> None:
    for name, _ in LAYOUTS:
        for section in report_of(layout(name)(to_sheet("2021", written("2021")))).sections.values():
            assert len(section.places) == (section.text.count("\n") + 1 if section.text else 0)


def test_the_preamble_ends_where_section_one_begins() -> None:
    assert [line.text[:4] for line in report_of(TEXT).preamble] == ["根据《中"]
