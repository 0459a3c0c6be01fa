"""Personal data of applicants in running text: identity numbers, mobile numbers, names. Masked at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.value import Value
from parsers.text.words import common_words

_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:19|20)[0-9]{2}"
    r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
"""GB 11643: the last character by the sum of the others, weighted, modulo 11."""

_MOBILE = re.compile(r"(?<![0-9A-Za-z.-])1[3-9][0-9]{9}(?![0-9A-Za-z])")
_PERSON = re.compile(r"申请人|当事人|原告|上诉人|信访人|投诉人|举报人|身份证")
_OFFICE = re.compile(
    r"联系(?:电话|方式|人)|咨询|监督电话|办公电话|热线|传真|邮编|邮箱|值班|投诉电话|举报电话|拨打|来电|公布"
)
"""How an office gives its own number."""

NEAR = 30
"""So many characters before a number say whose it is."""

_SURNAMES = (
    "王李张刘陈杨赵吴徐孙胡朱郭罗郑梁谢宋邓韩冯曹彭萧董潘袁蔡蒋杜魏"
    "苏吕姚钟崔谭廖贾韦邹熊孟秦邱侯尹薛闫龙黎陶贺郝龚邵覃钱戴莫"
)
"""Frequent surnames that hardly begin another word after 申请人."""

_NAME = re.compile(
    rf"(?:申请人|原告|信访人|举报人|投诉人)(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    r"(?=向|申请|要求|提出|不服|诉|就|[（(，、]|因|通过)"
)
_MASKED = re.compile(r"某|等|×|\*|先生|女士")


class Person(Value):
    """text[start:end] is about one person: what kind of data, and how it may be shown."""

    start: int
    end: int
    kind: str
    masked: str


def text_to_persons(text: str) -> tuple[Person, ...]:
    """Personal data in a text without white space, in its order."""
    found = (*_identities(text), *_mobiles(text), *_names(text))
    return tuple(sorted(found, key=lambda person: person.start))


def _identities(text: str) -> Iterator[Person]:
    for match in _IDENTITY.finditer(text):
        if is_identity(match[0]):
            yield _make(match.start(), match[0], "身份证号码", shown=3)


def is_identity(number: str) -> bool:
    """Does the last character of these eighteen follow from the others?"""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECKS[total % 11] == number[-1].upper()


def _mobiles(text: str) -> Iterator[Person]:
    """A number that the words before it give to a person, and none that an office gives as its own."""
    for match in _MOBILE.finditer(text):
        before = text[max(match.start() - NEAR, 0) : match.start()]
        person, office = _last(_PERSON, before), _last(_OFFICE, before)
        if person > office:
            yield _make(match.start(), match[0], "手机号码", shown=3)


def _last(words: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in words.finditer(text)), default=-1)


def _names(text: str) -> Iterator[Person]:
    for match in _NAME.finditer(text):
        name = match["name"]
        if not _MASKED.search(name) and not _is_word(name):
            yield _make(match.start("name"), name, "姓名", shown=1)


def _is_word(name: str) -> bool:
    """申请人陈述, 申请人林权证: the surname begins a word, or a word stands behind it."""
    words = common_words()
    pairs = (name[i : i + 2] for i in range(len(name) - 1))
    return any(words.knows(pair) for pair in pairs)


def _make(start: int, text: str, kind: str, shown: int) -> Person:
    return Person(start=start, end=start + len(text), kind=kind, masked=text[:shown] + "*" * (len(text) - shown))
