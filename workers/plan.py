"""What `gouji up` will do, settled from the settings before anything starts; and what its processes are told."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from tasks.errors import ConfigurationError
from workers.config import Settings
from workers.config_checks import is_http_address
from workers.embedded.process import LOOPBACK, free_port, require_free
from workers.embedded.state import Remembered, remember
from workers.exit_codes import EXIT_SETTINGS

SWEEP_WITH_EVENTS = {"sweep_seconds": 10.0, "sweep_min_age_seconds": 5.0}
"""The sweep is the net under the events; small offices do not wait for minutes."""

SWEEP_ALONE = {"sweep_seconds": 5.0, "sweep_min_age_seconds": 0.0}
"""Without an event source the sweep is what notices a file."""

DRAIN_SECONDS = 4
"""Of the eight seconds that `gouji up` gives its processes to end; what a worker still has goes back to the queue."""

_FOREIGN_AWS = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_SQS")
"""Settings for another store, which would lead boto3 away from the embedded one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The settings with every port chosen, the state directory, and which servers are embedded."""

    settings: Settings
    folder: Path
    kept: Remembered
    with_valkey: bool
    with_s3: bool

    @property
    def is_embedded(self) -> bool:
        """Whether anything embedded takes part."""
        return self.with_valkey or self.with_s3


def settings_to_plan(settings: Settings) -> Plan:
    """Choose ports (0 means any) and decide what is embedded. Raises ConfigurationError when a port is taken."""
    web_port, intake_port = settings.web_port or free_port(), settings.intake_port or free_port()
    require_free(web_port, "看板（GOUJI_WEB_PORT）", settings.web_host)
    require_free(intake_port, "事件接收（GOUJI_INTAKE_PORT）", settings.intake_host)
    endpoint = settings.s3_endpoint_url or os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if endpoint and not is_http_address(endpoint):
        raise ConfigurationError("AWS_ENDPOINT_URL：应为 http:// 或 https:// 开头的地址", EXIT_SETTINGS)
    chosen = {"web_port": web_port, "intake_port": intake_port, "s3_endpoint_url": endpoint or ""}
    folder = settings.state_dir.resolve()
    return Plan(
        settings=settings.model_copy(update=chosen),
        folder=folder,
        kept=remember(folder),
        with_valkey=not settings.redis_url,
        with_s3=not endpoint,
    )


def plan_to_environment(plan: Plan, of_servers: dict[str, str], log: str) -> dict[str, str]:
    """What the processes (and `gouji submit`) must know beyond what the user has set; without the queue's address."""
    settings, kept = plan.settings, plan.kept
    return {
        "REDIS_URL": settings.redis_url,
        "S3_ENDPOINT_URL": settings.s3_endpoint_url,
        "GOUJI_INBOX_BUCKET": settings.inbox_bucket,
        "GOUJI_RESULTS_BUCKET": settings.results_bucket,
        "GOUJI_EVENTS_QUEUE_URL": settings.events_queue_url,
        "GOUJI_STATE_DIR": str(plan.folder),
        "GOUJI_WEB_HOST": settings.web_host,
        "GOUJI_WEB_PORT": str(settings.web_port),
        "GOUJI_WEB_TOKEN": settings.web_token.get_secret_value() or kept.web_token,
        "GOUJI_WEB_URL": settings.web_url or f"http://{_reachable(settings.web_host)}:{settings.web_port}",
        "GOUJI_INTAKE_HOST": settings.intake_host,
        "GOUJI_INTAKE_PORT": str(settings.intake_port),
        "GOUJI_INTAKE_SECRET": settings.intake_secret.get_secret_value() or kept.intake_secret,
        "GOUJI_LOG": log,
        "GOUJI_DRAIN_SECONDS": str(DRAIN_SECONDS),
        **_sweep_pace(plan),
        **_webhook_allowance(plan),
        **of_servers,
    }


def child_environment(plan: Plan, environment: dict[str, str]) -> dict[str, str]:
    """The whole environment of a process: the user's, then ours."""
    foreign = _FOREIGN_AWS if plan.with_s3 else ()
    return {name: value for name, value in os.environ.items() if name not in foreign} | environment


def _reachable(host: str) -> str:
    return LOOPBACK if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared with, not bound


def _sweep_pace(plan: Plan) -> dict[str, str]:
    has_events = plan.with_s3 or bool(plan.settings.events_queue_url)
    pace = SWEEP_WITH_EVENTS if has_events else SWEEP_ALONE
    chosen = plan.settings.model_fields_set
    return {f"GOUJI_{name.upper()}": str(value) for name, value in pace.items() if name not in chosen}


def _webhook_allowance(plan: Plan) -> dict[str, str]:
    if not plan.is_embedded:
        return {}
    allowed = (*plan.settings.webhook_allow, "127.0.0.0/8")
    return {"GOUJI_WEBHOOK_ALLOW": json.dumps(list(dict.fromkeys(allowed)))}
