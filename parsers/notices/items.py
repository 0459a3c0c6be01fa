"""One item of a notice: a finding of the agency's, with its place in words and what is asked of the agency."""

from __future__ import annotations

import re

from parsers.editions.spec import Edition
from parsers.model.document import Box, Place
from parsers.model.finding import Evidence, Finding, Severity
from parsers.model.value import Value
from parsers.notices.places import path_in_words
from parsers.rules.rule import short
from parsers.text.numerals import Unit, raw_to_reading

REQUESTS = {Severity.ERROR: "请更正。", Severity.WARNING: "请核实。", Severity.INFO: "供参考。"}
"""What is asked where a finding's own sentence does not ask (domain.md 6.3)."""

_REQUEST = re.compile(r"[，；。](请[^，；。]*。)$")
"""The end of a finding's sentence that asks for something."""


class NoticeItem(Value):
    """One finding for the agency, numbered from 1 through the notice.

    `where` is the place in words; `table`, `row`, `column` the form's words where it is a figure; `page` and `line`
    from 1, `box` in points, `cell` a workbook's address; `filed`, `expected`, `suggestion` as text. `result` and
    `request` are the two halves of `message`: what was found, and what is asked.
    """

    number: int
    code: str
    severity: Severity
    where: str
    message: str
    result: str
    request: str
    basis: str
    table: str | None = None
    row: str | None = None
    column: str | None = None
    page: int | None = None
    box: Box | None = None
    line: int | None = None
    cell: str | None = None
    filed: str | None = None
    expected: str | None = None
    suggestion: str | None = None


def findings_to_items(findings: tuple[Finding, ...], first: int, form: Edition) -> tuple[NoticeItem, ...]:
    """The items of these findings, numbered from `first`."""
    return tuple(finding_to_item(finding, number, form) for number, finding in enumerate(findings, first))


def finding_to_item(finding: Finding, number: int, form: Edition) -> NoticeItem:
    """The item of one finding; its primary place is the item's."""
    primary = finding.places[0]
    table, row, column = _names(primary, form)
    result, request = message_to_halves(finding.message, finding.severity)
    return NoticeItem(
        number=number,
        code=finding.code,
        severity=finding.severity,
        where=f"{primary.label}{place_in_words(primary.place)}",
        message=finding.message,
        result=result,
        request=request,
        basis=finding.basis,
        table=table,
        row=row,
        column=column,
        page=primary.place.page,
        box=primary.place.box,
        line=primary.place.line,
        cell=_address(primary.place),
        filed=_filed(finding),
        expected=_text(finding.expected),
        suggestion=finding.suggestion,
    )


def message_to_halves(message: str, severity: Severity) -> tuple[str, str]:
    """`…相差2，请更正。` as what was found and what is asked, both whole sentences."""
    asked = _REQUEST.search(message)
    if asked is None:
        return message, REQUESTS[severity]
    return f"{message[: asked.start()]}。", asked[1]


def place_in_words(place: Place) -> str:
    """（第3页）, （表一!B3）, （第2张表第3行第4列） or （第38行）, or nothing."""
    if place.page is not None:
        return f"（第{place.page}页）"
    if place.path is not None:
        return f"（{path_in_words(place.path)}）"
    return f"（第{place.line}行）" if place.line is not None else ""


def _filed(finding: Finding) -> str | None:
    """What stands there, as it stands there; a sum of several cells is told as one."""
    filed, raw = finding.filed, finding.places[0].raw
    if filed is None or finding.places[0].figure is None or raw is None or not raw.strip():
        return raw if filed is None else str(filed)
    same = str(filed) in {raw.strip(), str(raw_to_reading(raw, Unit.COUNT)[1])}
    return raw if same else f"合计{filed}"


def _address(place: Place) -> str | None:
    """`表一!B3`, in a workbook."""
    return place.path if place.path is not None and "!" in place.path else None


def _names(evidence: Evidence, form: Edition) -> tuple[str | None, str | None, str | None]:
    """The form's words for table, row and column of a figure."""
    if evidence.figure is None:
        return None, None, None
    table_id, row_id, column_id = evidence.figure.split(".")
    table = form.table(table_id)
    column = next(column for column in table.columns_of(row_id) if column.id == column_id)
    return table.name, short(table.row(row_id).label), short(column.label)


def _text(value: int | str | None) -> str | None:
    return None if value is None else str(value)
