"""Who reports: title and signature together, the office of a government, and the roster before all of them."""

from __future__ import annotations

import pytest

from parsers.agencies.agency import Names, names_to_agency
from parsers.model.roster import Body, bodies_to_roster

WHOLE = "2023年全区共受理政府信息公开申请85件。"
OWN = "2023年，区政府办公室主动公开政府信息125条。"


@pytest.mark.parametrize(
    ("title", "signature", "text", "kind"),
    [
        ("利州区", "利州区人民政府办公室", OWN, "government"),
        ("利州区人民政府", "利州区人民政府办公室", "", "government"),
        ("利州区人民政府办公室", "利州区人民政府办公室", WHOLE, "government_office"),
        ("利州区人民政府办公室", "利州区人民政府", "", "government_office"),
        (None, "利州区人民政府办公室", WHOLE, "government"),
        (None, "利州区人民政府办公室", OWN, "government_office"),
        (None, "利州区人民政府办公室", WHOLE + OWN, None),
        (None, "利州区人民政府办公室", "", None),
        ("利州区", "利州区政务服务和数据局", WHOLE, "government"),
        ("利州区", "利州区政务服务和数据局", "", None),
        ("利州区民政局", "利州区人民政府", "", None),
        ("利州区民政局", None, "", "department"),
        ("利州区民政局", "本机关", "", "department"),
        ("某某区", "利州区民政局", "", None),
        (None, None, WHOLE, None),
        ("物流区", None, "2023年物流区高度重视政府信息公开。", None),
        ("利州区", None, WHOLE, "government"),
        ("广元市", None, "", "government"),
    ],
)
def test_the_title_says_for_whom_an_office_reports_and_without_it_what_is_counted(
    title: str | None, signature: str | None, text: str, kind: str | None
) -> None:
    assert names_to_agency(Names(title=title, signature=signature), text).kind == kind


def test_a_government_is_not_called_by_its_office_which_reports_beside_it() -> None:
    whole = names_to_agency(Names(title="利州区", signature="利州区人民政府办公室"), WHOLE)
    own = names_to_agency(Names(title="利州区人民政府办公室", signature="利州区人民政府办公室"), OWN)
    assert (whole.key, whole.name, whole.as_written[1]) == (*["利州区人民政府"] * 2, "利州区人民政府办公室")
    assert own.key == "利州区人民政府办公室"


def test_the_signature_is_the_name_and_the_fuller_of_two_names_tells_the_level() -> None:
    agency = names_to_agency(Names(title="铜官区住建局", signature="住房和城乡建设局"), "")
    assert (agency.name, agency.as_written) == ("住房和城乡建设局", ("铜官区住建局", "住房和城乡建设局"))
    assert (agency.kind, agency.level, agency.regions) == ("department", "county", ("铜官区",))


def test_the_roster_outranks_what_a_name_says_and_what_it_leaves_open_the_name_tells() -> None:
    roster = bodies_to_roster(
        (
            Body(name="某某县图书馆", kind="authorised_organisation", id="7"),
            Body(name="某某县民政局", aliases=("县民政局",), region="某某县"),
            Body(name="某某县统计局", kind="government_office"),
        )
    )
    library, bureau, odd = (
        names_to_agency(Names(signature=name), "", roster) for name in ("某某县图书馆", "县民政局", "某某县统计局")
    )
    assert (library.key, library.kind, library.vertically_led) == ("7", "authorised_organisation", None)
    assert (bureau.name, bureau.kind, bureau.level, bureau.regions) == (
        "某某县民政局",
        "department",
        "county",
        ("某某县",),
    )
    assert (odd.kind, odd.level) == ("government_office", None)
