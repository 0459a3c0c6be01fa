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
        ("SENTRY_DSN", "https://k@o1.ingest.de.sentry.io/7", "只能是自建的 Sentry，不能是 sentry.io 的服务"),
        ("SENTRY_DSN", "https://k@SENTRY.IO./7", "只能是自建的 Sentry，不能是 sentry.io 的服务"),
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


SECRET_FILES = {
    "gouji_web_token": "看板口令-from-a-file",
    "gouji_intake_secret": "intake-from-a-file",
    "redis_url": "redis://worker:from-a-file@redis.example:6379/0",
    "GOUJI_SENTRY_DSN": "https://from-a-file@sentry.example/7",
    "gouji_webhooks": '[{"url": "https://a.example", "secret": "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="}]',
    "other_program": "not ours",
}


def folder_of(tmp_path: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (tmp_path / name).write_text(text + "\n", encoding="utf-8")
    return tmp_path


def test_every_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOUJI_SECRETS_DIR", str(folder_of(tmp_path, SECRET_FILES)))
    loaded = load_settings()
    assert (loaded.web_token.get_secret_value(), loaded.intake_secret.get_secret_value()) == (
        SECRET_FILES["gouji_web_token"],
        SECRET_FILES["gouji_intake_secret"],
    )
    assert (loaded.redis_url, loaded.sentry_dsn) == (SECRET_FILES["redis_url"], SECRET_FILES["GOUJI_SENTRY_DSN"])
    assert loaded.webhooks[0].secret.get_secret_value() in SECRET_FILES["gouji_webhooks"]


def test_the_environment_wins_over_a_secret_file_and_that_over_the_toml_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    toml = tmp_path / "gouji.toml"
    toml.write_text('web_token = "toml"\nintake_secret = "toml"\n', encoding="utf-8")
    monkeypatch.setenv("GOUJI_SECRETS_DIR", str(folder_of(tmp_path, SECRET_FILES)))
    monkeypatch.setenv("GOUJI_WEB_TOKEN", "environment")
    loaded = load_settings(toml)
    assert (loaded.web_token.get_secret_value(), loaded.intake_secret.get_secret_value()) == (
        "environment",
        "intake-from-a-file",
    )


def test_a_folder_of_secrets_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = sentence(monkeypatch, GOUJI_SECRETS_DIR=str(tmp_path / "none"))
    assert told == f"GOUJI_SECRETS_DIR 所指的 {tmp_path / 'none'} 不能读取（No such file or directory）"


def test_a_secret_file_of_ours_that_no_setting_looks_for_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, {"gouji_web_tokn": "x"})
    told = sentence(monkeypatch, GOUJI_SECRETS_DIR=str(folder))
    assert told == "GOUJI_SECRETS_DIR 中的 gouji_web_tokn：没有这项设置"


def test_a_wrong_secret_is_named_and_never_quoted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = sentence(monkeypatch, GOUJI_SECRETS_DIR=str(folder_of(tmp_path, {"gouji_webhooks": "canary-secret"})))
    assert told == "设置有误：GOUJI_WEBHOOKS：应为 JSON 列表，写法见 README"


def test_a_secret_is_not_in_what_the_settings_print(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOUJI_SECRETS_DIR", str(folder_of(tmp_path, SECRET_FILES)))
    assert "from-a-file" not in repr(load_settings())
