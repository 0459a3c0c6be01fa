"""The published files of an outcome, as canonical bytes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from parsers.model.files import value_to_json
from parsers.model.outcome import Outcome
from parsers.notices.compose import Notice, outcome_to_notice


def outcome_to_files(outcome: Outcome) -> dict[str, bytes]:
    """report.json, findings.json, notice.json, notice.html."""
    notice = outcome_to_notice(outcome)
    return {
        "report.json": value_to_json(outcome.report),
        "findings.json": value_to_json(outcome.findings),
        "notice.json": value_to_json(notice),
        "notice.html": notice_to_html(notice).encode(),
    }


def notice_to_html(notice: Notice) -> str:
    """The notice as a page that stands alone: no script, no font and no picture from elsewhere."""
    return _template().render(notice=notice)


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    text = (files("parsers.notices") / "notice.html").read_text(encoding="utf-8")
    return environment.from_string(text)
