"""The words around the commands, as a user meets them: a real call of the program."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from workers.config import version

COMMANDS = (
    *("check", "submit", "up", "worker", "intake", "sweep", "web", "reindex", "retry", "reprocess", "redeliver"),
    *("rules", "schema", "make-corpus"),
)


def gouji(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "workers", *words], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("chek",), "没有 chek 这个命令"),
        (("check",), "缺少文件"),
        (("retry",), "缺少文件名或编号"),
        (("reprocess",), "缺少文件名或编号"),
        (("redeliver", "a", "--dead"), "请写推送编号，或用 --endpoint、--from、--to、--dead 选定"),
        (("--verion",), "没有 --verion 这个选项，是不是 --version"),
        (("rules", "x"), "多出来的参数 (x)"),
    ],
)
def test_a_wrong_call_is_refused_in_chinese(words: tuple[str, ...], sentence: str) -> None:
    called = gouji(*words)
    assert (called.returncode, called.stderr) == (64, f"命令写法有误：{sentence}（用 gouji --help 查看用法）\n")


def test_the_version_is_said() -> None:
    assert gouji("--version").stdout == f"gouji {version()}\n"


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)])
def test_no_help_has_an_english_sentence(words: tuple[str, ...]) -> None:
    said = gouji(*words, "--help").stdout
    assert re.findall(r"\b(?:Usage|Options|Arguments|Commands|Show|default|required)\b", said) == []


def test_a_roster_that_cannot_be_used_is_refused_before_any_file_is_read() -> None:
    called = gouji("check", "没有.pdf", "--roster", "没有.csv")
    assert (called.returncode, called.stdout) == (70, "")
    assert called.stderr == "名册 没有.csv 不存在\n"
