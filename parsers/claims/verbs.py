"""What was done with it: the verbs and results of prose, and the metric they mean (domain 5.1)."""

from __future__ import annotations

import re

_YEAR = r"(?P<{0}>20\d\d)年度?"
_LATER = r"(?:下一?个?年度?|次年度?|明年|来年|翌年|(?P<{0}>20\d\d)年度?)"
_EARLIER = r"(?:(?:上|前|去)(?:一)?(?:个)?年(?:度)?)"

_OVER = re.compile(
    rf"{_EARLIER}(?:度)?(?:的)?(?:结转|转结|接转|遗留|转办|转入|未办结|延续|顺延|结余|接续)|结转(?:自)?{_EARLIER}"
    rf"|{_YEAR.format('from')}(?:结转|转结|接转|转办|转入|遗留|顺延|接续|转(?=至|到))(?:至|到|入)?(?:(?P<into>20\d\d)年度?)?"
)
_FORWARD = re.compile(
    rf"(?:结转|转结|接转|顺延|延续|延期|转|延)(?:至|到|入|为)?{_LATER.format('to')}|下(?:一)?年度?(?:度)?结转|结转下|跨年度?办理"
)
_BARE_FORWARD = re.compile(r"(?<!年)(?<!年度)结转(?!的)")

_RESULTS: tuple[tuple[str, str], ...] = (
    (
        "granted_or_partially",
        r"予以公开(?:及|和|与|或|、|/)(?:者)?(?:予以)?部分公开|(?:同意)?公开(?:及|和|与|或|、)(?:者)?部分公开|全部(?:公开)?(?:及|和|或)部分公开",
    ),
    ("partially_granted", r"部分公开|区分处理"),
    ("denied", r"不予公开|不公开(?!为)"),
    ("unavailable", r"无法提供|不能提供"),
    ("not_processed", r"不予处理"),
    ("other_processing", r"其他处理|作其他|其它处理"),
    ("granted", r"(?:予以|同意|全部|准予|决定)公开|(?<=[,;:、,(])公开|^公开|其中公开"),
    ("denied_state_secret", r"国家秘密"),
    ("denied_three_securities_one_stability", r"三安全一稳定"),
    ("denied_law_prohibited", r"法律(?:、)?行政法规禁止公开"),
    ("denied_third_party_rights", r"保护第三方(?:的)?合法权益"),
    ("denied_internal_affairs", r"三?类?内部事务信息"),
    ("denied_process_information", r"四?类?过程性+信息"),
    ("denied_enforcement_file", r"行政执法案卷"),
    ("denied_administrative_query", r"行政查询事项"),
    ("unavailable_not_held", r"不掌握(?:相关)?(?:政府)?(?:信息)?"),
    ("unavailable_needs_creation", r"(?:没有现成信息)?(?:需要|需)(?:另行|重新)制作|没有现成信息"),
    ("unavailable_unclear_after_correction", r"补正后(?:申请内容)?仍不明确"),
    ("not_processed_petition_complaint", r"信访(?:、)?举报(?:、)?投诉类(?:申请)?"),
    ("not_processed_duplicate", r"(?<!大量)(?<!反复)重复申请"),
    ("not_processed_publication", r"要求提供公开出版物"),
    ("not_processed_excessive", r"大量反复申请"),
    ("other_overdue_correction", r"逾期不补正"),
    ("other_overdue_fee", r"逾期(?:未|不)(?:按收费通知要求)?缴(?:纳)?费(?:用)?"),
    ("withdrawn", r"撤销申请|撤回(?:了)?(?:申请)?|自愿放弃|主动撤(?:回|销)|自主撤销"),
)
_RESULT_FIRST = "予公同全部区不无能其作准决国三法保类内四过行没需补信重要大逾撤自主"
"""How results begin: where no such letter stands, none is sought."""

_RESULT = re.compile(
    f"(?=[{_RESULT_FIRST}])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _RESULTS) + ")"
)

_APPLICANTS: tuple[tuple[str, str], ...] = (
    ("natural_person", r"自然人(?:申请(?:人)?)?"),
    ("legal_person", r"法人(?:或|和|及|、|与)(?:者)?其[他它]组织|法人(?:组织)?(?:申请)?(?!或|和|及|、|与)"),
    ("commercial_enterprise", r"商业企业"),
    ("research_institution", r"科研机构"),
    ("public_welfare_organization", r"社会公益组织"),
    ("legal_service_institution", r"法律服务机构"),
)
_APPLICANT = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _APPLICANTS))

_VERBS: tuple[tuple[str, str], ...] = (
    ("processed", r"办结|答复|回复|办复|办理完毕|办理完成|办毕|处理完毕"),
    ("new_received", r"新(?:收到?|增|接收|受理)"),
    ("handled", r"收办|(?:接收|收到并|收到和)(?:办理|处理)|承办|办理|处理"),
    ("received", r"收到|接到|受理|登记|接收|收取|收件|收"),
)
_VERB = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _VERBS))

_CASE_RESULTS: tuple[tuple[str, str], ...] = (
    ("corrected", r"(?:结果)?纠正|纠错|撤销|败诉|确认违法|责令(?:重新|履行|限期)|变更"),
    ("upheld", r"(?:结果)?维持|胜诉|驳回"),
    ("pending", r"尚?未审结|未办结|正在审理|未结|审理中"),
    ("other_result", r"其[他它]结果"),
)
_CASE_RESULT = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _CASE_RESULTS))

CERTAIN_RESULTS = ("结果维持", "结果纠正", "尚未审结", "其他结果", "维持", "纠正")
"""Words of the form; the others mean one of them, or something besides."""

_DOCUMENT_VERBS: tuple[tuple[str, str], ...] = (
    ("in_force", r"现行有效|(?<!失)有效|对外公开总"),
    ("repealed", r"废止|宣布失效|失效"),
    (
        "issued",
        r"(?:制发|制定|出台|印发)(?:并|和|及|、)?(?:公开|发布|公布|公示)|制发|制定|出台|印发|制作|新制定|发文|起草并印发",
    ),
    ("published", r"公开|发布|公布|公示"),
    ("other", r"清理|审查|审核|备案|修订|修改|解读|评估|保留|报送|梳理|标注|起草|刊登|编发|上传|转载"),
)
_DOCUMENT_VERB = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _DOCUMENT_VERBS))


def last_of(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The match nearest to the end."""
    last = None
    for match in pattern.finditer(text):
        last = match
    return last


def carry_of(left: str, right: str, year: int | None) -> str | None:
    """`carried_over`, `carried_forward`, `stale` where the years are not those of this report, or nothing."""
    over, forward = last_of(_OVER, left), last_of(_FORWARD, left)
    if over and (forward is None or over.end() >= forward.end()):
        return _over(over, year)
    if forward:
        return _forward(forward, year)
    after = _FORWARD.search(right)
    if after:
        return _forward(after, year)
    return "carried_forward" if _BARE_FORWARD.search(left) or _BARE_FORWARD.search(right) else None


def _over(match: re.Match[str], year: int | None) -> str:
    came, went = match["from"], match["into"]
    if came is None:
        return "carried_over"
    if year is None:
        return "stale"
    if int(came) == year - 1 and went in (None, str(year)):
        return "carried_over"
    return "carried_forward" if int(came) == year and went == str(year + 1) else "stale"


def _forward(match: re.Match[str], year: int | None) -> str:
    to = match["to"]
    return "carried_forward" if to is None or (year is not None and int(to) == year + 1) else "stale"


def name_of(pattern: re.Pattern[str], text: str) -> str | None:
    """The name of the match nearest to the end."""
    match = last_of(pattern, text)
    return match.lastgroup if match else None


RESULT, APPLICANT, VERB, CASE_RESULT, DOCUMENT_VERB = _RESULT, _APPLICANT, _VERB, _CASE_RESULT, _DOCUMENT_VERB
"""The lexicons, for `last_of` and `name_of`."""
