"""The documents of a run: made reports that are not alike, and what the core alone says of each.

`gouji make-corpus` fills its reports from a few dozen sentences. Ten thousand of those would all be neighbours of each
other, which no January is: here every report has an agency of its own and prose of its own words.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace

import parsers
from parsers.model.errors import DocumentError
from parsers.model.files import value_to_json
from tasks.messages import SubmissionRef
from tasks.publish import outcome_to_done
from tests.storm.poison import Poison, poison_to_bytes
from workers.corpus.faults import draft_to_faulty
from workers.corpus.formats import FORMATS
from workers.corpus.reports import PROSE, Draft, Report, draft_to_report, seed_to_draft

SHARES = (("docx", 40), ("txt", 25), ("html", 20), ("xlsx", 8), ("ofd", 5), ("pdf", 2))
"""Formats by weight. PDFs cost seven times as much as the rest, and are read no less often interrupted."""

FAULTY = 0.2

_TEN, _FAMILY = 10, 3
"""Of every ten reports three are of one agency, in different years: comparisons have something to compare."""

_SYLLABLES = "澄湖临江云岭青禾望川白沙石桥南浦松原鹤鸣柳泉丹霞金堤东屏雁塘清溪平安永兴长乐宁远新昌"
_OWN = (
    "推进落实完善加强优化健全规范开展组织梳理公布更新解读回应培训考核栏目清单台账流程窗口热线"
    "年报指南目录政策规划预算决算项目服务窗口村社区街道学校医院企业农户道路水利环保住房就业养老"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One upload: its key, its bytes, and what poison it is, if any."""

    key: str
    data: bytes
    poison: Poison | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What the core alone makes of an upload: files by name, as hashes would be too little to look at; or a code."""

    files: dict[str, bytes]
    code: str = ""
    marker: dict[str, object] = field(default_factory=dict)
    """What done.json must say of it."""


def seed_to_papers(seed: int, count: int, poisoned: float = 0.0, kinds: tuple[Poison, ...] = ()) -> Iterator[Paper]:
    """That many uploads, of which a share of about `poisoned` is of each of these kinds."""
    chance = random.Random(f"papers {seed}")  # noqa: S311 - made-up reports, no secret
    for number in range(count):
        roll = chance.random()
        which = int(roll / poisoned) if poisoned else len(kinds)
        if which < len(kinds):
            kind = kinds[which]
            yield Paper(f"poison/{number:06d}-{kind.value}.txt", poison_to_bytes(kind, number), kind)
        else:
            yield number_to_paper(seed, number)


def number_to_paper(seed: int, number: int, edition: int = 0) -> Paper:
    """One report; another `edition` of the same key has other figures."""
    chance = random.Random(f"paper {seed} {number} {edition}")  # noqa: S311 - the same
    names, weights = zip(*SHARES, strict=True)
    format_ = next(f for f in FORMATS if f.name == random.Random(f"{seed} {number}").choices(names, weights)[0])  # noqa: S311 - the same
    agency = number if number % _TEN >= _FAMILY else number - number % _TEN
    draft = seed_to_draft(seed + edition * 1_000_003, number)
    if chance.random() < FAULTY:
        draft, _ = draft_to_faulty(draft)
    report = with_own_words(draft, agency, chance)
    return Paper(f"{report.year}/{agency:05d} 单位/报告 {number:06d}+&.{format_.name}", format_.report_to_bytes(report))


def with_own_words(draft: Draft, agency: int, chance: random.Random) -> Report:
    """The report of this draft under an agency's name and with words that no other report has."""
    report = draft_to_report(draft)
    known = next((p + o for p in PROSE["places"] for o in PROSE["offices"] if report.title.startswith(p + o)), "")
    own = agency_to_name(agency)
    kept = _KEPT if chance.random() < _TOLD else None
    blocks = tuple(_own(block, known, own, kept, chance) if isinstance(block, str) else block for block in report.sheet)
    return replace(report, sheet=blocks)


def agency_to_name(agency: int) -> str:
    """A place of its own, and an office."""
    signs = [_SYLLABLES[(agency // len(_SYLLABLES) ** place) % len(_SYLLABLES)] for place in range(3)]
    return "".join(signs) + "县" + PROSE["offices"][agency % len(PROSE["offices"])]


_PROSE_FROM = 60
"""A paragraph of so many characters is prose."""

_KEPT = "（二）"
"""The paragraph that tells the figures of the tables keeps its words …"""

_TOLD = 0.1
"""… in this share of the reports; the sentence is much the same in all of them, which makes them neighbours."""


def _own(block: str, known: str, own: str, kept: str | None, chance: random.Random) -> str:
    renamed = block.replace(known, own) if known else block
    if len(renamed) < _PROSE_FROM or (kept and renamed.startswith(kept)):
        return renamed
    length = max(120, len(renamed))
    return "".join(chance.choice(_OWN) for _ in range(length)) + "。"


DECIDED = (
    *("content", "reader_digest", "judge_digest", "kind", "agency", "agency_name", "title", "year", "edition"),
    *("codes", "has_error"),
)
"""What the document's own bytes decide of done.json; the rest changes with its neighbours, or names the upload."""


def papers_to_expected(papers: tuple[tuple[str, bytes], ...], processes: int = 2) -> list[Expected]:
    """What the core makes of each (key, bytes), in order."""
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(_expect, papers, chunksize=50))


def _expect(paper: tuple[str, bytes]) -> Expected:
    key, data = paper
    try:
        outcome = parsers.assess(data, key=key)
    except DocumentError as error:
        return Expected({}, error.code)
    files = parsers.outcome_to_files(outcome)
    done = outcome_to_done(SubmissionRef(bucket="", key=key, etag="", size=len(data)), outcome, files, 1)
    told = json.loads(value_to_json(done))
    return Expected(
        {name: files[name] for name in ("report.json", "findings.json")},
        marker={name: told.get(name) for name in DECIDED},
    )
