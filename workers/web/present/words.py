"""The words of the pages. No English enum ever reaches a reader."""

from __future__ import annotations

from parsers.model.finding import Attribution, Confidence, Finding, Severity, Verdict
from parsers.model.report import Status
from tasks.ports.ledger import State

STATES: dict[State, str] = {
    State.QUEUED: "待处理",
    State.EXTRACT: "读取中",
    State.CLASSIFY: "归类中",
    State.VALIDATE: "核查中",
    State.PUBLISH: "出结果中",
    State.DONE: "已完成",
    State.QUARANTINED: "未能处理",
    State.SUPERSEDED: "已被新版取代",
    State.DELETED: "已删除",
}

UNDER_WAY = (State.EXTRACT, State.CLASSIFY, State.VALIDATE, State.PUBLISH)

STAGES = {
    "queued": "待处理",
    "extract": "读取",
    "classify": "归类",
    "validate": "核查",
    "publish": "出结果",
    "notify": "推送",
}

SIGNS = {"error": "✕", "warning": "▲", "undetermined": "?", "info": "○", "passed": "✓"}
"""Colour alone excludes people: each meaning has its sign."""

EDITIONS = {"2021": "2021", "2019": "2019", "pre_2019": "旧", "mixed": "混用"}

STATUSES = {
    Status.NUMBER: "数字",
    Status.BLANK: "空白",
    Status.NON_NUMERIC: "填的不是数字",
    Status.UNREADABLE: "系统未能辨认，请人工核对原件",
    Status.UNDECIDABLE: "数字粘连，系统无法断定，请人工核对原件",
    Status.ABSENT: "原件中没有此行或此格",
}

VERDICTS = {Verdict.VIOLATED: "不符合", Verdict.UNDETERMINED: "无法判定"}
CONFIDENCES = {Confidence.HIGH: "高", Confidence.MEDIUM: "中", Confidence.LOW: "低"}
ATTRIBUTIONS = {
    Attribution.FILED: "报送错误",
    Attribution.EXTRACTION: "提取存疑",
    Attribution.UNCLEAR: "尚不能判断",
}

PROCESSES = {"worker": "处理", "intake": "接收", "sweep": "核对", "web": "看板"}

KINDS = {
    "department": "部门",
    "government": "政府",
    "government_office": "政府办公厅（室）",
    "township": "乡镇、街道",
    "authorised_organisation": "授权组织",
}

SOURCE_KINDS = {
    "text": "文本",
    "pdf": "PDF",
    "docx": "Word（docx）",
    "html": "网页",
    "xlsx": "Excel",
    "xls": "Excel（xls）",
    "ofd": "OFD",
    "image": "图片",
    "ole": "Word（doc）",
    "zip": "压缩包",
}


def weight(finding: Finding) -> str:
    """How a finding is shown: by its severity, unless it is ours to look at first."""
    is_doubtful = finding.verdict is Verdict.UNDETERMINED or finding.attribution is not Attribution.FILED
    return "undetermined" if is_doubtful else finding.severity.value


WEIGHTS = (Severity.ERROR.value, Severity.WARNING.value, "undetermined", Severity.INFO.value)
"""The order in which findings are read."""
