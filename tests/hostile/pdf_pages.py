"""PDFs of reliability.md section 7, 12 to 26: pages, operators, fonts and pictures that never end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.hostile.entry import OUT_OF_TIME, READ, UNREAD, Entry
from tests.hostile.packing import deflated
from tests.hostile.pdf_file import TEXT, Objects, one_page, stream

_SIDE = 60_000
"""Pixels of a picture's edge: 3.6 thousand million in all."""


def boxed(box: bytes, more: bytes = b"") -> bytes:
    """A page of this size."""
    return one_page(TEXT, box=box, more=more)


def repeated(operators: bytes, times: int, before: bytes = TEXT, after: bytes = b"") -> bytes:
    """A page that says the same again and again."""
    size = len(operators) * times
    content = deflated(operators, size)
    one = stream(content, b"/Filter/FlateDecode")
    return one_page(stream(before), {7: one, 8: stream(after)}, contents=b"[4 0 R 7 0 R 8 0 R]")


def form(content: bytes, calls: bytes) -> bytes:
    """A form with this content, which may call others."""
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<<%s>>>>" % calls)


def laughing_forms(levels: int, times: int) -> bytes:
    """Each form calls the next so many times."""
    forms = {10 + i: form(b"/X Do " * times, b"/X %d 0 R" % (11 + i)) for i in range(levels)}
    last = {10 + levels: form(b"0 0 9 9 re f", b"")}
    return one_page(TEXT + b"/X Do", forms | last, resources=b"/XObject<</X 10 0 R>>")


def calling(forms: Objects) -> bytes:
    """A page that calls form 10."""
    return one_page(TEXT + b"/X Do", forms, resources=b"/XObject<</X 10 0 R>>")


def tiled(step: bytes) -> bytes:
    """A square filled with a pattern of tiles of this size, on a page of a million points."""
    more = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep %s/YStep %s/Resources<<>>"
    tile = stream(b"0 0 .5 .5 re f", more % (step, step))
    content = TEXT + b"/Pattern cs /P scn 0 0 1000000 1000000 re f"
    return one_page(content, {10: tile}, resources=b"/Pattern<</P 10 0 R>>", box=b"0 0 14400 14400")


def shaded() -> bytes:
    """A mesh of half a million free triangles over the whole page."""
    triangle = b"\x00\x00\x00\x00\x00\xff\x00\x00\xff\xff\x00\xff\x00\xff\xff\xff\xff\xff"
    more = (
        b"/Filter/FlateDecode/ShadingType 4/ColorSpace/DeviceGray/BitsPerCoordinate 16/BitsPerComponent 8"
        b"/BitsPerFlag 8/Decode[0 595 0 842 0 1]"
    )
    mesh = stream(deflated(triangle, 9_000_000), more)
    return one_page(TEXT + b"/S sh", {10: mesh}, resources=b"/Shading<</S 10 0 R>>")


def typed_three(glyph: bytes) -> bytes:
    """Text in a font whose letters are drawings, with this one for every letter."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</a 11 0 R>>"
        b"/Encoding<</Type/Encoding/Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[10]"
        b"/Resources<</Font<</T 10 0 R>>>>>>"
    )
    content = TEXT + b"BT /T 12 Tf 100 600 Td (aaaa) Tj ET"
    return one_page(
        content, {6: b"null", 10: font, 11: stream(b"10 0 d0 " + glyph)}, resources=b"/Font<</F 5 0 R/T 10 0 R>>"
    )


def mapped(cmap: bytes, encoding: bytes = b"/WinAnsiEncoding", text: bytes = b"(12345)") -> bytes:
    """Text in a font with this table of what its codes mean."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding %s/ToUnicode 10 0 R>>" % encoding
    return one_page(TEXT + b"BT /G 12 Tf 100 600 Td %s Tj ET" % text, {6: font, 10: cmap})


def named_cmap(name: bytes) -> bytes:
    """Text in a composite font whose encoding is to be found under this name."""
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/%s/DescendantFonts[11 0 R]>>" % name
    kid = b"<</Type/Font/Subtype/CIDFontType0/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>>>"
    return one_page(TEXT + b"BT /G 12 Tf 100 600 Td <41424344> Tj ET", {6: font, 11: kid})


CMAP_HEAD = (
    b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CMapName/M def 1 "
    b"begincodespacerange<00><FF>endcodespacerange\n"
)


def many_ranges(count: int) -> bytes:
    """A table of so many ranges."""
    content = deflated(b"100 beginbfrange\n" + b"<00><FF><0041>\n" * 100 + b"endbfrange\n", count * 15)
    return mapped(stream(content, b"/Filter/FlateDecode"))


def font_file(content: bytes, more: bytes = b"") -> bytes:
    """Text in a font with this file embedded."""
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/AAAAAA+X/FirstChar 0/LastChar 0/Widths[500]/FontDescriptor 11 0 R>>"
    about = (
        b"<</Type/FontDescriptor/FontName/AAAAAA+X/Flags 4/FontBBox[0 0 9 9]/Ascent 9"
        b"/Descent 0/CapHeight 9/StemV 1/FontFile2 12 0 R>>"
    )
    return one_page(TEXT + b"BT /G 12 Tf 100 600 Td (abc) Tj ET", {6: font, 11: about, 12: stream(content, more)})


_DRAWN = b"q 595 0 0 842 0 0 cm /X Do Q "


def picture(filters: bytes, content: bytes, more: bytes = b"", operators: bytes = _DRAWN + TEXT) -> bytes:
    """A page with a picture of 60,000 by 60,000 pixels under its text."""
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1/ColorSpace/DeviceGray/Filter%s%s"
    return one_page(
        operators,
        {10: stream(content, head % (_SIDE, _SIDE, filters, more))},
        resources=b"/XObject<</X 10 0 R>>",
    )


def covered(filters: bytes, content: bytes) -> bytes:
    """The same over its text, which nobody sees then."""
    return picture(filters, content, operators=TEXT + _DRAWN)


def jpx() -> bytes:
    """A JPEG 2000 code stream that states 60,000 by 60,000 pixels, and no tile."""
    edge = _SIDE.to_bytes(4, "big")
    zero = bytes(4)
    size = b"\x00\x00" + edge * 2 + zero * 2 + edge * 2 + zero * 2 + b"\x00\x01\x07\x01\x01"
    return (
        b"\xff\x4f\xff\x51"
        + (len(size) + 2).to_bytes(2, "big")
        + size
        + b"\xff\x52\x00\x0c\x00\x00\x00\x01\x00\x05\x04\x04\x00\x00\xff\x5c\x00\x13\x40"
        + b"\x40" * 16
        + b"\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x0e\x00\x01\xff\x93\xff\xd9"
    )


def jbig2() -> bytes:
    """A JBIG2 page of 60,000 by 60,000 and one generic region of that size, with nothing in it."""
    edge = _SIDE.to_bytes(4, "big")
    head = b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13" + edge * 2 + bytes(8) + b"\x00\x00\x00"
    region = edge * 2 + bytes(8) + b"\x00" + b"\x00" + b"\x03\xff\xfd\xff\x02\xfe\xfe\xfe" + bytes(8)
    return head + b"\x00\x00\x00\x01\x26\x00\x01" + len(region).to_bytes(4, "big") + region


def _row(
    number: str,
    name: str,
    build: Callable[[], bytes],
    *,
    ends: tuple[str, ...] = (READ,),
    quick: bool = True,
) -> Entry:
    return Entry(number, name, build, ends, shown=("report 12",), quick=quick)


ENTRIES = (
    Entry("12a", "page of 10^8 points", partial(boxed, b"0 0 100000000 100000000"), ends=UNREAD, quick=True),
    Entry("12b", "page that is no number", partial(boxed, b"nan 0 inf 842"), quick=True),
    Entry("12c", "page of negative size", partial(boxed, b"0 0 -595 -842"), ends=UNREAD, quick=True),
    Entry("12d", "page inside out", partial(boxed, b"595 842 0 0"), quick=True),
    Entry("12e", "user unit of 10^6", partial(boxed, b"0 0 595 842", b"/UserUnit 1000000"), quick=True),
    Entry(
        "12f", "page of 10^38 points", partial(boxed, b"0 0 1e38 100000000000000000000000000000000000000"), quick=True
    ),
    Entry(
        "13",
        "a million lines",
        partial(repeated, b"5 5 m 90 90 l S\n", 1_000_000),
        problems=("LIMIT_OBJECTS",),
        shown=("report 12",),
    ),
    Entry(
        "14",
        "300,000 rectangles",
        partial(repeated, b"5 5 90 90 re S\n", 300_000),
        problems=("LIMIT_OBJECTS",),
        shown=("report 12",),
    ),
    _row(
        "15",
        "four million characters",
        partial(repeated, b"(" + b"a" * 1000 + b") Tj\n", 4000, TEXT + b"BT /F 9 Tf 9 9 Td ", b"ET"),
        ends=OUT_OF_TIME,
        quick=False,
    ),
    _row(
        "16", "five million saved states", partial(repeated, b"q ", 5_000_000), ends=(READ, *OUT_OF_TIME), quick=False
    ),
    _row("17", "three million nested arrays", partial(repeated, b"[", 3_000_000), quick=False),
    _row("18a", "forms that call forms, 10^9 times", partial(laughing_forms, 9, 10), ends=OUT_OF_TIME, quick=False),
    _row("18b", "form that calls itself", lambda: calling({10: form(b"/X Do", b"/X 10 0 R")})),
    _row(
        "18c",
        "two forms that call each other",
        lambda: calling({10: form(b"/X Do", b"/X 11 0 R"), 11: form(b"/X Do", b"/X 10 0 R")}),
    ),
    _row("19a", "pattern of 10^12 tiles", partial(tiled, b"1"), ends=(READ, *UNREAD), quick=False),
    _row("19b", "pattern without step", partial(tiled, b"0"), ends=(READ, *UNREAD), quick=False),
    _row("20", "mesh of half a million triangles", shaded, quick=False),
    _row("21a", "letter that draws itself", partial(typed_three, b"BT /T 1 Tf (aa) Tj ET")),
    _row(
        "22a",
        "table of codes that uses itself",
        lambda: mapped(stream(CMAP_HEAD + b"/M usecmap\nendcmap", b"/UseCMap 10 0 R")),
    ),
    _row("22b", "table of 10^7 ranges", partial(many_ranges, 10_000_000), ends=OUT_OF_TIME, quick=False),
    _row(
        "22c",
        "one range of 10^9 codes",
        lambda: mapped(stream(CMAP_HEAD + b"1 beginbfrange<00000000><3fffffff><0041>endbfrange endcmap")),
        quick=False,
    ),
    _row("22d", "encoding in another folder", partial(named_cmap, b"#2e#2e#2f#2e#2e#2fetc#2fpasswd")),
    _row("22e", "encoding at an absolute path", partial(named_cmap, b"#2ftmp#2fgouji-cmap")),
    _row(
        "24a",
        "font file of 1 GB",
        lambda: font_file(deflated(b"\x00\x01\x00\x00", 1_000_000_000), b"/Filter/FlateDecode"),
        ends=OUT_OF_TIME,
        quick=False,
    ),
    _row(
        "24b",
        "font file of rubbish",
        lambda: font_file(b"\x00\x01\x00\x00\xff\xff" + b"glyfloca\xff\xff\xff\xff" * 500),
    ),
    _row("25a", "JBIG2 of 60,000 squared", lambda: picture(b"/JBIG2Decode", jbig2()), quick=False),
    _row("25b", "JPX of 60,000 squared", lambda: picture(b"/JPXDecode", jpx()), quick=False),
    _row(
        "25c",
        "CCITT of 60,000 squared",
        lambda: picture(b"/CCITTFaxDecode", bytes(64), b"/DecodeParms<</K -1/Columns 60000/Rows 60000>>"),
        quick=False,
    ),
    _row("25d", "zeros of 60,000 squared", lambda: picture(b"/FlateDecode", deflated(b"\0", 450_000_000)), quick=False),
    Entry(
        "25e", "the same over the text", partial(covered, b"/FlateDecode", deflated(b"\0", 1000)), UNREAD, quick=True
    ),
    _row(
        "26", "inline picture without end", lambda: one_page(TEXT + b"BI /W 9 /H 9 /BPC 8 /CS /G ID " + b"x" * 100_000)
    ),
)
