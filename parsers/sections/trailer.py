"""Where a page goes on after its report has ended: print buttons, neighbours in the list, the site's footer.

It is looked for behind the last heading only, and goes to the leftovers, so that the signature is the end of the text.
"""

from __future__ import annotations

import re

from parsers.sections.outline import Heading
from parsers.tables.strips import Strip
from parsers.text.fold import to_label

_SITE = re.compile(
    r"-->|扫一扫.*|分享(?:到|至|本页)?:?.*|(?:\(?(?:打印|关闭|收藏|字体|字号|大|中|小|返回顶部|纠错|打印本页|关闭窗口|关闭本页)[)|丨]*)+"
    r"|(?:上|下)一(?:篇|条):?.*|版权所有.*|.*版权所有(?!.*,).*|主办(?:单位)?:.*|承办(?:单位)?:.*|技术支持:.*"
    r"|.*ICP备.*|.*公网安备.*|(?:政府)?网站标识码.*|网站地图.*|联系我们.*|相关(?:链接|文档|阅读|新闻|信息):?|友情链接.*"
    r"|浏览(?:次数|量).*|责任编辑.*|\(?责编.*|编辑:.*|(?:信息)?来源:.*|您?访问的链接即将离开.*|主管(?:单位)?:.*"
)
"""A folded line that only a site prints."""

MOST_LINE = 120
"""A longer line is prose that may well name such a thing."""


def strips_to_end(strips: tuple[Strip, ...], headings: tuple[Heading, ...]) -> int:
    """The index behind the report's last strip."""
    start = headings[-1].last + 1 if headings else len(strips)
    return next((i for i in range(start, len(strips)) if _is_sites(strips[i])), len(strips))


def _is_sites(strip: Strip) -> bool:
    label = to_label(strip.text) if len(strip.text) <= MOST_LINE else ""
    return _SITE.fullmatch(label) is not None
