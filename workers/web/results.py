"""A submission's results as they stand in the buckets. The record is read here, never the copy for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from parsers.model.across import Across
from parsers.model.files import json_to_value
from parsers.model.outcome import Findings
from parsers.model.report import Report
from tasks import layout
from tasks.ports.store import StoredObject
from tasks.records import Done, Quarantine
from workers.web.site import Site

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What is known of a job: the marker it ended with, and the values of the newest judging.

    `is_foreign` says that the files were written by a version whose form we cannot read; they can still be downloaded.
    """

    done: Done | None = None
    quarantine: Quarantine | None = None
    report: Report | None = None
    findings: Findings | None = None
    across: Across | None = None
    is_foreign: bool = False


def load(site: Site, job: str) -> Results:
    """The markers first: they say which judging is valid."""
    try:
        return _load(site, job)
    except msgspec.MsgspecError:
        return Results(is_foreign=True)


def _load(site: Site, job: str) -> Results:
    quarantine = _read(site, layout.quarantine(job), Quarantine)
    done = _read(site, layout.done(job), Done)
    if done is None:
        return Results(quarantine=quarantine)
    return Results(
        done=done,
        quarantine=quarantine,
        report=_read(site, layout.submission(job, done.judge_digest, "report.json"), Report),
        findings=_read(site, layout.submission(job, done.judge_digest, "findings.json"), Findings),
        across=_across(site, done),
    )


def _across(site: Site, done: Done) -> Across | None:
    """What the report's neighbours told of it, once they were compared."""
    folder = next((made.folder for made in done.files if made.name == "across.json"), None)
    if folder is None:
        return None
    return _read(site, layout.submission(done.job, done.judge_digest, f"{folder}across.json"), Across)


def _read(site: Site, key: str, kind: type[T]) -> T | None:
    data = site.context.store.get(site.context.results, key)
    return None if data is None else json_to_value(data, kind)


def objects_of(site: Site, job: str) -> tuple[StoredObject, ...]:
    """Every result object of this job, by name."""
    return tuple(site.context.store.walk(site.context.results, f"{layout.SUBMISSIONS}{job}/"))
