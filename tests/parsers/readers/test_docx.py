"""DOCX is read as the final document shows it; what is not read is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from parsers.model.document import Document, Line, Table
from parsers.model.errors import DocumentError
from parsers.readers.docx.elements import elements_of
from parsers.readers.docx.runs import _LEAVES, _leaves_of
from parsers.readers.xml import bytes_to_xml
from workers.corpus.docx import NAMESPACES, STRICT, cell, external, package, paragraph, row, run, table

STYLES = (
    f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="child"><w:basedOn w:val="base"/></w:style>'
    '<w:style w:type="character" w:styleId="seen"><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="turned"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="ring"><w:basedOn w:val="ring"/></w:style></w:styles>'
)
BOX = "<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>".format
SHAPE = "<v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape>".format
FLD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
CODE = '<w:r><w:instrText> HYPERLINK "x" </w:instrText></w:r>'
PICTURE = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
MARK = "<w:rPr><w:{}/></w:rPr>".format


def read(body: str, **parts: str) -> Document:
    return parsers.read(package(body, parts))


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def tables(document: Document) -> list[list[list[str]]]:
    found = [block for block in document.blocks if isinstance(block, Table)]
    return [[[c.text for c in r.cells] for r in t.rows] for t in found]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def p(*inside: str) -> str:
    return f"<w:p>{''.join(inside)}</w:p>"


def two(left: str, right: str = "乙") -> str:
    """A row of two cells."""
    return row(cell(paragraph(left)), cell(paragraph(right)))


ONE_LINE = (
    ("inserted text is kept", p(f'<w:ins w:id="1">{run("规章")}</w:ins>'), "规章"),
    ("deleted text is gone", p(run("规"), "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", run("章")), "规章"),
    (
        "moved text stands where it went",
        p(f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>"),
        "新",
    ),
    ("a field shows its result", p(FLD("begin"), CODE, FLD("separate"), run("22"), FLD("end")), "22"),
    (
        "a field in a field's code shows nothing",
        p(
            FLD("begin"),
            FLD("begin"),
            CODE,
            FLD("separate"),
            run("9"),
            FLD("end"),
            FLD("separate"),
            run("2"),
            FLD("end"),
        ),
        "2",
    ),
    ("a simple field shows its result", p(f'<w:fldSimple w:instr="PAGE">{run("3")}</w:fldSimple>'), "3"),
    ("a link shows its text", p(f"<w:hyperlink>{run('网址')}</w:hyperlink>"), "网址"),
    (
        "a content control shows its content",
        p(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('5')}</w:sdtContent></w:sdt>"),
        "5",
    ),
    (
        "a tab is a tab",
        p("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"),
        "a\tb",
    ),
    ("a soft hyphen is nothing", p("<w:r><w:t>规</w:t><w:softHyphen/><w:t>章</w:t></w:r>"), "规章"),
    ("a hyphen that does not break is a hyphen", p("<w:r><w:noBreakHyphen/><w:t>3</w:t></w:r>"), "-3"),
    ("white space around text counts only when it is kept", p("<w:r><w:t> 1\n </w:t></w:r>"), "1"),
    ("a comment of the XML is no text", p("<w:r><w:t>1<!-- 7 -->2</w:t></w:r>"), "12"),
    ("a symbol is its character", p('<w:r><w:sym w:font="宋体" w:char="2014"/></w:r>'), "—"),
    ("a digit of the Symbol font is a digit", p('<w:r><w:sym w:font="Symbol" w:char="F035"/></w:r>'), "5"),
    ("a letter of a symbol font is no letter", p('<w:r><w:sym w:font="Wingdings" w:char="F035"/></w:r>'), "\uf035"),
    (
        "ruby shows its base",
        p(f"<w:r><w:ruby><w:rt>{run('x')}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby></w:r>"),
        "字",
    ),
    ("a number typed as a formula is text", p("<m:oMath><m:r><m:t>21</m:t></m:r></m:oMath>"), "21"),
    ("the mark of a footnote is no digit", p(run("5"), '<w:r><w:footnoteReference w:id="1"/></w:r>'), "5"),
    (
        "word art is text",
        p('<w:r><w:pict><v:shape><v:textpath string="年度报告"/></v:shape></w:pict></w:r>'),
        "年度报告",
    ),
)


@pytest.mark.parametrize(("body", "text"), [c[1:] for c in ONE_LINE], ids=[c[0] for c in ONE_LINE])
def test_a_paragraph_reads_as_word_shows_it(body: str, text: str) -> None:
    assert lines(read(body)) == [text]


@pytest.mark.parametrize("gone", ["del", "moveFrom", "vanish"])
def test_a_paragraph_whose_mark_is_gone_goes_on_in_the_next(gone: str) -> None:
    body = paragraph("总体", MARK(gone)) + paragraph("情况") + paragraph("甲")
    assert lines(read(body)) == ["总体情况", "甲"]


def test_a_break_begins_a_new_line_and_empty_paragraphs_stay() -> None:
    document = read(p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>") + paragraph("") + paragraph("丙"))
    assert [(b.text, b.place.line, b.place.path) for b in document.blocks if isinstance(b, Line)] == [
        ("甲", 1, "paragraph 1"),
        ("乙", 2, "paragraph 1"),
        ("", 3, "paragraph 2"),
        ("丙", 4, "paragraph 3"),
    ]


class TestHiddenText:
    @pytest.mark.parametrize(
        ("properties", "style", "is_read"),
        [
            ("<w:vanish/>", "", False),
            ('<w:vanish w:val="true"/>', "", False),
            ('<w:vanish w:val="0"/>', "", True),
            ("<w:webHidden/>", "", True),
            ("", "child", False),
            ('<w:rStyle w:val="seen"/>', "child", False),
            ('<w:rStyle w:val="turned"/>', "child", True),
            ('<w:rStyle w:val="turned"/>', "", False),
            ('<w:vanish w:val="off"/>', "child", True),
            ("", "ring", True),
        ],
    )
    def test_it_is_not_read_and_told_whether_the_run_or_a_style_hides_it(
        self, properties: str, style: str, *, is_read: bool
    ) -> None:
        document = read(
            p(f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>', run("7", properties)) + paragraph("甲"), styles=STYLES
        )
        assert lines(document) == ["7" if is_read else "", "甲"]
        assert codes(document) == ([] if is_read else ["HIDDEN_TEXT"])

    def test_a_hidden_row_is_not_read(self) -> None:
        hidden = row(cell(paragraph("9")), cell(paragraph("9")), properties="<w:hidden/>")
        document = read(table(two("甲"), hidden))
        assert (tables(document), codes(document)) == ([[["甲", "乙"]]], ["HIDDEN_TEXT"])

    def test_the_problem_counts_them_and_names_the_first_place(self) -> None:
        document = read(paragraph("甲") + paragraph("", write=lambda _: run("1", "<w:vanish/>") * 2))
        assert [(q.message, q.place.path if q.place else None) for q in document.problems] == [
            ("文档中有 2 处隐藏文字，没有读取", "paragraph 2")
        ]


class TestTables:
    def test_a_merged_cell_begins_once_and_says_how_far_it_reaches(self) -> None:
        body = table(
            row(cell(paragraph("甲"), '<w:gridSpan w:val="2"/>'), cell(paragraph("乙"), '<w:vMerge w:val="restart"/>')),
            row(cell(paragraph("1")), cell(paragraph("2")), cell(paragraph(""), "<w:vMerge/>")),
        )
        block = next(b for b in read(body).blocks if isinstance(b, Table))
        spans = [[(c.text, c.column, c.column_span, c.row_span, c.place.path) for c in r.cells] for r in block.rows]
        assert block.columns == 3
        assert spans == [
            [("甲", 0, 2, 1, "table 1, row 1, column 1"), ("乙", 2, 1, 2, "table 1, row 1, column 3")],
            [("1", 0, 1, 1, "table 1, row 2, column 1"), ("2", 1, 1, 1, "table 1, row 2, column 2")],
        ]

    def test_a_row_may_begin_and_end_inside_the_grid(self) -> None:
        late = row(cell(paragraph("1")), cell(paragraph("2")), properties='<w:gridBefore w:val="1"/>')
        block = next(b for b in read(table(two("甲"), late)).blocks if isinstance(b, Table))
        assert [[c.column for c in r.cells] for r in block.rows] == [[0, 1], [1, 2]]

    def test_the_old_way_of_merging_to_the_right_is_known(self) -> None:
        merged = row(
            cell(paragraph("甲"), '<w:hMerge w:val="restart"/>'),
            cell(paragraph(""), "<w:hMerge/>"),
            cell(paragraph("乙")),
        )
        block = next(b for b in read(table(merged)).blocks if isinstance(b, Table))
        assert [(c.text, c.column, c.column_span) for c in block.rows[0].cells] == [("甲", 0, 2), ("乙", 2, 1)]

    def test_text_that_a_merge_covers_is_told(self) -> None:
        body = table(
            row(cell(paragraph("甲"), '<w:vMerge w:val="restart"/>'), cell(paragraph("1"))),
            row(cell(paragraph("9"), "<w:vMerge/>"), cell(paragraph("2"))),
        )
        assert (tables(read(body)), codes(read(body))) == ([[["甲", "1"], ["2"]]], ["HIDDEN_TEXT"])

    def test_a_cell_that_continues_nothing_is_a_cell(self) -> None:
        body = table(row(cell(paragraph("1"), "<w:vMerge/>"), cell(paragraph("2"))))
        assert tables(read(body)) == [[["1", "2"]]]

    def test_deleted_rows_and_cells_are_gone(self) -> None:
        deleted = row(cell(paragraph("9")), cell(paragraph("9")), properties="<w:del/>")
        shorter = row(cell(paragraph("1")), cell(paragraph("9"), "<w:cellDel/>"), cell(paragraph("2")))
        assert tables(read(table(deleted, shorter))) == [[["1", "2"]]]

    def test_rows_and_cells_inside_content_controls_are_rows_and_cells(self) -> None:
        controlled = f"<w:sdt><w:sdtContent>{cell(paragraph('2'))}</w:sdtContent></w:sdt>"
        body = table(f"<w:sdt><w:sdtContent>{row(cell(paragraph('1')), controlled)}</w:sdtContent></w:sdt>")
        assert tables(read(body)) == [[["1", "2"]]]

    def test_paragraphs_of_a_cell_are_its_lines(self) -> None:
        assert tables(read(table(row(cell(paragraph("结果") + paragraph("维持")), cell(paragraph("0")))))) == [
            [["结果\n维持", "0"]]
        ]

    def test_a_layout_table_does_not_hide_the_tables_in_it(self) -> None:
        inner = paragraph("一、总体情况") + table(two("甲", "1")) + paragraph("后")
        document = read(table(two("左", "右"), row(cell(paragraph("")), cell(inner)), two("末", "尾")))
        kinds = [b.text if isinstance(b, Line) else [c.text for r in b.rows for c in r.cells] for b in document.blocks]
        assert kinds == [["左", "右"], "", "一、总体情况", ["甲", "1"], "后", ["末", "尾"]]

    def test_text_in_a_frame_is_text(self) -> None:
        framed = table(row(cell(paragraph("标题") + paragraph("正文"))), row(cell(paragraph("续"))))
        assert (lines(read(framed)), tables(read(framed))) == (["标题", "正文", "续"], [])

    def test_a_table_of_one_cell_inside_a_cell_is_its_text(self) -> None:
        inner = table(row(cell(paragraph("5"))))
        assert tables(read(table(row(cell(paragraph("甲")), cell(inner + paragraph("")))))) == [[["甲", "5"]]]

    def test_a_label_over_the_whole_width_stays_a_row(self) -> None:
        label = row(cell(paragraph("第二十条第（五）项"), '<w:gridSpan w:val="2"/>'))
        assert tables(read(table(two("甲"), label, two("丙")))) == [
            [["甲", "乙"], ["第二十条第（五）项"], ["丙", "乙"]]
        ]


class TestBoxes:
    def test_of_two_ways_to_draw_a_text_box_one_is_read(self) -> None:
        drawn = f"<w:drawing>{BOX(paragraph('框内'))}</w:drawing>"
        old = f"<w:pict>{SHAPE(paragraph('框内'))}</w:pict>"
        both = (
            f'<mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice>'
            f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
        )
        assert lines(read(p(run("前"), f"<w:r>{both}</w:r>", run("后")) + paragraph("下"))) == ["前后", "框内", "下"]

    def test_a_choice_that_word_does_not_know_gives_way_to_the_fallback(self) -> None:
        both = (
            f'<mc:AlternateContent><mc:Choice Requires="v">{run("新")}</mc:Choice>'
            f"<mc:Fallback>{run('旧')}</mc:Fallback></mc:AlternateContent>"
        )
        assert lines(read(p(both))) == ["旧"]

    def test_a_table_in_a_text_box_is_a_table(self) -> None:
        assert tables(read(p(f"<w:r><w:pict>{SHAPE(table(two('甲', '1')))}</w:pict></w:r>"))) == [[["甲", "1"]]]


class TestWhatIsNotRead:
    @pytest.mark.parametrize(
        ("inside", "code"),
        [
            (PICTURE, "PICTURE"),
            ("<w:r><w:pict><v:imagedata/></w:pict></w:r>", "PICTURE"),
            ("<w:r><w:object><v:imagedata/></w:object></w:r>", "EMBEDDED_OBJECT"),
        ],
    )
    def test_pictures_and_embedded_objects_are_told(self, inside: str, code: str) -> None:
        assert codes(read(p(inside) + paragraph("甲"))) == [code]

    def test_a_report_pasted_as_pictures_is_refused_and_says_so(self) -> None:
        with pytest.raises(DocumentError) as caught:
            read(p(PICTURE))
        assert (caught.value.code, "图片" in caught.value.reason) == ("PICTURES_ONLY", True)

    def test_a_document_without_text_is_empty(self) -> None:
        with pytest.raises(DocumentError) as caught:
            read(p(run("9", "<w:vanish/>")))
        assert caught.value.code == "EMPTY"

    def test_chunks_of_other_documents_are_told(self) -> None:
        assert codes(read(paragraph("甲") + '<w:altChunk r:id="x"/>')) == ["EXTERNAL_CONTENT"]

    @pytest.mark.parametrize(("kind", "told"), [("image", True), ("oleObject", True), ("hyperlink", False)])
    def test_content_from_outside_is_told_and_links_are_not(self, kind: str, *, told: bool) -> None:
        document = parsers.read(package(paragraph("甲"), relations=external(kind, "http://127.0.0.1:9/a.png")))
        assert codes(document) == (["EXTERNAL_CONTENT"] if told else [])

    @pytest.mark.parametrize(
        ("target", "told"),
        [
            ("http://127.0.0.1:9/a.dotm", True),
            ("file://server/a.dotm", True),
            ("file:///\\\\server\\a.dotm", True),
            ("\\\\server\\a.dotm", True),
            ("file:///C:\\Users\\a\\Normal.dotm", False),
            ("Normal.dotm", False),
        ],
    )
    def test_a_template_on_another_machine_is_told_and_one_on_the_writers_disk_is_not(
        self, target: str, *, told: bool
    ) -> None:
        document = parsers.read(package(paragraph("甲"), relations=external("attachedTemplate", target)))
        assert codes(document) == (["EXTERNAL_TEMPLATE"] if told else [])

    def test_where_the_marks_of_a_field_are_broken_nothing_is_lost(self) -> None:
        document = read(p(run("前"), FLD("begin"), CODE, run("22")) + paragraph("后"))
        assert (lines(document), codes(document)) == (["前22", "后"], ["FIELD_BROKEN"])


def test_footnotes_follow_at_the_end_and_headers_are_left_out() -> None:
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="0">{paragraph("x")}</w:footnote>'
        f'<w:footnote w:id="1">{paragraph("注一")}</w:footnote></w:footnotes>'
    )
    header = f"<w:hdr {NAMESPACES}>{paragraph('- 3 -')}</w:hdr>"
    document = read(paragraph("甲"), footnotes=notes, header1=header)
    assert [(b.text, b.place.path) for b in document.blocks if isinstance(b, Line)] == [
        ("甲", "paragraph 1"),
        ("注一", "footnote 1"),
    ]


def test_the_strict_namespaces_say_the_same() -> None:
    body = paragraph("甲") + table(two("乙", "1"))
    assert parsers.read(package(body, namespace=STRICT)).blocks == parsers.read(package(body)).blocks


class TestHostileFiles:
    def test_a_span_of_a_million_columns_is_cut(self) -> None:
        wide = row(cell(paragraph("甲"), '<w:gridSpan w:val="1000000"/>'), cell(paragraph("乙")))
        document = read(table(wide, two("丙")))
        assert (tables(document), codes(document)) == ([[["丙", "乙"]]], ["LIMIT_COLUMNS"])

    def test_tables_nested_too_deep_are_told(self) -> None:
        nested = paragraph("底")
        for _ in range(60):
            nested = table(row(cell(nested), cell(paragraph("1"))))
        assert codes(read(paragraph("甲") + nested)) == ["LIMIT_NESTING"]

    def test_a_hundred_thousand_nested_tables_are_damage(self) -> None:
        opened = "<w:tbl><w:tr><w:tc>" * 100_000
        with pytest.raises(DocumentError):
            read(opened)

    def test_wrappers_in_wrappers_cost_no_stack(self) -> None:
        depth = 240
        assert lines(read(p("<w:ins>" * depth, run("甲"), "</w:ins>" * depth))) == ["甲"]

    def test_a_merge_of_many_rows_is_one_cell(self) -> None:
        first = row(cell(paragraph("甲"), '<w:vMerge w:val="restart"/>'), cell(paragraph("1")))
        more = row(cell(paragraph(""), "<w:vMerge/>"), cell(paragraph("1")))
        block = next(b for b in read(table(first, *[more] * 3000)).blocks if isinstance(b, Table))
        assert block.rows[0].cells[0].row_span == 3001

    def test_more_paragraphs_than_a_report_has_are_cut_and_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("parsers.readers.docx.walk.MOST_PIECES", 3)
        document = read(paragraph("甲") * 5)
        assert (len(document.blocks), codes(document)) == (3, ["LIMIT_PIECES"])

    @pytest.mark.parametrize("name", ["styles", "numbering"])
    def test_a_doctype_in_any_part_is_refused(self, name: str) -> None:
        evil = f"<!DOCTYPE w [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><w:{name} {NAMESPACES}>vanish</w:{name}>"
        with pytest.raises(DocumentError) as caught:
            read(paragraph("甲"), **{name: evil})
        assert caught.value.code == "XML_DOCTYPE"

    def test_a_document_without_body_is_broken(self) -> None:
        with pytest.raises(DocumentError) as caught:
            parsers.read(package("", root="glossaryDocument"))
        assert caught.value.code == "DOCX_BROKEN"


WRAPPERS = ("w:r", "w:ins", "w:del", "w:hyperlink", "w:tabs", "w:sdt", "w:sdtContent", "w:ruby", "w:rt", "m:r")
LEAVES = ("<w:t>甲</w:t>", "<m:t>1</m:t>", "<w:tab/>", "<w:br/>", "<w:softHyphen/>", "<w:delText>9</w:delText>")


@st.composite
def inline(draw: st.DrawFn, depth: int = 2) -> str:
    name = draw(st.sampled_from(WRAPPERS))
    inside = draw(st.lists(inline(depth - 1) if depth else st.sampled_from(LEAVES), max_size=3))
    return f"<{name}>{''.join(inside)}{draw(st.sampled_from(LEAVES))}</{name}>"


@settings(max_examples=40, deadline=None)
@given(st.lists(inline(), max_size=4))
def test_the_quick_way_through_a_plain_paragraph_sees_what_the_slow_one_sees(pieces: list[str]) -> None:
    element = bytes_to_xml(f"<w:p {NAMESPACES}>{''.join(pieces)}</w:p>".encode())
    assert list(_leaves_of(element)) == list(elements_of(element, _LEAVES))
