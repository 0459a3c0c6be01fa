"""Sentences to claims, and claims in the words of the case files (tests/README.md)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

import parsers
from parsers.claims import Form, Setting, lines_to_passage, passages_to_claims
from parsers.claims.shares import percent_of, rounded
from parsers.model.document import Place
from parsers.model.report import Claim, Precision, Share
from workers.corpus.figures import form, written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout

FOLDER = Path(__file__).parents[1] / "cases" / "claims"
HEADING = "（二）依申请公开情况。"

MARKS = {Precision.EXACT: "", Precision.ABOUT: " about", Precision.AT_LEAST: " at least"}


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a file of sentences."""
    loaded: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def _form(edition: str) -> Form:
    year = 2020 if edition == "2019" else 2023
    text = layout("tabbed")(to_sheet(edition, written(edition), Changes(year=year)))
    return Form(form(edition), parsers.assess(text.encode()).report.tables)


def sentence_to_claims(text: str, year: int = 2023, edition: str = "2021") -> tuple[Claim, ...]:
    """The claims of a sentence that stands in the part on requests of a report of this year."""
    lines = tuple((line, Place(line=number)) for number, line in enumerate((HEADING + text).split("\n"), 1))
    return passages_to_claims((lines_to_passage("overview", lines),), Setting(_form(edition), year))


def in_words(claim: Claim) -> str:
    """`requests.received 60`, with what else there is to say of it behind."""
    value = "" if claim.value is None or claim.value is True else f" {claim.value}"
    words = claim.metric + value + MARKS[claim.precision]
    if claim.breakdown is not None:
        words += " = " + "+".join(str(item.value) for item in claim.breakdown.items)
        words += "" if claim.breakdown.certain else " …"
    if claim.share is not None:
        words += _share_in_words(claim, claim.share)
    words += " ambiguous" if claim.ambiguous else ""
    return words + (" (not compared)" if claim.why_not and claim.readings else "")


def _share_in_words(claim: Claim, share: Share) -> str:
    """Of which total it is the percentage."""
    fitting = [
        w
        for w in share.totals
        if (p := percent_of(share, w)) is not None and rounded(p, claim.value or 0) == claim.value
    ]
    return f"% of {share.part} in {fitting[0] if fitting else share.totals}"
