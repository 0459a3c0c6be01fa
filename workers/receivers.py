"""The webhook receivers of the settings: everything that is wrong with them is said at start, at once."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from tasks.errors import ConfigurationError
from tasks.ports.addresses import Opening, text_to_opening
from tasks.ports.http_poster import RefusedError, text_to_url
from tasks.ports.poster import Endpoint
from workers.config import Settings, Webhook
from workers.exit_codes import EXIT_SETTINGS

PREFIX = "whsec_"
SECRET_BYTES = range(24, 65)
"""What Standard Webhooks asks of a secret."""


def settings_to_endpoints(settings: Settings) -> tuple[Endpoint, ...]:
    """The receivers; one without a name is called by its host. Raises ConfigurationError with all that is wrong."""
    wrong = tuple(_wrongs(settings.webhooks))
    if wrong:
        raise ConfigurationError(f"GOUJI_WEBHOOKS 有误：{'；'.join(wrong)}", EXIT_SETTINGS)
    return tuple(
        Endpoint(name=webhook_to_name(webhook), url=webhook.url, secrets=_secrets(webhook))
        for webhook in settings.webhooks
    )


def settings_to_openings(settings: Settings) -> tuple[Opening, ...]:
    """The networks beyond the public ones that webhooks may reach. Raises ConfigurationError with all that is wrong."""
    openings, wrong = [], []
    for text in settings.webhook_allow:
        try:
            openings.append(text_to_opening(text))
        except ValueError:
            wrong.append(f"“{text}”不是网段或地址")
    if wrong:
        raise ConfigurationError(f"GOUJI_WEBHOOK_ALLOW 有误：{'；'.join(wrong)}", EXIT_SETTINGS)
    return tuple(openings)


def webhook_to_name(webhook: Webhook) -> str:
    """How pages, records and logs call it. Never the whole address: its query may hold a token."""
    return webhook.name or text_to_url(webhook.url).host


def _wrongs(webhooks: tuple[Webhook, ...]) -> Iterator[str]:
    names: list[str] = []
    for number, webhook in enumerate(webhooks, start=1):
        try:
            names.append(webhook_to_name(webhook))
            text_to_url(webhook.url)
        except RefusedError as refusal:
            yield f"第 {number} 个：{str(refusal).removesuffix('。')}"
        if not all(is_secret(secret) for secret in _secrets(webhook)):
            yield f"第 {number} 个：密钥应为 {PREFIX} 开头、后接 24 至 64 字节的 Base64"
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield f"有几个接收端都叫“{name}”，请分别写 name"


def is_secret(text: str) -> bool:
    """Is it a secret as Standard Webhooks writes it."""
    if not text.startswith(PREFIX):
        return False
    try:
        return len(base64.b64decode(text.removeprefix(PREFIX), validate=True)) in SECRET_BYTES
    except (binascii.Error, ValueError):
        return False


def _secrets(webhook: Webhook) -> tuple[str, ...]:
    both = (webhook.secret, webhook.previous_secret)
    return tuple(secret.get_secret_value() for secret in both if secret is not None)
