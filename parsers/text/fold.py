"""Folding: the form in which two labels are compared. What was filed keeps its own spelling everywhere else."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# NFKC mends the Kangxi radicals (U+2F00…) but leaves the CJK radicals supplement alone; these are the ones PDF
# producers put in place of ordinary characters.
_RADICALS = str.maketrans(
    {
        "⺁": "厂", "⺇": "几", "⺌": "小", "⺎": "兀", "⺏": "尣", "⺐": "尢", "⺑": "尢", "⺒": "巳", "⺓": "幺",
        "⺔": "彑", "⺕": "彐", "⺖": "忄", "⺗": "心", "⺘": "扌", "⺙": "攵", "⺛": "旡", "⺝": "月", "⺟": "母",
        "⺠": "民", "⺡": "氵", "⺢": "水", "⺣": "灬", "⺤": "爫", "⺥": "爫", "⺦": "丬", "⺨": "犭", "⺩": "王",
        "⺪": "疋", "⺫": "罒", "⺬": "示", "⺭": "礻", "⺮": "竹", "⺯": "糸", "⺰": "纟", "⺱": "罓", "⺲": "罒",
        "⺳": "网", "⺴": "网", "⺶": "羊", "⺷": "羊", "⺸": "羊", "⺹": "耂", "⺺": "肀", "⺼": "月", "⺽": "臼",
        "⺾": "艹", "⺿": "艹", "⻀": "艹", "⻁": "虎", "⻂": "衤", "⻃": "西", "⻄": "西", "⻅": "见", "⻆": "角",
        "⻇": "角", "⻈": "讠", "⻉": "贝", "⻊": "足", "⻋": "车", "⻌": "辶", "⻍": "辶", "⻎": "辶", "⻏": "阝",
        "⻐": "钅", "⻑": "长", "⻒": "镸", "⻓": "长", "⻔": "门", "⻕": "阜", "⻖": "阝", "⻗": "雨", "⻘": "青",
        "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻟": "食", "⻠": "饣", "⻡": "首", "⻢": "马",
        "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻬": "齐",
        "⻮": "齿", "⻰": "龙", "⻳": "龟",
    }
)  # fmt: skip

_MARKS = str.maketrans(
    {"「": '"', "」": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "〔": "(", "〕": ")", "【": "(", "】": ")",
     "[": "(", "]": ")", "、": ",", "，": ",", "。": ".", "．": ".", "：": ":", "；": ";"}
)  # fmt: skip

_TRADITIONAL = str.maketrans(
    "與為舉於會體餘減決況製辦務動區單歷發號後報復複覆備頭審對屬應廢開總護據數機條權構沒現當類經結繼續維繳罰組織糾納規計認議許"
    "訟設訪訴詢說請購費轉載過這進問項題額內関獲補個業穩產標準盡責質眾證環圍關處強萬國執無採係資",
    "与为举于会体余减决况制办务动区单历发号后报复复复备头审对属应废开总护据数机条权构没现当类经结继续维缴罚组织纠纳规计认议许"
    "讼设访诉询说请购费转载过这进问项题额内关获补个业稳产标准尽责质众证环围关处强万国执无采系资",
)
"""Traditional forms of the characters in the form's own headings and labels, as some mirrors of pages print them."""

_TRADITIONAL_ONES = re.compile(f"[{''.join(map(chr, _TRADITIONAL))}]")

_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\([a-z\u00e0-\u00fc\u0101-\u01dc\u01f9\u0251\u0261\u0300-\u030c'’]+\)")
"""How characters are read, in brackets behind them: 行政(xíng zhèng)."""

_BROKEN = re.compile("\ufffd+")
"""One character that could not be decoded leaves up to three of these."""

_KANGXI = re.compile("[\u2f00-\u2fdf]")

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


_MARKUP = re.compile(r"<br\s*/?>|&nbsp;|\*\*|^\s*#{1,6}\s+", re.IGNORECASE)
"""What markdown puts around words and numbers."""


def mend_radicals(text: str) -> str:
    """Ordinary characters for radicals of both blocks, one for one; all else stays."""
    mended = text.translate(_RADICALS)
    return _KANGXI.sub(lambda radical: unicodedata.normalize("NFKC", radical[0]), mended)


def to_plain(text: str) -> str:
    """NFKC and ordinary characters for radicals, no markdown marks; spaces and punctuation stay."""
    return unicodedata.normalize("NFKC", _MARKUP.sub(" ", text).translate(_RADICALS))


def squeeze(text: str) -> str:
    """Plain text without white space."""
    return "".join(to_plain(text).split())


def to_simplified(text: str) -> str:
    """Simplified characters for the traditional ones that the form's own words are written with."""
    return text.translate(_TRADITIONAL) if _TRADITIONAL_ONES.search(text) else text


@lru_cache(maxsize=8192)
def to_label(text: str) -> str:
    """The form in which labels are compared: plain, simplified, without white space and pinyin, one kind of marks."""
    label = _INVISIBLE.sub("", to_plain(text)).translate(_MARKS).translate(_TRADITIONAL)
    return label if label.isalnum() else _BROKEN.sub("\ufffd", _PINYIN.sub("", label))


_SAME_LENGTH = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
        "\u3000": " ",
        "\u00a0": " ",
        "﹪": "%",
        "﹒": ".",
    }
    | _RADICALS
    | _TRADITIONAL
)


def to_same_length(text: str) -> str:
    """Half-width digits and marks, ordinary and simplified characters, each in the place of the one it stands for."""
    return text.translate(_SAME_LENGTH)


def is_broken(text: str) -> bool:
    """Could a part of this not be decoded? Then how it is spelt is not known."""
    return _BROKEN.search(text) is not None


def distance(left: str, right: str, most: int) -> int:
    """Edits (insert, delete, replace) between two short strings; `most` + 1 when there are more than `most`."""
    if left == right:
        return 0
    if most == 0 or abs(len(left) - len(right)) > most:
        return most + 1
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


SHORT_LABEL = 5
"""Labels shorter than this must match exactly: one edit makes another word of them."""

LONG_LABEL = 12
"""From this length on two edits are allowed (domain.md 3.1)."""


def edits_allowed(label: str) -> int:
    """How many edits a label of this length may have and still be the same label."""
    if len(label) < SHORT_LABEL:
        return 0
    return 1 if len(label) < LONG_LABEL else 2
