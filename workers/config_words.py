"""What pydantic found wrong with the settings, in words for people; never the value, which may be a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_USUAL = ("REDIS_URL", "S3_ENDPOINT_URL", "SENTRY_DSN")
"""Names that other programs use too; ours begin with GOUJI_."""

_WORDS = {
    "extra_forbidden": "没有这项设置",
    "missing": "没有填写",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "string_type": "应为文字",
    "greater_than": "应大于 {gt:g}",
    "greater_than_equal": "不能小于 {ge:g}",
    "less_than_equal": "不能大于 {le:g}",
}


def error_to_words(error: ErrorDetails) -> str:
    """`GOUJI_WEB_PORT：应为整数`."""
    return f"{_name(error['loc'])}：{_reason(error)}"


def _name(location: tuple[int | str, ...]) -> str:
    """The setting as the environment has it, and where in it (elements counted from 1)."""
    first, *inside = location or ("设置",)
    word = str(first).upper().removeprefix("GOUJI_")
    places = (f" 第 {part + 1} 个" if isinstance(part, int) else f"的 {part}" for part in inside)
    return (word if word in _USUAL else f"GOUJI_{word}") + "".join(places)


def _reason(error: ErrorDetails) -> str:
    told = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(told["error"])
    return _WORDS.get(error["type"], "写法不对").format(**told)
