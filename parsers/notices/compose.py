"""Outcome to notice: errors 请更正, warnings 请核实, infos in an annex; a clean report gets a confirmation."""

from __future__ import annotations

from parsers.editions import edition_named
from parsers.model.document import Place
from parsers.model.finding import Finding, Severity
from parsers.model.outcome import Outcome
from parsers.model.value import Value
from parsers.notices.places import path_in_words
from parsers.rules import RULES

OPENING = (
    "经对照《中华人民共和国政府信息公开条例》第四十九条、第五十条和"
    "《中华人民共和国政府信息公开工作年度报告格式》（{basis}）核查，{result}"
)
FOUND = "发现以下问题："
CLEAN = "所核查事项未发现问题。"
CLEAN_SO_FAR = "已核查的事项未发现问题；部分内容系统未能辨认，待人工核对原件后另行反馈。"
UNCHECKED = "该报告采用《中华人民共和国政府信息公开工作年度报告格式》施行前的格式，本次只作识别，未作核查。"
CLOSING = (
    "请于　　　　年　　月　　日前核实更正、重新发布并反馈；"
    "逾期未整改的，将依据《条例》第四十七条予以督促整改或者通报批评。"
)
CLOSING_WARNINGS = "请于　　　　年　　月　　日前核实并反馈。"
CURRENT_BASIS = "国办公开办函〔2021〕30号"


class NoticeItem(Value):
    """One finding for the agency. `where` is the place in words; `page` from 1; filed, expected, suggestion as text."""

    number: int
    code: str
    where: str
    message: str
    basis: str
    page: int | None = None
    line: int | None = None
    filed: str | None = None
    expected: str | None = None
    suggestion: str | None = None


class CheckedRule(Value):
    """What was checked and held: the rule's title and how many instances passed."""

    rule: str
    title: str
    instances: int


class Notice(Value):
    """notice.json (schema gouji.notice/1)."""

    judge_digest: str
    source_sha256: str
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
    schema: str = "gouji.notice/1"


def outcome_to_notice(outcome: Outcome) -> Notice:
    """The findings that are the agency's, numbered through; `needs_review` says that others wait for our own people."""
    own = [finding for finding in outcome.findings.findings if finding.is_agencys]
    errors, warnings, infos = (tuple(f for f in own if f.severity is severity) for severity in Severity)
    needs_review = any(f not in own and f.root_cause is None for f in outcome.findings.findings)
    return Notice(
        judge_digest=outcome.report.judge_digest,
        source_sha256=outcome.report.source.sha256,
        title=_title(outcome),
        agency=outcome.report.agency.name,
        year=outcome.report.year,
        opening=_opening(outcome, own, needs_review=needs_review),
        errors=_items(errors, 1),
        warnings=_items(warnings, 1 + len(errors)),
        infos=_items(infos, 1 + len(errors) + len(warnings)),
        checked=_checked(outcome),
        closing=CLOSING if errors else (CLOSING_WARNINGS if warnings else ""),
        needs_review=needs_review,
    )


def _opening(outcome: Outcome, own: list[Finding], *, needs_review: bool) -> str:
    """Says no more than was done: nothing of a form we do not check, nothing of what we could not read."""
    if outcome.report.edition == "pre_2019" and not own:
        return UNCHECKED
    form = edition_named(outcome.report.edition)
    has_error = any(finding.severity is Severity.ERROR for finding in own)
    clean = CLEAN_SO_FAR if needs_review else CLEAN
    return OPENING.format(basis=form.basis if form and not has_error else CURRENT_BASIS, result=FOUND if own else clean)


def _title(outcome: Outcome) -> str:
    year = f"{outcome.report.year}年" if outcome.report.year else ""
    return f"关于{outcome.report.agency.name or '贵单位'}{year}政府信息公开工作年度报告核查情况的反馈"


def _items(findings: tuple[Finding, ...], first: int) -> tuple[NoticeItem, ...]:
    return tuple(_item(finding, number) for number, finding in enumerate(findings, first))


def _item(finding: Finding, number: int) -> NoticeItem:
    primary = finding.places[0]
    return NoticeItem(
        number=number,
        code=finding.code,
        where=f"{primary.label}{place_in_words(primary.place)}",
        message=finding.message,
        basis=finding.basis,
        page=primary.place.page,
        line=primary.place.line,
        filed=_text(finding.filed),
        expected=_text(finding.expected),
        suggestion=finding.suggestion,
    )


def _text(value: int | str | None) -> str | None:
    return None if value is None else str(value)


def place_in_words(place: Place) -> str:
    """（第3页）, （第2张表第3行第4列） or （第38行）, or nothing."""
    if place.page is not None:
        return f"（第{place.page}页）"
    if place.path is not None:
        return f"（{path_in_words(place.path)}）"
    return f"（第{place.line}行）" if place.line is not None else ""


def _checked(outcome: Outcome) -> tuple[CheckedRule, ...]:
    passed = [p.rule for p in outcome.findings.passed]
    return tuple(
        CheckedRule(rule=rule.id, title=rule.title, instances=passed.count(rule.id))
        for rule in RULES
        if rule.id in passed
    )
