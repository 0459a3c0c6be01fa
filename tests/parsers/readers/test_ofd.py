"""OFD: the container's names, objects in their own coordinates, what is not seen, and boxes that are the producer's."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from parsers.model.document import Document, Line, Table
from parsers.model.errors import DocumentError
from parsers.model.report import Status
from workers.corpus.figures import written
from workers.corpus.ofd import Way, content, members, packed, to_ofd
from workers.corpus.sheet import Grid, Spot, to_sheet

PAGE = "Doc_0/Pages/Page_0/Content.xml"
DOCUMENT = "Doc_0/Document.xml"


def text_object(text: str, attributes: str = "", code: str = 'X="0" Y="4"', inside: str = "") -> str:
    """A text object at 10 mm, 10 mm in letters of 4 mm."""
    head = f'<ofd:TextObject ID="4" Boundary="10 10 50 5" Size="4" {attributes}>{inside}'
    return f"{head}<ofd:TextCode {code}>{text}</ofd:TextCode></ofd:TextObject>"


def path_object(data: str) -> str:
    """A filled path."""
    return f'<ofd:PathObject Fill="true"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def read_page(objects: str) -> Document:
    return parsers.read(packed(members([objects])))


def refused(files: dict[str, str]) -> str:
    with pytest.raises(DocumentError) as caught:
        parsers.read(packed(files))
    assert caught.value.reason.endswith("。")
    assert caught.value.advice.endswith("。")
    return caught.value.code


@pytest.mark.parametrize("way", [Way(), Way(letters_apart=True), Way(filled_rules=True, template=True, nested=True)])
@pytest.mark.parametrize("start", [37, 150, 300])  # two tables on one page, and tables cut by its end
def test_the_box_of_every_figure_is_the_one_that_was_drawn_around_it(way: Way, start: float) -> None:
    data, drawn = to_ofd(to_sheet("2021", written("2021")), way, start=start)
    where = {(cell.page, tuple(round(edge, 2) for edge in cell.box)): cell.text for cell in drawn}
    tables = parsers.assess(data).report.tables.values()
    figures = [figure for table in tables for row in table.values() for figure in row.values()]
    seen = [figure for figure in figures if figure.status is not Status.ABSENT]
    assert len(seen) > 150
    assert [where[f.place.page or 0, f.place.box or ()] for f in seen] == [f.raw for f in seen]


def test_the_same_bytes_are_made_and_read_the_same_way() -> None:
    sheet = to_sheet("2021", written("2021"))
    first, second = to_ofd(sheet)[0], to_ofd(sheet)[0]
    assert first == second
    assert parsers.read(first) == parsers.read(second)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('X="0" Y="4" DeltaX="4 4 4"', ["年度报告"]),
        ('X="0" Y="4" DeltaX="g 3 4"', ["年度报告"]),
        ('X="0" Y="4" DeltaX="4 g 2 4"', ["年度报告"]),
        ('X="0" Y="4"', ["年度报告"]),
        ('X="0" Y="4" DeltaX="g 999999999 4"', ["年度报告"]),
        ('X="0" Y="4" DeltaX="4 20 4"', ["年度 报告"]),
        ('X="0" Y="4" DeltaY="g 3 6"', ["年", "度", "报", "告"]),
        ('X="zero" Y="nan" DeltaX="a b c"', ["年度报告"]),
    ],
)
def test_letters_stand_where_their_steps_put_them(code: str, expected: list[str]) -> None:
    assert lines(read_page(text_object("年度报告", code=code))) == expected


def test_a_matrix_and_a_boundary_move_text_and_its_size_is_told_in_points() -> None:
    document = read_page(text_object("报告", 'CTM="2 0 0 2 5 7"'))
    (line,) = [block for block in document.blocks if isinstance(block, Line)]
    assert line.place.box is not None
    left, top, right, bottom = (edge * 25.4 / 72 for edge in line.place.box)
    assert (left, right) == pytest.approx((15, 31), abs=0.01)
    assert top < 25 < bottom


@pytest.mark.parametrize(("mark", "declaration"), [("ofd:", "xmlns:ofd="), ("o:", "xmlns:o="), ("", "xmlns=")])
def test_any_prefix_of_the_namespace_is_read(mark: str, declaration: str) -> None:
    files = members([text_object("报告")]).items()
    renamed = {
        name: xml.replace("xmlns:ofd=", "xmlns@=").replace("ofd:", mark).replace("xmlns@=", declaration)
        for name, xml in files
    }
    assert lines(parsers.read(packed(renamed))) == ["报告"]


@pytest.mark.parametrize(
    "hidden",
    [
        text_object("9", 'Visible="false"'),
        text_object("9", 'Alpha="0"'),
        text_object("9", inside='<ofd:FillColor Value="0 0 0" Alpha="0"/>'),
        text_object("9", 'Fill="false"'),
        text_object("9", inside='<ofd:FillColor Value="255 255 255"/>'),
        text_object("9", 'CTM="0.1 0 0 0.1 0 0"'),
        text_object("9", code='X="900" Y="4"'),
    ],
)
def test_text_that_nobody_sees_is_not_read_and_is_told(hidden: str) -> None:
    document = read_page(text_object("报告") + hidden)
    assert lines(document) == ["报告"]
    assert [problem.code for problem in document.problems] == ["TEXT_HIDDEN"]


def test_white_text_on_a_dark_ground_is_seen() -> None:
    ground = path_object("M 5 5 L 90 5 L 90 40 L 5 40 C")
    white = text_object("报告", inside='<ofd:FillColor Value="255 255 255"/>')
    document = read_page(ground + white)
    assert ("报告" in str(document.blocks), document.problems) == (True, ())


def test_white_text_on_a_white_ground_is_not_seen() -> None:
    white = '<ofd:FillColor Value="255 255 255"/>'
    ground = path_object("M 5 5 L 90 5 L 90 40 L 5 40 C").replace("<ofd:Abb", white + "<ofd:Abb")
    document = read_page(ground + text_object("9", inside=white) + text_object("报告", code='X="0" Y="60"'))
    assert (lines(document), [problem.code for problem in document.problems]) == (["报告"], ["TEXT_HIDDEN"])


def test_slanting_text_is_a_watermark_and_is_told() -> None:
    document = read_page(text_object("报告") + text_object("样本", 'CTM="0.7 0.7 -0.7 0.7 0 0"'))
    assert lines(document) == ["报告"]
    assert [problem.code for problem in document.problems] == ["TEXT_TURNED"]


def _composite(resource: str) -> dict[str, str]:
    files = members(['<ofd:CompositeObject ID="7" ResourceID="80" Boundary="0 20 50 50"/>'])
    common = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
    files[DOCUMENT] = files[DOCUMENT].replace("</ofd:CommonData>", common)
    unit = f'<ofd:CompositeGraphicUnit ID="80"><ofd:Content>{resource}</ofd:Content></ofd:CompositeGraphicUnit>'
    files["Doc_0/PublicRes.xml"] = (
        f'<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>'
    )
    return files


def test_a_composite_drawing_is_read_at_its_place() -> None:
    document = parsers.read(packed(_composite(text_object("报告"))))
    (line,) = [block for block in document.blocks if isinstance(block, Line)]
    assert line.place.box is not None
    assert line.place.box[1] * 25.4 / 72 > 25


def test_a_drawing_that_draws_itself_ends() -> None:
    itself = '<ofd:CompositeObject ID="7" ResourceID="80" Boundary="0 1 50 50"/>' * 60
    document = parsers.read(packed(_composite(text_object("报告") + itself)))
    assert "LIMIT_OBJECTS" in {problem.code for problem in document.problems}


def test_a_template_that_names_itself_ends_and_a_page_shows_it_once() -> None:
    files = members([text_object("报告")], template=True)
    using = '<ofd:Template TemplateID="900" ZOrder="Background"/>'
    files["Doc_0/Tpls/Tpl_0/Content.xml"] = content(text_object("2023年", code='X="50" Y="60"'), using)
    assert lines(parsers.read(packed(files))) == ["报告", "2023年"]


def test_the_box_of_a_page_wins_over_the_documents() -> None:
    files = members([text_object("报告")])
    area = "<ofd:Area><ofd:PhysicalBox>0 0 297 210</ofd:PhysicalBox></ofd:Area><ofd:Content>"
    files[PAGE] = files[PAGE].replace("<ofd:Content>", area)
    (page,) = parsers.read(packed(files)).pages
    assert (page.width, page.height) == (841.89, 595.28)


@pytest.mark.parametrize(
    "location", ["/Doc_0/Pages/Page_0/Content.xml", "pages\\page_0\\content.xml", "./Pages/Page_0/Content.xml"]
)
def test_a_page_may_be_named_from_the_root_and_in_the_way_of_windows(location: str) -> None:
    files = members([text_object("报告")])
    files[DOCUMENT] = files[DOCUMENT].replace("Pages/Page_0/Content.xml", location)
    assert lines(parsers.read(packed(files))) == ["报告"]


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("../Doc_1/Pages/Page_0/Content.xml", "OFD_UNSAFE"),
        ("../../etc/passwd", "OFD_UNSAFE"),
        ("/etc/passwd", "OFD_UNSAFE"),
        ("", "OFD_UNSAFE"),
        ("Pages/Page_7/Content.xml", "OFD_BROKEN"),
    ],
)
def test_a_page_that_is_elsewhere_or_nowhere_is_refused(location: str, code: str) -> None:
    files = members([text_object("报告")])
    files[DOCUMENT] = files[DOCUMENT].replace("Pages/Page_0/Content.xml", location)
    assert refused(files) == code


def test_too_many_pages_are_refused_and_not_cut() -> None:
    files = members([text_object("报告")])
    page = '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'
    files[DOCUMENT] = files[DOCUMENT].replace(page, page * 2001)
    assert refused(files) == "TOO_MANY_PAGES"


def test_an_encrypted_file_a_picture_and_a_doctype_are_refused_by_name() -> None:
    files = members([text_object("报告")])
    assert refused(files | {"Encryptions.xml": "<a/>"}) == "ENCRYPTED"
    assert refused(members(['<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="9"/>'])) == "SCAN_WITHOUT_TEXT"
    assert refused(files | {PAGE: '<!DOCTYPE a [<!ENTITY b "c">]>' + files[PAGE]}) == "XML_DOCTYPE"


def test_a_page_that_is_a_picture_is_told_and_the_others_are_read() -> None:
    picture = '<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="9"/>'
    document = parsers.read(packed(members([text_object("报告"), picture])))
    assert [(p.code, p.place and p.place.page) for p in document.problems] == [("PAGE_WITHOUT_TEXT", 2)]


def test_of_several_documents_the_first_is_read_and_the_others_are_told() -> None:
    files = members([text_object("报告")])
    body = "<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    files["OFD.xml"] = files["OFD.xml"].replace("</ofd:OFD>", body)
    document = parsers.read(packed(files))
    assert (lines(document), [problem.code for problem in document.problems]) == (["报告"], ["SEVERAL_DOCUMENTS"])


def test_a_merged_cell_begins_once_and_reaches_over_its_columns() -> None:
    grid = Grid((1, 1, 1), ((Spot("甲", 0, 2), Spot("乙", 2)), (Spot("1", 0), Spot("2", 1), Spot("3", 2))))
    (table,) = [block for block in parsers.read(to_ofd((grid,))[0]).blocks if isinstance(block, Table)]
    spans = [[(cell.text, cell.column, cell.column_span) for cell in row.cells] for row in table.rows]
    assert spans == [[("甲", 0, 2), ("乙", 2, 1)], [("1", 0, 1), ("2", 1, 1), ("3", 2, 1)]]


def test_a_damaged_member_is_told_and_not_read() -> None:
    data = bytearray(to_ofd(to_sheet("2021", written("2021")))[0])
    at = data.index(b"Content.xml", len(data) // 3) + 200
    data[at : at + 20] = bytes(20)
    with pytest.raises(DocumentError) as caught:
        parsers.read(bytes(data))
    assert caught.value.code == "ZIP_BROKEN"


SCRAPS = st.lists(
    st.sampled_from(
        [
            text_object("报告", 'CTM="1 2 3"'),
            text_object("", 'Boundary="a"').replace('Boundary="10 10 50 5" ', ""),
            path_object("M 1 L C 0 A 1 2 Q"),
            path_object("M 0 0 L 1e9 0 L inf nan C"),
            "<ofd:PathObject/>",
            "<ofd:PageBlock><ofd:PageBlock/></ofd:PageBlock>",
            "<!-- a comment --><?pi ?>",
            '<ofd:CompositeObject ResourceID="80"/>',
        ]
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(scraps=SCRAPS)
def test_any_objects_are_read_or_refused(scraps: list[str]) -> None:
    with suppress(DocumentError):
        parsers.read(packed(members(["".join(scraps)])))
