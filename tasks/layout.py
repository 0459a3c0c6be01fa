"""Names of the objects in the results bucket (DESIGN 5.3). The only place that spells them."""

from __future__ import annotations

import hashlib

MAX_COPY_KEY = 900
"""A key longer than this many bytes gets its copy for people under _keys/."""

MAX_SEGMENT = 600
"""A name longer than this many bytes is replaced by its hash inside a key."""

SUBMISSIONS = "_submissions/"
OUTBOX = "_outbox/"
"""Deliveries that wait: <id>.<receiver>.<due>.json, so that one listing says what is due and for whom."""

DEAD = "_outbox_dead/"
SENT = "_outbox_sent/"
OUTBOX_LOG = "_outbox_log/"
"""Settled deliveries, newest first: empty objects whose names are all there is to know."""

RECEIVERS = "_outbox_receivers/"
ATTEMPTS = "_attempts/"
INDEX = "_index/"
AUDIT = "_audit/"
ACROSS = "_across/"
"""Notes that a job is to be compared with its neighbours: <job>/<who caused it>."""

AGAIN = "_again/"
"""What an operator asked to be read once more, by job: the sweep brings back what lies, the worker takes it away."""

EVENTS = "_events/"
"""Events of unknown shape, kept for a person."""

DONE = "done.json"
RUN = "run.json"
CURRENT = "current.json"
QUARANTINE = "quarantine.json"
MEMBERS = "members.json"


def submission(job: str, judge_digest: str, name: str) -> str:
    """An immutable result file of this job under this judge."""
    return f"{SUBMISSIONS}{job}/{judge_digest}/{name}"


def done(job: str) -> str:
    """The terminal marker of a job that was published; written last."""
    return f"{SUBMISSIONS}{job}/{DONE}"


def again(job: str) -> str:
    """The note that this job is to be read once more."""
    return f"{AGAIN}{job}"


def quarantine(job: str) -> str:
    """The terminal marker of a job that could not be processed."""
    return f"{SUBMISSIONS}{job}/{QUARANTINE}"


def members(job: str) -> str:
    """What a ZIP contains; written before its members are sent, so that the sweep knows them."""
    return f"{SUBMISSIONS}{job}/{MEMBERS}"


def document(content_sha256: str, reader_digest: str) -> str:
    """What the readers made of this content: shared by every submission of the same bytes."""
    return f"_documents/{content_sha256}/{reader_digest}.json.gz"


def second_document(content_sha256: str, reader_digest: str) -> str:
    """What the second reader made of this content, where it was asked."""
    return f"_documents/{content_sha256}/{reader_digest}.second.json.gz"


def index(agency_key: str, year: int | None, job: str) -> str:
    """Where an agency's report of a year is found."""
    return f"{INDEX}{_segment(agency_key)}/{year or 'unknown'}/{job}"


def across_note(job: str, cause: str) -> str:
    """The note that this job is to be compared, because of that outcome."""
    return f"{ACROSS}{job}/{cause}"


def index_of(agency_key: str) -> str:
    """Where all reports of an agency are found, each under <year>/<job>."""
    return f"{INDEX}{_segment(agency_key)}/"


def _segment(name: str) -> str:
    """One readable segment of a key; a very long name gives way to its hash."""
    readable = name.replace("%", "%25").replace("/", "%2F")
    return readable if len(readable.encode()) <= MAX_SEGMENT else hashlib.sha256(name.encode()).hexdigest()


def copy_prefix(key: str) -> str:
    """The folder in which people find the results of this upload key."""
    if key.startswith("_") or len(key.encode()) > MAX_COPY_KEY:
        return f"_keys/{hashlib.sha256(key.encode()).hexdigest()}/"
    return f"{key}/"


def attempt(job: str, number: int) -> str:
    """One attempt at reading; the numbers count from 1 and sort as text."""
    return f"{ATTEMPTS}{job}/{number:04d}.json"
