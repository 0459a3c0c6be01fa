"""One sentence about an outcome, for a message: what the receiver of a webhook can hand on to people as it is."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.editions import PRE_2019
from parsers.model.outcome import Outcome
from parsers.notices.words import SEVERITIES

MOST_LETTERS = 60
"""Of an agency's name: a message is short, whatever somebody wrote into a report."""

NAMED = ("error", "warning", "info")


def outcome_to_summary(outcome: Outcome) -> str:
    """As `to_summary`, of an outcome."""
    report = outcome.report
    return to_summary(report.agency.name, report.year, report.edition, outcome.counts)


def to_summary(agency: str | None, year: int | None, edition: str | None, counts: Mapping[str, int]) -> str:
    """`铜官区住房和城乡建设局2023年度报告：错误0处、提醒3处、供参考5处，另有1处需人工核对。`."""
    subject = f"{_name(agency)}{f'{year}年度' if year else ''}报告"
    found = "、".join(f"{SEVERITIES[key]}{counts.get(key, 0)}处" for key in NAMED)
    if edition == PRE_2019 and not any(counts.values()):
        return f"{subject}：采用统一格式施行前的格式，只作识别，未作核查。"
    what = found if any(counts.get(key) for key in NAMED) else "未发现问题"
    doubtful = counts.get("undetermined", 0)
    return f"{subject}：{what}" + (f"，另有{doubtful}处{SEVERITIES['undetermined']}。" if doubtful else "。")


def _name(agency: str | None) -> str:
    name = " ".join((agency or "").split())
    return name if len(name) <= MOST_LETTERS else f"{name[:MOST_LETTERS]}…"
