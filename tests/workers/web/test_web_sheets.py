"""The statutory tables as the form prints them, in both editions, with what was filed and what is wrong."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from parsers.editions import edition_named
from parsers.editions.spec import Edition
from parsers.model.document import Place
from parsers.model.finding import Attribution, Confidence, Evidence, Finding, Passed, Severity, Verdict
from parsers.model.report import Agency, Figure, Printed, Report, Status, Tables, Trace
from parsers.model.source import Kind, Source
from workers.web.present.form import NOTE, Box, Sheet, edition_to_sheets
from workers.web.present.judgement import findings_to_judgement, lines_to_paragraphs, report_to_sections
from workers.web.present.sheet import CellView, report_to_sheets

MERGED = {
    "requests": {"other_processing": {"total": Figure(value=3, status=Status.NUMBER, raw="3", place=Place(page=2))}}
}


def edition(name: str) -> Edition:
    found = edition_named(name)
    assert found is not None
    return found


def sheet(name: str, table: str, tables: Tables | None = None) -> Sheet:
    return next(s for s in edition_to_sheets(edition(name), tables or {}) if s.id == table)


def words(rows: tuple[tuple[Box, ...], ...]) -> list[list[str]]:
    """Each cell as its words (or # for a figure) with its reach, where it reaches: 申请人情况×7, 自然人↓2."""
    return [[_word(box) for box in row] for row in rows]


def _word(box: Box) -> str:
    text = "#" if box.figure else box.text
    return text + (f"×{box.columns}" if box.columns > 1 else "") + (f"↓{box.rows}" if box.rows > 1 else "")


def width(rows: tuple[tuple[Box, ...], ...]) -> set[int]:
    """How wide each grid row is once spans are laid out."""
    hanging: dict[int, int] = {}
    widths = set()
    for index, row in enumerate(rows):
        widths.add(sum(box.columns for box in row) + hanging.get(index, 0))
        for box in row:
            for later in range(index + 1, index + box.rows):
                hanging[later] = hanging.get(later, 0) + box.columns
    return widths


class TestForm:
    def test_table_one_of_2021_reads_as_printed(self) -> None:
        assert words(sheet("2021", "proactive").body) == [
            ["第二十条第（一）项×4"],
            ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
            ["规章", "#", "#", "#"],
            ["行政规范性文件", "#", "#", "#"],
            ["第二十条第（五）项×4"],
            ["信息内容", "本年处理决定数量×3"],
            ["行政许可", "#×3"],
            ["第二十条第（六）项×4"],
            ["信息内容", "本年处理决定数量×3"],
            ["行政处罚", "#×3"],
            ["行政强制", "#×3"],
            ["第二十条第（八）项×4"],
            ["信息内容", "本年收费金额（单位：万元）×3"],
            ["行政事业性收费", "#×3"],
        ]

    def test_table_one_of_2019_reads_as_printed(self) -> None:
        assert words(sheet("2019", "proactive").body)[-8:] == [
            ["行政处罚", "#", "#", "#"],
            ["行政强制", "#", "#", "#"],
            ["第二十条第（八）项×4"],
            ["信息内容", "上一年项目数量", "本年增/减×2"],
            ["行政事业性收费", "#", "#×2"],
            ["第二十条第（九）项×4"],
            ["信息内容", "采购项目数量", "采购总金额×2"],
            ["政府集中采购", "#", "#×2"],
        ]

    def test_the_head_of_table_two_is_merged_as_printed(self) -> None:
        assert words(sheet("2021", "requests").head) == [
            [f"{NOTE}×3↓3", "申请人情况×7"],
            ["自然人↓2", "法人或其他组织×5", "总计↓2"],
            ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
        ]

    def test_the_labels_of_table_two_hang_over_their_rows(self) -> None:
        labels = [[_word(box) for box in row if not box.figure] for row in sheet("2021", "requests").body]
        assert [labels[i] for i in (0, 2, 4, 5, 20, 23, 24)] == [
            ["一、本年新收政府信息公开申请数量×3"],
            ["三、本年度办理结果↓22", "（一）予以公开×2"],
            ["（三）不予公开↓8", "1.属于国家秘密"],
            ["2.其他法律行政法规禁止公开"],
            ["（六）其他处理↓3", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"],
            ["（七）总计×2"],
            ["四、结转下年度继续办理×3"],
        ]

    @pytest.mark.parametrize(("name", "rows", "under"), [("2021", 25, 22), ("2019", 23, 20)])
    def test_table_two_has_the_rows_of_its_edition(self, name: str, rows: int, under: int) -> None:
        body = sheet(name, "requests").body
        assert (len(body), body[2][0].rows) == (rows, under)

    def test_a_merged_sixth_item_is_one_row_instead_of_three(self) -> None:
        body = sheet("2021", "requests", MERGED).body
        assert (len(body), body[2][0].rows, _word(body[20][0])) == (23, 20, "（六）其他处理×2")

    def test_table_three_reads_as_printed(self) -> None:
        found = sheet("2021", "review_litigation")
        results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
        assert words(found.head) == [
            ["行政复议×5↓2", "行政诉讼×10"],
            ["未经复议直接起诉×5", "复议后起诉×5"],
            results * 3,
        ]
        assert words(found.body) == [["#"] * 15]

    @pytest.mark.parametrize("name", ["2019", "2021"])
    @pytest.mark.parametrize("tables", [{}, MERGED])
    def test_every_row_of_every_table_is_equally_wide(self, name: str, tables: Tables) -> None:
        sheets = edition_to_sheets(edition(name), tables)
        assert [len(width((*s.head, *s.body))) for s in sheets] == [1, 1, 1]

    @pytest.mark.parametrize(("name", "count"), [("2021", 200), ("2019", 198)])
    def test_every_figure_of_the_edition_has_one_cell(self, name: str, count: int) -> None:
        figures = [b.figure for s in edition_to_sheets(edition(name), {}) for row in s.body for b in row if b.figure]
        assert (len(figures), len(dict.fromkeys(figures))) == (count, count)


def report(tables: Tables, **fields: object) -> Report:
    values: dict[str, object] = {"edition": "2021", "year": 2023, "signed_on": None, "period": None, "title": None}
    return Report(
        reader_digest="r",
        judge_digest="j",
        source=Source(sha256="0" * 64, kind=Kind.TEXT, bytes=1),
        agency=Agency(),
        sections={},
        tables=tables,
        **(values | fields),  # type: ignore[arg-type] # the caller names the fields
    )


def finding(*figures: str, **fields: object) -> Finding:
    values: dict[str, object] = {
        "rule": "table_identities",
        "code": "A03",
        "severity": Severity.ERROR,
        "verdict": Verdict.VIOLATED,
        "confidence": Confidence.HIGH,
        "attribution": Attribution.FILED,
        "message": "相差1。",
        "basis": "附件表二",
        "fingerprint": hashlib.sha256("".join(figures).encode()).hexdigest(),
    } | fields
    places = tuple(Evidence(figure=f, label=f, raw="1", place=Place(line=7)) for f in figures)
    return Finding(places=places, **values)  # type: ignore[arg-type] # the same


def figure(status: Status, raw: str | None = None, value: int | None = None, **fields: object) -> Figure:
    return Figure(value=value, status=status, raw=raw, place=Place(page=3, line=41), **fields)  # type: ignore[arg-type]


def cell(found: Report, findings: tuple[Finding, ...], figure_id: str) -> CellView:
    views = report_to_sheets(found, findings)
    return next(c for view in views for row in view.body for c in row if c.box.figure == figure_id)


TOTAL = "requests.granted.total"
NATURAL = "requests.granted.natural_person"
ONE = report(
    {"requests": {"granted": {"total": figure(Status.NUMBER, "1", 1), "natural_person": figure(Status.BLANK, "")}}}
)


class TestCells:
    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            (figure(Status.NUMBER, "1,234", 1234), "1\u202f234"),
            (figure(Status.NUMBER, "减3", -3), "−3"),
            (figure(Status.BLANK, ""), ""),
            (figure(Status.NON_NUMERIC, " 无 "), "无"),
            (figure(Status.ABSENT), "缺"),
        ],
    )
    def test_a_cell_shows_what_was_filed(self, given: Figure, shown: str) -> None:
        assert cell(report({"requests": {"granted": {"total": given}}}), (), TOTAL).text == shown

    def test_only_the_first_place_of_a_finding_is_marked(self) -> None:
        found = finding(TOTAL, NATURAL)
        marks = [cell(ONE, (found,), name) for name in (TOTAL, NATURAL)]
        assert [(c.weight, c.sign, c.findings) for c in marks] == [("error", "✕", ("f0",)), ("", "", ("f0",))]

    def test_what_we_doubt_is_never_marked_as_their_error(self) -> None:
        doubtful = finding(TOTAL, verdict=Verdict.UNDETERMINED)
        assert (cell(ONE, (doubtful,), TOTAL).weight, cell(ONE, (doubtful,), TOTAL).sign) == ("undetermined", "?")

    def test_the_heaviest_of_several_findings_marks_the_cell(self) -> None:
        both = (finding(TOTAL, severity=Severity.WARNING), finding(TOTAL))
        assert cell(ONE, both, TOTAL).weight == "error"

    def test_a_consequence_marks_nothing(self) -> None:
        assert cell(ONE, (finding(TOTAL, root_cause="SRC_TRUNCATED"),), TOTAL).weight == ""

    def test_the_hint_gives_raw_text_place_suggestion_and_finding(self) -> None:
        given = figure(Status.NON_NUMERIC, "无", suggested=0)
        lines = cell(report({"requests": {"granted": {"total": given}}}), (finding(TOTAL),), TOTAL).hint.splitlines()
        assert lines == ["填的不是数字", "原文：无", "位置：第 3 页 第 41 行", "建议：0", "✕ A03 相差1。"]

    def test_findings_on_the_rows_that_a_merged_one_stands_for_mark_the_merged_row(self) -> None:
        marked = cell(report(MERGED), (finding("requests.other_misc.total"),), "requests.other_processing.total")
        assert marked.weight == "error"

    def test_a_label_that_the_report_prints_otherwise_says_so(self) -> None:
        odd = Printed(expected="本年废止件数", found="本年度止件数", place=Place(line=38), header=True)
        views = report_to_sheets(report({}, traces={"proactive": Trace(printed=(odd,))}), ())
        hints = [c.hint for view in views for row in view.body for c in row if c.text == "本年废止件数"]
        assert hints == ["原件写作“本年度止件数”"]

    def test_a_report_of_no_known_form_without_figures_has_no_tables(self) -> None:
        assert report_to_sheets(report({}, edition=None), ()) == ()

    def test_mixed_forms_are_shown_on_the_one_that_fits_best(self) -> None:
        mixed = report(
            MERGED | {"proactive": {"centralized_procurement": {"project_count": figure(Status.NUMBER, "1", 1)}}},
            edition="mixed",
        )
        assert report_to_sheets(mixed, ())[0].sheet == sheet("2019", "proactive")


class TestJudgement:
    def test_errors_come_first_and_our_doubts_after_warnings(self) -> None:
        given = (
            finding(TOTAL, attribution=Attribution.EXTRACTION),
            finding(TOTAL, severity=Severity.INFO),
            finding(TOTAL, severity=Severity.WARNING),
            finding(TOTAL),
        )
        views = findings_to_judgement(given, ()).findings
        assert [view.weight for view in views] == ["error", "warning", "undetermined", "info"]

    def test_consequences_are_folded_under_their_cause(self) -> None:
        cause = finding(TOTAL, code="SRC_TRUNCATED", attribution=Attribution.EXTRACTION)
        found = findings_to_judgement((cause, finding(NATURAL, root_cause="SRC_TRUNCATED")), ())
        assert [(v.code, [c.code for c in v.consequences]) for v in found.findings] == [("SRC_TRUNCATED", ["A03"])]

    def test_a_consequence_of_something_unknown_is_not_lost(self) -> None:
        found = findings_to_judgement((finding(TOTAL, root_cause="GONE"),), ())
        assert [view.code for view in found.findings] == ["A03"]

    def test_checks_that_held_are_counted_by_code(self) -> None:
        held = tuple(Passed(rule="table_identities", code=code, scope="x") for code in ("A01", "A03", "A01"))
        found = findings_to_judgement((), held)
        assert ([(p.code, p.count) for p in found.passed], found.passed_total) == ([("A01", 2), ("A03", 1)], 3)

    def test_a_missing_section_says_so(self) -> None:
        views = report_to_sections(msgspec.structs.replace(report({}), sections={}))
        assert [view.is_present for view in views] == [False] * 6


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (
            ["全年主动公开政府信息共一百", "二十条。", "（一）主动公开"],
            ("全年主动公开政府信息共一百二十条。", "（一）主动公开"),
        ),
        (["推进工作规范有序", "、", "健康发展。"], ("推进工作规范有序、健康发展。",)),
        (["主动公开", "全年主动公开政府信息一百条。"], ("主动公开", "全年主动公开政府信息一百条。")),
        (["全年主动公开政府信息", "2.全年受理申请二十一件"], ("全年主动公开政府信息", "2.全年受理申请二十一件")),
        ([], ()),
    ],
)
def test_lines_that_the_page_broke_are_one_paragraph(lines: list[str], paragraphs: tuple[str, ...]) -> None:
    assert lines_to_paragraphs(lines) == paragraphs
