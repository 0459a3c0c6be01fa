"""What was recognised in a picture and is in doubt gives no value, and its spelling accuses nobody."""

from __future__ import annotations

import msgspec

import parsers
from parsers.model.document import Cell, Document, Line, Place
from parsers.model.outcome import Outcome
from parsers.model.pictures import page_to_remark
from parsers.model.report import Status
from parsers.tables.strips import cell_to_token
from workers.corpus.figures import written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout

MISSPELT = Changes(labels={"本年废止件数": "本年度止件数", "2.其他法律行政法规禁止公开": "2.其他法律行政止公开"})


def judged(changes: Changes | None = None, *, doubted: str) -> Outcome:
    """A report of which the lines that hold these words are in doubt."""
    document = parsers.read(layout("tabbed")(to_sheet("2021", written("2021"), changes)).encode())
    blocks = tuple(
        msgspec.structs.replace(block, doubt=True) if isinstance(block, Line) and doubted in block.text else block
        for block in document.blocks
    )
    return parsers.check(parsers.classify(msgspec.structs.replace(document, blocks=blocks)))


def cell(text: str, *, doubt: bool) -> Cell:
    return Cell(text=text, place=Place(page=1, box=(0.0, 0.0, 9.0, 9.0), path="table 1, row 1, column 1"), doubt=doubt)


def test_a_figure_in_doubt_is_unreadable_and_keeps_what_was_seen() -> None:
    row = judged(doubted="行政许可").report.tables["proactive"]["administrative_licensing"]["decisions"]
    assert (row.status, row.value, row.raw) == (Status.UNREADABLE, None, "3195")


def test_a_figure_in_doubt_is_never_the_agencys_mistake() -> None:
    wrong = Changes(cells={("requests", "total_processed", "total"): "99"})
    assert any(finding.is_agencys for finding in judged(wrong, doubted="没有这样的字").findings.findings)
    assert not any(finding.is_agencys for finding in judged(wrong, doubted="总计").findings.findings)


def test_a_label_in_doubt_is_no_misspelling() -> None:
    codes = [finding.code for finding in judged(MISSPELT, doubted="").findings.findings]
    assert "LABEL_TYPO" not in codes
    assert "HEADER_TYPO" not in codes
    assert "LABEL_TYPO" in [finding.code for finding in judged(MISSPELT, doubted="没有这样的字").findings.findings]


def test_ink_that_could_not_be_read_is_no_blank() -> None:
    assert not cell_to_token(cell("", doubt=True)).is_blank
    assert cell_to_token(cell("", doubt=False)).is_blank


def test_a_figure_in_doubt_stands_where_a_value_stands() -> None:
    assert cell_to_token(cell("[o", doubt=True)).is_value
    assert not cell_to_token(cell("[o", doubt=False)).is_value
    assert not cell_to_token(cell("规章", doubt=True)).is_value


def test_a_document_without_doubt_does_not_speak_of_it() -> None:
    assert b"doubt" not in msgspec.json.encode(
        parsers.read(layout("tabbed")(to_sheet("2021", written("2021"))).encode())
    )
    line = Line(text="澄湖县水务局", place=Place(line=1), doubt=True)
    source = parsers.read("澄湖县水务局".encode()).source
    told = msgspec.json.encode(Document(source=source, pages=(), blocks=(line,)))
    assert msgspec.json.decode(told, type=Document).blocks == (line,)


def test_a_section_that_seems_to_be_missing_on_a_picture_accuses_nobody() -> None:
    text = layout("tabbed")(to_sheet("2021", written("2021"), Changes(drop_sections=("other",))))
    report = parsers.classify(parsers.read(text.encode()))
    recognised = msgspec.structs.replace(report, problems=(page_to_remark(1),))
    found = {name: parsers.check(r).findings.findings for name, r in (("text", report), ("picture", recognised))}
    told = {name: [f for f in findings if f.code != "NOT_TEXT"] for name, findings in found.items()}
    assert {name: [(f.code, f.is_agencys) for f in findings] for name, findings in told.items()} == {
        "text": [("SEC_MISSING", True)],
        "picture": [("SEC_MISSING", False)],
    }
