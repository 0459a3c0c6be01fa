"""Stories: what happens to a document of each kind, from its upload until everything is quiet.

A story is told to a machine and a life; wherever that life ends, the machine must come to the same end as without it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from urllib.parse import quote_plus

from parsers.model.document import Document
from parsers.model.errors import DocumentError, NeedsOfficeError
from parsers.model.source import Kind
from tasks.ports.poster import Answer, Endpoint
from tests.make.archive import to_zip
from tests.tasks import remembered
from tests.tasks.life import Life
from tests.tasks.machine import INBOX, Machine
from tests.tasks.worlds import TEXT
from workers.corpus.formats import FORMATS
from workers.corpus.write import seed_to_reports

IMAGE = b"\x89PNG\r\n\x1a\n"
"""A picture that cannot be opened: it is quarantined."""

LAST_YEAR = TEXT.replace(b"2023", b"2022")
CORRECTED = TEXT + "主动公开信息4条。\n".encode()

SEED = 5

Tell = Callable[[Machine, Life], None]


@dataclass(frozen=True, slots=True)
class Story:
    """`tell` lets it happen. `open_past`: what was replaced or removed meanwhile may have been finished or not.

    Then only what stands is compared, by what is said of it alone.
    """

    name: str
    tell: Tell
    versioned: bool = False
    open_past: bool = False


def to_event(key: str, etag: str = "", *, raw: bool = True) -> bytes:
    """What a bucket says of a new object: its key as it is, as Ceph does, or encoded, as AWS does."""
    source = "ceph:s3" if raw else "aws:s3"
    found = {"bucket": {"name": INBOX}, "object": {"key": key if raw else quote_plus(key), "eTag": etag}}
    return json.dumps({"Records": [{"eventSource": source, "eventName": "ObjectCreated:Put", "s3": found}]}).encode()


def file(machine: Machine, life: Life, key: str, data: bytes) -> None:
    """Uploaded, told of, and worked on; where the process dies of it, another one comes before anything else does."""
    machine.upload(key, data)
    machine.event(to_event(key), life)
    machine.settle(life)
    if life.dead:
        machine.settle()


@cache
def made(name: str, *, faulty: bool = False) -> bytes:
    """A made report in this format; with a fault, what it says of its pages is drawn."""
    formats = tuple(format_ for format_ in FORMATS if format_.name == name)
    return next(seed_to_reports(1, SEED, formats, float(faulty))).content


def one(key: str, data: Callable[[], bytes]) -> Tell:
    """One document and nothing else."""
    return lambda machine, life: file(machine, life, key, data())


def _reads_first(machine: Machine, first: Callable[[], object]) -> None:
    """When a document is read for the first time, that happens meanwhile."""
    left = [first]

    def read(data: bytes) -> Document:
        if left:
            left.pop()()
        return remembered.read(data)

    machine.read = read


def _replaced_meanwhile(machine: Machine, life: Life) -> None:
    _reads_first(machine, lambda: machine.upload("a.txt", TEXT + b"\n"))
    file(machine, life, "a.txt", TEXT)


def _removed_meanwhile(machine: Machine, life: Life) -> None:
    _reads_first(machine, lambda: machine.remove("a.txt"))
    machine.upload("b.txt", TEXT)
    file(machine, life, "a.txt", TEXT)


def _removed_before(machine: Machine, life: Life) -> None:
    machine.upload("a.txt", TEXT)
    machine.event(to_event("a.txt"), life)
    machine.remove("a.txt")
    machine.settle(life)


def _two_years(machine: Machine, life: Life) -> None:
    """Last year's comes later, and this year's is compared with it anew."""
    file(machine, life, "2023/甲.txt", TEXT)
    file(machine, life, "2022/甲.txt", LAST_YEAR)


def _corrected(machine: Machine, life: Life) -> None:
    """A second version of a report that is done."""
    file(machine, life, "甲.txt", TEXT)
    file(machine, life, "甲.txt", CORRECTED)


def _office(machine: Machine, life: Life) -> None:
    """What needs an office program goes through its queue; what it makes is read like any other."""

    def needs(_data: bytes) -> Document:
        raise NeedsOfficeError(Kind.DOC, "这是 DOC。")

    machine.read, machine.read_office = needs, remembered.read
    file(machine, life, "a.doc", TEXT)


def _crashing(times: int) -> Tell:
    """The child dies so often, then reads: twice through the queue apart; the third time it is quarantined."""

    def tell(machine: Machine, life: Life) -> None:
        def read(data: bytes) -> Document:
            attempts = machine.results("_attempts/").values()
            if sum(b'"measured"' in attempt for attempt in attempts) < times:
                raise DocumentError("CHILD_CRASHED", "读取时崩溃。", "请检查文件。")
            return remembered.read(data)

        machine.read = read
        file(machine, life, "a.txt", TEXT)

    return tell


def _receiver_down(machine: Machine, life: Life) -> None:
    """The receiver fails twice, and is told by the sweep under the same id."""

    def answer(_endpoint: Endpoint, message_id: str, _body: bytes) -> Answer:
        tries = sum(posted.id == message_id for posted in machine.poster.posted)
        return Answer(status=500 if tries <= 2 else 204)

    machine.poster.answering = answer
    file(machine, life, "a.txt", TEXT)


def _receiver_gone(machine: Machine, life: Life) -> None:
    """The receiver does not want to be told: a dead letter."""
    machine.poster.answering = lambda *_: Answer(status=410)
    file(machine, life, "a.txt", TEXT)


def _strange_event(machine: Machine, life: Life) -> None:
    """A body that is no event is kept for a person; the file is found without one."""
    machine.upload("a.txt", TEXT)
    machine.upload("空目录/", b"")
    machine.event(b'{"what": "is this"}', life)
    machine.settle(life)


def _retried(machine: Machine, life: Life) -> None:
    """An operator has a quarantined one tried again."""
    file(machine, life, "a.png", IMAGE)
    machine.again("a.png", life)
    machine.settle(life)


def _judged_again(machine: Machine, life: Life) -> None:
    """An operator has a finished one read anew."""
    file(machine, life, "a.txt", TEXT)
    machine.again("a.txt", life)
    machine.settle(life)


def _ledger_lost(machine: Machine, life: Life) -> None:
    """Redis forgets everything while the document waits."""
    machine.upload("a.txt", TEXT)
    machine.event(to_event("a.txt"), life)
    machine.wipe_ledger()
    machine.settle(life)


MEMBERS = {"甲局.txt": TEXT, "乙局/年报.txt": TEXT + b"\n", "坏.png": IMAGE}

SAME_WAY = ("pdf", "docx", "html", "ofd", "xlsx")
"""Formats whose reports without a finding leave the same side effects as a text."""

STORIES = (
    Story("text", one("2023/铜官区 住建局.txt", lambda: TEXT)),
    *(Story(name, one(f"a.{name}", partial(made, name))) for name in SAME_WAY),
    Story("pdf-with-findings", one("a.pdf", lambda: made("pdf", faulty=True))),
    Story("zip-with-members", one("全部.zip", lambda: to_zip(MEMBERS))),
    Story("quarantined", one("a.png", lambda: IMAGE)),
    Story("zero-bytes", one("a.txt", lambda: b"")),
    Story("replaced-meanwhile", _replaced_meanwhile, open_past=True),
    Story("replaced-meanwhile-with-versions", _replaced_meanwhile, versioned=True),
    Story("removed-meanwhile", _removed_meanwhile, open_past=True),
    Story("removed-before", _removed_before),
    Story("two-years-compared", _two_years),
    Story("corrected", _corrected),
    Story("corrected-with-versions", _corrected, versioned=True),
    Story("through-the-office-queue", _office),
    Story("child-crashes-twice", _crashing(2)),
    Story("child-crashes-always", _crashing(99)),
    Story("receiver-down", _receiver_down),
    Story("receiver-gone", _receiver_gone),
    Story("strange-event-and-folder", _strange_event),
    Story("retried-by-operator", _retried),
    Story("read-anew-by-operator", _judged_again),
    Story("ledger-lost", _ledger_lost),
)
