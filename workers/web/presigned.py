"""Uploads straight from the browser to the store: a form that the store takes for ten minutes, for one key (S29)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tasks.ports.s3_store import s3_client
from workers.web.headers import MAX_UPLOAD

FORM_SECONDS = 600
MIN_UPLOAD = 1
"""An empty file is nobody's report, and some consoles mark a folder by one."""

TYPE = "application/octet-stream"
"""What every upload is called: nobody's browser shall open one from the inbox."""

CREATED = "201"

PLACEHOLDER = "${filename}"
"""The store would put the file's own name here: the key would not be the one that was allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Where to send it, and the fields before the file."""

    url: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Presigner:
    """Signs forms with the dashboard's own key, for the store's address as browsers reach it."""

    client: Any
    bucket: str

    def form(self, key: str) -> Form:
        """For exactly this key, this type, and at most MAX_UPLOAD bytes. Raises ValueError with a Chinese sentence."""
        if PLACEHOLDER in key:
            raise ValueError("文件名不能含有 ${filename}，请改名后再上传。")
        fixed = {"Content-Type": TYPE, "success_action_status": CREATED}
        signed = self.client.generate_presigned_post(
            Bucket=self.bucket,
            Key=key,
            Fields=dict(fixed),
            Conditions=[
                *({name: value} for name, value in fixed.items()),
                ["content-length-range", MIN_UPLOAD, MAX_UPLOAD],
            ],
            ExpiresIn=FORM_SECONDS,
        )
        return Form(url=signed["url"], fields=signed["fields"])


def address_to_presigner(address: str, bucket: str) -> Presigner | None:
    """For the store at this address; None without one: uploads then pass through the dashboard."""
    return Presigner(s3_client(address), bucket) if address else None
