"""What prose tells of a cell counts beside the sums where nobody can read it otherwise."""

from __future__ import annotations

import msgspec
import pytest

from parsers.causes import claims_to_told
from parsers.model.document import Place
from parsers.model.report import Claim, Precision, Scope

TOTAL = "review_litigation.review.total"
CLAIM = Claim(
    metric="review.total", value=4, quote="行政复议4件", place=Place(line=9), section="overview", readings=((TOTAL,),)
)

DOUBTFUL = (
    ("about", {"precision": Precision.ABOUT}),
    ("of the whole area", {"scope": Scope.AREA}),
    ("of several cells", {"readings": ((TOTAL, "review_litigation.litigation_direct.total"),)}),
    ("to be read in two ways", {"readings": ((TOTAL,), ("requests.new_received.total",))}),
    ("ambiguous", {"ambiguous": True}),
    ("not to be compared", {"why_not": "other_year"}),
    ("without number", {"value": None}),
    ("that all were answered", {"value": True}),
)


def test_a_plain_number_of_one_figure_is_told() -> None:
    assert claims_to_told((CLAIM, CLAIM)) == {TOTAL: 4}


@pytest.mark.parametrize("fields", [row[1] for row in DOUBTFUL], ids=[row[0] for row in DOUBTFUL])
def test_a_number_of_which_there_is_any_doubt_is_not(fields: dict[str, object]) -> None:
    assert claims_to_told((msgspec.structs.replace(CLAIM, **fields),)) == {}


def test_two_numbers_of_one_figure_tell_none() -> None:
    assert claims_to_told((CLAIM, msgspec.structs.replace(CLAIM, value=5))) == {}
