"""Who reports: the names it goes by, what kind of body that is, and what the roster knows of it."""

from __future__ import annotations

import re

from parsers.agencies.kinds import Kind, name_to_kind
from parsers.agencies.matching import names_to_body
from parsers.agencies.mentions import text_to_reporter
from parsers.model.report import Agency
from parsers.model.roster import Body, Roster
from parsers.model.value import Value
from parsers.text.fold import squeeze

_WHOLE_AREA = re.compile(
    r"全(?:省|市|区|县|州|旗|盟)(?:各级)?(?:行政机关|各(?:部门|单位|镇|乡|街)|累计|共?(?:主动公开|收到|受理|办理|新收|接收|依申请公开))"
)
"""Said of what all bodies of the area did together."""

_OWN_OFFICE = re.compile(
    r"(?:政府办(?:公室|公厅)?|我办|本办)(?:共|累计|全年)?(?:主动公开|公开|发布|收到|受理|办理|新收|接收)"
)
"""Said of what the government's office did by itself."""


_OFFICE_END = re.compile(r"(?<=政府)办(?:公室|公厅)?$")
"""What makes a government's name that of its office."""

_GOVERNMENT_NAMED = re.compile(r"政府")


class Names(Value):
    """What the report calls its agency, in its title and under its text; `told` where only its text does."""

    title: str | None = None
    signature: str | None = None
    told: str | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """Each once, the title's first."""
        return tuple(dict.fromkeys(name for name in (self.title, self.signature, self.told) if name))


def names_to_agency(names: Names, text: str, roster: Roster | None = None, key: str = "") -> Agency:
    """The agency of these names; the roster decides where it has it, and what it leaves open the names may tell."""
    plain = squeeze(text)
    if not names.all:
        names = Names(told=text_to_reporter(plain))
    body = names_to_body(roster, names.all, key) if roster else None
    if body is not None:
        return _body_to_agency(body, names)
    kind = names_to_kind(names, plain)
    name = names.signature or names.title or names.told
    if name is not None and kind.kind == "government":
        name = _OFFICE_END.sub("", name)
    return Agency(
        key=name,
        name=name,
        as_written=names.all,
        kind=kind.kind,
        level=kind.level,
        vertically_led=kind.vertically_led,
        regions=kind.regions,
        is_subdistrict=kind.is_subdistrict,
    )


def _body_to_agency(body: Body, names: Names) -> Agency:
    """What the roster leaves open the roster's own name may tell, as far as it does not contradict."""
    told = name_to_kind(body.name)
    agrees = body.kind is None or told.kind == body.kind
    return Agency(
        key=body.id or body.name,
        name=body.name,
        as_written=names.all,
        kind=body.kind or told.kind,
        level=body.level or (told.level if agrees else None),
        vertically_led=told.vertically_led if agrees else None,
        regions=(body.region,) if body.region else told.regions,
        is_subdistrict=told.is_subdistrict and agrees,
    )


def names_to_kind(names: Names, plain: str) -> Kind:
    """The kind that title and signature agree on; where they differ, what the text counts decides, or nothing does.

    A government's office signs both its own report and that of its government: the title says which of them it is, and
    without one, whether the whole area is counted or the office alone (domain.md 7).
    """
    titled = names.title or names.told
    title = _certain(name_to_kind(titled), names, plain) if titled else None
    signed = _certain(name_to_kind(names.signature), names, plain) if names.signature else None
    if title is None and signed is not None:
        return _of_office(signed, plain) if signed.kind == "government_office" else signed
    if title is None or signed is None or signed.kind == title.kind or signed.kind is None:
        return _fuller(title, signed)
    if title.kind is None and not title.is_place:
        return signed if signed.kind != "government_office" else _of_office(signed, plain)
    if title.kind in ("government", "government_office") and signed.kind in ("government", "government_office"):
        return title
    is_compiled = title.is_place and signed.kind == "department" and _WHOLE_AREA.search(plain)
    return title if is_compiled else Kind(regions=_fuller(title, signed).regions)


def _fuller(title: Kind | None, signed: Kind | None) -> Kind:
    """Of two that say the same the one that knows its place better."""
    known = [kind for kind in (title, signed) if kind is not None]
    return max(
        known, key=lambda kind: (kind.kind is not None, kind.level is not None, len(kind.regions)), default=Kind()
    )


def _certain(kind: Kind, names: Names, plain: str) -> Kind:
    """Not every 区 is a district: by itself it is a government when a government signs or the whole area is counted."""
    if not (kind.is_place and kind.regions[-1].endswith("区")) or _WHOLE_AREA.search(plain):
        return kind
    is_signed = names.signature is not None and _GOVERNMENT_NAMED.search(names.signature) is not None
    return kind if is_signed else Kind(regions=kind.regions, is_place=True)


def _of_office(office: Kind, plain: str) -> Kind:
    """Whether the office reports for its government or for itself."""
    is_whole, is_own = _WHOLE_AREA.search(plain) is not None, _OWN_OFFICE.search(plain) is not None
    if is_whole == is_own:
        return Kind(level=office.level, regions=office.regions)
    kind = "government" if is_whole else "government_office"
    return Kind(kind=kind, level=office.level, regions=office.regions, vertically_led=False)
