"""Web pages as a reader of the page sees them."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from parsers.model.document import Document, Line, Table
from parsers.model.errors import DocumentError
from parsers.model.finding import Attribution
from parsers.model.outcome import Outcome
from parsers.model.report import Figure, Status
from parsers.readers.html import MOST_OPEN, MOST_TAGS
from tests.make.html import to_html
from workers.corpus.figures import written
from workers.corpus.sheet import Changes, to_sheet


def page(body: str) -> Document:
    return parsers.read(f"<html><body>{body}</body></html>".encode())


def lines(body: str) -> list[str]:
    return [block.text for block in page(body).blocks if isinstance(block, Line)]


def tables(body: str) -> list[list[list[str]]]:
    found = [block for block in page(body).blocks if isinstance(block, Table)]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def squares(body: str) -> list[list[tuple[int, int, int]]]:
    """Column, column span and row span of every cell of the only table."""
    (table,) = (block for block in page(body).blocks if isinstance(block, Table))
    return [[(cell.column, cell.column_span, cell.row_span) for cell in row.cells] for row in table.rows]


def codes(body: str) -> list[str]:
    return [problem.code for problem in page(body).problems]


CELLS = (
    ("a paragraph that holds a blank is a blank cell", "<td><p>&nbsp;</p></td>", ""),
    ("an ideographic space is blank", "<td>&emsp;&#12288;</td>", ""),
    ("two paragraphs are two lines", "<td><p>本年新</p><p>制作数量</p></td>", "本年新\n制作数量"),
    ("a break ends a line", "<td>本年新<br/>制作数量</td>", "本年新\n制作数量"),
    ("digits in spans of their own are one number", "<td><span>1</span><span>2</span></td>", "12"),
    ("a line end between Chinese characters is no space", "<td>本年新\n  制作数量</td>", "本年新制作数量"),
    ("a line end between words is a space", "<td>a\nb</td>", "a b"),
    ("a raised digit stays raised", "<td>5<sup>2</sup></td>", "5²"),
    ("Word's empty paragraph is blank", "<td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td>", "\xa0".strip()),
    ("a table of one cell is a frame", "<td><table><tr><td>5</td></tr></table></td>", "5"),
    ("a reading beside a character is left out", "<td><ruby>行<rt>xíng</rt></ruby>政</td>", "行政"),
    ("a script is no text", "<td>1<script>9</script></td>", "1"),
    ("a form's field is no text", "<td>1<textarea>9</textarea><select><option>8</select></td>", "1"),
)


@pytest.mark.parametrize(("_fact", "cell", "text"), CELLS, ids=[fact for fact, _, _ in CELLS])
def test_a_cell_holds_what_is_seen_in_it(_fact: str, cell: str, text: str) -> None:
    assert [row[1].strip() for row in tables(f"<table><tr><td>规章</td>{cell}</tr></table>")[0]] == [text]


UNSEEN = (
    "<span style='display:none'>7</span>",
    "<span style='DISPLAY : NONE'>7</span>",
    "<span style='visibility:hidden'>7</span>",
    "<span hidden>7</span>",
    "<span style='font-size:0px'>7</span>",
    "<span style='mso-hide:all'>7</span>",
    "<span style='opacity:0'>7</span>",
    "<span style='color:#FFFFFF'>7</span>",
    "<font color=white>7</font>",
    "<span style='position:absolute;left:-9999px'>7</span>",
    "<b><i style='display:none'>7</i></b>",
)


@pytest.mark.parametrize("hidden", UNSEEN)
def test_what_nobody_sees_is_not_read_and_is_said(hidden: str) -> None:
    body = f"<table><tr><td>规章</td><td>{hidden}5</td></tr></table>"
    assert (tables(body), codes(body)) == ([[["规章", "5"]]], ["HIDDEN_TEXT"])


def test_white_text_on_a_ground_of_its_own_is_seen() -> None:
    assert lines("<p style='background:#c00'><span style='color:#fff'>2023</span></p>") == ["2023"]


def test_hidden_words_without_a_digit_are_no_problem() -> None:
    assert codes("<p>x</p><div style='display:none'>关闭</div>") == []


@pytest.mark.parametrize("tag", ["del", "s", "strike", "span style='text-decoration:line-through'"])
def test_a_struck_number_is_no_value_and_is_said(tag: str) -> None:
    body = f"<table><tr><td>规章</td><td><{tag}>4</{tag.partition(' ')[0]}>5</td></tr></table>"
    assert (tables(body), codes(body)) == ([[["规章", "5"]]], ["STRUCK_TEXT"])


def test_a_hidden_cell_takes_no_place_and_an_invisible_one_does() -> None:
    body = "<table><tr><td>a<td style='display:none'>b<td style='visibility:hidden'>c<td>d</table>"
    assert tables(body) == [[["a", "", "d"]]]


SPANS = (
    ("a merged row", "<tr><td rowspan=2>a<td>b<tr><td>c", [[(0, 1, 2), (1, 1, 1)], [(1, 1, 1)]]),
    ("a merged column", "<tr><td colspan=2>a<td>b", [[(0, 2, 1), (2, 1, 1)]]),
    (
        "to the end of its group",
        "<tbody><tr><td rowspan=0>a<td>b<tr><td>c</tbody><tbody><tr><td>d<td>e",
        [[(0, 1, 65534), (1, 1, 1)], [(1, 1, 1)], [(0, 1, 1), (1, 1, 1)]],
    ),
    ("nothing a number says", "<tr><td colspan=x rowspan=-3>a<td colspan=0>b", [[(0, 1, 1), (1, 1, 1)]]),
    (
        "two merged cells beside each other",
        "<tr><td rowspan=3>a<td rowspan=2>b<td>c<tr><td>d<tr><td>e<td>f",
        [[(0, 1, 3), (1, 1, 2), (2, 1, 1)], [(2, 1, 1)], [(1, 1, 1), (2, 1, 1)]],
    ),
)


@pytest.mark.parametrize(("_fact", "rows", "expected"), SPANS, ids=[fact for fact, _, _ in SPANS])
def test_cells_stand_where_browsers_put_them(_fact: str, rows: str, expected: list[list[tuple[int, int, int]]]) -> None:
    assert squares(f"<table>{rows}</table>") == expected


def test_a_layout_table_is_no_table_and_the_one_inside_it_is() -> None:
    inner = "<table><tr><td>规章</td><td>5</td></tr></table>"
    body = f"<table><tr><td>菜单</td><td><p>一、总体情况</p>{inner}<p>二、</p></td></tr></table>"
    assert tables(body) == [[["规章", "5"]]]
    assert lines(body) == ["菜单", "一、总体情况", "二、"]


def test_prose_in_a_row_of_one_cell_is_lines_between_two_parts_of_one_table() -> None:
    prose = "说明文字" * 20
    body = f"<table><tr><td>a<td>b<tr><td colspan=2>{prose}<tr><td>c<td>d</table>"
    assert (tables(body), lines(body)) == ([[["a", "b"]], [["c", "d"]]], [prose])
    paths = [block.place.path for block in page(body).blocks if isinstance(block, Table)]
    assert paths == ["table 1", "table 1"]


def test_a_table_drawn_by_its_style_is_a_table() -> None:
    cells = "<div style='display:table-cell'>规章</div><div style='display:table-cell'>5</div>"
    assert tables(f"<div style='display:table'><div style='display:table-row'>{cells}</div></div>") == [[["规章", "5"]]]


def test_a_cell_without_its_row_is_not_lost() -> None:
    cell = "<div style='display:table-cell'>{}</div>"
    body = f"<div style='display:table'>{cell.format('规章')}{cell.format('5')}</div>"
    assert tables(body) == [[["规章", "5"]]]


def test_typed_text_keeps_its_lines_and_tabs() -> None:
    assert lines("<pre>规章\t1\t2\n行政许可\t3</pre>") == ["规章\t1\t2", "行政许可\t3"]


def test_lines_and_rows_share_one_count_and_a_cell_has_its_path() -> None:
    blocks = page("<p>x</p><table><tr><td>a<td>b<tr><td>c<td>d</table><p>y</p>").blocks
    table = blocks[1]
    assert isinstance(table, Table)
    place = table.rows[1].cells[1].place
    assert (place.line, place.column, place.path) == (3, 2, "table 1, row 2, column 2")
    assert blocks[2].place.line == 4


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<p>x</p><p><img src='t.png' width=600></p>", "PICTURE"),
        ("<p>x</p><iframe src='r.html'></iframe>", "FRAME"),
        ("<p>x<a href='/files/年报.docx?v=1'>年报</a></p>", "ATTACHMENT"),
    ],
)
def test_what_stands_elsewhere_is_said(body: str, code: str) -> None:
    assert codes(body) == [code]


def test_an_icon_in_a_paragraph_is_no_missing_text() -> None:
    assert codes("<p>x</p><p><img src=i.gif width=16></p>") == []


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "big5", None])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
def test_the_encoding_is_told_from_the_bytes_whatever_the_page_says(encoding: str, charset: str | None) -> None:
    meta = f'<meta charset="{charset}">' if charset else ""
    text = f"<html><head>{meta}</head><body><p>政府信息公开工作年度报告</p></body></html>"
    (block,) = parsers.read(text.encode(encoding)).blocks
    assert isinstance(block, Line)
    assert block.text == "政府信息公开工作年度报告"


HOSTILE = (
    ("open divs", "<div>" * 100_000 + "1"),
    ("open tables", "<table><tr><td>" * 100_000),
    ("open lists", "<ul><li>" * 100_000),
    ("open lists below the limit", "<html>" + "<ul><li>" * 400 + "<li>x" * 20_000),
    ("stray end tags between", "<html>" + "<div></b>" * 50_000),
    ("wide cells", "<table><tr>" + "<td colspan=1000000000 rowspan=0>1" * 20_000),
    ("long cells", "<table>" + "<tr><td rowspan=65534>1<td>2" * 20_000),
    ("many attributes", "<p " + " ".join(f"a{i}" for i in range(100_000)) + ">x"),
    ("an open comment", "<p>1<!--" + "x" * 1_000_000),
    ("zero bytes", "<p>1" + "\0" * 1000),
    ("plaintext", "<p>1<plaintext>" + "<td>" * 1000),
    ("many tags", "<p>1" + "<b>" * (MOST_TAGS + 1)),
    ("hidden and deep", "<html><p>1<i style='display:none'>" + "<i>" * (MOST_OPEN - 10) + "2"),
)


@pytest.mark.parametrize(("_kind", "text"), HOSTILE, ids=[kind for kind, _ in HOSTILE])
def test_a_hostile_page_is_read_or_refused_in_time(_kind: str, text: str) -> None:
    begun = time.process_time()
    with suppress(DocumentError):
        parsers.read(text.encode())
    assert time.process_time() - begun < 5


PIECES = (
    "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=2>", "<td colspan=3>", "<td rowspan=0>",
    "<p>", "</p>", "<br>", "规章", "1", "&nbsp;", "<div role=row>", "<div role=cell>", "</div>", "<del>", "</del>",
    "<tbody>", "<sup>", "</sup>", "<pre>", "\n", "<img>", "<li>", "<a href=a.pdf>", "</a>", "</span>", "<!--", "-->",
    "<div style='display:table'>", "<td style='visibility:hidden'>", "<span style='color:#fff'>",
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_page_is_read_or_refused_and_always_alike(parts: list[str]) -> None:
    data = ("<html><body>" + "".join(parts)).encode()
    with suppress(DocumentError):
        assert parsers.read(data) == parsers.read(data)


def test_a_page_that_only_leads_to_the_report_says_where_it_is() -> None:
    body = "<h1>铜官区住建局2023年政府信息公开工作年度报告</h1><p>附件：<a href=nb.pdf>年报.pdf</a></p>"
    with pytest.raises(DocumentError) as caught:
        parsers.assess(f"<html>{body}</html>".encode())
    assert (caught.value.code, caught.value.advice[-1]) == ("REPORT_IN_ATTACHMENT", "。")


def test_a_table_that_is_a_picture_is_ours_to_collect_again_and_accuses_nobody() -> None:
    sheet = to_sheet("2021", written("2021"), Changes(drop_tables=("review_litigation",)))
    page_of_it = to_html(sheet).decode().replace("<p>五、", "<p><img src=3.png width=600></p><p>五、", 1)
    findings = parsers.assess(page_of_it.encode()).findings.findings
    assert [f for f in findings if f.is_agencys] == []
    assert Attribution.EXTRACTION in [f.attribution for f in findings]


REPORT = to_html(to_sheet("2021", written("2021"), Changes(year=2023)))


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("公开", "公開"),
        ("数量", "數量"),
        ("行政复议", "行政(xíng zhèng)复议"),
        ("信息", "信息（xìnxī）"),
        ("审结", "审\ufffd"),
    ],
)
def test_another_way_to_write_a_character_accuses_nobody(printed: str, instead: str) -> None:
    outcome = parsers.assess(REPORT.decode().replace(printed, instead).encode())
    assert [finding.code for finding in outcome.findings.findings] == []


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_figure_with_a_broken_byte_is_unreadable_and_every_other_one_is_read(encoding: str) -> None:
    data = REPORT.decode().encode(encoding)
    whole, damaged = parsers.assess(data), parsers.assess(data.replace(b"<td>0<", b"<td>\xff<", 1))
    changed = [
        after.status
        for before, after in zip(_figures(whole), _figures(damaged), strict=True)
        if after.value != before.value
    ]
    assert changed == [Status.UNREADABLE]
    assert [problem.code for problem in damaged.report.problems] == ["ENCODING_DAMAGED"]


def _figures(outcome: Outcome) -> list[Figure]:
    return [figure for rows in outcome.report.tables.values() for row in rows.values() for figure in row.values()]
