"""Settings from the environment, a folder of secrets, one TOML file; everything wrong is said at once and together."""

from __future__ import annotations

import os
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, BaseModel, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from tasks.errors import ConfigurationError
from workers import config_checks
from workers.config_words import error_to_words

EXIT_SETTINGS = 70
"""Start-up refusal: the settings are wrong (RUNBOOK's table)."""

SECRETS_DIR = "GOUJI_SECRETS_DIR"
"""Names a folder with one file a setting (`gouji_web_token`), as Docker, Podman and Kubernetes hand them on."""

QUEUED_SECONDS = 60
"""How long a message is believed to be in the queue at least; then the sweep may send it again."""

VISIBILITY_SECONDS = 900
"""R10: above the hard limit of a task; the same everywhere."""


class Webhook(BaseModel):
    """One receiver: `{"url": …, "secret": "whsec_…", "name": …}`; a second secret during rotation."""

    url: str
    secret: SecretStr
    previous_secret: SecretStr | None = None
    name: str = ""


Port = Annotated[int, Field(ge=0, le=65535)]
"""0 lets `gouji up` choose."""


def _either(name: str) -> AliasChoices:
    return AliasChoices(f"GOUJI_{name}", name, name.lower())


class Settings(BaseSettings):
    """DESIGN section 7. Field names are those of the TOML file; the environment has them in capitals after GOUJI_."""

    model_config = SettingsConfigDict(env_prefix="GOUJI_", extra="forbid", toml_file=None, populate_by_name=True)

    inbox_bucket: str = "gouji-inbox"
    results_bucket: str = "gouji-results"
    events_queue_url: str = ""
    intake_secret: SecretStr = SecretStr("")
    intake_host: str = "127.0.0.1"
    intake_port: Port = 8610
    intake_allow: Annotated[tuple[str, ...], NoDecode] = ()
    webhooks: Annotated[tuple[Webhook, ...], NoDecode] = ()
    webhook_allow: Annotated[tuple[str, ...], NoDecode] = ()
    roster: Path | None = None
    pack: Path | None = None
    users: Path | None = None
    state_dir: Path = Path(".gouji")
    redis_url: Annotated[str, Field(validation_alias=_either("REDIS_URL"), repr=False)] = ""
    s3_endpoint_url: Annotated[str, Field(validation_alias=_either("S3_ENDPOINT_URL"))] = ""
    sentry_dsn: Annotated[str, Field(validation_alias=_either("SENTRY_DSN"), repr=False)] = ""
    web_host: str = "127.0.0.1"
    web_port: Port = 8600
    web_token: SecretStr = SecretStr("")
    web_url: str = ""
    upload_url: str = ""
    sweep_seconds: float = Field(default=300, gt=0)
    sweep_min_age_seconds: float = Field(default=120, ge=0)
    queue_limit: int = Field(default=100_000, ge=1)
    drain_seconds: float = Field(default=60, gt=0)
    # for fault injection, which cannot wait as long as an office can; the defaults are for everybody else
    lease_seconds: int = Field(default=30, ge=2)
    queued_seconds: int = Field(default=QUEUED_SECONDS, ge=1)
    visibility_seconds: int = Field(default=VISIBILITY_SECONDS, ge=1)
    worker_processes: int = Field(default=2, ge=1, le=64)
    log: str = "text"
    environment: str = "development"
    sandbox: str = "required"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - part of the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What the caller gives wins over the environment, that over the folder of secrets, that over the TOML file."""
        secret_files = SecretsSettingsSource(settings_cls, os.environ.get(SECRETS_DIR) or None)
        return init_settings, env_settings, secret_files, TomlConfigSettingsSource(settings_cls)

    @field_validator("log")
    @classmethod
    def _log_is_known(cls, value: str) -> str:
        return config_checks.log_mode(value)

    @field_validator("sandbox")
    @classmethod
    def _sandbox_is_known(cls, value: str) -> str:
        return config_checks.sandbox_mode(value)

    @field_validator("inbox_bucket", "results_bucket")
    @classmethod
    def _bucket_has_a_name(cls, value: str) -> str:
        return config_checks.bucket_name(value)

    @field_validator("results_bucket")
    @classmethod
    def _buckets_differ(cls, value: str, info: ValidationInfo) -> str:
        config_checks.require_other(value, info.data.get("inbox_bucket"), "不能与 GOUJI_INBOX_BUCKET 是同一个桶")
        config_checks.require_apart(
            value, info.data.get("inbox_bucket"), "不能与 GOUJI_INBOX_BUCKET 一个是另一个的开头"
        )
        return value

    @field_validator("web_port")
    @classmethod
    def _ports_differ(cls, value: int, info: ValidationInfo) -> int:
        config_checks.require_other(value, info.data.get("intake_port"), "不能与 GOUJI_INTAKE_PORT 是同一个端口")
        return value

    @field_validator("s3_endpoint_url", "events_queue_url", "web_url", "upload_url")
    @classmethod
    def _address_is_http(cls, value: str) -> str:
        return config_checks.http_address(value)

    @field_validator("intake_allow")
    @classmethod
    def _senders_are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return config_checks.networks(value)

    @field_validator("redis_url")
    @classmethod
    def _broker_is_redis(cls, value: str) -> str:
        return config_checks.redis_address(value)

    @field_validator("sentry_dsn")
    @classmethod
    def _dsn_is_one(cls, value: str) -> str:
        return config_checks.sentry_dsn(value)

    @field_validator("roster", "pack", "users", mode="before")
    @classmethod
    def _file_may_be_left_empty(cls, value: object) -> object:
        return value or None  # as compose hands on what is not set

    @field_validator("webhooks", "webhook_allow", "intake_allow", mode="before")
    @classmethod
    def _list_is_json(cls, value: object) -> object:
        return config_checks.json_list(value)


def load_settings(toml: Path | None = None) -> Settings:
    """The settings, or a ConfigurationError whose sentence lists everything that is wrong."""
    if toml:
        _require_toml(toml)
    if folder := os.environ.get(SECRETS_DIR):
        _require_secrets(Path(folder))
    config = (
        type("FileSettings", (Settings,), {"model_config": SettingsConfigDict(toml_file=toml)}) if toml else Settings
    )
    try:
        loaded: Settings = config()
    except ValidationError as error:
        wrong = "；".join(error_to_words(found) for found in error.errors())
        raise ConfigurationError(f"设置有误：{wrong}", EXIT_SETTINGS) from None
    return loaded


def _require_toml(path: Path) -> None:
    try:
        tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError(f"设置文件 {path} 不能读取（{error.strerror}）", EXIT_SETTINGS) from None
    except ValueError as error:  # not UTF-8, or not TOML
        raise ConfigurationError(f"设置文件 {path} 不合 TOML 的写法（{error}）", EXIT_SETTINGS) from None


def _require_secrets(folder: Path) -> None:
    """Refuse a folder or file that cannot be read, and a file of ours that no setting would look for."""
    try:
        contents = {path.name.lower(): path.read_text("utf-8") for path in folder.iterdir() if path.is_file()}
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "不是 UTF-8"
        raise ConfigurationError(f"{SECRETS_DIR} 所指的 {folder} 不能读取（{reason}）", EXIT_SETTINGS) from None
    known = {f"gouji_{name}" for name in Settings.model_fields}
    for name in sorted(contents):
        if name.startswith("gouji_") and name not in known:
            raise ConfigurationError(f"{SECRETS_DIR} 中的 {name}：没有这项设置", EXIT_SETTINGS)


@lru_cache(maxsize=1)
def version() -> str:
    """The installed version of Gouji."""
    from importlib.metadata import version as installed

    return installed("gouji")
