"""The webhook receivers of the settings."""

from __future__ import annotations

import pytest

from tasks.errors import ConfigurationError
from tasks.ports.addresses import text_to_opening
from workers.config import Settings
from workers.receivers import is_secret, settings_to_endpoints, settings_to_openings

SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def of(*webhooks: dict[str, str]) -> Settings:
    return Settings.model_validate({"webhooks": webhooks})


def test_a_receiver_without_a_name_is_called_by_its_host_and_not_by_an_address_with_a_token() -> None:
    settings = of({"url": "https://hooks.example.com/robot?token=1", "secret": SECRET})
    assert [endpoint.name for endpoint in settings_to_endpoints(settings)] == ["hooks.example.com"]


def test_the_new_secret_signs_first_and_the_previous_one_beside_it() -> None:
    older = SECRET.replace("MD", "MT")
    settings = of({"url": "https://a.example", "secret": SECRET, "previous_secret": older})
    assert settings_to_endpoints(settings)[0].secrets == (SECRET, older)


def test_everything_wrong_is_said_at_once_and_no_secret_is_repeated() -> None:
    settings = of(
        {"url": "ftp://a.example", "secret": "geheim"},
        {"url": "https://user:pass@b.example", "secret": SECRET, "name": "b"},
        {"url": "https://c.example/1", "secret": SECRET},
        {"url": "https://c.example/2", "secret": SECRET},
    )
    with pytest.raises(ConfigurationError) as caught:
        settings_to_endpoints(settings)
    assert caught.value.exit_code == 70
    assert caught.value.sentence.removeprefix("GOUJI_WEBHOOKS 有误：").split("；") == [
        "第 1 个：接收地址必须以 https:// 开头（内网可用 http://）",
        "第 1 个：密钥应为 whsec_ 开头、后接 24 至 64 字节的 Base64",
        "第 2 个：接收地址中不能带用户名或密码",
        "有几个接收端都叫“c.example”，请分别写 name",
    ]


@pytest.mark.parametrize("text", ["", "whsec_", SECRET[6:], "whsec_QUJD", "whsec_" + "é" * 40, SECRET[:-1] + "!"])
def test_what_is_not_a_secret_is_told_apart(text: str) -> None:
    assert (is_secret(text), is_secret(SECRET)) == (False, True)


def test_openings_are_read_and_all_that_cannot_be_are_named() -> None:
    assert settings_to_openings(Settings(webhook_allow=("10.0.0.0/8:8080",))) == (text_to_opening("10.0.0.0/8:8080"),)
    with pytest.raises(ConfigurationError, match=r"“intranet”不是网段或地址；“10\.0\.0\.0/99”不是网段或地址"):
        settings_to_openings(Settings(webhook_allow=("intranet", "10.0.0.0/99")))
