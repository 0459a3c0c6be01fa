"""What is fuzzed: our own parsers, one function each, with what it begins from.

A target returns how far it came, so that a test can see that the seeds get past the first look at a header. Only what
is not one of the answers that a parser promises leaves it.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from parsers.model.errors import DocumentError
from parsers.model.source import Kind, Source
from parsers.readers import archive, ofd
from parsers.readers.grid import TooManyRulesError, rules_to_grids
from parsers.readers.packed import Packed
from parsers.readers.sniff import bytes_to_kind
from parsers.sections.naming import name_to_problems
from parsers.text.numerals import Unit, chinese_to_number, has_note_mark, raw_to_reading, to_short
from tasks import layout
from tasks.messages import SubmissionRef
from tests.hostile import doc, ooxml, web, workbook
from tests.hostile import ofd as ofd_files
from tests.hostile.zip_file import Member, to_zip, unpacked
from workers.intake.events import UnknownShapeError, body_to_hints
from workers.web.present.text import attachment, visible

REFUSED = "refused"
"""How far a target came when the parser gave one of its promised refusals."""

APART = b"\n----\n"
"""Stands between the members of an OFD in a seed: a fuzzer that changed a ZIP itself would never pass its checksums."""

RULE = struct.Struct("<3f")


def sniff(data: bytes) -> str:
    """The kind; every claim is asked, and two for one file would be a bug."""
    return bytes_to_kind(data).value


def zip_guard(data: bytes) -> str:
    """Every member of a container, and the list of them as an archive of reports."""
    try:
        packed = Packed(data)
        sizes = [len(packed.read(name)) + len(packed.head(name, 64)) for name in packed.names]
        archive.read(data, _source(data, Kind.ZIP))
    except DocumentError as error:
        return f"{REFUSED} {error.code}"
    return f"read {min(len(sizes), 1)}"


def ofd_reader(data: bytes) -> str:
    """A whole OFD, from its members' text."""
    parts = data.split(APART)
    names = (ofd_files.PAGE, ofd_files.DOCUMENT, "OFD.xml", "Doc_0/Tpls/Tpl_0/Content.xml", "Doc_0/Res.xml")
    sound = unpacked(ofd_files.small())
    members = {**sound, **dict(zip(names, parts, strict=False))}
    made = to_zip(Member(name, text) for name, text in members.items())
    try:
        document = ofd.read(made, _source(made, Kind.OFD))
    except DocumentError as error:
        return f"{REFUSED} {error.code}"
    return f"read {min(len(document.blocks), 1)}"


def event_shapes(data: bytes) -> str:
    """The hints of an event's body."""
    try:
        hints = body_to_hints(data)
    except UnknownShapeError:
        return REFUSED
    return hints[0].kind.value if hints else "none"


def key_decoding(data: bytes) -> str:
    """A key as it comes in an event, and all that is made of it: identity, folder, name on a page, name of a file."""
    text = data.decode("utf-8", "replace").replace('"', "'").replace("\\", "/")
    place = f'{{"bucket":{{"name":"b"}},"object":{{"key":"{text}"}}}}'
    body = f'{{"Records":[{{"eventName":"ObjectCreated:Put","s3":{place}}}]}}'
    try:
        (hint,) = body_to_hints(body.encode())
    except UnknownShapeError:
        return REFUSED
    for key in (hint.key, hint.raw_key):
        _require_safe(key)
    return "other reading" if hint.key != hint.raw_key else "same"


def _require_safe(key: str) -> None:
    """What no key may bring about. Raises AssertionError."""
    ref = SubmissionRef(bucket="b", key=key, etag="e", size=1)
    assert len(ref.job) == hashlib.sha256().digest_size * 2
    assert visible(visible(key)) == visible(key)
    assert not any(ord(letter) < ord(" ") for letter in visible(key) + attachment(key))
    assert layout.copy_prefix(key).endswith("/")
    assert not key.startswith("_") or layout.copy_prefix(key).startswith("_keys/")
    name_to_problems(key, Kind.PDF)
    archive._decoded(key)


def grid_builder(data: bytes) -> str:
    """Rules to grids: half of the numbers across, half down."""
    rules = [RULE.unpack_from(data, at) for at in range(0, len(data) - RULE.size + 1, RULE.size)]
    known = [(p, min(a, b), max(a, b)) for p, a, b in rules if all(abs(n) < 1e6 for n in (p, a, b))]
    try:
        grids = rules_to_grids(known[::2], known[1::2])
    except TooManyRulesError:
        return REFUSED
    for grid in grids:
        _require_whole(grid.owner, len(grid.cells))
    return f"grid of {min(len(grids[0].cells), 2)}" if grids else "none"


def _require_whole(owner: list[list[int]], cells: int) -> None:
    """Every square has a cell that exists, and every cell a square."""
    found = {index for row in owner for index in row if index >= 0}
    assert found == set(range(cells))


def numerals(data: bytes) -> str:
    """What stands in a cell, as a number or as a doubt."""
    text = data.decode("utf-8", "replace")
    has_note_mark(text)
    chinese_to_number(text)
    status, value, suggested = raw_to_reading(text, Unit.COUNT)
    raw_to_reading(text, Unit.CHANGE)
    for unit in Unit:
        raw_to_reading(text, unit)
    if isinstance(value, Decimal):
        to_short(value)
    return f"{status.value} {suggested is not None}"


def _source(data: bytes, kind: Kind) -> Source:
    return Source(sha256="0" * 64, kind=kind, bytes=len(data))


@dataclass(frozen=True, slots=True)
class Target:
    """One harness: its function, its seeds, and how far the seeds must come.

    `most`: bytes of an input; `module`: ours that it is about, whose lines are counted.
    """

    name: str
    run: Callable[[bytes], str]
    seeds: Callable[[], tuple[bytes, ...]]
    reaches: tuple[str, ...]
    module: str
    most: int = 4_096


def _small_files() -> tuple[bytes, ...]:
    quick = (*ooxml.ENTRIES, *ofd_files.ENTRIES, *doc.ENTRIES, *web.ENTRIES, *workbook.ENTRIES)
    made = (entry.build() for entry in quick if entry.quick)
    return (*(data for data in made if len(data) <= 12_000), *(sign + b" " * 99 for sign in SIGNS))


MULTIPART = (
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n"
    b"--a\nContent-Type: text/html\n\n<p>12</p>\n--a--\n"
)
SIGNS = (b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"{\\rtf1 ", MULTIPART, b"PK\x03\x04")


def _ofd_seeds() -> tuple[bytes, ...]:
    sound = unpacked(ofd_files.small())
    report = unpacked(ofd_files.report())
    odd = unpacked(ofd_files._odd_numbers())
    drawn = unpacked(ofd_files._self_drawing())
    names = (ofd_files.PAGE, ofd_files.DOCUMENT, "OFD.xml", "Doc_0/Tpls/Tpl_0/Content.xml")
    more = (
        drawn[ofd_files.PAGE],
        drawn[ofd_files.DOCUMENT],
        *(sound[name] for name in names[2:]),
        drawn["Doc_0/Res.xml"],
    )
    return (
        APART.join(sound[name] for name in names),
        APART.join(more),
        odd[ofd_files.PAGE],
        report[ofd_files.PAGE][:20_000],
    )


EVENTS = (
    b'{"Records":[{"eventName":"s3:ObjectCreated:Put","eventSource":"aws:s3","s3":{"bucket":{"name":"b"},"object":{"key":"a%2Bb+c.pdf","eTag":"\\"E\\"","size":1}}}]}',
    b'{"detail-type":"Object Created","detail":{"bucket":{"name":"b"},"object":{"key":"a b.pdf","etag":"e"}}}',
    b'{"Type":"Notification","Message":"{\\"Records\\":[]}"}',
    b'{"Event":"s3:TestEvent"}',
    b'{"Records":[{"eventName":"ObjectRemoved:Delete","s3":{"bucket":{"name":"b"},"object":{"key":"x"},"configurationId":"webhook-global"}}]}',
)
KEYS = (
    "2023/铜官区+住建局.pdf",
    "..%2F..%2fetc%2fpasswd",
    "%2e%2e/a.pdf",
    "a%00b",
    "\u202efdp.exe",
    "_submissions/x",
    "%ED%A0%80",
    "a\x1b[31m",
    "x" * 990,
)
NUMERALS = (
    "12",
    "1,234",
    "１２.５０",
    "十二",
    "三万五千",
    "二〇二三",
    "—",
    "无",
    "12（件）",
    "约 5",
    "1 2",
    "-3",
    "O",
    "9" * 5_000,
    "1e5",
    "0.00",
    "¹2",
    "12 34",
)
SQUARE = b"".join(RULE.pack(*rule) for n in (0.0, 50.0, 100.0) for rule in ((n, 0.0, 100.0), (n, 0.0, 100.0)))
LATTICE = b"".join(RULE.pack(*rule) for n in range(9) for rule in ((n * 20.0, 0.0, 160.0), (n * 20.0, 0.0, 160.0)))

TARGETS: tuple[Target, ...] = (
    Target(
        "sniff",
        sniff,
        _small_files,
        ("docx", "ofd", "xlsx", "html", "doc", "pdf", "zip", "mhtml"),
        "parsers.readers.sniff",
        12_000,
    ),
    Target(
        "zip_guard",
        zip_guard,
        _small_files,
        ("read 1", "refused ZIP_UNSAFE", "refused ZIP_BROKEN"),
        "parsers.readers.packed",
        12_000,
    ),
    Target("ofd_reader", ofd_reader, _ofd_seeds, ("read 1",), "parsers.readers.ofd_page", 24_000),
    Target("event_shapes", event_shapes, lambda: EVENTS, ("created", "removed", "none"), "workers.intake.events"),
    Target(
        "key_decoding",
        key_decoding,
        lambda: tuple(key.encode() for key in KEYS),
        ("same", "other reading"),
        "workers.intake.events",
    ),
    Target(
        "grid_builder", grid_builder, lambda: (SQUARE, LATTICE, SQUARE[:36]), ("grid of 2",), "parsers.readers.grid"
    ),
    Target(
        "numerals",
        numerals,
        lambda: tuple(text.encode() for text in NUMERALS),
        ("number False", "non_numeric True", "unreadable False"),
        "parsers.text.numerals",
        8_000,
    ),
)
"""Every harness, in the order in which it runs."""
