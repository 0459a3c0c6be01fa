"""What ends the way of one document: the source cannot be processed. A value wrong *in* it is a Problem instead."""

from __future__ import annotations

from parsers.model.source import Kind


class DocumentError(Exception):
    """This source cannot be processed; never retried, it becomes quarantine.json.

    `code` is stable and English, `reason` says what was found, `advice` what to do (both Chinese, one sentence each).
    """

    def __init__(self, code: str, reason: str, advice: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        self.advice = advice


class NeedsOfficeError(DocumentError):
    """No reader of ours knows this kind: an office program must turn it into DOCX first, which only tasks can do."""

    def __init__(self, kind: Kind, reason: str) -> None:
        super().__init__("OFFICE_NEEDED", reason, "请在装有 LibreOffice 的环境中处理，或另存为 DOCX、PDF 后上传。")
        self.kind = kind
