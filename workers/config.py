"""Settings from the environment or one TOML file; everything wrong is said at once and together."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, BaseModel, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from tasks.errors import ConfigurationError

EXIT_SETTINGS = 70
"""Start-up refusal: the settings are wrong (RUNBOOK's table)."""


class Webhook(BaseModel):
    """One receiver: `{"url": …, "secret": "whsec_…", "name": …}`; a second secret during rotation."""

    url: str
    secret: SecretStr
    previous_secret: SecretStr | None = None
    name: str = ""


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
    intake_port: int = 8610
    webhooks: tuple[Webhook, ...] = ()
    webhook_allow: tuple[str, ...] = ()
    roster: Path | None = None
    pack: Path | None = None
    state_dir: Path = Path(".gouji")
    redis_url: Annotated[str, Field(validation_alias=_either("REDIS_URL"))] = ""
    s3_endpoint_url: Annotated[str, Field(validation_alias=_either("S3_ENDPOINT_URL"))] = ""
    sentry_dsn: Annotated[str, Field(validation_alias=_either("SENTRY_DSN"))] = ""
    web_host: str = "127.0.0.1"
    web_port: int = 8600
    web_token: SecretStr = SecretStr("")
    web_url: str = ""
    sweep_seconds: float = 300
    sweep_min_age_seconds: float = 120
    worker_processes: int = Field(default=2, ge=1, le=64)
    log: str = "text"
    environment: str = "development"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - part of the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What the caller gives wins over the environment, the environment over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @field_validator("log")
    @classmethod
    def _log_is_known(cls, value: str) -> str:
        if value not in {"text", "json"}:
            msg = "只能是 text 或 json"
            raise ValueError(msg)
        return value

    @model_validator(mode="after")
    def _buckets_differ(self) -> Settings:
        if self.inbox_bucket == self.results_bucket:
            msg = "GOUJI_INBOX_BUCKET 与 GOUJI_RESULTS_BUCKET 不能是同一个桶"
            raise ValueError(msg)
        return self


def load_settings(toml: Path | None = None) -> Settings:
    """The settings, or a ConfigurationError whose sentence lists everything that is wrong."""
    config = (
        type("FileSettings", (Settings,), {"model_config": SettingsConfigDict(toml_file=toml)}) if toml else Settings
    )
    try:
        loaded: Settings = config()
    except ValidationError as error:
        wrong = "；".join(f"{_path(e['loc'])}：{e['msg']}" for e in error.errors())
        raise ConfigurationError(f"设置有误：{wrong}", EXIT_SETTINGS) from None
    return loaded


def _path(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "设置"


@lru_cache(maxsize=1)
def version() -> str:
    """The installed version of Gouji."""
    from importlib.metadata import version as installed

    return installed("gouji")
