"""How bodies speak of themselves (我局, 我镇), and which of these words a body of a certain kind cannot mean."""

from __future__ import annotations

import re

from parsers.model.report import Agency

_OWN = r"(?:(?<![自大你忘敌为])我|(?<![基样根成资版原副文书课标剧账日])本)"
"""我 and 本 as first person: not 自我, 为我办实事, 基本, 样本, 成本, 日本 …"""

_SELF = re.compile(
    rf"{_OWN}(?:(?P<局>局)(?![部面限域势])|(?P<镇>镇)|(?P<乡>乡)(?![土情音愁亲])|(?P<街道>街道)|(?P<县>县)(?!级)"
    r"|(?P<办>办)(?![理法事学公好结案证实妥成班])|(?P<委>委)(?![托员派任会屈身])|(?P<厅>厅))"
)
"""我局, 本镇 …; not 本局部, 本乡土, 我办理, 我委托: those are other words."""

_NAMED = {"局": "局", "镇": "镇", "乡": "乡", "街道": "街", "办": "办", "委": "委", "厅": "厅", "县": "县"}
"""What a name has that may speak so of itself."""

_FOREIGN = {
    "township": ("局", "委", "厅"),
    "department": ("镇", "乡", "街道"),
    "government_office": ("镇", "乡", "街道"),
    "government": ("镇", "乡", "街道"),
    "authorised_organisation": ("镇", "乡", "街道"),
}
"""Words for themselves that no body of this kind uses."""


def agency_to_foreign_units(agency: Agency) -> tuple[str, ...]:
    """Of 局, 镇, 乡, 街道, 办, 委, 厅 and 县 those that this agency cannot mean itself by; none for an unknown kind.

    A 街道办事处 may be 我办 and 我处; the office of a 镇 is no body of its own. A body of a 区 or 市 has no 我县.
    """
    if agency.kind is None:
        return ()
    names = "".join((*agency.as_written, *agency.regions, agency.name or ""))
    foreign = _FOREIGN.get(agency.kind, ())
    if agency.kind == "township" and not agency.is_subdistrict:
        foreign = (*foreign, "办", "街道")
    if agency.regions and agency.kind != "township" and re.search(r".[市区]$", agency.regions[-1]):
        foreign = (*foreign, "县")
    return tuple(unit for unit in foreign if _NAMED[unit] not in names)


def find_foreign_selves(text: str, units: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the text (without white space) says 我局, 我镇 … with one of these units."""
    return [match.span() for match in _SELF.finditer(text) if match.lastgroup in units]
