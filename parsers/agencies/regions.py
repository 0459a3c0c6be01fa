"""The places in a body's name, from the province down, and the level that the last of them stands for."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from parsers.model.value import Value

_ZONES = (
    "开发区|高新区|新技术产业区|实验区|示范区|管理区|保税区|保税港区|度假区|风景区|名胜区|合作区|旅游区|景区|园区|经开区|经济区"
    "|新城区|先行区|自贸区|核心区|功能区|集聚区|林区|垦区|矿区|港区|库区|灾区|校区|社区|牧区|新区"
)
"""Areas that are no county whatever committee runs them, except the counties that regions.toml lists."""

_NO_PLACE = re.compile(rf"(?:^[市区县]?(?:城市|都市|县市|超市)|地区|辖区|片区|{_ZONES})$")
"""Words that end as places do and name none."""

_STATE = re.compile(r"(?:自治州|州|盟|地区(?!管|办))")
_UNIT = "(?:市(?!场|容|民(?!政|族|宗)|级|区|政(?!府))|县(?!域|级|区)|区(?!域|划|级)|旗(?!区))"
"""市, 县, 区 and 旗, except where a word like 市场, 市政 or 县域 begins with them."""

_COUNTY = re.compile(rf"[\u4e00-\u9fff]{{1,12}}?(?:自治县|自治旗|特区|{_UNIT})")
_BARE = re.compile(rf"(省|自治区|州|盟|{_UNIT})(?=[\u4e00-\u9fff]{{2}})")
_LONGEST_STATE = 14


class Region(Value):
    """`words` from the highest place down, as written; `level` of the last one, null where its word may mean two.

    `rest` is the name without them; `is_zone` where an area is named that is no county.
    """

    words: tuple[str, ...] = ()
    level: str | None = None
    rest: str = ""
    is_zone: bool = False


class Places(Value):
    """What regions.toml lists: provinces, cities of the second level (with their 市), counties of misleading names."""

    provinces: tuple[str, ...]
    cities: frozenset[str]
    counties: tuple[str, ...]


@cache
def _places() -> Places:
    """Read once, when first asked for."""
    data = tomllib.loads((files("parsers.agencies") / "regions.toml").read_text(encoding="utf-8"))
    return Places(
        provinces=tuple(data["provinces"].split()),
        cities=frozenset(f"{name}市" for name in data["cities"].split()),
        counties=tuple(data["counties"].split()),
    )


def name_to_region(name: str) -> Region:
    """`湖南省株洲市天元区住房和城乡建设局` → 湖南省, 株洲市, 天元区; county; 住房和城乡建设局."""
    words: list[str] = []
    level: str | None = None
    rest = name
    for find, found_level in ((_province, "province"), (_city, "city"), (_county, "county")):
        word = find(rest)
        if word:
            words.append(word)
            level, rest = found_level, rest[len(word) :]
    if not words:
        return _bare(name)
    return Region(words=tuple(words), level=level, rest=rest, is_zone=_is_zone(rest))


def _province(name: str) -> str:
    return next((province for province in _places().provinces if name.startswith(province)), "")


def _city(name: str) -> str:
    """A city of the second level, or a 州, 盟 or 地区."""
    if name.startswith(_places().counties):
        return ""
    end = name.find("市") + 1
    if end and name[:end] in _places().cities:
        return name[:end]
    match = _STATE.search(name[:_LONGEST_STATE])
    is_state = match and match.start() > 0 and name[: match.end()] + "市" not in _places().cities
    return name[: match.end()] if match and is_state and not _cut_short(name, match.end()) else ""


def _cut_short(name: str, end: int) -> bool:
    """广州市 and 兰州新区 begin as a 州 does: what follows would be 市, 区 or 新区."""
    return name[end - 1] == "州" and not name[:end].endswith("自治州")


def _county(name: str) -> str:
    """A county, district, banner or city of the third level."""
    listed = next((county for county in _places().counties if name.startswith(county)), "")
    match = None if listed else _COUNTY.match(name)
    return match[0] if match and not _NO_PLACE.search(match[0]) else listed


def _is_zone(rest: str) -> bool:
    return re.search(rf"{_ZONES}|管委会|(?<!监督)管理委员会", rest) is not None


def _bare(name: str) -> Region:
    """`区住建局`, `市教育局`: only the kind of place; a 市 alone may be of either level."""
    match = _BARE.match(name)
    if match is None or _is_zone(name):
        return Region(rest=name, is_zone=_is_zone(name))
    level = {"省": "province", "自治区": "province", "州": "city", "盟": "city", "市": None}.get(match[1], "county")
    return Region(words=(match[1],), level=level, rest=name[match.end() :])
