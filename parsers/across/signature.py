"""By which reports find each other that may share text: MinHash bands of their sections, without comparing each pair.

Two sections of which six tenths of the shingles are the same meet in some band 97 times of 100, those of which three
tenths are the same 28 times. Who meets is then compared exactly (passages.py).
"""

from __future__ import annotations

from rensa import RMinHash

from parsers.across.passages import prose_to_stripped, report_to_names
from parsers.across.texts import LEAST, SECTIONS
from parsers.model.report import Report
from parsers.rules.rule import Subject

SHINGLE = 5
"""Characters of a shingle: shorter than the runs that are shown, so that small changes leave more of them alike."""

BANDS = 12
ROWS = 3
SEED = 30
"""Of the permutations; another one, or another version of the library, would make all bands anew."""

SCHEME = "1"
"""Changes with all that decides what a band is."""


def report_to_bands(report: Report) -> tuple[str, ...]:
    """The bands of every section of prose that is long enough, each a short name; in the order of sections."""
    names = report_to_names(report)
    stripped = (
        (prose.id, prose_to_stripped(prose, names).text) for prose in Subject(report).prose if prose.id in SECTIONS
    )
    return tuple(band for section, text in stripped if len(text) >= LEAST for band in text_to_bands(section, text))


def text_to_bands(section: str, text: str) -> list[str]:
    """The bands of one text, which has at least one shingle."""
    hashed = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    hashed.update(sorted({text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)}))
    digest = hashed.digest()
    rows = [digest[start : start + ROWS] for start in range(0, len(digest), ROWS)]
    return [f"{SCHEME}-{section}-{n}-{'-'.join(f'{value:08x}' for value in row)}" for n, row in enumerate(rows)]
