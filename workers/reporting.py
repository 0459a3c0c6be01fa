"""Reports of our own bugs to Sentry, where a DSN is set; otherwise nothing is loaded and nothing is sent.

What leaves is built anew from a short list: the exception's type and stable code, the places in our own code, release,
process, environment. No message, argument, local variable, key, request, user, host or breadcrumb can be in it, because
nothing but that list is copied.
"""

from __future__ import annotations

import re
from typing import Any

from workers.config import Settings, version

OURS = ("parsers", "tasks", "workers")
"""Frames of these packages are told; of all others, not even the name."""

_CODE = re.compile(r"[A-Z][A-Z0-9_]{2,39}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.<>]{0,199}")

Event = dict[str, Any]


def configure(settings: Settings, process: str) -> bool:
    """Start reporting if the settings name a DSN; True if so. Call it after log.configure, before the first work."""
    if not settings.sentry_dsn:
        return False
    import sentry_sdk
    from sentry_sdk.integrations.celery import CeleryIntegration
    from sentry_sdk.integrations.dedupe import DedupeIntegration
    from sentry_sdk.integrations.excepthook import ExcepthookIntegration
    from sentry_sdk.integrations.threading import ThreadingIntegration

    sentry_sdk.init(
        dsn=settings.sentry_dsn,
        release=f"gouji@{version()}",
        environment=settings.environment,
        server_name="",
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            CeleryIntegration(propagate_traces=False),
            DedupeIntegration(),
            ExcepthookIntegration(),
            ThreadingIntegration(propagate_scope=False),
        ],
        before_send=lambda event, hint: scrub(event, hint, process),  # type: ignore[arg-type, return-value] # its Event is a TypedDict
        before_send_transaction=lambda _event, _hint: None,
        # this SDK's successor of send_default_pii=False and include_local_variables=False, which it calls deprecated
        data_collection={
            "user_info": False,
            "cookies": {"mode": "off"},
            "http_headers": {"request": {"mode": "off"}},
            "http_bodies": [],
            "url_query_params": {"mode": "off"},
            "database_query_data": False,
            "queues": False,
            "stack_frame_variables": False,
            "frame_context_lines": 0,
        },
        include_local_variables=False,
        spotlight=False,  # the variable SENTRY_SPOTLIGHT would send a second copy elsewhere
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        traces_sample_rate=None,
        enable_logs=False,
        enable_metrics=False,
    )
    return True


def report(error: BaseException) -> None:
    """Tell of a bug that was caught (and turned into a quarantine, say). Does nothing when reporting is off."""
    import sentry_sdk

    if sentry_sdk.is_initialized():
        sentry_sdk.capture_exception(error)


def scrub(event: Event, hint: dict[str, Any], process: str) -> Event | None:
    """A new event with nothing but the allowed fields; None for what is no exception (messages, logs)."""
    hint.pop("attachments", None)  # the SDK would send them beside the event
    values = (event.get("exception") or {}).get("values") or []
    if not values:
        return None
    tags = {"process": process, **_hint_to_tags(hint)}
    kept = ("event_id", "timestamp", "level", "platform", "release", "environment")
    return {name: event[name] for name in kept if name in event} | {
        "exception": {"values": [_exception(value) for value in values]},
        "tags": tags,
    }


def _exception(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames") or []
    kept = [_frame(frame) for frame in frames if str(frame.get("module", "")).partition(".")[0] in OURS]
    found: dict[str, Any] = {"type": _name(value.get("type")), "module": _name(value.get("module"))}
    return found | ({"stacktrace": {"frames": kept}} if kept else {})


def _frame(frame: dict[str, Any]) -> dict[str, Any]:
    line = frame.get("lineno")
    return {
        "module": _name(frame.get("module")),
        "function": _name(frame.get("function")),
        "lineno": line if isinstance(line, int) else 0,
        "in_app": True,
    }


def _name(value: object) -> str | None:
    """The name of something in code; whatever does not look like one stays here."""
    return value if isinstance(value, str) and _NAME.fullmatch(value) else None


def _hint_to_tags(hint: dict[str, Any]) -> dict[str, str]:
    """The stable code of our own exceptions (JUDGE_BUG, ENCRYPTED, …)."""
    found = hint.get("exc_info")
    code = getattr(found[1], "code", None) if found else None
    return {"code": code} if isinstance(code, str) and _CODE.fullmatch(code) else {}
