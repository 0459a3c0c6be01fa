"""What a number in prose means: its metric, and why it may not be compared. Silence where two things are possible."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.claims.frames import Frame
from parsers.claims.nouns import Noun
from parsers.claims.scope import is_one_way
from parsers.claims.verbs import (
    APPLICANT,
    CASE_RESULT,
    CERTAIN_RESULTS,
    DOCUMENT_VERB,
    RESULT,
    VERB,
    carry_of,
    last_of,
    name_of,
)

ONE_WAY = "只计一种渠道"
PART = "只计其中一部分"
OTHER_POPULATION = "统计对象与表格不同"
OTHER_YEAR = "所述年份与报告年度不符"
PUBLISHED = "公开的件数可以少于作出的件数"
NOT_DECIDED = "不是处理决定数量"
NOT_ABOUT_DISCLOSURE = "未说明与政府信息公开有关"
NO_TABLE = "表格没有对应的数字"
"""Reasons why a claim is not compared, as report.json says them."""


@dataclass(frozen=True)
class Meaning:
    """The metric of a number; `why_not` when it may not be compared; `ambiguous` when its words mean several things."""

    metric: str
    why_not: str | None = None
    ambiguous: bool = False


GAP = 6
"""Between the name of a result and its number stands at most so much: 不予公开的申请共3件."""

_ANSWER = re.compile(r"(?:的|答复|处理|决定|办理|申请)*")
_QUALIFIED = re.compile(
    r"各(?:类|种|项)申请|涉及|关于|有关|领域|方面|(?<!各)类(?!案件|行政|别)|按时|按期|及时|限时|依法"
)
_NEGATED = re.compile(r"(?:未|不|没有|尚未|无法|超期|逾期|延期|延迟|拟|预计|计划|补正)[^,;]{0,6}$")
_FOR_OTHERS = re.compile(r"(?:协助|指导|配合|帮助|督促|参与|代为|代(?=[省市区县镇乡政]))[^,;]*$")
_BY_VOICE = re.compile(r"(?:电话|口头|当场|当面|现场|短信|邮件|协商|沟通)[^,;]{0,4}$")
_AMONG = re.compile(r"其中|包括|(?<!包)含")
_ASKER = re.compile(
    r"(?:公民|个人|村民|居民|群众|企业|公司|律师|业主|记者|职工)(?:的|提出的?|提交的?)?(?:政府)?(?:信息)?(?:公开)?申请"
)
"""Requests of one kind of people, named by other words than those of the form."""

_LEADING = re.compile(
    r"(?:20\d\d年度?|全年|年内|今年|本年度?|上年度?|本(?:局|单位|机关)|我[局办委镇乡区市县]|(?:全|本)[市区县镇乡省州]|街道|单位|共|总|累计|合计|的|通过|[,、]|目前)*"
)
_FEE_CASES = re.compile(r"收取|收费|缴费|缴纳|减免|免收")
_DISCLOSURE = re.compile(r"公开|申请")
_PUBLISHED = re.compile(r"公开|公示|公布|发布|上网|归集|上传|推送|报送|录入|更新")
_UNDECIDED = re.compile(r"受理|收到|申请|立案|新增|梳理|调整|取消|下放|承接|划转|编制|清理|涉及|移送|查处|检查|备案")
_DECIDED_UNITS = frozenset({"件", "起", "宗", "例", "份", "次", "件次"})
_DIRECT = re.compile(r"未经复议(?:而|即|就)?直接起诉|直接起诉")
_AFTER = re.compile(r"复议后(?:再)?(?:提起)?(?:行政)?(?:起诉|诉讼)")


def frame_to_meaning(frame: Frame, year: int | None) -> Meaning | None:
    """What this number counts; None where it is no concern of the form."""
    if frame.quantity.is_money:
        return _money(frame)
    if not frame.quantity.is_count:
        return None
    result = _result(frame)
    if result is not None:
        return result
    if frame.noun is None:
        return None
    return _BY_NOUN[frame.noun](frame, year) if frame.noun in _BY_NOUN else None


def _money(frame: Frame) -> Meaning | None:
    if frame.noun is not Noun.FEE or re.search(r"减免|免收|预算|标准", frame.clause):
        return None
    return Meaning("fee.collected_yuan", NO_TABLE)


def _is_of_requests(frame: Frame) -> bool:
    return frame.context in (Noun.REQUEST, Noun.CHANNEL) or frame.noun is Noun.REQUEST


def _result(frame: Frame) -> Meaning | None:
    """予以公开2件, 属于四类过程性信息1件, 3件不予处理; 自然人6件: only where requests are spoken of."""
    if not _is_of_requests(frame) or Noun.REVIEW in frame.nouns or Noun.LITIGATION in frame.nouns:
        return None
    found = last_of(RESULT, frame.left)
    gap = frame.left[found.end() :] if found else ""
    if found and found.lastgroup and _is_close(found, gap):
        return _of_result(frame, found.lastgroup)
    applicant = last_of(APPLICANT, frame.left)
    if applicant and applicant.lastgroup and len(frame.left) - applicant.end() <= GAP:
        return Meaning(f"requests.{applicant.lastgroup}", _why_not(frame))
    behind = RESULT.match(re.sub(r"^(?:已|被|为|作|属于|属|因)", "", frame.right)) if not found else None
    return _of_result(frame, behind.lastgroup) if behind and behind.lastgroup not in (None, "granted") else None


def _is_close(found: re.Match[str], gap: str) -> bool:
    is_bare = found[0] == "公开" or found[0] == "其中公开"
    if is_bare or _NEGATED.search(gap):
        return gap in ("", "共", "的")
    return len(gap) <= GAP and (_ANSWER.fullmatch(gap) is not None or VERB.search(gap) is None)


_SHOWN = re.compile(r"(?:主动|对外|已|已经|网站|网上)公开\d")
"""An answer that what is asked for has been published; the form counts it among those granted."""

_GRANTED = ("granted", "granted_or_partially")


def _of_result(frame: Frame, name: str | None) -> Meaning | None:
    if name == "withdrawn":
        return Meaning("requests.withdrawn", NO_TABLE)
    ambiguous = name in _GRANTED and _SHOWN.search(frame.sentence + frame.behind) is not None
    return Meaning(f"requests.{name}", _why_not(frame), ambiguous) if name else None


def _why_not(frame: Frame) -> str | None:
    return ONE_WAY if is_one_way(frame.clause) else None


def _request(frame: Frame, year: int | None) -> Meaning | None:
    if _FEE_CASES.search(frame.right) or _FEE_CASES.search(frame.left):
        return Meaning("fee.cases", NO_TABLE)
    verb = last_of(VERB, frame.left)
    carry = carry_of(frame.left, frame.right, year)
    if carry is not None and (verb is None or verb.lastgroup != "new_received"):
        name = "carried_over" if carry == "stale" else carry
        return Meaning(f"requests.{name}", OTHER_YEAR if carry == "stale" else _why_not(frame))
    if verb is None:
        return _without_verb(frame)
    return _with_verb(frame, verb)


def _with_verb(frame: Frame, verb: re.Match[str]) -> Meaning | None:
    before, name = frame.left[: verb.start()], str(verb.lastgroup)
    if _NEGATED.search(before):
        return None
    names = {match.lastgroup for match in VERB.finditer(frame.left)} - {None}
    is_part = _BY_VOICE.search(before) or _FOR_OTHERS.search(before) or _ASKER.search(frame.left)
    why = _why_not(frame) or (PART if is_part else None)
    if name in ("received", "new_received", "handled") and _AMONG.search(frame.sentence):
        why = why or PART
    ambiguous = len(names - {"new_received"}) > 1 or bool(_QUALIFIED.search(frame.left))
    return Meaning(f"requests.{name}", why, ambiguous)


def _without_verb(frame: Frame) -> Meaning | None:
    """10件已完成答复; 依申请公开18件: received, where nothing else is said of it."""
    behind = VERB.search(frame.right[:12])
    if behind and behind.lastgroup == "processed" and not re.search(r"未|不|正在|尚", frame.right[: behind.start()]):
        return Meaning("requests.processed", _why_not(frame), ambiguous=not _AMONG.search(frame.clause))
    if not frame.said:
        return None
    noun = re.search(r"(?:政府|政务)?信息|依?法?申请|公开", frame.left)
    lead = frame.left[: noun.start()] if noun else frame.left
    is_plain = _LEADING.fullmatch(lead) is not None and not _AMONG.search(frame.sentence)
    return Meaning("requests.received", _why_not(frame), ambiguous=True) if is_plain else None


def _channel(frame: Frame, year: int | None) -> Meaning | None:
    """What is said next is said of requests again."""
    return Meaning("requests.channel", ONE_WAY) if frame.said else _request(frame, year)


def _case(frame: Frame, _: int | None) -> Meaning | None:
    """行政复议3件; 维持2件; 未经复议直接起诉1件."""
    name = _case_name(frame)
    tail = _behind_noun(frame)
    found = last_of(CASE_RESULT, tail) or CASE_RESULT.match(re.sub(r"^(?:被|已|均|获|均获|结果|为)+", "", frame.right))
    if found is None and not frame.said:
        return None
    result = str(found.lastgroup) if found else "total"
    if found is None and _NEGATED.search(tail):
        return None
    if _INSTANCE.search(tail) or (found is None and _is_among_requests(frame)):
        return Meaning(f"{name}.{result}", PART)
    both = not frame.said and "复议" in frame.sentence and "诉讼" in frame.sentence
    ambiguous = both or (found is not None and found[0] not in CERTAIN_RESULTS)
    return Meaning(f"{name}.{result}", _case_why_not(frame), ambiguous)


def _is_among_requests(frame: Frame) -> bool:
    """收到申请12件，其中2件涉及复议: how many requests, and not how many reviews."""
    return frame.left.startswith("其中") and re.search("复议|诉讼|应诉|起诉", frame.left) is None


_INSTANCE = re.compile(r"[一二]审|再审|上诉|终审|开庭")
_JOINED = re.compile(
    r"复议(?:案件|案)?(?:、|和|及|与|或|以及|/)(?:被)?(?:提起)?(?:行政)?诉讼(?:等)?(?:案件|案)?(?:共|合计|均为|各)?$"
)
_JOINED_BEFORE = re.compile(
    r"复议(?:案件|案)?(?:、|和|及|与|或|以及|/)(?:被)?(?:提起)?(?:行政)?诉讼(?!.*(?:复议|诉讼))"
)


def _case_name(frame: Frame) -> str:
    if not frame.said:
        return "review_and_litigation" if _JOINED_BEFORE.search(frame.sentence) else str(frame.noun)
    if _DIRECT.search(frame.left):
        return "litigation_direct"
    if _AFTER.search(frame.left):
        return "litigation_after_review"
    joined = _JOINED.search(frame.left)
    return "review_and_litigation" if joined else str(frame.noun)


def _behind_noun(frame: Frame) -> str:
    cut = max((frame.left.rfind(word) for word in ("复议", "诉讼", "应诉", "起诉")), default=-1)
    return frame.left[cut + 2 :] if cut >= 0 else frame.left


_OF_ALL_KINDS = re.compile(r"[,;(](?:其中|包括|含)[^,;。]{0,8}(?:政府|政务)?信息公开")
_DECIDING_BODY = re.compile(r"复议(?:机构|机关|局|委员会|办)")
"""An office that decides reviews tells how many it decided, of every kind and against others."""

_NOT_OWN = re.compile(r"备案|非(?:政府|政务)?信息公开|[与和及]信息公开无关|(?:观摩|旁听|代理|协助|指导|研讨)[^,;。]*$")


def _case_why_not(frame: Frame) -> str | None:
    is_of_others = _NOT_OWN.search(frame.sentence) or _DECIDING_BODY.search(frame.clause)
    if is_of_others or _OF_ALL_KINDS.match(frame.behind):
        return OTHER_POPULATION
    about = _DISCLOSURE.search(frame.sentence + frame.right + frame.before)
    return None if about else NOT_ABOUT_DISCLOSURE


def _document(frame: Frame, _: int | None) -> Meaning | None:
    """制发3件, 废止1件, 现行有效12件; 公开 only where the form counts what was disclosed."""
    kind = "documents" if frame.noun is Noun.DOCUMENT else "regulations"
    verb = name_of(DOCUMENT_VERB, frame.left) or name_of(DOCUMENT_VERB, frame.right[:6])
    if verb is None and frame.said:
        verb = name_of(DOCUMENT_VERB, frame.sentence)
    if verb in (None, "other"):
        return None
    inside = _AMONG.search(frame.sentence) is not None or frame.sentence.count("(") > frame.sentence.count(")")
    shown = "现行有效" in frame.left and _PUBLISHED.search(frame.left) is not None
    published = verb == "published" and "新公开" not in frame.left
    return Meaning(f"{kind}.{verb}", None, ambiguous=(inside and verb != "in_force") or shown or published)


_DECISIONS = {
    Noun.LICENCE: "licensing.decisions",
    Noun.PENALTY: "penalty.decisions",
    Noun.COERCION: "coercion.decisions",
}


def _decision(frame: Frame, _: int | None) -> Meaning | None:
    if not frame.said or frame.noun is None or frame.quantity.unit not in _DECIDED_UNITS:
        return None
    metric = _DECISIONS[frame.noun]
    if _PUBLISHED.search(frame.clause) or re.match(r"(?:信息|公示|事项|结果)", frame.right):
        return Meaning(metric, PUBLISHED)
    return Meaning(metric, NOT_DECIDED if _UNDECIDED.search(frame.clause) else None)


def _fee_items(frame: Frame, _: int | None) -> Meaning | None:
    return Meaning("fee_items.total") if frame.said else None


def _fee(frame: Frame, _: int | None) -> Meaning | None:
    if "通知" in frame.left:
        return Meaning("fee.notices", NO_TABLE)
    return Meaning("fee.cases", NO_TABLE)


def _accountability(frame: Frame, _: int | None) -> Meaning | None:
    return Meaning("accountability.cases", NO_TABLE) if frame.said else None


_BROAD = re.compile(r"公开|发布|更新|上传|公布|公示")


def _publication(frame: Frame, _: int | None) -> Meaning | None:
    if not frame.said or not _BROAD.search(frame.left) or _AMONG.search(frame.sentence):
        return None
    return Meaning("proactive.total_items", NO_TABLE)


_BY_NOUN = {
    Noun.REQUEST: _request,
    Noun.CHANNEL: _channel,
    Noun.REVIEW: _case,
    Noun.LITIGATION: _case,
    Noun.DOCUMENT: _document,
    Noun.REGULATION: _document,
    Noun.LICENCE: _decision,
    Noun.PENALTY: _decision,
    Noun.COERCION: _decision,
    Noun.FEE: _fee,
    Noun.FEE_ITEM: _fee_items,
    Noun.ACCOUNTABILITY: _accountability,
    Noun.PUBLICATION: _publication,
}
