"""PDFs of reliability.md section 7, 1 to 11: streams that unpack without end, references and page trees that lie."""

from __future__ import annotations

from functools import partial

from tests.hostile.entry import BROKEN, OUT_OF_MEMORY, UNREAD, Entry
from tests.hostile.packing import deflated, lzw, run_lengths
from tests.hostile.pdf_file import FONT, HEADER, TEXT, Objects, file, flate, one_page, page, stream, with_update

_MB = 1_000_000

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def packed(content: bytes, filters: bytes = b"/FlateDecode", more: bytes = b"") -> bytes:
    """A page whose content is packed so."""
    return one_page(stream(content, b"/Filter[%s]%s" % (filters, more)))


def blanks(size: int) -> bytes:
    """A page whose content unpacks to so many blanks."""
    return packed(deflated(b" ", size))


def twice_packed(size: int) -> bytes:
    """The same, packed twice: three thousand bytes."""
    return one_page(
        flate(deflated(b" ", size), b"").replace(b"/Filter[/FlateDecode]", b"/Filter[/FlateDecode/FlateDecode]")
    )


def with_predictor() -> bytes:
    """Rows of a thousand million columns."""
    parms = b"/DecodeParms<</Predictor 12/Columns 1000000000/Colors 4/BitsPerComponent 16>>"
    return one_page(flate(TEXT, parms))


def with_object_stream(count: int) -> bytes:
    """A million objects in one packed stream, of which the page needs the last."""
    numbers = b"".join(b"%d 0 " % (100 + i) for i in range(1000))
    content = deflated(numbers, count * 6)
    members = stream(content, b"/Filter/FlateDecode/Type/ObjStm/N %d/First %d" % (count, count * 6))
    return cross_stream(
        {
            1: CATALOG,
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: page(more=b"/Extra 100 0 R"),
            4: stream(TEXT),
            5: FONT,
            6: members,
        },
        b"/W[1 4 2]/Index[0 7 100 1]/Size 101",
        [(2, 6, 0)],
    )


def cross_stream(objects: Objects, more: bytes, others: list[tuple[int, int, int]]) -> bytes:
    """A file whose cross references are a stream (ISO 32000-1, 7.5.8); `others` are rows after those of the objects."""
    parts, rows, at = [HEADER], [(0, 0, 65535)], len(HEADER)
    for number, body in sorted(objects.items()):
        part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        rows.append((1, at, 0))
        parts.append(part)
        at += len(part)
    table = b"".join(k.to_bytes(1, "big") + p.to_bytes(4, "big") + g.to_bytes(2, "big") for k, p, g in [*rows, *others])
    cross = b"90 0 obj\n%s\nendobj\n" % stream(table, b"/Type/XRef/Root 1 0 R%s" % more)
    return b"".join(parts) + cross + b"startxref\n%d\n%%%%EOF\n" % at


def wide_cross_stream() -> bytes:
    """Cross references of eight bytes each for a million million objects."""
    objects = {1: CATALOG, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: page(), 4: stream(TEXT), 5: FONT}
    return cross_stream(objects, b"/W[8 8 8]/Index[0 1000000000000]/Size 1000000000000", [])


def counted_cross(count: int) -> bytes:
    """A table of cross references that claims so many objects."""
    return one_page(TEXT).replace(b"xref\n0 6\n", b"xref\n0 %d\n" % count)


def looping_prev() -> bytes:
    """The version before this one is this one."""
    plain = one_page(TEXT)
    at = plain.rindex(b"xref\n0 6")
    return plain.replace(b"trailer<</Root 1 0 R", b"trailer<</Prev %d/Root 1 0 R" % at)


def looping_pair() -> bytes:
    """Two versions, each the one before the other."""
    first = one_page(TEXT).replace(b"trailer<</Root", b"trailer<</Prev 0000000000/Root")
    both = with_update(first, {7: b"null"})
    return both.replace(b"/Prev 0000000000", b"/Prev %010d" % int(both.rsplit(b"startxref\n", 1)[1].split(b"\n")[0]), 1)


def tree(kids: Objects, root: bytes = b"<</Type/Pages/Kids[7 0 R]/Count 1>>") -> bytes:
    """A file with this page tree; object 3 is its page."""
    return file({1: CATALOG, 2: root, 3: page(), 4: stream(TEXT), 5: FONT} | kids)


def deep_tree(depth: int) -> bytes:
    """A page under so many nodes."""
    last = 7 + depth
    nodes = {7 + i: b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (6 + i or 2, 8 + i) for i in range(depth)}
    return tree(nodes | {last: page()})


def shared_tree(depth: int) -> bytes:
    """Nodes that each hold the next one twice: 2 to the power of `depth` pages, if one believes it."""
    nodes = {
        7 + i: b"<</Type/Pages/Parent 2 0 R/Kids[%d 0 R %d 0 R]/Count %d>>" % (8 + i, 8 + i, 1 << (depth - i))
        for i in range(depth)
    }
    return tree(nodes | {7 + depth: page()}, b"<</Type/Pages/Kids[7 0 R]/Count %d>>" % (1 << depth))


def counted(count: int) -> bytes:
    """One page, said to be so many."""
    return tree({}, b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count)


def two_pages() -> bytes:
    """Two pages, of which the tree counts one: viewers differ."""
    return tree({7: page()}, b"<</Type/Pages/Kids[3 0 R 7 0 R]/Count 1>>")


def packed_pages() -> bytes:
    """The same; the second page lies in an object stream."""
    second = page()
    members = flate(b"7 0 " + second, b"/Type/ObjStm/N 1/First 4")
    objects = {
        1: CATALOG,
        2: b"<</Type/Pages/Kids[3 0 R 7 0 R]/Count 1>>",
        3: page(),
        4: stream(TEXT),
        5: FONT,
        6: members,
    }
    return cross_stream(objects, b"/W[1 4 2]/Index[0 8]/Size 91", [(2, 6, 0)])


def many_pages(count: int) -> bytes:
    """So many empty pages."""
    kids = b" ".join(b"%d 0 R" % (10 + i) for i in range(count))
    each = {10 + i: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>" for i in range(count)}
    return file({1: CATALOG, 2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)} | each)


ENTRIES = (
    Entry("1", "200 MB of blanks in one Flate", partial(blanks, 200 * _MB), ends=UNREAD),
    Entry("2", "1.5 GB of blanks in one Flate", partial(blanks, 1500 * _MB), ends=OUT_OF_MEMORY),
    Entry("3", "1.5 GB of blanks in two Flates", partial(twice_packed, 1500 * _MB), ends=OUT_OF_MEMORY),
    Entry("4a", "LZW", lambda: packed(lzw(100 * _MB), b"/LZWDecode"), ends=UNREAD),
    Entry(
        "4b",
        "RunLength in Flate",
        lambda: packed(deflated(run_lengths(1 << 20), 2 * _MB), b"/FlateDecode/RunLengthDecode"),
        ends=UNREAD,
    ),
    Entry(
        "4c",
        "ASCII85 in Flate",
        lambda: packed(deflated(b"z", 200 * _MB), b"/FlateDecode/ASCII85Decode"),
        ends=OUT_OF_MEMORY,
    ),
    Entry("4d", "eight filters", lambda: one_page(flate(b" " * _MB, times=8)), ends=UNREAD, quick=True),
    Entry("5", "predictor of 10^9 columns", with_predictor, quick=True),
    Entry("6", "object stream of a million", partial(with_object_stream, _MB)),
    Entry("7", "cross-reference stream for 10^12", wide_cross_stream),
    Entry("8", "cross references for 10^9", partial(counted_cross, 1000 * _MB), quick=True),
    Entry("9a", "version before itself", looping_prev, quick=True),
    Entry("9b", "two versions before each other", looping_pair, quick=True),
    Entry("10a", "page tree 5,000 deep", partial(deep_tree, 5000), ends=BROKEN, quick=True),
    Entry(
        "10b",
        "page tree that names itself",
        lambda: tree({}, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        ends=BROKEN,
        quick=True,
    ),
    Entry("10c", "shared page tree of 2^24 pages", partial(shared_tree, 24), ends=BROKEN, quick=True),
    Entry("10d", "page count of -1", partial(counted, -1), quick=True),
    Entry("10e", "page count of 10^9", partial(counted, 1000 * _MB), quick=True),
    Entry("10f", "page count of 2, one page", partial(counted, 2), ends=BROKEN, quick=True),
    Entry(
        "10g",
        "page tree that holds itself beside a page",
        lambda: tree({}, b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>"),
        ends=BROKEN,
        quick=True,
    ),
    Entry("10h", "shared page tree of 2^9 pages", partial(shared_tree, 9), quick=True),
    Entry("10i", "two pages, said to be one", two_pages, problems=("LIMIT_PAGES",), quick=True),
    Entry("10j", "the same, packed", packed_pages, problems=("LIMIT_PAGES",), quick=True),
    Entry("11", "100,000 pages", partial(many_pages, 100_000), ends=("TOO_MANY_PAGES",)),
)
