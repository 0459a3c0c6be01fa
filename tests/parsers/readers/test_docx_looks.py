"""DOCX: what is raised, struck, white or no text never makes or becomes a number, and never a blank of the agency's."""

from __future__ import annotations

import io
import zipfile

import pytest

import parsers
from parsers.model.document import Line
from parsers.model.report import Figure, Status
from tests.parsers.readers.test_docx import CODE, FLD, PICTURE, codes, p, read, tables
from workers.corpus.docx import NAMESPACES, cell, package, paragraph, row, run, table, to_docx
from workers.corpus.figures import seeded
from workers.corpus.sheet import Changes, to_sheet

CELL = ("proactive", "regulation", "issued")
BODY = zipfile.ZipFile(io.BytesIO(to_docx(to_sheet("2021", seeded("2021", 1), Changes(cells={CELL: "@@"}))))).read(
    "word/document.xml"
)
MARKED = paragraph("@@")
UNREADABLE, NUMBER, BLANK = (Status.UNREADABLE, None), (Status.NUMBER, 12), (Status.BLANK, None)


def figure_of(inside: str, styles: str = "", table_style: str = "", properties: str = "", own: str = "") -> Figure:
    """规章 本年制发件数 of a report in whose cell these runs stand."""
    text = BODY.decode()
    body = text[text.index("<w:body>") + len("<w:body>") : text.index("</w:body>")]
    assert body.count(MARKED) == 1
    if table_style:
        body = body.replace("<w:tblPr>", f'<w:tblPr><w:tblStyle w:val="{table_style}"/>')
    marked = f"<w:tcPr></w:tcPr>{MARKED}"
    assert marked in body
    content = f"<w:tcPr>{properties}</w:tcPr><w:p>{f'<w:pPr>{own}</w:pPr>' if own else ''}{inside}</w:p>"
    parts = {"styles": f"<w:styles {NAMESPACES}>{styles}</w:styles>"}
    report = parsers.assess(package(body.replace(marked, content), parts)).report
    return report.tables[CELL[0]][CELL[1]][CELL[2]]


def style(kind: str, properties: str, name: str = "odd", more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}">{more}<w:rPr>{properties}</w:rPr></w:style>'


RAISED, LOWERED = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'


def formula(frame: str, *texts: str) -> str:
    pieces = (f"<m:r><m:t>{text}</m:t></m:r>" for text in texts)
    return f"<m:oMath>{frame.format(*pieces)}</m:oMath>"


WHITE = '<w:color w:val="FFFFFF"/>'
ODD = '<w:rStyle w:val="odd"/>'
DARK = '<w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/>'
NOT_STRUCK = '<w:strike w:val="0"/><w:dstrike w:val="false"/><w:vertAlign w:val="baseline"/><w:position w:val="0"/>'

IN_A_RUN = (
    ("as usual", run("12"), NUMBER),
    ("raised", run("12") + run("3", RAISED), UNREADABLE),
    ("lowered", run("12") + run("3", LOWERED), UNREADABLE),
    ("moved up", run("12") + run("3", '<w:position w:val="8"/>'), UNREADABLE),
    ("moved down", run("12") + run("3", '<w:position w:val="-8"/>'), UNREADABLE),
    ("moved by a unit", run("12") + run("3", '<w:position w:val="5pt"/>'), UNREADABLE),
    ("the whole line moved", run("1", '<w:position w:val="6"/>') + run("2", '<w:position w:val="6"/>'), NUMBER),
    ("hardly moved", run("1", '<w:position w:val="2"/>') + run("2"), NUMBER),
    ("raised alone", run("3", RAISED), UNREADABLE),
    ("raised brackets", run("12") + run("(3)", RAISED), UNREADABLE),
    ("struck", run("1") + run("7", "<w:strike/>") + run("2"), UNREADABLE),
    ("struck twice", run("1") + run("7", "<w:dstrike/>") + run("2"), UNREADABLE),
    ("struck alone", run("12", "<w:strike/>"), UNREADABLE),
    ("struck words", run("约", "<w:strike/>") + run("12"), NUMBER),
    ("white", run("12") + run("3", WHITE), UNREADABLE),
    ("white by theme", run("12") + run("3", '<w:color w:val="FEFEFE" w:themeColor="background1"/>'), UNREADABLE),
    ("white alone", run("12", WHITE), UNREADABLE),
    ("white on dark", run("12", WHITE + DARK), NUMBER),
    ("white on a marker", run("12", WHITE + '<w:highlight w:val="black"/>'), NUMBER),
    ("switched off", run("1") + run("2", NOT_STRUCK), NUMBER),
    ("red", run("12", '<w:color w:val="FF0000"/>'), NUMBER),
    ("hidden alone", run("12", "<w:vanish/>"), UNREADABLE),
    ("an exponent", formula("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", "12", "3"), UNREADABLE),
    ("an index", formula("<m:sSub><m:e>{}</m:e><m:sub>{}</m:sub></m:sSub>", "12", "3"), UNREADABLE),
    ("a fraction", formula("<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>", "1", "2"), UNREADABLE),
    ("a formula of one number", formula("{}{}", "1", "2"), NUMBER),
    ("nothing at all", "", BLANK),
)


@pytest.mark.parametrize(("_fact", "inside", "found"), IN_A_RUN, ids=[fact for fact, _, _ in IN_A_RUN])
def test_a_digit_that_looks_otherwise_never_joins_a_number(
    _fact: str, inside: str, found: tuple[Status, int | None]
) -> None:
    figure = figure_of(inside)
    assert (figure.status, figure.value) == found


BASED = '<w:basedOn w:val="odd"/>'
DEFAULTS = "<w:docDefaults><w:rPrDefault><w:rPr>{}</w:rPr></w:rPrDefault></w:docDefaults>".format
BY_STYLE = (
    ("a character style", style("character", RAISED), run("12") + run("3", ODD), UNREADABLE),
    ("a style based on it", style("character", RAISED) + style("character", "", "b", BASED),
     run("12") + run("3", '<w:rStyle w:val="b"/>'), UNREADABLE),
    ("a style that strikes", style("character", "<w:strike/>"), run("12") + run("3", ODD), UNREADABLE),
    ("a white style", style("character", WHITE), run("12") + run("3", ODD), UNREADABLE),
    ("a run that says otherwise", style("character", RAISED),
     run("1") + run("2", ODD + '<w:vertAlign w:val="baseline"/>'), NUMBER),
    ("a style that nobody uses", style("character", RAISED), run("12"), NUMBER),
    ("the default of all", DEFAULTS(RAISED), run("12"), UNREADABLE),
)  # fmt: skip


@pytest.mark.parametrize(("_fact", "styles", "inside", "found"), BY_STYLE, ids=[row[0] for row in BY_STYLE])
def test_a_style_makes_text_look_otherwise_too(
    _fact: str, styles: str, inside: str, found: tuple[Status, int | None]
) -> None:
    figure = figure_of(inside, styles)
    assert (figure.value is None) == (found[1] is None)
    assert figure.status is not Status.BLANK


def test_a_paragraph_style_may_strike_a_cell() -> None:
    figure = figure_of(run("12"), style("paragraph", "<w:strike/>"), own='<w:pStyle w:val="odd"/>')
    assert figure.status is Status.UNREADABLE


TABLE_STYLES = (
    ("white on a dark row", f"<w:rPr>{WHITE}</w:rPr>", DARK, NUMBER),
    ("white", f"<w:rPr>{WHITE}</w:rPr>", "", UNREADABLE),
    ("struck in a part", "<w:rPr><w:strike/></w:rPr>", "", UNREADABLE),
)


@pytest.mark.parametrize(("_fact", "look", "ground", "found"), TABLE_STYLES, ids=[row[0] for row in TABLE_STYLES])
def test_a_part_of_a_table_style_makes_its_numbers_doubts(
    _fact: str, look: str, ground: str, found: tuple[Status, int | None]
) -> None:
    part = f'<w:tblStylePr w:type="firstRow">{look}<w:tcPr>{ground}</w:tcPr></w:tblStylePr>'
    styles = f'<w:style w:type="table" w:styleId="odd">{part}</w:style>'
    figure = figure_of(run("12"), styles, table_style="odd")
    assert (figure.status, figure.value) == found


def test_a_table_style_may_hide_its_numbers_in_white() -> None:
    styles = style("table", WHITE)
    assert figure_of(run("12"), styles, table_style="odd").value is None
    assert figure_of(run("12"), styles, table_style="odd", properties=DARK).value == 12


GROUNDS = (
    ("a dark cell", DARK, "", 12),
    ("a cell shaded in white", '<w:shd w:val="clear" w:fill="FFFFFF"/>', "", None),
    ("a cell that is filled with a pattern", '<w:shd w:val="solid" w:color="000000" w:fill="auto"/>', "", 12),
    ("a dark paragraph", "", DARK, 12),
)


@pytest.mark.parametrize(("_fact", "properties", "own", "value"), GROUNDS, ids=[row[0] for row in GROUNDS])
def test_white_digits_show_on_a_dark_ground_alone(_fact: str, properties: str, own: str, value: int | None) -> None:
    assert figure_of(run("12", WHITE), properties=properties, own=own).value == value


SDT = "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format
ANCHORED = "<w:r><w:drawing><wp:anchor xmlns:wp={}><a:blip/></wp:anchor></w:drawing></w:r>".format(
    '"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
LIST = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/></w:ddList></w:ffData>'
INSIDE = (
    ("a picture", PICTURE, UNREADABLE),
    ("a shape without a picture", "<w:r><w:drawing/></w:r>", UNREADABLE),
    ("an old drawing", "<w:r><w:pict><v:line/></w:pict></w:r>", UNREADABLE),
    ("an embedded table", "<w:r><w:object/></w:r>", UNREADABLE),
    ("a list to choose from", f'{LIST}</w:fldChar></w:r>{CODE}{FLD("separate")}{FLD("end")}', UNREADABLE),
    ("a field's result", f"{FLD('begin')}{CODE}{FLD('separate')}{run('12')}{FLD('end')}", NUMBER),
    ("a content control", SDT(run("12")), NUMBER),
    ("a note's mark alone", '<w:r><w:footnoteReference w:id="2"/></w:r>', UNREADABLE),
    ("a picture beside the number", run("12") + PICTURE, UNREADABLE),
    ("a seal that floats over the number", run("12") + ANCHORED, NUMBER),
    ("a note's mark beside the number", run("12") + '<w:r><w:footnoteReference w:id="2"/></w:r>', NUMBER),
)  # fmt: skip


@pytest.mark.parametrize(("_fact", "inside", "found"), INSIDE, ids=[fact for fact, _, _ in INSIDE])
def test_what_is_no_text_is_no_blank_and_part_of_no_number(
    _fact: str, inside: str, found: tuple[Status, int | None]
) -> None:
    figure = figure_of(inside)
    assert (figure.status, figure.value) == found


def test_a_cell_and_a_row_in_content_controls_are_read() -> None:
    body = table(row(SDT(cell(paragraph("甲"))), cell(SDT(paragraph("1")))), SDT(row(cell(paragraph("乙")), cell(p()))))
    assert tables(read(body)) == [[["甲", "1"], ["乙", ""]]]


def test_struck_text_is_told_and_left_out_of_lines_too() -> None:
    document = read(p(run("收到申请"), run("13", "<w:strike/>"), run("12"), run("①", RAISED), run("件")))
    assert [block.text for block in document.blocks if isinstance(block, Line)] == ["收到申请12①件"]
    assert codes(document) == ["STRUCK_TEXT"]


def test_raised_digits_of_a_line_keep_their_form() -> None:
    document = read(p(run("收到申请12"), run("3", RAISED), run("件")))
    assert [block.text for block in document.blocks if isinstance(block, Line)] == ["收到申请12³件"]
