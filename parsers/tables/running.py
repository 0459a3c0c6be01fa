"""Text that lost its line breaks: where headings, labels and values begin and end inside one long line.

The form's own words are the only landmarks left. A piece of text is a table only where several of them follow each
other with nothing but values between, so that a sentence which names a row stays a sentence.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from parsers.editions import EDITIONS
from parsers.editions.spec import RowSpec
from parsers.model.value import Value
from parsers.text.fold import to_label
from parsers.text.labels import is_like
from parsers.text.numerals import Unit

MOST_RUNNING = 300_000
"""A line of more characters is left as it is."""

MOST_HEADING = 45
"""A line up to this length is a heading or a cell and not running text, unless it is a row."""

MIN_MARKS = 4
"""So many of the form's words with nothing but values between them are a table and no sentence."""

MIN_PLAIN = 6
"""Words of a label from this length on are known without their number."""

_UNIT = r"(?:[件个项条宗起份]|万元)"
_VALUES = rf"(?:(?<=\d){_UNIT}|\d(?![.,:][^\d])|[.,](?=\d)|[/+减增−—–─-]|[无零](?=[\d无零/]|$))+"
_NO_LABELS_END = r"(?<![a-zA-Z约近第余逾超])"
"""A letter read for a digit (I992), or a word that makes another number of the digits behind it (约1992)."""

_TOKENS = re.compile(
    rf"(?P<values>{_VALUES})|(?P<label>(?:\d[.,:])?[(\u4e00-\u9fff\"][^\d;!?]{{1,60}}{_NO_LABELS_END})"
)
_ROW_LINE = re.compile(rf"((?:\d[.,:]?)?[(\u4e00-\u9fff\"][^\d;!?]{{3,60}}{_NO_LABELS_END})(?=\d{{7}}){_VALUES}")
_NO_VALUE = re.compile(r"[a-zA-Z\d年余多几%?*^]")
"""What makes digits that stand directly before it part of something else."""

_WORD = re.compile(r"[\u4e00-\u9fff()]")

_VALUES_ONLY = re.compile(rf"(?:{_VALUES})?")
_PART = re.compile(r"[。；！](?=\s*[（(][一二三四五六七八][)）])")
_TITLE = re.compile(
    r"(?<![^\s>])[^\s。；，、：:>《》]{2,40}?(?:20\d\d|二[〇○零][^\s]{2})年(?:度)?政府信息公开(?:工作)?年度报告(?![》”])"
)
_SIGNED = re.compile(r"(?<=[。；！\s])(?P<name>[^\s。；，、：]{3,35}?)\s*(?P<date>20\d\d年\d{1,2}月\d{1,2}日)\s*$")
MOST_UNIT = 3
"""A digit and its unit are at most so many characters."""

_WITH_UNIT = re.compile(rf"\d{_UNIT}")
_ENDS_IN_UNIT = re.compile(rf"\d{_UNIT}$")
_TWO_WITH_UNIT = re.compile(rf"\d{_UNIT}\d+{_UNIT}")
_PIECE = re.compile(rf"[-+减增−]*[\d.,，]+{_UNIT}|[-+减增−]*[^\s+减增−-]+|[-+减增−]+")
"""Values between spaces; a sign begins the next one, a unit ends one."""

_NO_HEADING = frozenset(",的中方如说为是和及")
_CIRCLED = {chr(0x2460 + i): f"{i + 1}." for i in range(9)}


class Folded(Value):
    """Folded text, and for each of its characters the offset of the printed one."""

    text: str
    offsets: tuple[int, ...]


class Mark(Value):
    """Words of the form in folded text, or prose between them; `stop` is where the values behind them end."""

    start: int
    end: int
    kind: str
    stop: int = 0


class Segment(Value):
    """A piece of the printed line by offsets: prose, a heading, or a label with the values behind it."""

    start: int
    end: int
    values: tuple[tuple[int, int], ...] = ()


def fold_line(text: str) -> Folded:
    """The line as labels are compared, with the way back."""
    letters = [(_CIRCLED.get(letter) or to_label(letter), i) for i, letter in enumerate(text)]
    return Folded(
        text="".join(letter for letter, _ in letters), offsets=tuple(i for letters_, i in letters for _ in letters_)
    )


def line_to_segments(text: str) -> tuple[Segment, ...]:
    """The pieces of a running line, without gaps; nothing for a line that is not running text."""
    if not MIN_MARKS < len(text) <= MOST_RUNNING:
        return ()
    folded = fold_line(text)
    marks = _headings(folded, text) + _tables(folded, text)
    if not marks:
        return ()
    pieces = _with_prose(sorted(marks, key=lambda mark: mark.start), folded)
    segments = tuple(segment for mark in pieces for segment in _segments(mark, folded, text))
    return segments if len(segments) > 1 or any(segment.values for segment in segments) else ()


@cache
def _section_marks() -> re.Pattern[str]:
    words = dict.fromkeys(section.words for edition in EDITIONS for section in edition.sections)
    return re.compile(rf"[一二三四五六七八九][,.](?:{'|'.join(f'(?:{w})' for w in words)})")


@cache
def _table_marks() -> re.Pattern[str]:
    tables = [table for edition in EDITIONS for table in edition.tables]
    rows = [words for table in tables for row in table.rows for words in _row_words(row)]
    blocks = [block for table in tables for block in table.blocks]
    heads = [text for table in tables for text in (*table.anchors, *(group.label for group in table.groups))]
    heads += [text for block in blocks for c in block.columns for text in (c.label, c.group or c.label, *c.variants)]
    heads += [block.label for block in blocks if block.label]
    # the money's head may lack its unit, or name another one
    in_unit = [re.escape(to_label(c.label).split("(")[0]) for b in blocks for c in b.columns if c.unit is Unit.WAN_YUAN]
    note = r"\(本列数据的勾稽关系为[^)]{0,40}\)"
    other_units = [rf"{words}(?:\([^()\d]{{0,8}}\))?" for words in dict.fromkeys(in_unit)]
    labels = sorted({re.escape(to_label(text)) for text in heads}, key=lambda text: (-len(text), text))
    ordered = sorted(set(rows), key=lambda text: (-len(text), text))
    return re.compile(f"(?P<row>{'|'.join(ordered)})|(?P<head>{'|'.join((note, *labels, *other_units))})")


def _row_words(row: RowSpec) -> tuple[str, ...]:
    """The row's label and its variants as regular expressions; short words only behind their number."""
    number = re.escape(to_label(row.no).strip(".,")) if row.no else ""
    mark = "" if row.no.startswith("（") else "[.,:]"
    found: list[str] = []
    for label in (row.label, *row.variants):
        words = to_label(label).removeprefix(to_label(row.no))
        for text in dict.fromkeys((words, words.split("(")[0], words.split(",")[0])):
            is_known = len(text) >= MIN_PLAIN or not row.no
            prefix = f"(?:{number}{mark})" + ("?" if is_known else "") if number else ""
            found += [prefix + re.escape(text)] if len(text) > 1 else []
    return tuple(found)


def _headings(folded: Folded, text: str) -> list[Mark]:
    """Numbered headings of sections, where a sentence, a word or a table has ended before them."""
    if len(folded.text) <= MOST_HEADING:
        return []
    found = []
    for match in _section_marks().finditer(folded.text):
        before, after = folded.text[: match.start()][-1:], folded.text[match.end() :][:1]
        printed = text[max(folded.offsets[match.start()] - 1, 0)]
        is_begun = not before or before in ".;!?)\"'>" or before.isdecimal() or printed.isspace()
        is_begun = is_begun or _ENDS_IN_UNIT.search(folded.text[: match.start()][-MOST_UNIT:]) is not None
        if is_begun and after not in _NO_HEADING:
            found.append(Mark(start=match.start(), end=match.end(), kind="section"))
    is_plain = len(found) == 1 and found[0].start == 0 and folded.text[found[0].end :][:1] in (":", ".", "")
    return [] if is_plain else found


def _tables(folded: Folded, printed: str) -> list[Mark]:
    """The words of tables, each to the end of the values behind it."""
    text = folded.text
    chains: list[list[Mark]] = []
    end = -1
    for match in _table_marks().finditer(text):
        start = match.start() - _bare_number(match, folded, printed)
        mark = Mark(start=start, end=match.end(), kind="row" if match["row"] else "head")
        between = _between(text[end : mark.start], end) if chains and mark.start - end < MIN_GAP else None
        if between is None:
            chains.append([mark])
        else:
            chains[-1] += [*between, mark]
        end = mark.end
    found = [mark for chain in chains if _is_table(chain, text) for mark in chain]
    return found or _row_line(text)


def _row_line(text: str) -> list[Mark]:
    """A line that is one row, whose label is damaged, with its values."""
    match = _ROW_LINE.fullmatch(text) if len(text) <= MIN_GAP else None
    return [Mark(start=0, end=match.end(1), kind="row")] if match and _is_damaged_label(match[1]) else []


@cache
def _numbers() -> dict[str, str]:
    """By the folded words of a label, the Arabic numbers before it."""
    rows = [row for edition in EDITIONS for table in edition.tables for row in table.rows if row.no[:1].isdecimal()]
    return {to_label(label).removeprefix(row.no): row.no[0] for row in rows for label in (row.label, *row.variants)}


def _bare_number(match: re.Match[str], folded: Folded, printed: str) -> int:
    """1 where the label's number stands apart from the values but has lost its mark (0 0 0 2属于…), else 0."""
    start = match.start()
    number = _numbers().get(match.group())
    if number is None or start < 1 or folded.text[start - 1] != number:
        return 0
    offset = folded.offsets[start - 1]
    return int(offset + 1 == folded.offsets[start] and (offset == 0 or printed[offset - 1].isspace()))


MIN_GAP = 160
"""Between two labels of a table stand no more characters than its fullest row has."""


def _between(gap: str, start: int) -> list[Mark] | None:
    """The damaged labels in a gap between two labels; None where something else stands there."""
    found: list[Mark] = []
    position = 0
    for match in _TOKENS.finditer(gap):
        if match.start() != position:
            return None
        position = match.end()
        if match["label"] is not None:
            if not _is_damaged_label(match["label"]):
                return None
            found.append(Mark(start=start + match.start(), end=start + match.end(), kind="row"))
    return found if position == len(gap) else None


def _is_damaged_label(words: str) -> bool:
    rows = [row for edition in EDITIONS for table in edition.tables for row in table.rows]
    return any(is_like(words, row.label) for row in rows if len(row.label) >= MIN_PLAIN)


def _is_table(chain: list[Mark], text: str) -> bool:
    """Several words, or a line that is one row and nothing else; and values behind one of them."""
    ends = [mark.start for mark in chain[1:]] + [_values_end(text, chain[-1].end)]
    has_values = any(end > mark.end for mark, end in zip(chain, ends, strict=True))
    is_line = chain[0].start == 0 and ends[-1] == len(text) and any(mark.kind == "row" for mark in chain)
    return (len(chain) >= MIN_MARKS or (has_values and is_line)) and not _is_listed(text[chain[0].start : ends[-1]])


def _is_listed(text: str) -> bool:
    """A sentence gives one number with its unit a label (予以公开12件), a table all that its columns have."""
    return _WITH_UNIT.search(text) is not None and _TWO_WITH_UNIT.search(text) is None


def _values_end(text: str, start: int) -> int:
    match = _VALUES_ONLY.match(text, start)
    return match.end() if match else start


def _whole_values_end(folded: Folded, end: int) -> int:
    """The same end; before the last digits where what follows makes something else of them (4I3, 12余)."""
    is_apart = end >= len(folded.text) or folded.offsets[end] > folded.offsets[end - 1] + 1
    if is_apart or not _NO_VALUE.match(folded.text, end):
        return end
    while end and folded.offsets[end - 1] + 1 >= folded.offsets[end] and not _WORD.match(folded.text, end - 1):
        end -= 1
    return end


def _with_prose(marks: list[Mark], folded: Folded) -> list[Mark]:
    """The marks with their values, and as prose what stands between them."""
    found: list[Mark] = []
    end = 0
    limits = [mark.start for mark in marks[1:]] + [len(folded.text)]
    for mark, limit in zip(marks, limits, strict=True):
        if mark.start < end:
            continue
        if mark.start > end:
            found.append(Mark(start=end, end=mark.start, kind="prose"))
        # the number of the next label is no value
        end = mark.end if mark.kind == "section" else max(min(_values_end(folded.text, mark.end), limit), mark.end)
        end = end if end in (mark.end, limit) else max(_whole_values_end(folded, end), mark.end)
        found.append(Mark(start=mark.start, end=mark.end, kind=mark.kind, stop=end))
    if end < len(folded.text):
        found.append(Mark(start=end, end=len(folded.text), kind="prose"))
    return found


def _segments(mark: Mark, folded: Folded, text: str) -> list[Segment]:
    """A mark by printed offsets; prose in its parts."""
    if mark.kind != "prose":
        return [_segment(mark, folded, text)]
    start, end = folded.offsets[mark.start], folded.offsets[mark.end - 1] + 1
    cuts = sorted({start, end, *(start + cut for cut in prose_to_cuts(text[start:end]))})
    return [Segment(start=a, end=b) for a, b in pairwise(cuts)]


def prose_to_cuts(text: str) -> list[int]:
    """Where in running prose a title, a numbered part or a signature begins or ends."""
    cuts = [match.end() for match in _PART.finditer(text)]
    title, signature = _TITLE.search(text), _SIGNED.search(text)
    if title is not None:
        cuts += [title.start(), title.end()]
    if signature is not None:
        cuts += [signature.start("name"), signature.start("date")]
    return cuts


def _segment(mark: Mark, folded: Folded, text: str) -> Segment:
    """A label by printed offsets, the values behind it cut at their spaces."""
    start, end = folded.offsets[mark.start], folded.offsets[mark.end - 1] + 1
    if mark.stop == mark.end:
        return Segment(start=start, end=end)
    first, stop = folded.offsets[mark.end], folded.offsets[mark.stop - 1] + 1
    values = tuple((first + m.start(), first + m.end()) for m in _PIECE.finditer(text[first:stop]))
    return Segment(start=start, end=end, values=values)
