"""Words that say something of numbers without a numeral: where they stand (the zero lexicon of domain 5.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

Matches: TypeAlias = tuple[re.Match[str], ...]

ZERO = re.compile(
    r"未(?:曾)?(?:有)?(?:制定|制发|出台|印发|收到|接到|接收|接收到|受理|办理|发生|产生|出现|涉及|收取|发出|引发|存在|有|收)|没有(?:收到|接到|发生|产生|出现|收取|受理|涉及)?|尚未(?:收到|接到|发生|产生)"
    r"|(?<![有毫从全])无(?!法|需|论|障碍|关|效|误|偿|线|纸|一|遗漏|死角|缝|差别|证|人|锡|为|极|不|正当|论是|因)|不存在|不涉及|暂无|零(?=申请|投诉|复议|诉讼)"
)

WITH_ONE = re.compile(r"无(?=因)")

ANSWERED = re.compile(
    r"(?P<all>均|都|全部|皆|一律)[^,;。()\d]{0,20}?(?:答复|回复|办结|办复|办理完毕)(?!书|文书|意见)"
    r"|(?P<rate>(?<!期)(?<!时)(?:答复|办结|回复|办复)率)[^,;。\d]{0,4}(?:100%|百分之百)"
)

NONE_LOST = re.compile(r"零败诉|零纠错|无(?:一)?(?:例|件)?败诉|未败诉|未(?:有)?(?:一例)?被(?:纠错|纠正)")

UPHELD = re.compile(r"(?:均|全部|都)(?:获|被|予以|得到|判决|裁定|决定|依法|结果|为|获得)*维持")


@dataclass(frozen=True)
class Anchors:
    """Nothing was received; all were answered; all were upheld; none was lost."""

    zeros: Matches
    answered: Matches
    upheld: Matches
    none_lost: Matches

    @property
    def starts(self) -> list[int]:
        """Where each of them begins, in no order."""
        return [match.start() for kind in (self.zeros, self.answered, self.upheld, self.none_lost) for match in kind]


def text_to_anchors(text: str) -> Anchors:
    """All of them, each kind in the order of the text."""
    return Anchors(
        zeros=(*ZERO.finditer(text), *WITH_ONE.finditer(text)),
        answered=tuple(ANSWERED.finditer(text)),
        upheld=tuple(UPHELD.finditer(text)),
        none_lost=tuple(NONE_LOST.finditer(text)),
    )
