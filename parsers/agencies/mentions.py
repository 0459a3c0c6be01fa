"""Whose report a text says it is, and whether that can be the same body as the one that filed it."""

from __future__ import annotations

import re

from parsers.agencies.fields import ANY, names_to_fields
from parsers.agencies.kinds import Kind, name_to_kind

_YEAR = r"(?:20\d{2}|二[〇○零]..)年度?"
_OF = (
    rf"(?P<first>{_YEAR})?"
    r"(?P<name>[\u4e00-\u9fff()（）]{2,26}?(?:局|委员会|委|厅|办公室|中心|人民政府|政府|街道办事处|街道|镇|乡|县|区|市))"
    rf"(?:(?(first)|{_YEAR}))(?:政府)?信息公开(?:工作)?(?:情况)?的?(?:年度)?(?:报告|年报)"
)
_PRESENTS = "公布|发布|公开|编制了?|制定|现将"
_OWN_REPORT = re.compile(f"(?:{_PRESENTS}){_OF}")
"""现公布某某局2023年政府信息公开工作年度报告, 公布2023年某某局政府信息公开工作年度报告."""

_ANY_REPORT = re.compile(f"(?:{_PRESENTS}|^|《|如下|[。：:]){_OF}")
"""Also where only the name of a report stands; within 《》 it may be another's."""

_LEAD = re.compile(r"^.*(?:公布|发布|公开|编制|制定|现将|向社会|了)")
"""What may stand between such a word and the name itself."""

_TAIL = re.compile(r"(?:人民政府|政府|办事处|办)$")


def text_to_reporter(text: str) -> str | None:
    """The body as whose report the text (without white space) presents itself first; None where it does not."""
    found = (_LEAD.sub("", match["name"]) for match in _OWN_REPORT.finditer(text))
    return next((name for name in found if name_to_kind(name).kind is not None), None)


def find_foreign_reports(text: str, names: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Where the text (without white space) calls itself the report of a body that is none of these: span and name."""
    found = [(match, _LEAD.sub("", match["name"])) for match in _ANY_REPORT.finditer(text)]
    return [
        (match.end("name") - len(name), match.end("name"), name)
        for match, name in found
        if names and name and all(are_different(name, own) for own in names)
    ]


def are_different(one: str, other: str) -> bool:
    """Whether these names are of two bodies for certain: another township, another place, or another field of work."""
    first, second = name_to_kind(one), name_to_kind(other)
    if first.kind is None or second.kind is None:
        return False
    if first.kind == second.kind == "township":
        return _are_other_words(_township(one), _township(other))
    if _are_other_places(first, second):
        return True
    if first.kind != "department" or second.kind != "department":
        return False
    fields, others = names_to_fields((one,)), names_to_fields((other,))
    near = {near for field in (*fields, *others) for near in field.near}
    ids, other_ids = {field.id for field in fields}, {field.id for field in others}
    return bool(ids and other_ids) and not ids & other_ids and not (ids | other_ids | {ANY}) & near


def _township(name: str) -> str:
    """`桐梓县夜郎镇人民政府` → 夜郎镇."""
    bare = _TAIL.sub("", name)
    region = name_to_kind(name).regions
    return bare.removeprefix("".join(region))


def _are_other_places(first: Kind, second: Kind) -> bool:
    """Both name a place of the same level by a name of its own, and not the same one."""
    if first.level != second.level or not first.regions or not second.regions:
        return False
    return _are_other_words(first.regions[-1], second.regions[-1])


def _are_other_words(one: str, other: str) -> bool:
    """Neither ends in the other: 区 is any district, 街道 any of them."""
    return not (one.endswith(other) or other.endswith(one)) and one[-1] == other[-1]
