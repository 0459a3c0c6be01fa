"""`gouji rules` and `gouji schema`: what is checked, and the shape of every file that is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.text import Text

from parsers.model.across import Across
from parsers.model.document import Document
from parsers.model.outcome import Findings
from parsers.model.report import Report
from parsers.notices.compose import Notice
from parsers.notices.words import SEVERITIES
from parsers.rules import RULES
from parsers.rules.rule import Rule
from tasks.events import Payload
from tasks.records import Attempt, Current, Done, Members, Quarantine, Run, SecondReading
from workers.wrapping import indented

FILES: tuple[tuple[str, type], ...] = (
    ("document.json", Document),
    ("second_reading.json", SecondReading),
    ("members.json", Members),
    ("report.json", Report),
    ("findings.json", Findings),
    ("across.json", Across),
    ("notice.json", Notice),
    ("run.json", Run),
    ("done.json", Done),
    ("quarantine.json", Quarantine),
    ("current.json", Current),
    ("attempt.json", Attempt),
    ("webhook.json", Payload),
)
"""Every file that Gouji writes, and the body of a webhook, with the value whose form it has."""


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema 2020-12 of each file by name."""
    return {name: _schema(name, kind) for name, kind in FILES}


def _schema(name: str, kind: type) -> dict[str, Any]:
    schema = _as_written(msgspec.json.schema(kind))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **schema}


def _as_written(part: Any) -> Any:
    """The library takes a Decimal for text; we write its digits as a JSON number."""
    if isinstance(part, list):
        return [_as_written(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("format") == "decimal":
        return {"type": "number"}
    return {name: _as_written(item) for name, item in part.items()}


def print_schema() -> None:
    """All schemas as one JSON object, by file name."""
    print(json.dumps(schemas(), ensure_ascii=False, indent=1, sort_keys=True))  # noqa: T201 - the output itself


def write_schemas(folder: Path) -> None:
    """One `<name>.schema.json` a file, as docs/schema/ holds them; a test compares."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / f"{name.removesuffix('.json')}.schema.json").write_text(text + "\n", encoding="utf-8")


def print_rules(*, markdown: bool = False) -> None:
    """The rules for people, or as docs/rules.md."""
    if markdown:
        print(rules_to_markdown(), end="")  # noqa: T201 - the output itself
        return
    console = Console(highlight=False)
    for rule in RULES:
        console.print(Text(f"{rule.title}　{rule.id}", style="bold"))
        for label, text in _to_facts(rule):
            line = indented(Text(text), console.width, sign=Text(f"{label}：", style="bright_black"))
            console.print(line, soft_wrap=True)
        codes = "、".join(f"{code.code}（{SEVERITIES[code.severity]}）" for code in rule.codes)
        console.print(indented(Text(codes), console.width, sign=Text("代码：", style="bright_black")), soft_wrap=True)
        console.print()


def _to_facts(rule: Rule) -> tuple[tuple[str, str], ...]:
    """What is said of a rule besides its codes: label and text."""
    return ("依据", rule.law), ("算法", rule.formula), ("违反示例", rule.example), ("符合示例", rule.passing)


def rules_to_markdown() -> str:
    """docs/rules.md: one heading a rule. Generated; a test compares."""
    head = "# 核查规则\n\n本页由 `make docs` 生成，请勿手改。次序即报告中各项的次序。\n"
    return head + "".join(_rule_to_markdown(rule) for rule in RULES)


def _rule_to_markdown(rule: Rule) -> str:
    codes = "\n".join(f"| `{c.code}` | {SEVERITIES[c.severity]} | {c.wording} |" for c in rule.codes)
    facts = "\n".join(f"- {label}：{text}" for label, text in _to_facts(rule))
    return f"\n## {rule.id}　{rule.title}\n\n{facts}\n\n| 代码 | 级别 | 文字 |\n|---|---|---|\n{codes}\n"
