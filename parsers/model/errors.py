"""What ends the way of one document: the source cannot be processed. A value wrong *in* it is a Problem instead."""

from __future__ import annotations


class DocumentError(Exception):
    """This source cannot be processed; never retried, it becomes quarantine.json.

    `code` is stable and English, `reason` says what was found, `advice` what to do (both Chinese, one sentence each).
    """

    def __init__(self, code: str, reason: str, advice: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        self.advice = advice
