"""The dashboard: `run` starts it from the settings. FastAPI, Jinja2, htmx; it imports no reader."""

from __future__ import annotations

import ipaddress
import logging
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from tasks.context import Context
from tasks.errors import ConfigurationError
from workers.build import settings_to_context
from workers.celery_app import make_app
from workers.config import Settings, load_settings, version
from workers.dispatch import Dispatcher, open_dispatcher
from workers.embedded.process import require_free
from workers.exit_codes import EXIT_SETTINGS
from workers.greeting import command
from workers.heartbeat import Heart
from workers.log import configure as configure_log
from workers.metrics import health, render_metrics
from workers.people.users_file import read_users
from workers.refusals import require_all
from workers.reporting import configure as configure_reporting
from workers.web.app import create_app
from workers.web.people import People, UsersFile
from workers.web.presigned import address_to_presigner
from workers.web.site import Site

__all__ = ["create_app", "run"]

SHUTDOWN_SECONDS = 3

log = logging.getLogger(__name__)


def run(config: Path | None, *, insecure_localhost: bool = False) -> int:
    """Serve until SIGTERM. Raises ConfigurationError."""
    settings = load_settings(config)
    configure_log(settings.log, "web")
    configure_reporting(settings, "web")
    app = make_app(settings.redis_url)
    require_all(settings, app)
    require_free(settings.web_port, "看板（GOUJI_WEB_PORT）", settings.web_host)
    people = settings_to_people(settings, insecure_localhost=insecure_localhost)
    context = settings_to_context(settings, app)
    dispatcher = open_dispatcher(settings, app)
    site = settings_to_site(settings, people, context, dispatcher)
    Heart(context.ledger, "web").start()
    uvicorn.run(
        create_app(site),
        host=settings.web_host,
        port=settings.web_port,
        log_config=None,
        access_log=False,  # an address may carry the token
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    return 0


def settings_to_people(settings: Settings, *, insecure_localhost: bool = False) -> People:
    """Who may come in. Nobody is let in without signing in, except on loopback where that was asked for (S24).

    Raises ConfigurationError.
    """
    if insecure_localhost:
        _require_loopback(settings.web_host)
        return People(is_open=True)
    if settings.users is not None:
        read_users(settings.users)
    return People(token=settings_to_token(settings), file=UsersFile(path=settings.users))


def _require_loopback(host: str) -> None:
    if not is_loopback(host):
        raise ConfigurationError("--insecure-localhost 不需要登录，只能与本机地址（127.0.0.1）同用", EXIT_SETTINGS)


def settings_to_token(settings: Settings) -> str:
    """The token of the settings; none where there are users; on loopback alone, one made for this run and printed.

    Raises ConfigurationError.
    """
    given = settings.web_token.get_secret_value()
    if given or settings.users is not None:
        return given
    if not is_loopback(settings.web_host):
        raise ConfigurationError(
            "看板对外提供服务时必须设置 GOUJI_USERS（用户文件）或 GOUJI_WEB_TOKEN（登录令牌）。", EXIT_SETTINGS
        )
    made = secrets.token_urlsafe(24)
    address = f"http://{settings.web_host}:{settings.web_port}/?token={made}"
    print(f"看板：{address}", file=sys.stderr)  # noqa: T201 - the only place where this token is told
    return made


def address_to_origin(address: str) -> str:
    """Scheme, host and port, as a policy of browsers names them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if address else ""


def is_loopback(host: str) -> bool:
    """Does this name mean this machine only?"""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def settings_to_site(settings: Settings, people: People, context: Context, dispatcher: Dispatcher) -> Site:
    """What the pages may use."""
    return Site(
        context=context,
        again=lambda ref: dispatcher.again(context, ref),
        metrics=lambda: render_metrics(context, dispatcher.client),
        health=lambda: health(context),
        people=people,
        presigner=address_to_presigner(settings.upload_url, settings.inbox_bucket),
        upload_origin=address_to_origin(settings.upload_url),
        version=version(),
        secure=settings.web_url.startswith("https://"),
        drop_command=f"{command()} submit 报告.pdf",
    )
