"""PDF files by hand: objects in, a file with right cross references out, so that each attack is one line."""

from __future__ import annotations

import zlib

Objects = dict[int, bytes]
"""Number and body of each object; 1 is the catalog, 2 the page tree, 3 the page, 4 its content, 5 a plain font."""

HEADER = b"%PDF-1.7\n"

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"

TEXT = b"BT /F 12 Tf 100 700 Td (report 12) Tj ET\n"
"""What a person sees on a page that is otherwise made to hurt."""


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A stream as it stands, with more entries in its dictionary."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more, content)


def flate(content: bytes, more: bytes = b"", times: int = 1) -> bytes:
    """A stream packed so many times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter[%s]%s" % (b"/FlateDecode" * times, more))


def page(contents: bytes = b"4 0 R", resources: bytes = b"", more: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    """A page with the plain font as /F."""
    return b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents %s/Resources<</Font<</F 5 0 R/G 6 0 R>>%s>>%s>>" % (
        box,
        contents,
        resources,
        more,
    )


def one_page(content: bytes, objects: Objects | None = None, **page_parts: bytes) -> bytes:
    """A file of one page with this content (a stream, unless it is plain operators) and more objects."""
    body = content if content.startswith(b"<<") else stream(content)
    return file(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: page(**page_parts)}
        | {4: body, 5: FONT}
        | (objects or {})
    )


def file(objects: Objects, trailer: bytes = b"", start: bytes = HEADER) -> bytes:
    """The file of these objects: body, table of cross references, trailer."""
    parts, places, at = [start], {}, len(start)
    for number, body in sorted(objects.items()):
        part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        places[number] = at
        parts.append(part)
        at += len(part)
    size = max(objects) + 1
    rows = [b"0000000000 65535 f \n"]
    rows += [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 00000 f \n" for n in range(1, size)]
    return b"%sxref\n0 %d\n%strailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        b"".join(parts),
        size,
        b"".join(rows),
        size,
        trailer,
        at,
    )


def with_update(original: bytes, objects: Objects, trailer: bytes = b"") -> bytes:
    """A second version appended to a file: these objects stand for those of the same numbers."""
    before = int(original.rsplit(b"startxref\n", 1)[1].split(b"\n", 1)[0])
    parts, rows, at = [original], [], len(original)
    for number, body in sorted(objects.items()):
        part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        rows.append(b"%d 1\n%010d 00000 n \n" % (number, at))
        parts.append(part)
        at += len(part)
    return b"%sxref\n%strailer<</Root 1 0 R/Size 100/Prev %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        b"".join(parts),
        b"".join(rows),
        before,
        trailer,
        at,
    )
