"""What people call the findings of a severity, and those that wait for our own people: one word each, everywhere."""

from __future__ import annotations

SEVERITIES: dict[str, str] = {
    "error": "错误",
    "warning": "提醒",
    "undetermined": "需人工核对",
    "info": "供参考",
}
