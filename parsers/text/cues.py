"""Words by which prose shows what it speaks of. Broad on purpose: what is taken for present is not missed by mistake.

All patterns are for text folded by `to_prose`: ordinary characters, half-width marks but for 。, no white space.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from parsers.text.fold import squeeze, to_simplified

_RARE = re.compile("[*<&#\u2e80-\u2fdf]")
"""What only `to_plain` mends: marks of markdown, radicals in place of characters."""


@lru_cache(maxsize=64)
def to_prose(text: str) -> str:
    """The form in which prose is searched: plain, without white space, so that broken lines do not hide a word."""
    squeezed = "".join(text.split())
    plain = squeeze(text) if _RARE.search(text) else unicodedata.normalize("NFKC", squeezed)
    return to_simplified(plain).replace("、", ",")


_TRADITIONAL = re.compile(
    "[將於們這從個點種動學時來東車長門間開關實並專導層廣張態擴斷書樣標樓歷災爭狀獎現畢確稅節範簡級約紅給統絕緊線編縣縮織聯聽職臨興藝號補裝見視覽觀"
    "訂訓記許診試話詳語誤論諮諾講識護讀變讓負財貨貫貴資賬軍轉輕輔輸農連遊遠適選鄉醫釋鋼錄錯鍵鎮鐵閱陳陽隨險雙雜離難雲電靈靜響順須預領頻額風飛館駐"
    "驗驚鮮麗黃黨齊龍後]"
)

MOST_TRADITIONAL = 4
"""So many characters of a script whose words the cues do not have: the text is not understood."""


def is_foreign_script(prose: str) -> bool:
    """Is this text in traditional characters, as some mirrors of pages print them?"""
    return len(_TRADITIONAL.findall(prose)) >= MOST_TRADITIONAL


TITLES = re.compile(
    r"(?:政府信息公开工作)?存在的?(?:主要)?问题(?:及|和|与|以及)改进(?:情况|措施)"
    r"|(?:行政机关)?主动公开政府信息的?情况|(?:行政机关)?收到和处理政府信息公开申请的?情况"
    r"|(?:因)?政府信息公开(?:工作)?(?:被申请|申请)?行政复议[,和及与]*(?:提起)?行政诉讼的?情况|其他需要报告的?事项"
)
"""The form's own headings, which preambles list and which say nothing."""


@lru_cache(maxsize=64)
def to_statements(text: str) -> str:
    """Folded prose without the form's own headings."""
    return TITLES.sub("", to_prose(text))


_VERBS = (
    "加强|强化|完善|优化|推进|推动|健全|提高|提升|增强|加大|规范|落实|丰富|拓展|深化|拓宽|开展|组织|做好|制定|建立|注重"
    "|坚持|抓好|充实|配强|明确|细化|创新|夯实|压实|严把|改进|加快|扩大|改善|转变|整合|统一|提质|延伸|下功夫"
)
_MANNER = (
    "(?:进一步|更进一步|继续|不断|切实|持续|大力|积极|严格|全面|认真|及时|着力|努力|深入|扎实|主动|更加|再|逐步|有效)*"
)

ZERO_PROBLEMS = re.compile(
    r"(?:暂?无|暂?没有|不存在|未发现|未存在|未出现)(?:存在|出现|发现|明显|突出|主要|重大|其他|任何|较大|的)*(?:问题|不足)"
    r"|(?:问题|不足):?(?:暂?无|没有)(?=[。;,]|$)"
)
"""Said to have no problems."""

_NEUTRAL = re.compile(
    r"(?:关心|关注|关切|反映|热点|焦点|难点|疑难|解决|各类)的?(?:热点|难点|焦点|突出|实际|重点)*问题|问题导向|针对性"
)
"""Problems of others, which offices write of when they praise their work."""

_PROBLEM = re.compile(
    r"问题|不足|不够|不到位|有待|差距|薄弱|短板|困难|欠|缺|单一|滞后|偏[低少弱慢窄]|[较很][少低慢弱窄差]|有限|瓶颈|参差|弱项|难[以点题]"
    r"|制约|弱|未能|没有(?:及时|充分|把|形成|得到|真正|做到)|流于|脱节|疏漏|漏|不[高强全深熟多大广细实新均一快主理严准清明优便力畅佳活准尽精平完健规及太甚丰]"
    r"|(?:(?:仍|还|尚|亟|急|应|均)[需要待]|需)要?" + _MANNER + rf"(?:{_VERBS})"
)
"""A problem is told."""

_WISH = re.compile(
    r"(?:(?:仍|还|尚|亟|急)?(?:有待|需要?|待)|(?:仍|还|尚)要|未能|没有|不够|难以|不)"
    + _MANNER
    + rf"(?:{_VERBS})[^,。;:]*"
    r"|问题(?:及|和|与)改进|(?:改进|整改)(?:情况|措施):?(?:暂?无|没有)(?=[。;,]|$)"
)
"""有待加强: tells a problem with the words of a measure."""

_MEASURE = re.compile(
    r"下一?步|下一?阶段|下一年|今后|明年|来年|新的一年|未来|接下来|整改|改进|措施|举措|对策|打算|努力方向|工作方向"
    r"|(?<!即)将(?!近)|针对(?!性)|为此|建议|争取|力争|必须|已(?:经)?(?!取得|有|成|基本|达|初步|实现|能|形成|公开|发布|然)"
    rf"|(?:^|[。;:,)是要会])(?:\d[.,]|[一二三四五六七八九十]是|\([一二三四五六七八九十\d]\))?{_MANNER}(?:{_VERBS}|定期|按照|修订|梳理|新增|增加|设立|举办|安排)"
)
"""A measure is told: words of what comes next, or a clause that begins with what is to be done."""


_HINT = re.compile(
    r"问题|[缺乏欠弱难差慢旧散乱漏误错困窄浅]|(?<![减至缩])少|紧张|单[一调薄]|滞后|有[待限]|短板|瓶颈|距离|遗憾"
    r"|不(?![断仅但同予得良限忘懈]|公开|涉密|动产|定期|折不扣)|[需待未没]"
)
"""Anything by which a problem may be told: a text without any of it tells none."""

_FRAME = re.compile(r"取得|得到|成[效绩果]|有所|进展|飞跃|以下|如下|主要(?:表现|存在|有|是|体现)|认识到|总[体的]|方面$")
"""Words of the sentences that lead to problems."""

_ENDS = re.compile(r"[。;!?]")
_CLAUSES = re.compile(r"[,:]")
_ENDED = re.compile(r"[。;:,!?、；：，！？]\s*$")

EARLY = 0.75
"""A line so much shorter than the longest one ends a paragraph and is not broken by the paper's edge."""


def hints_problem(prose: str) -> bool:
    """May this folded text tell a problem, in whatever words?"""
    return _HINT.search(_NEUTRAL.sub("", ZERO_PROBLEMS.sub("", TITLES.sub("", prose)))) is not None


def tells_only_problems(text: str) -> bool:
    """Does every sentence end with a problem, or lead to one? A sentence that does neither may tell a measure."""
    sentences = [s for s in _ENDS.split(TITLES.sub("", to_prose(with_paragraphs(text)))) if s]
    ends = [clauses[-1] for s in sentences if (clauses := [c for c in _CLAUSES.split(s) if c])]
    return bool(ends) and all(_PROBLEM.search(end) or _FRAME.search(end) for end in ends)


def with_paragraphs(text: str) -> str:
    """The text with a full stop where a paragraph ends without any mark."""
    lines = [line for line in text.split("\n") if line.strip()]
    longest = max(map(len, lines), default=0)
    ended = [line if _ENDED.search(line) or len(line) > EARLY * longest else line + "。" for line in lines]
    return "\n".join(ended)


def tells_problem(prose: str) -> bool:
    """Does this folded text tell a problem?"""
    stripped = _NEUTRAL.sub("", ZERO_PROBLEMS.sub("", TITLES.sub("", prose)))
    return _PROBLEM.search(stripped) is not None


def tells_measure(prose: str) -> bool:
    """Does this folded text tell a measure of improvement?"""
    return _MEASURE.search(_WISH.sub("", TITLES.sub("", prose))) is not None


PARTS: dict[str, re.Pattern[str]] = {
    "proactive": re.compile(r"公开|发布|公示|解读|回应|公布|公告|宣传|信息"),
    "on_request": re.compile(r"申请|答复|受理"),
    "information_management": re.compile(
        r"信息(?:公开|资源|常态化|内容|发布)?的?管理|管理(?:机制|制度|规范|办法)|审核|审查|审签|审批|校对|把关|审看|三审|先审"
        r"|保密|涉密|泄密|清理|动态调整|归档|台账|公文|目录|谁(?:制作|主管|发布|提供|审核|公开|起草)|备案|有效性|维护|更新"
        r"|规范性文件|规章|(?:制发|制定|废止|现行有效)的?文件"
    ),
    "platform": re.compile(
        r"平台|网站|门户|新媒体|公众号|微信|微博|抖音|专栏|栏目|专区|查阅点|公报|公开栏|宣传栏|公示栏|客户端|载体|渠道|阵地|窗口|频道"
    ),
    "supervision": re.compile(
        r"监督|监管|考核|考评|评议|评价|评估|测评|追究|追责|问责|培训|检查|督查|督促|督导|督办|通报|投诉|举报|学习|自查|绩效|责任|领导"
        r"|机制|制度|专人|专班|组织保障|人员|队伍|会议|整改"
    ),
}
"""Words of the content of each of the five parts (domain.md 2.1); a part without any of its own is weak."""

_ABOUT = re.compile(r"本(?:年度)?报告|电子版|下载|联系电话|统计期限|编制|知情权")
"""A sentence about the report itself, or about what publicity is for, tells nothing of the work."""


def to_work(statements: str) -> str:
    """Folded prose without the sentences that speak of the report and not of the work."""
    return "。".join(sentence for sentence in statements.split("。") if not _ABOUT.search(sentence))


PRESENT: dict[str, re.Pattern[str]] = {
    "proactive": re.compile(r"主动公开|发布|公示|公布|刊发|刊登|推送|解读"),
    "on_request": re.compile(r"申请|答复"),
    "information_management": re.compile(
        r"信息(?:常态化)?的?(?:管理|更新|维护)|管理机制|审[核查批定签]|三审|先审|把关|校对|保密|涉密|泄密|清理|动态调整|归档|台账|公文|目录"
    ),
    "platform": re.compile(
        r"平台|网站|新媒体|公众号|微信|专栏|栏目|专区|查阅点|公报|公[开示告]栏|宣传栏|渠道|载体|阵地"
    ),
    "supervision": re.compile(
        r"监督(?!权)|考核|评议|追究|追责|问责|培训|督[查导办]|测评|评估|检查|投诉|举报|专人|专岗"
        r"|领导小组|(?:组织|分管|主要)领导|第一责任|责任(?:人|到人|分工|制)|(?:组织|工作|机制|制度)保障|保障机制"
    ),
}
"""Words that show that a part is there without its heading: any of them, since such texts name things in passing."""

DISTINCT: dict[str, re.Pattern[str]] = {
    "proactive": re.compile(
        r"主动公开|公开(?:各类)?(?:政府|政务)?信息|发布(?:各类)?(?:政府|政务)?信息|解读|公示|条信息|信息\d+余?条"
    ),
    "on_request": re.compile(r"依申请|申请公开|公开申请|申请人|申请(?:受理|办理|答复)|(?:书面|信函|在线)申请"),
    "information_management": re.compile(
        r"信息(?:常态化)?的?管理|管理机制|审核|审查|三审|先审|保密|涉密|泄密|清理|动态调整|归档|台账|公文|谁(?:制作|主管|发布|提供|审核)"
    ),
    "platform": re.compile(
        r"平台|门户网站|政府网站|网站(?:建设|管理)|新媒体|公众号|专栏|栏目|专区|查阅点|公报|公开栏|宣传栏|改版"
    ),
    "supervision": re.compile(
        r"监督|考核|评议|追究|追责|问责|培训|督查|督导|测评|评估|领导小组|组织领导|检查|投诉|举报"
    ),
}
"""Words that one part has and the others seldom: they show what a text is about."""
