"""Whose number it is and of which time: what a claim must say of the whole body and the year to be compared."""

from __future__ import annotations

import re

from parsers.model.report import Scope

_AREA = re.compile(
    r"我(?:市|区|县|省|州|旗)|全(?:市|区|县|省|州|盟|旗|镇|乡|街道|系统|域)|各(?:级|地区|部门|单位|镇|乡|街道|区县|县区|县市|板块|科室单位)|(?:市|区|县)直(?:各)?(?:部门|单位)|(?:省|市|区|县)(?:人民)?政府系统"
)
_SELF = re.compile(
    r"我(?:局|办|委|厅|院|会|处|中心|镇|乡|街道|单位|部门|机关)|本(?:局|办|委|厅|单位|机关|部门|镇|乡|街道)"
)
_PART = re.compile(
    r"(?:局|委|厅)机关(?!各)|本级(?!和|及|财政|预算|政府)|(?:下属|所属|直属)(?:各)?(?:单位|分局|事业单位|机构)|(?:基层|派出)(?:单位|所|机构)"
    r"|(?:市|区|县)(?:政府|人民政府)本级|办理(?:由)?上级|转(?:来|交)"
)
_GOVERNMENT = re.compile(
    r"(?<!向)(?<!代表)(?<!由)(?:市|区|县|省|旗)(?:人民)?政府(?:办公室|办公厅|办)?(?!信息|门户|网|公报|和|与|及|部门|文件|令|常务|领导|工作|的|采购|规章|各)"
)
_WAY = re.compile(
    r"(?:通过|利用|依托|以|经)(?P<way>[^,;。]{0,24}?(?:网站|平台|网络|信函|邮寄|邮件|邮箱|现场|当面|窗口|系统|传真|网上|线上|线下|公众号|微信|微博|EMS|在线))"
    r"(?P<more>[^,;。]{0,8}?(?:等|各类|各种|多种|及其他))?"
)
_ALL_WAYS = re.compile(r"各种|各类|多种|线上线下|线上、线下|等")

_YEAR_AT_START = re.compile(
    r"(?:(?<=[,;。\n(:)])|(?<=情况)|^)(?:在|自|截至|截止|至|到|而|其中)?(20\d\d)年(?!\d{1,2}月\d{1,2}日(?:国|中|印|发|公布|修))(?!度?(?:的)?(?:结转|转|遗留|顺延))"
)
_THIS_YEAR = re.compile(r"今年|本年度?(?!度?报告)|全年|年内|当年|年度内")
_SHORTER = re.compile(
    r"上半年|下半年|[一二三四前]季度|第[一二三四]季度|半年|1月?(?:份)?(?:至|-|—|~|到)(?:[2-9]|1[01])月|(?:[2-9]|1[0-2])月(?:份)?(?:至|-|—|~|到)\d{1,2}月"
    r"|(?:截至|截止|到)(?:20\d\d年)?(?:[1-9]|1[01])月|[当本](?:月|季度)|(?<![\d年])(?:[1-9]|1[0-2])月份?(?=[,共收新受])|疫情期间"
)
_LONGER = re.compile(
    r"历年|累计共|近(?:年来|几年|[两三四五]年|[235]年)|以来(?!,?(?:我|本|全|共))|自?20\d\d年(?:至|到|-|—)(?:20\d\d|今)|两年来|三年来|成立以来|任期"
)
_BY_YEAR = re.compile(
    r"(?:比|较|与)(?:上年|去年|上一年|20\d\d年)(?:度)?(?:同期)?(?:的)?|(?:上年|去年|上一年)(?:度)?(?:同期)?(?:的)?(?:为|共|仅|收到)?$"
)


_LAST_YEAR = re.compile(r"(?:^|[,;。(])(?:而|较)?(?:去年|上一?年|前年)度?(?!结转|转|遗留|未办|顺延|接)")


def text_to_period(text: str, clause: str, year: int | None) -> str | None:
    """The time spoken of before a number, where it is not the year reported on: in its sentence or clause so far."""
    compared = _BY_YEAR.search(clause) or _LAST_YEAR.search(clause)
    for found in (_SHORTER.search(text), _LONGER.search(text), compared):
        if found is not None and not _THIS_YEAR.search(text, found.end()):
            return found[0].strip("(")
    years = [(match.end(), match[1]) for match in _YEAR_AT_START.finditer(text)]
    if not years:
        return None
    position, named = years[-1]
    is_other = named != str(year) and not _THIS_YEAR.search(text, position)
    return named if is_other else None


def text_to_scope(text: str) -> Scope:
    """Whom the last word before a number names: `text` is its sentence so far."""
    found = [(m.start(), scope) for pattern, scope in _WHO for m in pattern.finditer(text)]
    return max(found, default=(0, Scope.BODY), key=lambda pair: pair[0])[1]


_WHO = ((_AREA, Scope.AREA), (_SELF, Scope.BODY), (_PART, Scope.PART), (_GOVERNMENT, Scope.BODY))


def is_one_way(text: str) -> bool:
    """Does this clause count what came one way only: 通过门户网站…, but not 通过网站、信函等方式?"""
    ways = list(_WAY.finditer(text))
    return bool(ways) and ways[-1]["more"] is None and not _ALL_WAYS.search(ways[-1]["way"])
