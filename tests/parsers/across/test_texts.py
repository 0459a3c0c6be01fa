"""What of a report's prose stands in another one, and which passages."""

from __future__ import annotations

import pytest

from parsers.across.passages import PASSAGE, prose_to_stripped, stripped_to_windows, to_shared
from parsers.model.across import Role
from parsers.model.document import Place
from parsers.rules.prose import Prose, make_prose
from tests.parsers.across.pairs import Filed, codes, compared

OWN = "我局围绕河道整治公开工程进度，逐月公布供水水质检测结果，群众可以随时查阅。"
OTHERS = "本办组织社区文化活动，邀请居民参加图书交流，并在广场播放公益电影。"


def prose(*lines: str) -> Prose:
    return make_prose("overview", "一、总体情况", ((line, Place(line=n)) for n, line in enumerate(lines, 1)))


def shared(own: Prose, other: Prose) -> int:
    one, two = prose_to_stripped(own, ()), prose_to_stripped(other, ())
    return to_shared(one, stripped_to_windows(two)).thousandths


@pytest.mark.parametrize(
    ("own", "other", "thousandths"),
    [
        (OWN, OWN, 1000),
        (OWN, OTHERS, 0),
        ("2023年" + OWN + "共3件", "2022年" + OWN + "共17件", 1000),
        ("《条例》" + OWN, OWN, 1000),
        ("", OWN, 0),
    ],
)
def test_numbers_years_and_laws_do_not_count(own: str, other: str, thousandths: int) -> None:
    assert shared(prose(own), prose(other)) in range(thousandths - 80, thousandths + 1)


def test_a_passage_is_quoted_as_it_is_filed() -> None:
    own, other = prose("开头。", OWN + "其余是自己的话。"), prose(OTHERS, OWN)
    one, two = prose_to_stripped(own, ()), prose_to_stripped(other, ())
    ((start, end),) = to_shared(one, stripped_to_windows(two)).passages
    assert (own.text[start:end].rstrip("，。"), end - start >= PASSAGE) == (OWN.rstrip("。"), True)


def test_names_of_those_who_report_do_not_make_two_texts_different() -> None:
    one, two = prose_to_stripped(prose("甲县水务局" + OWN), ("甲县水务局",)), prose_to_stripped(prose(OWN), ())
    assert to_shared(two, stripped_to_windows(one)).thousandths == 1000


LONG = {
    "replace": {
        "各项工作有序推进。": "各项工作有序推进。" + "".join(OWN.replace("逐月", f"第{n}批逐项") for n in "甲乙丙丁")
    }
}


def test_last_years_text_is_a_warning() -> None:
    across = compared(Filed(changes=LONG), Filed("2022/甲.txt", LONG | {"year": 2022}).neighbour(Role.LAST_YEAR))
    assert ("DUP_PREV_YEAR", "warning") in codes(across)


def test_another_bodys_text_is_a_warning_that_names_it_and_shows_the_passages_of_both() -> None:
    other = Filed("2023/乙.txt", LONG | {"replace": LONG["replace"] | {"澄湖县水务局": "石桥镇人民政府"}})
    across = compared(Filed(changes=LONG), other.neighbour(Role.OTHER_AGENCY))
    finding = next(finding for finding in across.findings if finding.code == "DUP_OTHER_AGENCY")
    assert "石桥镇人民政府" in finding.message
    assert {evidence.label.startswith("石桥镇人民政府2023年度报告") for evidence in finding.places} == {True, False}


def test_a_text_of_ones_own_passes() -> None:
    other = Filed("2023/乙.txt", {"replace": {"河道整治": "道路养护"} | LONG["replace"]})
    own = Filed(changes={"replace": {"各项工作有序推进。": OTHERS * 4}})
    assert "DUP_OTHER_AGENCY" not in dict(codes(compared(own, other.neighbour(Role.OTHER_AGENCY))))
