"""HTML: what is raised, struck, hidden or no text is no part of a number, and no blank of the agency's."""

from __future__ import annotations

import pytest

import parsers
from parsers.model.document import Line, Table
from parsers.model.report import Status
from parsers.readers.html_rules import with_rules
from tests.make.html import to_html
from tests.parsers.tables.test_grid_rows import one_cell
from workers.corpus.figures import seeded
from workers.corpus.sheet import Changes, to_sheet

CELLS = (
    ("raised by its style", "12<span style='vertical-align:super'>3</span>", Status.UNREADABLE, None),
    ("lowered by its style", "12<span style='Vertical-Align : sub'>3</span>", Status.UNREADABLE, None),
    ("raised by points", "12<span style='vertical-align:5pt'>3</span>", Status.UNREADABLE, None),
    ("raised as Word writes it", "12<span style='mso-text-raise:4.0pt'>3</span>", Status.UNREADABLE, None),
    ("raised by a hair", "1<span style='mso-text-raise:1.0pt'>2</span>", Status.NUMBER, 12),
    ("in the middle", "<span style='vertical-align:middle'>12</span>", Status.NUMBER, 12),
    ("on a subline of another name", "<span style='vertical-align:subtle'>12</span>", Status.NUMBER, 12),
    ("raised brackets", "12<sup>(3)</sup>", Status.UNREADABLE, None),
    ("raised in full width", "12<sup>３</sup>", Status.UNREADABLE, None),
    ("struck alone", "<s>12</s>", Status.UNREADABLE, None),
    ("struck inside", "1<span style='text-decoration:line-through'>2</span>3", Status.UNREADABLE, None),
    ("struck words", "<s>约</s>12", Status.NUMBER, 12),
    ("white alone", "<span style='color:#fff'>12</span>", Status.UNREADABLE, None),
    ("white inside", "1<font color=white>2</font>3", Status.UNREADABLE, None),
    ("nearly white", "1<span style='color:#fefefe'>2</span>3", Status.UNREADABLE, None),
    ("without colour", "1<span style='color: rgba(0, 0, 0, 0)'>2</span>3", Status.UNREADABLE, None),
    ("too small", "1<span style='font-size:0.5px'>2</span>3", Status.UNREADABLE, None),
    ("small", "<span style='font-size:.5em'>12</span>", Status.NUMBER, 12),
    ("ten points", "<span style='font-size:10px'>12</span>", Status.NUMBER, 12),
    ("yellow", "<span style='color:#ff0'>12</span>", Status.NUMBER, 12),
    ("shrunk to nothing", "1<span style='transform:scale(0)'>2</span>3", Status.UNREADABLE, None),
    ("hidden alone", "<span style='display:none'>12</span>", Status.UNREADABLE, None),
    ("a picture", "<img src=2.png>", Status.UNREADABLE, None),
    ("a narrow picture", "<img src=2.png width=9>", Status.UNREADABLE, None),
    ("a picture beside a digit", "1<img src=2.png width=9>", Status.UNREADABLE, None),
    ("a spacer", "12<img src=x.gif width=1 height=20>", Status.NUMBER, 12),
    ("a field", "<input type=text value=12>", Status.UNREADABLE, None),
    ("a hidden field", "12<input type='hidden' value=3>", Status.NUMBER, 12),
    ("a text area", "<textarea>12</textarea>", Status.UNREADABLE, None),
    ("a choice", "<select><option>1<option selected>12</select>", Status.UNREADABLE, None),
    ("a drawing", "<svg><text>12</text></svg>", Status.UNREADABLE, None),
    ("a canvas", "<p><canvas></canvas></p>", Status.UNREADABLE, None),
    ("a plug-in", "<object data=12.swf></object>", Status.UNREADABLE, None),
    ("nothing", "<p>&nbsp;</p>", Status.BLANK, None),
)


@pytest.mark.parametrize(("_fact", "text", "status", "value"), CELLS, ids=[row[0] for row in CELLS])
def test_what_looks_otherwise_is_no_number_and_no_blank(
    _fact: str, text: str, status: Status, value: int | None
) -> None:
    figure = one_cell(text)
    assert (figure.status, figure.value) == (status, value)


RULES = (
    (".x{display:none}", "12<span class=x>3</span>", None),
    ("/* a */ .x , .y { DISPLAY : none !important }", '12<span class="b x">3</span>', None),
    ("#x{visibility:hidden}", "12<span id='x'>3</span>", None),
    ("span.x{display:none}", "12<span class=x>3</span>", None),
    (".x{vertical-align:super;font-size:8pt}", "12<span class=x>3</span>", None),
    (".x{text-decoration:line-through}", "12<span class=x>3</span>", None),
    (".x{color:#FFF}", "12<span class=x>3</span>", None),
    (".x{color:rgba(255, 255, 255, 0.98)}", "12<span class=x>3</span>", None),
    ("<!-- .x{display:none} -->", "12<span class=x style='color:red'>3</span>", None),
    (".x{color:#fff;background:#00f}", "<span class=x>12</span>", 12),
    (".x{display:none} .x{display:inline}", "<span class=x>12</span>", 12),
    (".x{display:none}", "<span class=x style='display:inline'>12</span>", 12),
    ("@media print{.x{display:none}}", "<span class=x>12</span>", 12),
    ("@media print{.y{color:red} .x{display:none}} .z{display:none}", "<span class=x>12</span>", 12),
    ("@import url(a.css); .x{display:none}", "12<span class=x>3</span>", None),
    (".x:hover{display:none}", "<span class=x>12</span>", 12),
    ("b.x{display:none}", "<span class=x>12</span>", 12),
    (".xx{display:none}", "<span class=x>12</span>", 12),
)


@pytest.mark.parametrize(("sheet", "text", "value"), RULES, ids=[row[0] for row in RULES])
def test_the_pages_own_rules_say_how_a_class_looks(sheet: str, text: str, value: int | None) -> None:
    cell = ("proactive", "regulation", "issued")
    page = to_html(to_sheet("2021", seeded("2021", 1), Changes(cells={cell: "@@"}))).decode()
    page = page.replace("@@", text).replace("<body", f"<style>{sheet}</style><body", 1)
    figure = parsers.assess(page.encode()).report.tables[cell[0]][cell[1]][cell[2]]
    assert figure.value == value
    assert (figure.status is Status.UNREADABLE) == (value is None)


TABS = "<style>.tab{display:none}</style><div class=tab><table><tr><td>甲<td>1</table></div><p>完</p>"


@pytest.mark.parametrize(("script", "tables"), [("", 0), ("<script>show()</script>", 1)])
def test_what_a_script_may_show_is_read_though_a_class_hides_it(script: str, tables: int) -> None:
    document = parsers.read(f"<!DOCTYPE html>{script}{TABS}".encode())
    assert sum(isinstance(block, Table) for block in document.blocks) == tables


def test_pictures_of_a_layout_are_not_told_as_doubts_of_a_cell() -> None:
    page = "<!DOCTYPE html><table><tr><td><img src=a.png width=20><p>首页</p><p>公开</p></td></tr></table><p>完</p>"
    document = parsers.read(page.encode())
    assert ([b.text for b in document.blocks if isinstance(b, Line)], document.problems) == (["首页", "公开", "完"], ())


def test_a_page_without_rules_that_matter_stays_as_it_is() -> None:
    page = "<style>.x{color:red}</style><p class=x>5</p>"
    assert with_rules(page) is page
