"""OFD files made to hurt (reliability.md section 7, 50 to 55)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.hostile.entry import READ, Entry
from tests.hostile.zip_file import STORED, UTF8, Member, changed, to_zip, unpacked
from workers.corpus.figures import seeded
from workers.corpus.ofd import NAMESPACE, content, members, packed, to_ofd
from workers.corpus.sheet import Changes, to_sheet

PAGE = "Doc_0/Pages/Page_0/Content.xml"
DOCUMENT = "Doc_0/Document.xml"
TEXT = "收到申请十二件"
OBJECT = (
    '<ofd:TextObject ID="4" Boundary="20 20 100 10" Font="1" Size="5">'
    '<ofd:TextCode X="0" Y="5" DeltaX="g 6 5">{}</ofd:TextCode></ofd:TextObject>'
).format
ENTITY = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def report() -> bytes:
    """A sound report as OFD."""
    return to_ofd(to_sheet("2021", seeded("2021", 7), Changes(year=2023)))[0]


def small(objects: str = OBJECT(TEXT), change: Callable[[dict[str, str]], Mapping[str, str]] = dict) -> bytes:
    """A file of one page with these objects; `change` may do something to its members."""
    return packed(dict(change(members([objects]))))


def _located(location: str) -> bytes:
    def change(files: dict[str, str]) -> dict[str, str]:
        moved = files[DOCUMENT].replace("Pages/Page_0/Content.xml", location)
        return files | {DOCUMENT: moved, "Doc_1/Pages/Page_0/Content.xml": content(OBJECT("别的文档"))}

    return small(change=change)


def _bomb(size: int) -> bytes:
    """An OFD of a megabyte whose page becomes a gigabyte."""
    inside = content(OBJECT(TEXT) + " " * size).encode()
    return changed(small(), {PAGE: inside})


def _many_pages(count: int) -> bytes:
    return packed(members([OBJECT(TEXT)] * count))


def _template_loop() -> bytes:
    using = '<ofd:Template TemplateID="900"/>'
    return small(change=lambda files: files | {
        PAGE: content(OBJECT(TEXT), using), "Doc_0/Tpls/Tpl_0/Content.xml": content(OBJECT("模板"), using),
    })  # fmt: skip


def _heavy_template(pages: int, objects: int) -> bytes:
    """Every page shows the same heavy template: little to store, much to draw."""
    files = members([OBJECT(TEXT)] * pages, template=True)
    return packed(files | {"Doc_0/Tpls/Tpl_0/Content.xml": content(OBJECT("一") * objects)})


def _self_drawing() -> bytes:
    """A drawing made of itself ten times over."""
    use = '<ofd:CompositeObject ID="5" ResourceID="7" Boundary="0 0 100 100"/>'
    inside = f"<ofd:Content>{use * 10}</ofd:Content></ofd:CompositeGraphicUnit>"
    unit = f'<ofd:CompositeGraphicUnit ID="7" Width="100" Height="100">{inside}'
    resources = f"<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    return small(OBJECT(TEXT) + use, lambda files: files | {
        DOCUMENT: files[DOCUMENT].replace("<ofd:PageArea>", "<ofd:PublicRes>Res.xml</ofd:PublicRes><ofd:PageArea>", 1),
        "Doc_0/Res.xml": resources,
    })  # fmt: skip


def _vendor(change: Callable[[Member], Member]) -> bytes:
    return to_zip(change(Member(name, data)) for name, data in unpacked(small()).items())


def _entity_in(name: str) -> bytes:
    text = (
        unpacked(small())
        .get(name, content("").encode())
        .decode()
        .removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n')
    )
    return changed(small(), {name: f'<?xml version="1.0" encoding="UTF-8"?>{ENTITY}{text}'.encode()})


def _odd(text: str) -> bytes:
    return small(OBJECT(TEXT) + text)


NUMBERS = ("1e400", "nan", "-inf", "9" * 5_000, "", "g g g", "g 999999999 1", "1_0", "１２")


def _odd_numbers() -> bytes:
    texts = "".join(
        f'<ofd:TextObject Boundary="{n} {n} {n} {n}" CTM="{n} 0 0 {n} {n} {n}" Size="{n}" HScale="{n}" Alpha="{n}">'
        f'<ofd:TextCode X="{n}" Y="{n}" DeltaX="{n}" DeltaY="{n}">一二三</ofd:TextCode></ofd:TextObject>'
        f'<ofd:PathObject Boundary="{n} {n} {n} {n}">'
        f"<ofd:AbbreviatedData>M {n} {n} L {n} 1 A {n} Z B 1</ofd:AbbreviatedData></ofd:PathObject>"
        for n in NUMBERS
    )
    return _odd(texts)


def _long_path() -> bytes:
    return _odd(
        '<ofd:PathObject Boundary="0 0 210 297">'
        f"<ofd:AbbreviatedData>{'M 1 1 L 9 9 ' * 900_000}</ofd:AbbreviatedData></ofd:PathObject>"
    )


UNSAFE, BROKEN, ZIP_BROKEN = ("OFD_UNSAFE",), ("OFD_BROKEN",), ("ZIP_BROKEN",)

ENTRIES: tuple[Entry, ...] = (
    Entry("50", "a page that becomes a gigabyte", lambda: _bomb(1_000_000_000), ("ZIP_LIMIT",)),
    Entry("50b", "a page that is inflated to twenty megabytes", lambda: _bomb(20_000_000), ("ZIP_LIMIT",), quick=True),
    Entry(
        "51",
        "a member that climbs",
        lambda: changed(small(), {}, Member("../../etc/cron.d/x", b"x")),
        ("ZIP_UNSAFE",),
        quick=True,
    ),
    Entry("51b", "a foreign entity in a page", lambda: _entity_in(PAGE), ("XML_DOCTYPE",), quick=True),
    Entry("51c", "a foreign entity in the entry", lambda: _entity_in("OFD.xml"), ("XML_DOCTYPE",)),
    Entry(
        "51d",
        "a foreign entity in a signature that nobody reads",
        lambda: _entity_in("Doc_0/Signs/Signatures.xml"),
        ("XML_DOCTYPE",),
    ),
    Entry("52", "wrong checksums", lambda: _vendor(lambda m: Member(m.name, m.data, crc=1)), ZIP_BROKEN, quick=True),
    Entry(
        "52b",
        "checksums and sizes behind the members",
        lambda: _vendor(lambda m: Member(m.name, m.data, flags=UTF8 | 8)),
        shown=(TEXT,),
        quick=True,
    ),
    Entry(
        "52c",
        "two spellings of one name",
        lambda: _vendor(lambda m: Member(m.name, m.data, local_name=m.name.upper())),
        (READ, *ZIP_BROKEN),
    ),
    Entry(
        "52d", "members stored as they are", lambda: _vendor(lambda m: Member(m.name, m.data, STORED)), shown=(TEXT,)
    ),
    Entry(
        "52e",
        "names with backslashes",
        lambda: _vendor(lambda m: Member(m.name.replace("/", "\\"), m.data)),
        (READ, *BROKEN),
    ),
    Entry(
        "52f",
        "a directory that counts one member",
        lambda: to_zip((Member(n, d) for n, d in unpacked(small()).items()), count=1),
        (READ, *ZIP_BROKEN),
    ),
    Entry(
        "53", "a page in another document", lambda: _located("../Doc_1/Pages/Page_0/Content.xml"), UNSAFE, quick=True
    ),
    Entry("53b", "a page by an absolute name", lambda: _located("/Doc_1/Pages/Page_0/Content.xml"), UNSAFE),
    Entry("53c", "a page outside the file", lambda: _located("../../../../etc/passwd"), UNSAFE, quick=True),
    Entry("53d", "a page by an address", lambda: _located("http://127.0.0.1:9/a.xml"), BROKEN),
    Entry("53e", "a page that is missing", lambda: _located("Pages/Page_9/Content.xml"), BROKEN, quick=True),
    Entry("53f", "a page without a place", lambda: _located(""), (*UNSAFE, *BROKEN)),
    Entry("54", "a template that shows itself", _template_loop, shown=(TEXT,), quick=True),
    Entry("54b", "a drawing made of itself", _self_drawing, shown=(TEXT,), problems=("LIMIT_OBJECTS",), quick=True),
    Entry("54c", "a heavy template on every page", lambda: _heavy_template(1_000, 6_000), ("TOO_LARGE",), seconds=60),
    Entry("55", "2,001 pages", lambda: _many_pages(2_001), ("TOO_MANY_PAGES", "ZIP_LIMIT"), quick=True),
    Entry("55b", "1,900 pages", lambda: _many_pages(1_900), shown=(TEXT,), seconds=20),
    Entry("55c", "numbers that are none", _odd_numbers, shown=(TEXT,), quick=True),
    Entry("55d", "a path of ten megabytes", _long_path, ("ZIP_LIMIT",)),
    Entry("55e", "no pages at all", lambda: packed(members([])), BROKEN),
    Entry("55f", "a sound report", report, shown=("政府信息公开",), quick=True),
)
"""Every row, in the order of the specification."""
