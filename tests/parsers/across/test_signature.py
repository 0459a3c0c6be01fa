"""Reports that share text find each other by their bands; the same text gives the same bands on any machine."""

from __future__ import annotations

import random

import pytest

import parsers
from parsers.across.signature import BANDS, report_to_bands, text_to_bands
from tests.make.cases import to_text

PINNED = "1-overview-0-009c9ade-04d9fe2e-023ed88a"

WORDS = "河道整治供水水质检测工程进度群众查阅逐月公布巡查养护监测预警防汛抗旱灌区改造节水宣传水库移民执法检查"


def overview(seed: int, changed: float = 0.0) -> str:
    """Some three hundred characters, of which a share is another's."""
    chance = random.Random(seed)  # noqa: S311 - made-up text, no secret
    text = [chance.choice(WORDS) for _ in range(320)]
    own = random.Random(seed * 1000 + 1)  # noqa: S311 - the same
    for start in range(0, 320, 20):
        if own.random() < changed:
            text[start : start + 20] = [own.choice(WORDS) for _ in range(20)]
    return "".join(text)


def bands(text: str) -> set[str]:
    return set(text_to_bands("overview", text))


def test_a_section_has_its_bands_and_the_same_ones_every_time() -> None:
    assert (len(bands(overview(1))), bands(overview(1)) == bands(overview(1))) == (BANDS, True)


@pytest.mark.parametrize("seed", range(5))
def test_texts_of_which_a_fifth_was_rewritten_meet(seed: int) -> None:
    assert bands(overview(seed)) & bands(overview(seed, 0.2))


def test_texts_of_their_own_do_not_meet_as_a_rule() -> None:
    met = [bool(bands(overview(seed)) & bands(overview(seed + 50))) for seed in range(8)]
    assert sum(met) == 0


def test_a_report_has_bands_for_each_section_that_is_long_enough() -> None:
    report = parsers.classify(parsers.read(to_text({"name": "x"}).encode()))
    assert {band.split("-")[1] for band in report_to_bands(report)} == {"overview"}


def test_the_bands_are_those_of_every_machine_and_release() -> None:
    assert min(bands(overview(1))) == PINNED
