"""Numbers of requests in prose beside table 2: received, carried over and forward, processed, results, applicants."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.finding import Severity
from parsers.rules.rule import Code, Result, Rule, Subject
from parsers.rules.stated import compare_all

_WORDING = "正文称“{quote}”，与{figures}（{filed}）不一致，请更正并统一。"
CODES = tuple(
    Code(code=code, severity=Severity.ERROR, wording=_WORDING)
    for code in ("N_RECEIVED", "N_CARRIED", "N_PROCESSED", "N_RESULT")
)
_RECEIVED, _CARRIED, _PROCESSED, _RESULT = CODES
BY_METRIC = {
    "requests.received": _RECEIVED,
    "requests.new_received": _RECEIVED,
    "requests.natural_person": _RECEIVED,
    "requests.legal_person": _RECEIVED,
    "requests.commercial_enterprise": _RECEIVED,
    "requests.research_institution": _RECEIVED,
    "requests.public_welfare_organization": _RECEIVED,
    "requests.legal_service_institution": _RECEIVED,
    "requests.carried": _CARRIED,
    "requests.processed": _PROCESSED,
    "requests.": _RESULT,
}
"""Code by the beginning of the metric; whatever else is said of requests is a result."""


def check(subject: Subject) -> Iterator[Result]:
    """prose_requests (N_RECEIVED, N_CARRIED, N_PROCESSED, N_RESULT): 内容应当准确，正文与表二的申请件数应当一致。"""
    yield from compare_all(subject, "prose_requests", BY_METRIC, ("requests.",))


RULE = Rule(
    id="prose_requests",
    title="正文申请件数与表二",
    codes=CODES,
    law="国办公开办函〔2021〕30号附件（四）：对“发布内容不准确不全面”等问题严肃追究责任。",
    formula="正文所称新收、结转、办结、办理结果件数 = 表二相应各行总计（口径相同、时间为报告年度的才比较）",
    example="正文称“共收到申请2件”，表二“一、本年新收”总计为3",
    passing="正文称“共收到申请3件”，表二“一、本年新收”总计为3",
    check=check,
)
