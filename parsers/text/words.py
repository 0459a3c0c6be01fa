"""Common words: does a piece of text fall into them, or is a character left that belongs to none?"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from parsers.model.value import Value

LONGEST = 3
"""Words have up to so many characters; longer ones are made of these."""

ALONE = frozenset(
    "的地得之了着过和与及或而且并等各每某本我你他她它其该此这那哪所为是在有无不未已将被把对向从由于自至到以按经就也都还又再更"
    "最很较太甚如若则因但虽即使让给跟同比除含约近后前中上下内外间时里旁边左右东西南北大小多少高低新老旧好年月日号时分秒个件条"
    "项次篇份期批场名人位家户座处所间类种级层岁元万亿千百十一二三四五六七八九零两几第首末全总省市县区镇乡村街局委办厅部署科"
    "室站院校所队组股长员者率化群众们吗呢吧能会可应须要想做说看来去出入起成"
)
"""Characters that are words, or parts of names and numbers, by themselves."""


class Words(Value):
    """Words of two as first character to all that may follow it, and words of three."""

    two: dict[str, str]
    three: frozenset[str]

    def knows(self, text: str) -> bool:
        """Is this a word?"""
        return text in self.three if len(text) == LONGEST else text[1] in self.two.get(text[0], "")


@cache
def common_words() -> Words:
    """Read once, when first asked for: most texts never ask."""
    data = tomllib.loads((files("parsers.text") / "lexicon" / "words.toml").read_text(encoding="utf-8"))
    lines = data["two"].split()
    return Words(two={line[0]: line[1:] for line in lines}, three=frozenset(data["three"].split()))


def count_orphans(text: str, start: int, end: int) -> int:
    """How many characters of text[start:end] belong to no word, where the text falls into words as well as it can."""
    words = common_words()
    best = [0] * (len(text) + 1)
    for i in range(len(text)):
        is_orphan = start <= i < end and text[i] not in ALONE
        ending = (word for word in (i - 1, i - 2) if word >= 0 and words.knows(text[word : i + 1]))
        best[i + 1] = min(best[i] + is_orphan, *(best[word] for word in ending), len(text))
    return best[-1]
