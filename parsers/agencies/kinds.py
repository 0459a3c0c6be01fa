"""What kind of body a name is. Only what the name says for certain; everything else is null."""

from __future__ import annotations

import re

from parsers.agencies.regions import Region, name_to_region
from parsers.model.value import Value

_BRACKETED = re.compile(r"[(（][^()（）]*[)）]?")

_TOWNSHIP = re.compile(
    r"(?:(?:镇|乡|苏木|街道|街)(?:人民)?(?:政府|办事处|办)?(?:党政(?:综合)?办(?:公室)?|办公室)?|(?:街道|地区)(?:办事处|办)"
    r"|(?<!派出)办事处|区公所)$"
)
"""镇, 乡 and 街道, their governments and their offices, which report for nobody else."""

_NO_TOWNSHIP = re.compile(r"(?:驻.{1,6}|特派员|代表|专员|联络|审计署.*)办事处$|^(?:萍乡|新乡|湘乡|桐乡|宁乡|景德镇)$")
"""Offices elsewhere of bodies that are no township, and cities written without 市."""

_OFFICE = re.compile(r"(?:人民政府|政府|行政公署|行署)办(?:公室|公厅)?$")

_GOVERNMENT = re.compile(r"(?:人民政府|行政公署|行署|(?:省|市|县|区|旗|州|盟)政府)$")

_PLACE = re.compile(r"(?:省|自治区|自治州|州|盟|地区|自治县|县|区|旗|市)$")

_VERTICAL = re.compile(
    r"税务(?:总局|局|分局)|(?<!山)海关|气象局|调查(?:总)?队$|邮政管理局|烟草专卖局|海事局|边防检查|中国人民银行|银保监|银监|证监"
    r"|金融监督管理(?:总)?局|金融监管(?:总)?局|外汇管理局|通信管理局|矿山安全监察局|煤矿安全监察局|民用航空|民航"
    r"|铁路监督管理局|能源监管|消防救援(?:总队|支队|大队|站)|^财政部.+监管局|^审计署.+办事处"
)
"""Bodies led from above and not by the government of their area (条例 第三条第四款)."""

_AUTHORISED = re.compile(r"公积金(?:管理)?中心$|社会保险.*中心$|医疗保障.*中心$|不动产登记.*中心$")
"""Organisations that a law or regulation charges with managing public affairs."""

_DEPARTMENT = re.compile(
    r"(?:局|委员会|厅|署|委)(?:.{1,8}分局)?$|(?:人民防空|人防|外事|港澳|侨务|金融工作|金融服务|信访|扶贫(?:开发)?|口岸|法制)(?:工作)?办公室$"
)

_NO_DEPARTMENT = re.compile(
    r"(?:(?<!监督)管理委员会|管委会|居民委员会|村民委员会|居委会|村委会|工作委员会|仲裁委员会|(?:省|市|区|县|旗|州|盟|党|纪|团|工|政法|编)委"
    r"|委员会办公室|常务委员会|协商会议.*委员会|邮政局|供电局|供水局)$"
)
"""Committees of the Party, of residents and of zones, and companies that are called 局."""

_CENTRAL = re.compile(r"^(?:中华人民共和国|国务院|国家)|^[\u4e00-\u9fff]{2,8}部$")

_LEADER = re.compile(
    r"^(?:国家(?:税务总局|统计局|外汇管理局|金融监督管理总局|矿山安全监察局)|中华人民共和国|中国(?:人民银行|民用航空))"
)
"""What stands before the place in the names of branches of central bodies."""


_KINDS = (("government_office", _OFFICE), ("government", _GOVERNMENT), ("authorised_organisation", _AUTHORISED))
"""Kinds that the end of a name tells, in the order of asking."""


class Kind(Value):
    """What a name says of its body: kind, level and places; `is_place` where it is a place and nothing else.

    `is_subdistrict` is a 街道, whose office is no government.
    """

    kind: str | None = None
    level: str | None = None
    regions: tuple[str, ...] = ()
    vertically_led: bool | None = None
    is_place: bool = False
    is_subdistrict: bool = False


def name_to_kind(name: str) -> Kind:
    """The kind of body that this name (NFKC, no white space) is for certain."""
    plain = _BRACKETED.sub("", name)
    region = name_to_region(_LEADER.sub("", plain))
    kind = _kind(plain, region)
    return Kind(
        kind=kind,
        level=_level(plain, kind, region),
        regions=region.words,
        vertically_led=None if kind is None else _VERTICAL.search(plain) is not None,
        is_place=kind == "government" and not _GOVERNMENT.search(plain),
        is_subdistrict=kind == "township" and re.search(r"街道|街$|街办|(?<!镇)(?<!乡)办事处", plain) is not None,
    )


def _kind(name: str, region: Region) -> str | None:
    if _VERTICAL.search(name):
        return "department"
    if _TOWNSHIP.search(name) and not _NO_TOWNSHIP.search(name):
        return "township"
    if region.is_zone:
        return _of_zone(name, region)
    is_place = bool(region.words) and not region.rest and _PLACE.search(name) is not None
    found = (kind for kind, words in _KINDS if words.search(name))
    return "government" if is_place else next(found, _department(name, region))


def _department(name: str, region: Region) -> str | None:
    is_department = _DEPARTMENT.search(name) and not _NO_DEPARTMENT.search(name)
    return "department" if is_department or (_CENTRAL.search(name) and not region.words) else None


def _of_zone(name: str, region: Region) -> str | None:
    """A zone's bureau is a department; what its committee is, is not said by its name."""
    return "government" if name.endswith("区人民政府") else _department(name, region)


def _level(name: str, kind: str | None, region: Region) -> str | None:
    if kind == "township":
        return "township"
    if region.is_zone:
        return None
    if not region.words and _CENTRAL.search(name) and not _VERTICAL.search(name):
        return "national"
    return region.level
