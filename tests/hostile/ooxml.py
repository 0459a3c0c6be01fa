"""Word files made to hurt (reliability.md section 7, 37 to 49), each around a report that is sound."""

from __future__ import annotations

from functools import cache

from tests.hostile.entry import READ, Entry
from tests.hostile.zip_file import DEFLATED, LINK, STORED, UTF8, Member, changed, to_zip, unpacked
from workers.corpus.docx import NAMESPACES, STRICT, cell, external, package, paragraph, row, run, table, to_docx
from workers.corpus.figures import seeded
from workers.corpus.sheet import Changes, to_sheet

DOCUMENT = "word/document.xml"
TEXT = "本年度收到申请 12 件"
"""What a person sees in the small ones."""

LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
EXTERNAL_ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE w [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]>'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@cache
def report() -> bytes:
    """A sound report as DOCX."""
    return to_docx(to_sheet("2021", seeded("2021", 7), Changes(year=2023)))


def small(body: str = "", **parts: str) -> bytes:
    """A file of one line of text and this."""
    return package(paragraph(TEXT) + body, parts)


def _document(body: str, before: str = HEAD) -> bytes:
    return f"{before}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode()


def _with(name: str, content: bytes) -> bytes:
    return changed(small(), {name: content})


def _part(tag: str, before: str, encoding: str = "utf-8") -> bytes:
    head = HEAD.replace("UTF-8", encoding)
    return f"{head}{before}<w:{tag} {NAMESPACES}>{paragraph('&x;' if 'x SYSTEM' in before else '')}</w:{tag}>".encode(
        encoding
    )


def _utf7(name: str) -> bytes:
    """The declaration in UTF-7, in which no byte search finds it."""
    text = _document(paragraph(TEXT + "&x;"), '<?xml version="1.0" encoding="UTF-7"?>' + EXTERNAL_ENTITY).decode()
    return _with(name, text.encode("utf-7").replace(b"+AD4-", b">"))


def _late_doctype() -> bytes:
    """A DOCTYPE behind more of a comment than anybody looks through."""
    return _with(DOCUMENT, _document(paragraph(f"{TEXT}&x;"), f"{HEAD}<!--{' ' * 9_000}-->{EXTERNAL_ENTITY}"))


def _many_paragraphs(times: int, method: int, text: str) -> bytes:
    body = _document(paragraph(TEXT) + paragraph(text).replace("<w:rPr></w:rPr>", "") * times)
    members = (Member(n, body if n == DOCUMENT else d, method) for n, d in unpacked(small()).items())
    return to_zip(members)


def _nested_zips(depth: int) -> bytes:
    data = small()
    for level in range(depth):
        data = to_zip([Member(f"{level}-{i}.zip", data, STORED) for i in range(4)])
    return data


def _overlapping() -> bytes:
    """A thousand members that claim the bytes of one."""
    at = len(unpacked(small()))
    kernel = Member("word/media/0.bin", b"\x00" * 20_000)
    return changed(small(), {}, kernel, *(Member(f"word/media/{i}.bin", kernel.data, at=at) for i in range(1, 1_000)))


def _lying(size: int | None = None, packed_size: int | None = None, crc: int | None = None) -> bytes:
    members = [
        Member(n, d, size=size, packed_size=packed_size, crc=crc) if n == DOCUMENT else Member(n, d)
        for n, d in unpacked(small()).items()
    ]
    return to_zip(members)


def _doubled() -> bytes:
    other = _document(paragraph("本年度收到申请 99 件"))
    return changed(small(), {}, Member(DOCUMENT, other))


def _named(name: str) -> bytes:
    return changed(small(), {}, Member(name, b"x"))


def _hidden_behind_nul() -> bytes:
    """A name that ends early for who reads it in C, so that it seems to be another member."""
    members = [Member(n + "\x00.png" if n == DOCUMENT else n, d) for n, d in unpacked(small()).items()]
    return to_zip(members)


def _zip64() -> bytes:
    """One byte of content under the headers of a file of more than 4 GB."""
    extra = b"\x01\x00\x10\x00" + (1).to_bytes(8, "little") + (1).to_bytes(8, "little")
    return changed(
        small(), {}, Member("word/media/1.bin", b"x", STORED, size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=extra)
    )


def _nested_tables(depth: int) -> bytes:
    inner = paragraph("内") + "<w:tbl><w:tr><w:tc>" * depth + paragraph("12") + "</w:tc></w:tr></w:tbl>" * depth
    return _with(DOCUMENT, _document(paragraph(TEXT) + inner))


def _spans(span: int) -> bytes:
    wide = cell(paragraph("宽"), f'<w:gridSpan w:val="{span}"/>')
    rows = [row(wide, cell(paragraph("12"))) for _ in range(50)]
    return small(table(*rows, widths=(100, 100)))


def _merge_chain(rows: int) -> bytes:
    first = row(cell(paragraph("合"), '<w:vMerge w:val="restart"/>'), cell(paragraph("12")))
    more = row(cell(paragraph(""), "<w:vMerge/>"), cell(paragraph("12"))) * rows
    return small(table(first, more, widths=(100, 100)))


def _orphan_merges() -> bytes:
    """Cells that continue what never began, at columns that move."""
    more = "".join(
        row(*(cell(paragraph("1"), '<w:vMerge w:val="x"/><w:gridSpan w:val="-3"/>') for _ in range(i % 7)))
        for i in range(99)
    )
    return small(table(more, widths=(100,)))


def _wide_rows() -> bytes:
    wide = row(*(cell(paragraph(str(i))) for i in range(3_000)))
    return small(table(wide, widths=(1,)))


def _field(code: str, shown: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    text = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"<w:p>{mark('begin')}{text}{mark('separate')}{run(shown)}{mark('end')}</w:p>"


def _endless_fields(depth: int) -> bytes:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return small(f"<w:p>{begin * depth}{run('后来 12')}</w:p>")


def _tracked() -> bytes:
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>88</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="a">{run("12")}</w:ins>'
    return small(table(row(cell(paragraph("收到")), cell(f"<w:p>{deleted}{inserted}</w:p>")), widths=(1, 1)))


def _hidden() -> bytes:
    return small(f"<w:p>{run('公开 ')}{run('77', '<w:vanish/>')}{run('12')}</w:p>")


def _outside(kind: str, target: str, body: str = "") -> bytes:
    return package(paragraph(TEXT) + body, {}, external(kind, target))


def _template(target: str) -> bytes:
    links = package(paragraph(""), {}, external("attachedTemplate", target))
    name = "word/_rels/document.xml.rels"
    settings = f'{HEAD}<w:settings {NAMESPACES}><w:attachedTemplate r:id="x"/></w:settings>'
    members = {"word/settings.xml": settings.encode(), "word/_rels/settings.xml.rels": unpacked(links)[name]}
    return changed(small(), members)


def _in_footnote() -> bytes:
    """A picture from outside in the footnotes, which have relations of their own."""
    links = unpacked(package(paragraph(""), {}, external("image", "http://127.0.0.1:9/a.png")))
    note = f'<w:footnote w:id="2">{paragraph("注 12")}</w:footnote>'
    data = small(footnotes=f"<w:footnotes {NAMESPACES}>{note}</w:footnotes>")
    return changed(data, {"word/_rels/footnotes.xml.rels": links["word/_rels/document.xml.rels"]})


def _renamed(main: str) -> bytes:
    types = unpacked(report())["[Content_Types].xml"].decode()
    old = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    members = {
        "[Content_Types].xml": types.replace(old, main).encode(),
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 99,
    }
    return changed(report(), members)


def _strict() -> bytes:
    return package(paragraph(TEXT), {}, namespace=STRICT)


WORD_2003 = '<?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body/></w:wordDocument>'
FLAT_OPC = (
    '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    '<pkg:part pkg:name="/word/document.xml"/></pkg:package>'
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script href="http://127.0.0.1:9/x.js"/></svg>'
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACRO_TEMPLATE = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"

DOCTYPE = ("XML_DOCTYPE",)
UNSAFE = ("ZIP_UNSAFE",)
BROKEN = ("ZIP_BROKEN",)
LIMIT = ("ZIP_LIMIT",)

ENTRIES: tuple[Entry, ...] = (
    Entry("37", "three million paragraphs, packed thin", lambda: _many_paragraphs(3_000_000, DEFLATED, ""), LIMIT),
    Entry(
        "37b",
        "forty megabytes of paragraphs, not packed",
        lambda: _many_paragraphs(800_000, STORED, "申请"),
        ("TOO_LARGE",),
    ),
    Entry(
        "37c",
        "thirty megabytes of paragraphs, not packed",
        lambda: _many_paragraphs(500_000, STORED, "申请"),
        problems=("LIMIT_PIECES",),
        megabytes=800,
    ),
    Entry("38", "zips in zips in zips", lambda: _nested_zips(4), shown=("3-0.zip",), quick=True),
    Entry("38b", "members that overlap", _overlapping, UNSAFE, quick=True),
    Entry("38c", "a size that is too small", lambda: _lying(size=100), BROKEN, quick=True),
    Entry("38d", "a size that is too large", lambda: _lying(size=90_000_000), (READ, *BROKEN), quick=True),
    Entry(
        "38e", "a packed size beyond the file", lambda: _lying(packed_size=90_000_000), (*BROKEN, *UNSAFE), quick=True
    ),
    Entry("38f", "a wrong checksum", lambda: _lying(crc=1), BROKEN, quick=True),
    Entry(
        "38g",
        "100,000 members",
        lambda: changed(small(), {}, *(Member(f"word/{i}", b"", STORED) for i in range(100_000))),
        LIMIT,
    ),
    Entry("38h", "two documents under one name", _doubled, UNSAFE, quick=True),
    Entry("38i", "a name behind a zero byte", _hidden_behind_nul, UNSAFE, quick=True),
    Entry("38j", "a name that climbs", lambda: _named("word/../../etc/cron.d/x"), UNSAFE, quick=True),
    Entry("38k", "an absolute name", lambda: _named("/etc/cron.d/x"), UNSAFE),
    Entry("38l", "a name that climbs by backslashes", lambda: _named("..\\..\\windows\\x"), UNSAFE),
    Entry("38m", "a name on a drive", lambda: _named("C:\\windows\\x"), UNSAFE),
    Entry(
        "38n",
        "the flag of encryption",
        lambda: changed(small(), {}, Member("word/x", b"x" * 99, flags=UTF8 | 1)),
        ("ENCRYPTED",),
    ),
    Entry("38o", "one byte in a zip of the 64-bit kind", _zip64, shown=(TEXT,), quick=True),
    Entry(
        "38p",
        "a symbolic link",
        lambda: changed(small(), {}, Member("word/link", b"/etc/passwd", STORED, attributes=LINK)),
        UNSAFE,
    ),
    Entry(
        "38q",
        "rubbish before the container",
        lambda: to_zip((Member(n, d) for n, d in unpacked(small()).items()), before=b"PK\x03\x04" * 99),
        (READ, *BROKEN),
    ),
    Entry(
        "38r",
        "a packing nobody knows",
        lambda: changed(small(), {DOCUMENT: b""}).replace(b"\x08\x00\x00\x00\x21\x00", b"\x63\x00\x00\x00\x21\x00"),
        BROKEN,
    ),
    Entry("38s", "a member without a name", lambda: _named(""), UNSAFE, quick=True),
    Entry(
        "39",
        "a billion laughs",
        lambda: _with(DOCUMENT, _document(paragraph(TEXT + "&i;"), HEAD + LAUGHS)),
        DOCTYPE,
        quick=True,
    ),
    Entry(
        "40",
        "a foreign entity in the text",
        lambda: _with(DOCUMENT, _document(paragraph(TEXT + "&x;"), HEAD + EXTERNAL_ENTITY)),
        DOCTYPE,
        quick=True,
    ),
    Entry(
        "40b",
        "a foreign entity in a header",
        lambda: _with("word/header1.xml", _part("hdr", EXTERNAL_ENTITY)),
        DOCTYPE,
        quick=True,
    ),
    Entry(
        "40c", "a foreign entity in a footer", lambda: _with("word/footer1.xml", _part("ftr", EXTERNAL_ENTITY)), DOCTYPE
    ),
    Entry(
        "40d",
        "a foreign entity in the footnotes",
        lambda: _with("word/footnotes.xml", _part("footnotes", EXTERNAL_ENTITY)),
        DOCTYPE,
    ),
    Entry(
        "40e",
        "a foreign entity in the types of the parts",
        lambda: _with("[Content_Types].xml", f"{HEAD}{EXTERNAL_ENTITY}<Types>&x;</Types>".encode()),
        DOCTYPE,
        quick=True,
    ),
    Entry(
        "40f",
        "a foreign entity in UTF-16",
        lambda: _with(DOCUMENT, _part("document", EXTERNAL_ENTITY, "utf-16")),
        DOCTYPE,
        quick=True,
    ),
    Entry(
        "40g",
        "a foreign entity in UTF-16 in the relations",
        lambda: _with("word/_rels/settings.xml.rels", _part("x", PARAMETER, "utf-16")),
        DOCTYPE,
    ),
    Entry("40h", "a foreign entity in UTF-7", lambda: _utf7(DOCUMENT), (*DOCTYPE, "XML_BROKEN"), quick=True),
    Entry(
        "40i",
        "a foreign entity in UTF-7 in a header",
        lambda: _utf7("word/header1.xml"),
        (*DOCTYPE, "XML_BROKEN"),
        quick=True,
    ),
    Entry("40j", "a parameter entity", lambda: _with(DOCUMENT, _document(paragraph(TEXT), HEAD + PARAMETER)), DOCTYPE),
    Entry("40k", "a foreign entity behind a long comment", _late_doctype, DOCTYPE, quick=True),
    Entry(
        "41",
        "a picture from outside",
        lambda: _outside("image", "http://127.0.0.1:9/a.png"),
        problems=("EXTERNAL_CONTENT",),
        shown=(TEXT,),
        quick=True,
    ),
    Entry(
        "41b",
        "a template from outside",
        lambda: _template("http://127.0.0.1:9/a.dotm"),
        problems=("EXTERNAL_TEMPLATE",),
        shown=(TEXT,),
        quick=True,
    ),
    Entry(
        "41c",
        "a template on a share",
        lambda: _template("file://server/share/a.dotm"),
        problems=("EXTERNAL_TEMPLATE",),
        shown=(TEXT,),
    ),
    Entry(
        "41d",
        "a linked object",
        lambda: _outside("oleObject", "file:///etc/passwd"),
        problems=("EXTERNAL_CONTENT",),
        absent=("root:",),
    ),
    Entry(
        "41e",
        "another file as part of the text",
        lambda: _outside("aFChunk", "file:///etc/passwd", '<w:altChunk r:id="x"/>'),
        problems=("EXTERNAL_CONTENT",),
        absent=("root:",),
        quick=True,
    ),
    Entry(
        "41f",
        "a document within the document",
        lambda: _outside("subDocument", "\\\\127.0.0.1\\a\\b.docx", '<w:subDoc r:id="x"/>'),
        problems=("EXTERNAL_CONTENT",),
    ),
    Entry(
        "41g",
        "a picture from outside in a footnote",
        _in_footnote,
        problems=("EXTERNAL_CONTENT",),
        shown=("注 12",),
        quick=True,
    ),
    Entry("42", "100,000 nested tables", lambda: _nested_tables(100_000), ("XML_BROKEN", *LIMIT), quick=True),
    Entry(
        "42b", "sixty nested tables", lambda: _nested_tables(60), problems=("LIMIT_NESTING",), shown=(TEXT,), quick=True
    ),
    Entry(
        "43",
        "a cell a million columns wide",
        lambda: _spans(1_000_000),
        problems=("LIMIT_COLUMNS",),
        shown=(TEXT,),
        quick=True,
    ),
    Entry("43b", "a cell as wide as a number can be", lambda: _spans(2**63), shown=(TEXT,)),
    Entry("43c", "a cell merged down 100,000 rows", lambda: _merge_chain(100_000), (READ, *LIMIT), seconds=20),
    Entry("43d", "merges that never began", _orphan_merges, shown=(TEXT,), quick=True),
    Entry("43e", "three thousand columns", _wide_rows, problems=("LIMIT_COLUMNS",), shown=(TEXT,)),
    Entry(
        "44",
        "a field that starts a program",
        lambda: small(_field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"', "12")),
        shown=(TEXT, "12"),
        absent=("cmd.exe",),
        quick=True,
    ),
    Entry(
        "44b",
        "a field that takes in a file",
        lambda: small(_field('INCLUDETEXT "/etc/passwd"', "12")),
        shown=("12",),
        absent=("root:", "passwd"),
    ),
    Entry(
        "44c",
        "a field that takes in a picture",
        lambda: small(_field('INCLUDEPICTURE "http://127.0.0.1:9/a.png"', "12")),
        shown=("12",),
        absent=("127.0.0.1",),
    ),
    Entry("44d", "fields that never end", lambda: _endless_fields(10_000), shown=(TEXT,), problems=("FIELD_BROKEN",)),
    Entry("45", "a number that was deleted", _tracked, shown=("12",), absent=("88",), quick=True),
    Entry(
        "46",
        "a number that is hidden",
        _hidden,
        problems=("HIDDEN_TEXT",),
        shown=("公开 12",),
        absent=("77",),
        quick=True,
    ),
    Entry("47", "a drawing with a script", lambda: _with("word/media/1.svg", SVG), shown=(TEXT,)),
    Entry("48", "a document with macros", lambda: _renamed(MACROS), shown=("政府信息公开",)),
    Entry("48b", "a template with macros", lambda: _renamed(MACRO_TEMPLATE), shown=("政府信息公开",)),
    Entry("49", "the strict names", _strict, shown=(TEXT,), quick=True),
    Entry("49b", "Word 2003 XML", lambda: HEAD.encode() + WORD_2003.encode(), ("KIND_UNSUPPORTED",)),
    Entry("49c", "a package in one XML file", lambda: HEAD.encode() + FLAT_OPC.encode(), ("KIND_UNSUPPORTED",)),
    Entry("49d", "a sound report", report, shown=("政府信息公开",), quick=True),
)
"""Every row, in the order of the specification."""
