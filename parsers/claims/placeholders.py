"""A unit whose number was never filled in: 主动公开信息  条, 收到申请XX件."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.claims.passages import Passage

_BLANK = re.compile(
    r"(?P<what>信息|申请|文件|复议|诉讼|案件|处罚|许可|公开|发布|收到|受理|办结|答复|回复|结转|其中|收取|处理费|共|计|为|了)"
    r"(?P<gap>[ \u3000\u00a0\t]{2,}"
    r"|[ \u3000\u00a0\t]*(?:[_＿]+|[Xx×Ｘｘ]{1,4}|[〇○]{2,3}|\*{1,4}|…+)[ \u3000\u00a0\t_＿]*)"
    r"(?P<unit>条|件|份|宗|起|次|项|篇|个|元|万元)(?![\u4e00-\u9fff]{0,2}[ \u3000]{2,})(?=[,，。；;、：:）)（(]|其|$)"
    r"|(?P<bare>(?:主动公开|发布|公开|更新)(?:各类)?(?:政府|政务)?(?:信息)?)(?P<bare_unit>条)(?=[,，](?:其中|包括))"
)


def passage_to_placeholders(passage: Passage) -> Iterator[tuple[int, str, str]]:
    """Where each stands in what is printed, its quotation and its unit."""
    for match in _BLANK.finditer(passage.printed):
        before = re.split(r"[，。；、,;\n]", passage.printed[: match.start()])[-1]
        yield match.start(), before + match[0], match["unit"] or match["bare_unit"]
