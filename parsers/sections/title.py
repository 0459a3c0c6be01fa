"""Who reports, for which year, signed when: from the title, the stated period and the signature."""

from __future__ import annotations

import re
import unicodedata

from parsers.model.value import Value
from parsers.tables.strips import Strip, is_page_number
from parsers.text.fold import squeeze

MOST_TITLE_LINES = 3
MOST_TITLE = 70
MIN_NAME = 3
LAST_LINES = 8
"""The signature stands within so many printed lines of the end of a section or of the text."""

_TITLE_END = re.compile(r"年度[报報]告$|年[报報]$|情[况況](?:的)?[报報]告$|年度[报報]告[(（].*[)）]$")
_YEAR = re.compile(r"(20[0-9]{2})年?(?:度|\s*年)?")
_YEAR_FIRST = re.compile(r"^(?:20\d{2}年?|二[〇○零][〇○零一二三四五六七八九]{2}年)(?:度(?!假))?")
_DATE = re.compile(r"(20\d{2})年(\d{1,2})月(\d{1,2})日")
_ONES = "一二三四五六七八九"
_CHINESE_DATE = re.compile(rf"(二[〇○零O0][{_ONES}〇○零]{{2}})年([{_ONES}十]{{1,3}})月([{_ONES}十]{{1,3}})日")
_PERIOD = re.compile(
    r"自?(20\d{2})年(\d{1,2})月(\d{1,2})日(?:起)?(?:至|到|-|—|~)(?:(20\d{2})年)?(\d{1,2})月(\d{1,2})日"
)
_STATISTICS = re.compile(r"统计.{0,5}(?:期|时|限|起止|区间)|数据.{0,8}统计|统计.{0,2}数据")
"""A sentence about what the figures cover, and none about a census or an inspection."""

_AGENCY_END = re.compile(r"(?:局|委|政府|办|室|厅|处|街道|镇|乡|中心|院|部|署|所|站|队|会|社|库|馆|公司|银行)$")
_CRUMBS = re.compile(r"[>›»]")
"""Where a page stands on its site (首页 > 政府信息公开 > 年度报告): it ends like a title and is none."""

_SENTENCE = re.compile(r"[，,。；;]")
"""What no title has: a line of prose that the paper's edge cut behind 年度报告 ends like one."""

_TELLING = re.compile(r"公布|特向|现将|^(?:根据|依据|按照)")
"""Words of the sentence that announces the report, which may name it in full: a title only where there is no other."""

_CAPTION = re.compile(r"^(?:#+\s*)?(?:标题\s*[:：]\s*)?")
_NOISE = re.compile(r"[^\u4e00-\u9fff()（）·]")

CHINESE_DIGITS = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "O": 0, "0": 0}


class Title(Value):
    """The title as written, the agency and the year that it names, and the strips it takes."""

    text: str | None = None
    agency: str | None = None
    year: int | None = None
    strips: tuple[int, ...] = ()


class Signature(Value):
    """The name under the report and the date beside it (ISO), and the strips they take."""

    name: str | None = None
    date: str | None = None
    strips: tuple[int, ...] = ()


def strips_to_title(strips: tuple[Strip, ...], before: tuple[int, ...]) -> Title:
    """The title among the lines before section one; it may be broken over lines and preceded by the agency's name."""
    lines = [i for i in before if not strips[i].is_gap and not is_page_number(strips[i])]
    texts = [squeeze(strips[i].text) for i in lines]
    found = [n for n, text in enumerate(texts) if _may_be_title(text)]
    if not found:
        return Title()
    found = [n for n in found if not _TELLING.search(texts[n])] or found
    # a site's menu has 政府信息公开年报 too: a line that names a year and a body is the title, the last one at that
    named = [n for n in found if _YEAR.search(texts[n]) and "信息公开" in texts[n] and title_to_agency(texts[n])]
    dated = [n for n in found if _YEAR.search(texts[n])]
    return _grow_title(strips, lines, named[-1] if named else dated[0] if dated else found[0])


def _may_be_title(text: str) -> bool:
    is_prose = _CRUMBS.search(text) or _SENTENCE.search(text)
    return len(text) <= MOST_TITLE and _TITLE_END.search(text) is not None and not is_prose


def _grow_title(strips: tuple[Strip, ...], lines: list[int], position: int) -> Title:
    """Add the lines before, while the title lacks its agency or its first half."""
    taken = [lines[position]]
    while len(taken) < MOST_TITLE_LINES and position > 0:
        joined = "".join(squeeze(strips[i].text) for i in taken)
        previous = squeeze(strips[lines[position - 1]].text)
        if not _belongs_before(joined, previous):
            break
        position -= 1
        taken.insert(0, lines[position])
    text = _CAPTION.sub("", " ".join(strips[i].text.strip() for i in taken))
    joined = _CAPTION.sub("", "".join(squeeze(strips[i].text) for i in taken))
    agency = title_to_agency(joined) or _name_beside(strips, lines, taken)
    return Title(text=text, agency=agency, year=_year_of(joined), strips=tuple(taken))


def _name_beside(strips: tuple[Strip, ...], lines: list[int], taken: list[int]) -> str | None:
    """The agency's name on a line of its own under the title."""
    after = [i for i in lines if i > taken[-1]][:1]
    return next((squeeze(strips[i].text) for i in after if is_agency_name(strips[i].text)), None)


def _belongs_before(title: str, previous: str) -> bool:
    if len(previous) > MOST_TITLE // 2 or _TITLE_END.search(previous) or re.search(r"[。；：:,，]", previous):
        return False
    unfinished = "信息公开" not in title or _YEAR.search(title) is None
    return unfinished or (title_to_agency(title) is None and bool(_AGENCY_END.search(previous)))


def title_to_agency(title: str) -> str | None:
    """`铜官区住建局2023年政府信息公开工作年度报告` → 铜官区住建局; the year may come first."""
    words = _YEAR_FIRST.sub("", title.removeprefix("关于"))
    head = re.split(r"关于|20\d{2}|二[〇○零]|政府信息公开|信息公开", words)[0]
    name = _NOISE.sub("", head).strip("·")
    return name or None


def _year_of(text: str) -> int | None:
    match = _YEAR.search(text)
    if match:
        return int(match[1])
    chinese = re.search(r"二[〇○零]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])年", text)
    return 2000 + 10 * CHINESE_DIGITS[chinese[1]] + CHINESE_DIGITS[chinese[2]] if chinese else None


def text_to_period(text: str) -> str | None:
    """The first stated statistical period as `2023-01-01/2023-12-31`."""
    for line in re.split(r"[。；;]", squeeze(text)):
        match = _PERIOD.search(line)
        if match and _STATISTICS.search(line):
            first, month, day, second, last_month, last_day = match.groups()
            start = f"{first}-{int(month):02}-{int(day):02}"
            return f"{start}/{second or first}-{int(last_month):02}-{int(last_day):02}"
    return None


def text_to_date(text: str) -> str | None:
    """A line that is a date, as ISO; None for anything else."""
    squeezed = squeeze(text)
    match = _DATE.fullmatch(squeezed)
    if match:
        return f"{int(match[1])}-{int(match[2]):02}-{int(match[3]):02}"
    chinese = _CHINESE_DATE.fullmatch(squeezed)
    return _chinese_date(*chinese.groups()) if chinese else None


def _chinese_date(year: str, month: str, day: str) -> str:
    digits = [2, *(CHINESE_DIGITS[c] for c in year[1:])]
    return f"{int(''.join(map(str, digits)))}-{_small(month):02}-{_small(day):02}"


def _small(text: str) -> int:
    """一 … 三十一."""
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return CHINESE_DIGITS[text]
    return 10 * (CHINESE_DIGITS[tens] if tens else 1) + (CHINESE_DIGITS[ones] if ones else 0)


def strips_to_signature(strips: tuple[Strip, ...], last: tuple[int, ...]) -> Signature:
    """Name and date in the last printed lines, in either order; a date joined to its name on one line too."""
    lines = [i for i in last if not strips[i].is_gap and not is_page_number(strips[i])][-LAST_LINES:]
    for position in range(len(lines) - 1, -1, -1):
        date = text_to_date(strips[lines[position]].text)
        if date is not None:
            return _signature_around(strips, lines, position, date)
    if lines and is_agency_name(strips[lines[-1]].text):
        return Signature(name=_name(strips[lines[-1]].text), strips=(lines[-1],))
    return Signature()


def _signature_around(strips: tuple[Strip, ...], lines: list[int], position: int, date: str) -> Signature:
    for neighbour in (position - 1, position + 1):
        if 0 <= neighbour < len(lines) and is_agency_name(strips[lines[neighbour]].text):
            taken = tuple(sorted((lines[position], lines[neighbour])))
            return Signature(name=_name(strips[lines[neighbour]].text), date=date, strips=taken)
    return Signature(date=date, strips=(lines[position],))


def is_agency_name(text: str) -> bool:
    """A short line that ends as the name of a public body ends, without a sentence's punctuation."""
    name = squeeze(text)
    is_short = MIN_NAME <= len(name) <= MOST_TITLE // 2
    return is_short and bool(_AGENCY_END.search(name)) and not re.search(r"[。；：:,，、]", name)


def _name(text: str) -> str:
    return unicodedata.normalize("NFKC", squeeze(text))


def to_year(title: Title, period: str | None, text: str, signed_on: str | None) -> int | None:
    """The title's year, else the period's, else the first 2023年度 of the text, else the year before signing."""
    if title.year is not None:
        return title.year
    if period is not None:
        return int(period[:4])
    stated = re.search(r"(20\d{2})年度", squeeze(text))
    if stated:
        return int(stated[1])
    return int(signed_on[:4]) - 1 if signed_on else None
