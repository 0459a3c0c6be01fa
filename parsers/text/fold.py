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
    "條項內機關總計處數規許罰強業費單萬請況組織會務構結轉開區這屬於國類執過詢訪舉報訴複復無當認獲繳納辦續維審經議訟現廢發製穩權護補"
    "與對採購額為係體資題進問動",
    "条项内机关总计处数规许罚强业费单万请况组织会务构结转开区这属于国类执过询访举报诉复复无当认获缴纳办续维审经议讼现废发制稳权护补"
    "与对采购额为系体资题进问动",
)
"""Traditional characters of the form's own words, as some mirrors of pages print them."""

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


_MARKUP = re.compile(r"<br\s*/?>|&nbsp;|\*\*|^\s*#{1,6}\s+", re.IGNORECASE)
"""What markdown puts around words and numbers."""


def to_plain(text: str) -> str:
    """NFKC and ordinary characters for radicals, no markdown marks; spaces and punctuation stay."""
    return unicodedata.normalize("NFKC", _MARKUP.sub(" ", text).translate(_RADICALS))


@lru_cache(maxsize=8192)
def to_label(text: str) -> str:
    """The form in which labels are compared: plain, no white space, one kind of quotes, brackets and commas."""
    return _INVISIBLE.sub("", to_plain(text)).translate(_MARKS).translate(_TRADITIONAL)


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
