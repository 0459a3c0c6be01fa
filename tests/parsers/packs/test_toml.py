"""A pack is data that is checked before it judges anybody; what is wrong in it is said all at once."""

from __future__ import annotations

import pytest

from parsers import bytes_to_pack
from parsers.model.pack import PackError

HEAD = 'id = "huaihua"\nversion = "1"\nname = "口径"\n'
IDENTITY = """[[identities]]
code = "L01"
table = "requests"
each = "column"
left = ["new_received"]
right = ["total_processed"]
formula = "一 = 三（七）"
clause = "示例"
"""

WRONG = (
    ("", "“文件”不合要求"),
    ("[codes.A02]\nseverity = 'fatal'", "“codes[...].severity”不合要求"),
    ("[codes.A99]\nenabled = false", "没有代码为“A99”的规则"),
    ("[deadlines]\ndepartment = '02-30'", "“02-30”不是日期"),
    ("[thresholds]\nown_text_info = 1.2", "“thresholds.own_text_info”应在 0 到 1 之间"),
    ("[thresholds]\nleast_requests = -1", "“thresholds.least_requests”不能为负数"),
    (IDENTITY.replace("new_received", "new"), "恒等式“L01”里没有“new”"),
    (IDENTITY.replace('"requests"', '"table9"'), "恒等式“L01”的表格“table9”不存在"),
    (IDENTITY.replace("L01", "A01"), "恒等式“A01”的代码已经用过"),
    (IDENTITY.replace('"column"', '"cell"'), "恒等式“L01”的 each 应为"),
    (IDENTITY + 'editions = ["2030"]', "恒等式“L01”的格式“2030”不存在"),
    ("[[cases]]\nname = 'x'\ncells = {'requests.granted' = '1'}", "测试“x”里没有单元格“requests.granted”"),
    ("[[cases]]\nname = 'x'\nexpect = ['A98']", "测试“x”里没有代码“A98”"),
    ("colour = 'red'", "“文件”不合要求"),
    ("[broken", "文件不是有效的 TOML"),
)


def sentences(text: str) -> tuple[str, ...]:
    with pytest.raises(PackError) as error:
        bytes_to_pack(text.encode())
    return error.value.sentences


@pytest.mark.parametrize(("text", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_what_is_wrong_is_said(text: str, sentence: str) -> None:
    assert sentences((HEAD if text else "") + text)[0].startswith(sentence)


def test_everything_wrong_is_said_at_once() -> None:
    assert len(sentences(HEAD + "[codes.A99]\n[deadlines]\ntownship = 'soon'\n")) == 2


def test_a_pack_in_another_encoding_is_refused() -> None:
    with pytest.raises(PackError, match="UTF-8"):
        bytes_to_pack((HEAD + "# 规则").encode("gb18030"))


def test_the_digest_is_of_what_a_pack_says_and_not_of_how() -> None:
    one, other = (bytes_to_pack((HEAD + text + IDENTITY).encode()) for text in ("", "# a remark\n"))
    changed = bytes_to_pack((HEAD.replace('"1"', '"2"') + IDENTITY).encode())
    assert (one.digest == other.digest, one.digest == changed.digest) == (True, False)
