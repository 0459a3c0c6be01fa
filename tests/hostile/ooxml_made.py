"""How Word files are made to hurt, each around a report that is sound; ooxml.py has them as rows."""

from __future__ import annotations

from functools import cache

from tests.hostile.zip_file import STORED, Member, changed, to_zip, unpacked
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


def document(body: str, before: str = HEAD) -> bytes:
    return f"{before}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode()


def with_part(name: str, content: bytes) -> bytes:
    return changed(small(), {name: content})


def part(tag: str, before: str, encoding: str = "utf-8") -> bytes:
    head = HEAD.replace("UTF-8", encoding)
    return f"{head}{before}<w:{tag} {NAMESPACES}>{paragraph('&x;' if 'x SYSTEM' in before else '')}</w:{tag}>".encode(
        encoding
    )


def utf7(name: str) -> bytes:
    """The declaration in UTF-7, in which no byte search finds it."""
    text = document(paragraph(TEXT + "&x;"), '<?xml version="1.0" encoding="UTF-7"?>' + EXTERNAL_ENTITY).decode()
    return with_part(name, text.encode("utf-7").replace(b"+AD4-", b">"))


def late_doctype() -> bytes:
    """A DOCTYPE behind more of a comment than anybody looks through."""
    return with_part(DOCUMENT, document(paragraph(f"{TEXT}&x;"), f"{HEAD}<!--{' ' * 9_000}-->{EXTERNAL_ENTITY}"))


def many_paragraphs(times: int, method: int, text: str) -> bytes:
    body = document(paragraph(TEXT) + paragraph(text).replace("<w:rPr></w:rPr>", "") * times)
    members = (Member(n, body if n == DOCUMENT else d, method) for n, d in unpacked(small()).items())
    return to_zip(members)


def nested_zips(depth: int) -> bytes:
    data = small()
    for level in range(depth):
        data = to_zip([Member(f"{level}-{i}.zip", data, STORED) for i in range(4)])
    return data


def overlapping() -> bytes:
    """A thousand members that claim the bytes of one."""
    at = len(unpacked(small()))
    kernel = Member("word/media/0.bin", b"\x00" * 20_000)
    return changed(small(), {}, kernel, *(Member(f"word/media/{i}.bin", kernel.data, at=at) for i in range(1, 1_000)))


def lying(size: int | None = None, packed_size: int | None = None, crc: int | None = None) -> bytes:
    members = [
        Member(n, d, size=size, packed_size=packed_size, crc=crc) if n == DOCUMENT else Member(n, d)
        for n, d in unpacked(small()).items()
    ]
    return to_zip(members)


def doubled() -> bytes:
    other = document(paragraph("本年度收到申请 99 件"))
    return changed(small(), {}, Member(DOCUMENT, other))


def named(name: str) -> bytes:
    return changed(small(), {}, Member(name, b"x"))


def hidden_behind_nul() -> bytes:
    """A name that ends early for who reads it in C, so that it seems to be another member."""
    members = [Member(n + "\x00.png" if n == DOCUMENT else n, d) for n, d in unpacked(small()).items()]
    return to_zip(members)


def zip64() -> bytes:
    """One byte of content under the headers of a file of more than 4 GB."""
    extra = b"\x01\x00\x10\x00" + (1).to_bytes(8, "little") + (1).to_bytes(8, "little")
    return changed(
        small(), {}, Member("word/media/1.bin", b"x", STORED, size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=extra)
    )


def nested_tables(depth: int) -> bytes:
    inner = paragraph("内") + "<w:tbl><w:tr><w:tc>" * depth + paragraph("12") + "</w:tc></w:tr></w:tbl>" * depth
    return with_part(DOCUMENT, document(paragraph(TEXT) + inner))


def spans(span: int) -> bytes:
    wide = cell(paragraph("宽"), f'<w:gridSpan w:val="{span}"/>')
    rows = [row(wide, cell(paragraph("12"))) for _ in range(50)]
    return small(table(*rows, widths=(100, 100)))


def merge_chain(rows: int) -> bytes:
    first = row(cell(paragraph("合"), '<w:vMerge w:val="restart"/>'), cell(paragraph("12")))
    more = row(cell(paragraph(""), "<w:vMerge/>"), cell(paragraph("12"))) * rows
    return small(table(first, more, widths=(100, 100)))


def orphan_merges() -> bytes:
    """Cells that continue what never began, at columns that move."""
    more = "".join(
        row(*(cell(paragraph("1"), '<w:vMerge w:val="x"/><w:gridSpan w:val="-3"/>') for _ in range(i % 7)))
        for i in range(99)
    )
    return small(table(more, widths=(100,)))


def wide_rows() -> bytes:
    wide = row(*(cell(paragraph(str(i))) for i in range(3_000)))
    return small(table(wide, widths=(1,)))


def field(code: str, shown: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    text = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"<w:p>{mark('begin')}{text}{mark('separate')}{run(shown)}{mark('end')}</w:p>"


def endless_fields(depth: int) -> bytes:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return small(f"<w:p>{begin * depth}{run('后来 12')}</w:p>")


def tracked() -> bytes:
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>88</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="a">{run("12")}</w:ins>'
    return small(table(row(cell(paragraph("收到")), cell(f"<w:p>{deleted}{inserted}</w:p>")), widths=(1, 1)))


def hidden() -> bytes:
    return small(f"<w:p>{run('公开 ')}{run('77', '<w:vanish/>')}{run('12')}</w:p>")


def outside(kind: str, target: str, body: str = "") -> bytes:
    return package(paragraph(TEXT) + body, {}, external(kind, target))


def template(target: str) -> bytes:
    links = package(paragraph(""), {}, external("attachedTemplate", target))
    name = "word/_rels/document.xml.rels"
    settings = f'{HEAD}<w:settings {NAMESPACES}><w:attachedTemplate r:id="x"/></w:settings>'
    members = {"word/settings.xml": settings.encode(), "word/_rels/settings.xml.rels": unpacked(links)[name]}
    return changed(small(), members)


def in_footnote() -> bytes:
    """A picture from outside in the footnotes, which have relations of their own."""
    links = unpacked(package(paragraph(""), {}, external("image", "http://127.0.0.1:9/a.png")))
    note = f'<w:footnote w:id="2">{paragraph("注 12")}</w:footnote>'
    data = small(footnotes=f"<w:footnotes {NAMESPACES}>{note}</w:footnotes>")
    return changed(data, {"word/_rels/footnotes.xml.rels": links["word/_rels/document.xml.rels"]})


def renamed(main: str) -> bytes:
    types = unpacked(report())["[Content_Types].xml"].decode()
    old = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    members = {
        "[Content_Types].xml": types.replace(old, main).encode(),
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 99,
    }
    return changed(report(), members)


def strict() -> bytes:
    return package(paragraph(TEXT), {}, namespace=STRICT)


WORD_2003 = '<?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body/></w:wordDocument>'
FLAT_OPC = (
    '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    '<pkg:part pkg:name="/word/document.xml"/></pkg:package>'
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script href="http://127.0.0.1:9/x.js"/></svg>'
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACRO_TEMPLATE = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
