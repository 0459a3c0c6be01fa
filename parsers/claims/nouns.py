"""What is counted: the nouns of prose, in kinds. Whatever is not asked for by the form is another matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Noun(StrEnum):
    """Kinds of things that numbers count."""

    REQUEST = "request"
    CHANNEL = "channel"
    REVIEW = "review"
    LITIGATION = "litigation"
    DOCUMENT = "document"
    REGULATION = "regulation"
    LICENCE = "licence"
    PENALTY = "penalty"
    COERCION = "coercion"
    FEE = "fee"
    FEE_ITEM = "feeitem"
    ACCOUNTABILITY = "accountability"
    PUBLICATION = "publication"
    OTHER = "other"


JUDGED = frozenset(Noun) - {Noun.PUBLICATION, Noun.OTHER, Noun.CHANNEL}
"""Kinds that stand in a table of the form, or that have a claim of their own."""

CASES = (Noun.REVIEW, Noun.LITIGATION)

_WAYS = (
    "网络|网上|网站|平台|在线|线上|线下|信函|书面|邮寄|信件|来信|来函|电子邮件|邮件|邮箱|传真|当面|现场|窗口|口头|纸质|EMS|系统"
    "|互联网"
)
_TAIL = "(?:的|政府信息|政务信息|件|数量|数|总数|总量|量|事项|案件|请求|公开|来信|信息|工作|内容|答复|办理)*"
_PATTERNS: tuple[tuple[Noun, str], ...] = (
    (
        Noun.OTHER,
        r"(?:行政)?许可(?:的)?申请|申请(?:行政)?许可|复议申请(?:书|人)|申请人|申请表|申请书|申请材料|申请渠道|申请权|申请条件",
    ),
    (Noun.OTHER, r"(?:被|依法)?(?:不予)?备案(?:审查)?|备案"),
    (Noun.REQUEST, rf"书面申请(?:公开)?(?:的)?政府信息(?:公开)?{_TAIL}"),
    (
        Noun.CHANNEL,
        rf"(?:{_WAYS})(?:、(?:{_WAYS}))*(?:提交|提出|方式|渠道|途径|公开|信息|平台)*(?:的)?(?:依)?申请{_TAIL}",
    ),
    (Noun.REQUEST, rf"依法?申请(?:的)?(?:政府|政务)?(?:信息|公开|事项|件|案件|政府信息){_TAIL}"),
    (Noun.REQUEST, rf"(?:政府|政务)?信息(?:依申请)?(?:的)?公开(?:类|事项)?(?:的)?(?:书面)?依?申请{_TAIL}"),
    (
        Noun.REQUEST,
        rf"政府信息(?:的)?依?申请{_TAIL}|信息依申请{_TAIL}|公开依?申请{_TAIL}|申请公开(?:政府|政务)?信息{_TAIL}",
    ),
    (Noun.REVIEW, r"(?:行政)?复议(?:(?:类)?案件|案)?"),
    (
        Noun.LITIGATION,
        r"行政(?:诉讼|应诉)(?:案件|案)?|(?:败)?诉讼(?:案件|案)?|应诉(?:案件)?|被诉(?:案件)?|起诉|行政案件",
    ),
    (
        Noun.OTHER,
        r"(?:其他|非)规范性文件|规范性文件(?:草案|清单|目录|解读|专栏|栏目|合法性审查|审查|管理|备案|数据库|库|清理)",
    ),
    (Noun.DOCUMENT, r"(?:行政)?规范性文件"),
    (Noun.REGULATION, r"(?:政府|部门|地方(?:性)?(?:政府)?)?规章(?!制度|立项|草案|库|数据库)"),
    (
        Noun.OTHER,
        (
            r"行政(?:许可|处罚|强制|检查|征收|确认|奖励|给付|裁决)(?:等|和|及|与|、|行政|处罚|强制|许可)*"
            r"(?:事项|信息|公示|清单|目录|裁量|权力|依据|流程|标准|职权|类|结果(?:信息|公示|公开)|告知|听证|案卷|文书|领域|服务)"
        ),
    ),
    (Noun.FEE_ITEM, r"行政事业性收费项目"),
    (Noun.OTHER, r"(?:实施)?双公示|行政事业性收费"),
    (Noun.LICENCE, r"行政许可(?:处理)?(?:决定)?|许可决定"),
    (Noun.PENALTY, r"行政处罚(?:处理)?(?:决定|案件|案)?|处罚决定"),
    (Noun.COERCION, r"行政强制(?:措施|执行|处理)?(?:决定|案件)?"),
    (
        Noun.FEE,
        r"(?:政府信息公开|政务公开)?(?:政府)?信息(?:公开)?处理费(?:用)?|(?:检索|复制|邮寄|信息公开)(?:等)?(?:成本)?费用?|收费通知|任何费用|费用",
    ),
    (Noun.ACCOUNTABILITY, r"责任追究|追究(?:相关)?(?:人员)?责任|追责|问责"),
    (Noun.CHANNEL, rf"(?:{_WAYS})(?:的)?\d"),
    (
        Noun.REQUEST,
        r"申请(?:公开)?(?:件|数|数量|总数|总量|量|事项|案件)*(?=[共约近\d达为,。;:、()一二三四五六七八九十两均])",
    ),
    (
        Noun.OTHER,
        (
            r"信访|留言|来信|来电|来访|来函|建议|提案|议案|热线|12345|咨询|投诉|举报|问题|工单|解读|稿件|文章|信箱|公众号|微博|微信|抖音"
            r"|视频|图解|培训|会议|发布会|栏目|专栏|网民|舆情|意见|清单|指南|目录|公文|账号|案卷|档案|证照|项目|查阅点|公报|专题|访谈"
            r"|活动|整改|通报|检查|抽查|听证|提问|评论|信用|监测|错别字|错敏|链接|访问量|浏览量|点击|新媒体|文件|会商|事项|公告|办件|服务"
        ),
    ),
    (
        Noun.PUBLICATION,
        (
            r"(?:主动)?(?:公开|发布|更新|上传|公布|公示)(?:和更新|及更新)?(?:的)?(?:各类|各种|各项|有关|相关|重点领域)*(?:政府|政务)?(?:公开)?信息(?:数量|数|总数)?"
            r"|主动公开|信息"
        ),
    ),
)
_FIRST = (
    "行许申复被依不备书网平在线信邮来电传当现窗口纸E系互政公诉败应起其非规部地实双处检任收费责追问留建提议热1咨投举工解稿文微抖视"
    "图培会发栏专舆意清指目账案档证项查访活整通抽听评监错链浏点新事办服主更上"
)
"""How nouns begin: where no such letter stands, none is sought."""

_ANY = "|".join(f"(?P<{noun.value}_{i}>{pattern})" for i, (noun, pattern) in enumerate(_PATTERNS))
_NOUN = re.compile(f"(?=[{_FIRST}])(?:{_ANY})")


@dataclass(frozen=True)
class Mention:
    """A noun from `start` to `end` of the text."""

    noun: Noun
    start: int
    end: int


def text_to_mentions(text: str, start: int, end: int) -> tuple[Mention, ...]:
    """Every noun between two positions, in the order of the text."""
    return tuple(_to_mention(match) for match in _NOUN.finditer(text, start, end))


def _to_mention(match: re.Match[str]) -> Mention:
    noun = Noun((match.lastgroup or "").rsplit("_", 1)[0])
    return Mention(noun, match.start(), match.end())
