"""One item of a notice: a finding of the agency's, with its place in words and what is asked of the agency."""

from __future__ import annotations

import re

from parsers.editions.equations import to_cell
from parsers.editions.spec import Edition
from parsers.model.cause import Cause
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

MOST_ASKED = 12
"""Letters of what is asked, on its own; what is longer stays in its sentence."""

MOST_QUOTED = 60
"""Letters of a text that are quoted: a whole section that was copied is found by its place."""

_CORRECT = "，请更正。"
"""What a broken sum asks, before the sentence about its cause."""


class NoticeItem(Value):
    """What one mistake is told in, numbered from 1 through the notice: one finding, or all that one cause explains.

    `where` is the place in words; `table`, `row`, `column` the form's words where it is a figure; `page` and `line`
    from 1, `box` in points, `cell` a workbook's address, `others` further cells that the cause names; `filed`,
    `expected`, `suggestion` as text. `result` and `request` are the two halves of `message`: what was found, and what
    is asked. `code` is the first finding's; `fingerprints` are those of all.
    """

    number: int
    code: str
    severity: Severity
    where: str
    message: str
    result: str
    request: str
    basis: str
    fingerprints: tuple[str, ...]
    table: str | None = None
    row: str | None = None
    column: str | None = None
    page: int | None = None
    box: Box | None = None
    line: int | None = None
    cell: str | None = None
    others: tuple[Place, ...] = ()
    filed: str | None = None
    expected: str | None = None
    suggestion: str | None = None


def findings_to_items(findings: tuple[Finding, ...], first: int, form: Edition) -> tuple[NoticeItem, ...]:
    """The items of these findings, numbered from `first`."""
    return tuple(group_to_item(group, number, form) for number, group in enumerate(findings_to_groups(findings), first))


def findings_to_groups(findings: tuple[Finding, ...]) -> tuple[tuple[Finding, ...], ...]:
    """Findings that one cause explains together, where the first of them stands; every other one alone."""
    groups: dict[Cause | int, list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(finding.cause or number, []).append(finding)
    return tuple(tuple(group) for group in groups.values())


def group_to_item(group: tuple[Finding, ...], number: int, form: Edition) -> NoticeItem:
    """The item of these findings: at the cell that a stated cause names, else where the first of them is."""
    first = group[0]
    cells = _cells_of_cause(group)
    primary = cells[0] if cells else first.places[0]
    table, row, column = _names(primary, form)
    message = _told_together(group)
    result, request = message_to_halves(message, first)
    return NoticeItem(
        number=number,
        code=first.code,
        severity=first.severity,
        where=f"{primary.label}{place_in_words(primary.place)}",
        message=message,
        result=result,
        request=request,
        basis=first.basis,
        fingerprints=tuple(finding.fingerprint for finding in group),
        table=table,
        row=row,
        column=column,
        page=primary.place.page,
        box=primary.place.box,
        line=primary.place.line,
        cell=_address(primary.place),
        others=tuple(evidence.place for evidence in cells[1:]),
        filed=primary.raw if cells else _filed(first),
        expected=None if cells or len(group) > 1 else _text(first.expected),
        suggestion=_suggestion(first),
    )


def _cells_of_cause(group: tuple[Finding, ...]) -> tuple[Evidence, ...]:
    """The cells in which the mistake most likely stands, if there is but one explanation."""
    cause = group[0].cause
    if cause is None or cause.stated is None:
        return ()
    seen = {evidence.figure: evidence for finding in group for evidence in finding.places}
    changes = cause.stated.changes
    return tuple(seen[change.figure] for change in changes) if all(c.figure in seen for c in changes) else ()


def _suggestion(finding: Finding) -> str | None:
    """Of one cell; what several cells should hold stands in the sentence."""
    stated = finding.cause.stated if finding.cause else None
    if stated is None:
        return finding.suggestion
    return str(stated.changes[0].suggested) if len(stated.changes) == 1 else None


def _told_together(group: tuple[Finding, ...]) -> str:
    """`……，相差2；……，相差2，请更正。最可能有误的是……。`: every broken sum, and once what they have in common."""
    halves = [finding.message.partition(_CORRECT) for finding in group]
    if len(group) == 1 or not all(asked for _, asked, _ in halves):
        return "".join(finding.message for finding in group)
    return "；".join(sums for sums, _, _ in halves) + _CORRECT + halves[0][2]


def message_to_halves(message: str, finding: Finding) -> tuple[str, str]:
    """`…相差2，请更正。` as what was found and what is asked, both whole sentences."""
    sums, asked, cause = message.partition(_CORRECT)
    if finding.cause is not None and asked:
        return f"{sums}。{cause}", _CORRECT[1:]
    ending = _REQUEST.search(message)
    if ending is None or len(ending[1]) > MOST_ASKED:
        return message, REQUESTS[finding.severity]
    return f"{message[: ending.start()]}。", ending[1]


def place_in_words(place: Place) -> str:
    """（第3页）, （表一!B3）, （第2张表第3行第4列） or （第38行）, or nothing."""
    if place.page is not None:
        return f"（第{place.page}页）"
    if place.path is not None:
        return f"（{path_in_words(place.path)}）"
    return f"（第{place.line}行）" if place.line is not None else ""


def _filed(finding: Finding) -> str | None:
    """What stands there, as it stands there; a sum of several cells is told as one."""
    filed, raw = finding.filed, _quoted(finding.places[0])
    if filed is None or finding.places[0].figure is None or raw is None or not raw.strip():
        return raw if filed is None else str(filed)
    same = str(filed) in {raw.strip(), str(raw_to_reading(raw, Unit.COUNT)[1])}
    return raw if same else f"合计{filed}"


def _quoted(evidence: Evidence) -> str | None:
    """What stands there; of a long text its beginning."""
    raw = evidence.raw
    if raw is None or evidence.figure is not None or len(raw) <= MOST_QUOTED:
        return raw
    return f"{raw[:MOST_QUOTED]}……"


def _address(place: Place) -> str | None:
    """`表一!B3`, in a workbook."""
    return place.path if place.path is not None and "!" in place.path else None


def _names(evidence: Evidence, form: Edition) -> tuple[str | None, str | None, str | None]:
    """The form's words for table, row and column of a figure."""
    if evidence.figure is None:
        return None, None, None
    table_id, row_id, column_id = to_cell(evidence.figure)
    table = form.table(table_id)
    column = next(column for column in table.columns_of(row_id) if column.id == column_id)
    return table.name, short(table.row(row_id).label), short(column.label)


def _text(value: int | str | None) -> str | None:
    return None if value is None else str(value)
