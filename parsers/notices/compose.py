"""Outcome to notice: errors 请更正, warnings 请核实, infos in an annex; a clean report gets a confirmation."""

from __future__ import annotations

import msgspec

from parsers.across.compare import ACROSS, with_across
from parsers.editions import edition_named, report_to_form
from parsers.editions.spec import Edition
from parsers.model.across import Across, Correction
from parsers.model.document import Place
from parsers.model.finding import Finding, Severity
from parsers.model.outcome import Outcome
from parsers.model.source import Kind
from parsers.model.value import Value
from parsers.notices.drawn import DRAWN_KINDS, MOST_PICTURES, NOTHING_DRAWN, Drawn, Mark, Order
from parsers.notices.items import NoticeItem, findings_to_items
from parsers.notices.summary import outcome_to_summary
from parsers.rules import RULES

OPENING = (
    "经对照《中华人民共和国政府信息公开条例》第四十九条、第五十条和"
    "《中华人民共和国政府信息公开工作年度报告格式》（{basis}）核查，{result}"
)
FOUND = "发现以下问题："
CLEAN = "所核查事项未发现问题。"
CLEAN_SO_FAR = "已核查的事项未发现问题；部分内容系统未能辨认，待人工核对原件后另行反馈。"
FOR_INFORMATION = "另有供参考的事项，见附件。"
UNCHECKED = "该报告采用《中华人民共和国政府信息公开工作年度报告格式》施行前的格式，本次只作识别，未作核查。"
CLOSING = (
    "请于　　　　年　　月　　日前核实更正、重新发布并反馈；"
    "逾期未整改的，将依据《条例》第四十七条予以督促整改或者通报批评。"
)
CLOSING_WARNINGS = "请于　　　　年　　月　　日前核实并反馈。"
MORE_PICTURES = "另有{more}处未附截图。"
CORRECTED = (
    "与此前报送相比：此前指出的问题已更正{closed}项，尚未更正{remaining}项，新发现{new}项；表格数据改动{cells}处。"
)
CLOSING_CLEAN = "特此反馈。"
CURRENT_BASIS = "国办公开办函〔2021〕30号"


CHECKED: tuple[tuple[str, str], ...] = tuple((rule.id, rule.title) for rule in RULES) + tuple(
    (rule.id, rule.title) for rule in ACROSS
)
"""Ids and titles of all that is checked, in the order of reporting."""


class CheckedRule(Value):
    """What was checked and held: the rule's title and how many instances passed."""

    rule: str
    title: str
    instances: int


class Notice(Value):
    """notice.json (schema gouji.notice/1).

    `summary` is one sentence for a message; `pictured` the numbers of the items whose cells are shown in the annex of
    the page and of the Word file; `remarks` what could not be shown, as sentences;
    `corrected` what became of what was asked of an earlier submission.
    """

    judge_digest: str
    source_sha256: str
    summary: str
    title: str
    agency: str | None
    year: int | None
    opening: str
    errors: tuple[NoticeItem, ...]
    warnings: tuple[NoticeItem, ...]
    infos: tuple[NoticeItem, ...]
    checked: tuple[CheckedRule, ...]
    closing: str
    needs_review: bool
    corrected: str | None = None
    pictured: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    schema: str = "gouji.notice/1"

    @property
    def items(self) -> tuple[NoticeItem, ...]:
        """All of them, by number."""
        return (*self.errors, *self.warnings, *self.infos)


def outcome_to_notice(outcome: Outcome, across: Across | None = None) -> Notice:
    """The findings that are the agency's, numbered through; `needs_review` says that others wait for our own people."""
    outcome = with_across(outcome, across) if across else outcome
    own = [finding for finding in outcome.findings.findings if finding.is_agencys]
    errors, warnings, infos = _numbered(own, report_to_form(outcome.report))
    needs_review = any(f not in own and f.root_cause is None for f in outcome.findings.findings)
    return Notice(
        judge_digest=outcome.report.judge_digest,
        source_sha256=outcome.report.source.sha256,
        summary=outcome_to_summary(outcome),
        title=_title(outcome),
        agency=outcome.report.agency.name,
        year=outcome.report.year,
        opening=_opening(outcome, own, needs_review=needs_review),
        errors=errors,
        warnings=warnings,
        infos=infos,
        checked=_checked(outcome),
        corrected=_corrected(across.correction) if across and across.correction else None,
        closing=CLOSING if errors else (CLOSING_WARNINGS if warnings else CLOSING_CLEAN),
        needs_review=needs_review,
    )


def _numbered(own: list[Finding], form: Edition) -> list[tuple[NoticeItem, ...]]:
    """The items by severity, in the order of severities, numbered through."""
    made: list[tuple[NoticeItem, ...]] = []
    for severity in Severity:
        first = 1 + sum(len(items) for items in made)
        made.append(findings_to_items(tuple(f for f in own if f.severity is severity), first, form))
    return made


def outcome_to_order(outcome: Outcome) -> Order | None:
    """What of the source's pages its notice wants to show; None when nothing, or when the source has no such pages."""
    return notice_to_order(outcome_to_notice(outcome), outcome.report.source.kind)


def notice_to_order(notice: Notice, kind: Kind) -> Order | None:
    """The same of a notice about a source of this kind: a frame for every item, pictures of what is to be mended."""
    if kind not in DRAWN_KINDS:
        return None
    marks = tuple(mark for item in notice.items for mark in _item_to_marks(item))
    return Order(marks=marks, pictured=_asked(marks)[:MOST_PICTURES]) if marks else None


def _asked(marks: tuple[Mark, ...]) -> tuple[int, ...]:
    """The numbers of the items about which something is asked of the agency, each once."""
    return tuple(dict.fromkeys(mark.number for mark in marks if mark.severity is not Severity.INFO))


def _item_to_marks(item: NoticeItem) -> tuple[Mark, ...]:
    words = f"第{item.number}项：{item.message}（{item.code}）"
    places = (Place(page=item.page, box=item.box), *item.others)
    return tuple(
        Mark(number=item.number, page=place.page, box=place.box, severity=item.severity, words=words)
        for place in places
        if place.page is not None and place.box is not None
    )


def with_drawn(notice: Notice, order: Order | None, drawn: Drawn | None) -> Notice:
    """The notice that says which of its items are shown, and how many more are not."""
    if order is None:
        return notice
    made = drawn or NOTHING_DRAWN
    pictured = tuple(picture.number for picture in made.pictures)
    more = len(_asked(order.marks)) - len(pictured)
    remarks = (*made.remarks, MORE_PICTURES.format(more=more)) if pictured and more else made.remarks
    return msgspec.structs.replace(notice, pictured=pictured, remarks=remarks)


def _opening(outcome: Outcome, own: list[Finding], *, needs_review: bool) -> str:
    """Says no more than was done: nothing of a form we do not check, nothing of what we could not read."""
    if outcome.report.edition == "pre_2019" and not own:
        return UNCHECKED
    form = edition_named(outcome.report.edition)
    severities = {finding.severity for finding in own}
    basis = form.basis if form and Severity.ERROR not in severities else CURRENT_BASIS
    return OPENING.format(basis=basis, result=_result(severities, needs_review=needs_review))


def _result(severities: set[Severity], *, needs_review: bool) -> str:
    """What came out, by the severities that occur."""
    if severities - {Severity.INFO}:
        return FOUND
    return (CLEAN_SO_FAR if needs_review else CLEAN) + (FOR_INFORMATION if severities else "")


def _corrected(correction: Correction) -> str:
    """What became of what was asked before."""
    return CORRECTED.format(
        closed=len(correction.closed),
        remaining=len(correction.remaining),
        new=len(correction.new),
        cells=len(correction.cells),
    )


def _title(outcome: Outcome) -> str:
    year = f"{outcome.report.year}年" if outcome.report.year else ""
    return f"关于{outcome.report.agency.name or '贵单位'}{year}政府信息公开工作年度报告核查情况的反馈"


def _checked(outcome: Outcome) -> tuple[CheckedRule, ...]:
    passed = [p.rule for p in outcome.findings.passed]
    return tuple(
        CheckedRule(rule=rule, title=title, instances=passed.count(rule)) for rule, title in CHECKED if rule in passed
    )
