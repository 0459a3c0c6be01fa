"""A total and the list behind it: 379条，其中招标采购10条，…; 407条（工作动态287条，…）; lists in lists."""

from __future__ import annotations

import re

from parsers.claims.frames import Reading
from parsers.claims.quantities import Quantity
from parsers.model.report import Breakdown, Item, Precision

_MARKER = re.compile(
    r"[,:;。(]?(?P<marker>其中|(?:具体|主要|分别)(?:包括|为|是|有)|包括|包含|涉及|涵盖|含|如|分别)(?:了|的是)?[,:]?(?:有)?"
)
_BEHIND = re.compile(r"[^,;:。()\d、\n]{1,14}[,:;(](?P<marker>其中|分别(?:为|是)|具体(?:为|是))[,:]?(?:有)?")
"""8份政府信息公开申请，其中: the noun stands between."""

_OPENED = re.compile(r"\((?=[^()]*\d[^()]*\))")
_CLOSED = {"其中", "分别为", "分别是", "具体包括", "具体为", "具体是", "具体有", "分别包括", "包含", "("}
_ALL = {"分别为", "分别是", "具体包括", "具体为", "具体是", "具体有", "分别包括"}
"""Markers of lists that name all; 其中 may leave some out, 包括 and 主要 say that they do."""

_REST = re.compile(r"^(?:的|以及|及|和)*其[他它余]")
_AND_SO_ON = re.compile(r"等(?!级|同)[,;。)]?$")
_NEW = re.compile(
    r"^(?:另|同时|此外)|(?<!公)共(?=[收受办有计发开召组举处审])|总计|合计|累计|全年|(?:收到|受理|办结|答复|上年|结转|新收|审结|审理|结案|行政复议|诉讼|废止|现行有效|收取|召开|开展|组织(?:开展|召开|培训|学习|参加|了)|举办|访问|浏览|阅读|关注|粉丝)"
)
"""Words that begin another matter, once the first member of a list has shown that it is not named so itself."""

_NESTED = re.compile(r"[,;:]?(?:主要|具体|其中)?(?:包括|包含|含|其中|分别为)")
"""A member divided up in its turn: 其中重点领域80条，包括造林30条、防火50条."""

_UNCOUNTED = re.compile(r"[,;、]?(?:其余|剩余|余下|其[他它])")
"""The last member has no number: 其余为工作动态."""

_CHANGE = re.compile(r"增加|减少|增长|下降|[较比同](?:上|去|20)")
_DOING = re.compile(r"发布|公开|更新|完成|开展|推送|编制|印发|办理|答复|转载|报送")
_HEAD_GAP = re.compile(r"(?:\([^()]*\))?$")


def reading_to_breakdowns(reading: Reading) -> dict[int, Breakdown]:
    """The list behind each number that has one, by the number's index."""
    found: dict[int, Breakdown] = {}
    for index, head in enumerate(reading.quantities):
        left = reading.text[reading.clause_start(head.start) : head.start]
        if head.is_percent or head.precision is not Precision.EXACT or _CHANGE.search(left):
            continue
        marker = _marker_behind(reading, head)
        breakdown = _list_behind(reading, index, *marker) if marker else None
        if breakdown is not None:
            found[index] = breakdown
    return found


def _marker_behind(reading: Reading, head: Quantity) -> tuple[str, int] | None:
    """The marker behind a total and where its list begins."""
    match = _MARKER.match(reading.text, head.end)
    if match:
        return match["marker"], match.end()
    behind = _BEHIND.match(reading.text, head.end)
    if behind:
        return behind["marker"], behind.end()
    opened = _OPENED.match(reading.text, head.end)
    return ("(", opened.end()) if opened else None


def _list_behind(reading: Reading, index: int, marker: str, start: int) -> Breakdown | None:
    """The numbers of the list, those in its brackets left to the lists they make themselves."""
    head, end = reading.quantities[index], _end_of(reading, marker, start)
    members: list[Quantity] = []
    labels: list[str] = []
    position, certain = start, True
    for quantity in reading.quantities[index + 1 :]:
        if quantity.start >= end:
            break
        if quantity.is_percent or _depth(reading.text, start, quantity.start):
            continue
        label = _without_brackets(reading.text[position : quantity.start])
        if _is_other_matter(label, labels) or not _is_same_unit(head, quantity):
            certain = certain and (_is_same_unit(head, quantity) or ";" in label)
            break
        certain = certain and quantity.precision is Precision.EXACT and not _has_numberless(label)
        members.append(quantity)
        labels.append(label.strip(",;:、()和及与"))
        position = quantity.end
    if not members or members[0].value > head.value:
        return None
    tail = _without_brackets(reading.text[position:end])
    certain = certain and end < len(reading.text.rstrip()) and not _UNCOUNTED.match(tail)
    is_open = _AND_SO_ON.search(tail[:4]) is not None or marker not in _CLOSED
    items = tuple(Item(label=label, value=quantity.value) for label, quantity in zip(labels, members, strict=True))
    is_all = marker in _ALL or any(_REST.match(label) for label in labels) or _are_both(labels)
    return Breakdown(marker=marker, items=items, exhaustive=is_all and not is_open, certain=certain and not is_open)


_PAIRS = ((re.compile("自然人"), re.compile("法人")), (re.compile("直接起诉"), re.compile("复议后")))
"""Two that are all there are."""


def _are_both(labels: list[str]) -> bool:
    return any(all(any(word.search(label) for label in labels) for word in pair) for pair in _PAIRS)


def _end_of(reading: Reading, marker: str, start: int) -> int:
    """A list in brackets ends with them, any other with its sentence, or with the brackets around it."""
    depth = 0
    stop = reading.sentence_end(start)
    for position in range(start, stop):
        letter = reading.text[position]
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return position
    return stop if marker != "(" else start


def _depth(text: str, start: int, position: int) -> int:
    return text.count("(", start, position) - text.count(")", start, position)


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)?", "", text)


def _is_same_unit(head: Quantity, quantity: Quantity) -> bool:
    return head.unit == quantity.unit or not quantity.unit or not head.unit


def _is_other_matter(label: str, labels: list[str]) -> bool:
    """Does another matter begin here? The first member tells how members are named."""
    if not labels:
        return False
    if label.startswith(("。", "!")) or _NESTED.match(label):
        return True
    new = _NEW.search(re.split("[,;]", label)[-1])
    return new is not None and not any(new[0] in earlier for earlier in labels)


def _has_numberless(label: str) -> bool:
    """A member without a number stands before this one: 发布政府信息公开年报、招标公告3条."""
    pieces = re.split(r"[,;、]", label)[1:-1]
    return any(_DOING.search(piece) for piece in pieces)
