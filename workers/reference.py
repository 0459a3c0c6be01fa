"""`gouji rules` and `gouji schema`: what is checked, and the shape of every file that is written."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from parsers.model.document import Document
from parsers.model.finding import Severity
from parsers.model.outcome import Findings
from parsers.model.report import Report
from parsers.notices.compose import Notice
from parsers.rules import RULES
from parsers.rules.rule import Rule
from tasks.records import Attempt, Current, Done, Quarantine, Run

FILES: tuple[tuple[str, type], ...] = (
    ("document.json", Document),
    ("report.json", Report),
    ("findings.json", Findings),
    ("notice.json", Notice),
    ("run.json", Run),
    ("done.json", Done),
    ("quarantine.json", Quarantine),
    ("current.json", Current),
    ("attempt.json", Attempt),
)
"""Every file that Gouji writes and the value whose form it has."""

SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "提示", Severity.INFO: "参考"}


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema 2020-12 of each file by name."""
    return {name: _schema(name, kind) for name, kind in FILES}


def _schema(name: str, kind: type) -> dict[str, Any]:
    schema = msgspec.json.schema(kind)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **schema}


def print_schema() -> None:
    """All schemas as one JSON object, by file name."""
    print(json.dumps(schemas(), ensure_ascii=False, indent=1, sort_keys=True))  # noqa: T201 - the output itself


def print_rules() -> None:
    """The rules as a table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("代码", "级别", "规则", "算法", "依据"):
        table.add_column(head, overflow="fold")
    for rule in RULES:
        for code in rule.codes:
            level = Text(SEVERITY_NAMES[code.severity])
            table.add_row(Text(code.code), level, Text(rule.title), Text(rule.formula), Text(rule.law))
    Console().print(table)


def rules_to_markdown() -> str:
    """docs/rules.md: one heading a rule. Generated; a test compares."""
    head = "# 核查规则\n\n本页由 `make docs` 生成，请勿手改。次序即报告中各项的次序。\n"
    return head + "".join(_rule_to_markdown(rule) for rule in RULES)


def _rule_to_markdown(rule: Rule) -> str:
    codes = "\n".join(f"| `{c.code}` | {SEVERITY_NAMES[c.severity]} | {c.wording} |" for c in rule.codes)
    return (
        f"\n## {rule.id}　{rule.title}\n\n- 依据：{rule.law}\n- 算法：{rule.formula}\n- 例：{rule.example}\n\n"
        f"| 代码 | 级别 | 文字 |\n|---|---|---|\n{codes}\n"
    )
