"""Settings that are wrong: every one is named as the user wrote it, in Chinese, all together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.errors import ConfigurationError
from workers.config import load_settings
from workers.plan import settings_to_plan


def sentence(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as refusal:
        load_settings()
    assert refusal.value.exit_code == 70
    return refusal.value.sentence


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("GOUJI_WEB_PORT", "abc", "应为整数"),
        ("GOUJI_WEB_PORT", "99999", "不能大于 65535"),
        ("GOUJI_INTAKE_PORT", "-1", "不能小于 0"),
        ("GOUJI_WEB_PORT", "8610", "不能与 GOUJI_INTAKE_PORT 是同一个端口"),
        ("GOUJI_SWEEP_SECONDS", "0", "应大于 0"),
        ("GOUJI_SWEEP_SECONDS", "soon", "应为数字"),
        ("GOUJI_INBOX_BUCKET", "铜官 区", "桶名应为 3 至 63 个英文字母、数字、点或连字符"),
        ("GOUJI_RESULTS_BUCKET", "gouji-inbox", "不能与 GOUJI_INBOX_BUCKET 是同一个桶"),
        ("GOUJI_RESULTS_BUCKET", "gouji-inbox-results", "不能与 GOUJI_INBOX_BUCKET 一个是另一个的开头"),
        ("GOUJI_QUEUE_LIMIT", "0", "不能小于 1"),
        ("GOUJI_WEBHOOKS", "xx", "应为 JSON 列表，写法见 README"),
        ("GOUJI_WEBHOOK_ALLOW", '{"a": 1}', "应为 JSON 列表，写法见 README"),
        ("S3_ENDPOINT_URL", "nonsense", "应为 http:// 或 https:// 开头的地址"),
        ("GOUJI_WEB_URL", "javascript:1", "应为 http:// 或 https:// 开头的地址"),
        ("REDIS_URL", "htp:/x", "写法应如 redis://:口令@主机:6379/0"),
        ("REDIS_URL", "redis://a:1/first", "写法应如 redis://:口令@主机:6379/0"),
        ("REDIS_URL", "redis://a:port/0", "写法应如 redis://:口令@主机:6379/0"),
        ("SENTRY_DSN", "nonsense", "不是 Sentry 给出的 DSN"),
        ("GOUJI_LOG", "loud", "只能是 text 或 json"),
    ],
)
def test_a_wrong_setting_is_named_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    assert sentence(monkeypatch, **{name: value}) == f"设置有误：{name}：{reason}"


def test_all_that_is_wrong_is_said_together(monkeypatch: pytest.MonkeyPatch) -> None:
    told = sentence(
        monkeypatch,
        GOUJI_WEB_PORT="x",
        GOUJI_WORKER_PROCESSES="0",
        GOUJI_WEBHOOKS='[{"url": "https://a.example"}]',
        GOUJI_RESULTS_BUCKET="gouji-inbox",
    )
    assert told.removeprefix("设置有误：").split("；") == [
        "GOUJI_RESULTS_BUCKET：不能与 GOUJI_INBOX_BUCKET 是同一个桶",
        "GOUJI_WEBHOOKS 第 1 个的 secret：没有填写",
        "GOUJI_WEB_PORT：应为整数",
        "GOUJI_WORKER_PROCESSES：不能小于 1",
    ]


def test_what_is_right_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    right = {
        "REDIS_URL": "rediss://:p%40ss@redis.example:6380/2",
        "S3_ENDPOINT_URL": "http://[::1]:9000",
        "SENTRY_DSN": "https://key@sentry.example/7",
        "GOUJI_WEB_PORT": "0",
        "GOUJI_INTAKE_PORT": "0",
        "GOUJI_WEBHOOK_ALLOW": '["10.1.0.0/16"]',
    }
    for name, value in right.items():
        monkeypatch.setenv(name, value)
    loaded = load_settings()
    taken = (loaded.redis_url, loaded.s3_endpoint_url, loaded.sentry_dsn, loaded.web_port, loaded.webhook_allow)
    assert taken == (right["REDIS_URL"], right["S3_ENDPOINT_URL"], right["SENTRY_DSN"], 0, ("10.1.0.0/16",))


@pytest.mark.parametrize("address", ["unix:///run/redis.sock", "redis://localhost", "redis://localhost:6379"])
def test_an_address_of_redis_may_leave_out_the_database(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("REDIS_URL", address)
    assert load_settings().redis_url == address


def test_a_file_of_settings_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="不能读取") as refusal:
        load_settings(tmp_path / "none.toml")
    assert refusal.value.exit_code == 70


@pytest.mark.parametrize("text", [b'web_port = "x', b"\xff"])
def test_a_file_that_is_not_toml_is_one_sentence(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "gouji.toml"
    path.write_bytes(text)
    with pytest.raises(ConfigurationError, match="不合 TOML 的写法"):
        load_settings(path)


def test_lists_in_a_file_are_lists(tmp_path: Path) -> None:
    path = tmp_path / "gouji.toml"
    path.write_text('webhook_allow = ["10.1.0.0/16"]\n[[webhooks]]\nurl = "https://a.example"\nsecret = "whsec_x"\n')
    loaded = load_settings(path)
    assert (loaded.webhook_allow, loaded.webhooks[0].url) == (("10.1.0.0/16",), "https://a.example")


def test_a_misspelt_setting_of_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gouji.toml"
    path.write_text("web_prot = 1\n")
    with pytest.raises(ConfigurationError, match="GOUJI_WEB_PROT：没有这项设置"):
        load_settings(path)


def test_an_address_of_the_store_from_the_usual_variables_is_looked_at_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "nonsense")
    monkeypatch.setenv("GOUJI_WEB_PORT", "0")
    monkeypatch.setenv("GOUJI_INTAKE_PORT", "0")
    with pytest.raises(ConfigurationError, match="AWS_ENDPOINT_URL"):
        settings_to_plan(load_settings())


def test_roster_and_pack_may_be_left_empty_as_compose_hands_them_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_ROSTER", "")
    monkeypatch.setenv("GOUJI_PACK", "")
    assert (load_settings().roster, load_settings().pack) == (None, None)
