"""A made report of a made office, with one wrong cell: so that a new installation has something to look at."""

from __future__ import annotations

from parsers.editions import edition_named
from parsers.editions.spec import Edition
from workers.web.present.form import Box, Sheet, edition_to_sheets

SAMPLE_NAME = "样例/示例县文化和旅游局2025.txt"

FIGURES = {
    "proactive.normative_document.issued": 2,
    "proactive.normative_document.repealed": 1,
    "proactive.normative_document.in_force": 9,
    "proactive.administrative_licensing.decisions": 126,
    "proactive.administrative_penalty.decisions": 14,
    "requests.new_received.natural_person": 12,
    "requests.new_received.commercial_enterprise": 3,
    "requests.new_received.total": 15,
    "requests.carried_over.natural_person": 1,
    "requests.carried_over.total": 1,
    "requests.granted.natural_person": 6,
    "requests.granted.commercial_enterprise": 2,
    "requests.granted.total": 9,
    "requests.partially_granted.natural_person": 2,
    "requests.partially_granted.total": 2,
    "requests.denied_internal_affairs.natural_person": 1,
    "requests.denied_internal_affairs.total": 1,
    "requests.unavailable_not_held.natural_person": 2,
    "requests.unavailable_not_held.commercial_enterprise": 1,
    "requests.unavailable_not_held.total": 3,
    "requests.total_processed.natural_person": 12,
    "requests.total_processed.commercial_enterprise": 3,
    "requests.total_processed.total": 15,
    "requests.carried_forward.natural_person": 1,
    "requests.carried_forward.total": 1,
    "review_litigation.review.upheld": 1,
    "review_litigation.review.total": 1,
}
"""What is not named is 0. 予以公开 of natural persons ought to be 7: one row and one column do not add up."""

OVERVIEW = """一、总体情况

2025年，本局认真贯彻《中华人民共和国政府信息公开条例》。本报告统计期限为2025年1月1日至2025年12月31日。

（一）主动公开。全年通过县政府门户网站公开信息，及时发布文旅活动和行政执法信息。

（二）依申请公开。全年新收政府信息公开申请15件，上年结转1件，办结15件，结转下年度继续办理1件。

（三）政府信息管理。落实保密审查，对规范性文件动态清理。

（四）政府信息公开平台建设。维护网站专栏，保障查阅场所正常开放。

（五）监督保障。开展业务培训，接受社会评议，全年没有责任追究。
"""

ENDING = """五、存在的主要问题及改进情况

存在的主要问题：主动公开的内容还不够丰富。改进情况：增加解读材料，加强对股室的业务指导。

六、其他需要报告的事项

本局依据《政府信息公开信息处理费管理办法》收取信息处理费0元。

示例县文化和旅游局
2026年1月16日
"""


def sample_report() -> bytes:
    """The report as a text file with tab-separated tables."""
    edition = edition_named("2021")
    if edition is None:
        msg = "the edition of 2021 is part of the core"
        raise LookupError(msg)
    sheets = (_sheet_to_text(edition, sheet) for sheet in edition_to_sheets(edition, {}))
    return "\n\n".join(("示例县文化和旅游局2025年政府信息公开工作年度报告", OVERVIEW, *sheets, ENDING)).encode()


def _sheet_to_text(edition: Edition, sheet: Sheet) -> str:
    heading = edition.section(edition.table(sheet.id).section).heading
    return "\n".join((heading, "", *("\t".join(_text(box) for box in row) for row in (*sheet.head, *sheet.body))))


def _text(box: Box) -> str:
    return str(FIGURES.get(box.figure, 0)) if box.figure else box.text
