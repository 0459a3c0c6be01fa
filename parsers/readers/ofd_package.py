"""The container of an OFD (GB/T 33190-2016, 7.1 to 7.7): which member is what, and names that lead nowhere else."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from lxml import etree

from parsers.model.document import Problem
from parsers.model.errors import DocumentError
from parsers.readers.ofd_geometry import to_box
from parsers.readers.packed import Packed
from parsers.readers.xml import bytes_to_xml, refuse_doctypes

ENTRY = "OFD.xml"

MOST_PAGES = 2000
"""reliability.md S12. A report has five to thirty."""

MOST_XML_BYTES = 20_000_000
"""A page of a report has some hundred thousand bytes; a tree of elements takes ten times its text."""

A4 = (0.0, 0.0, 210.0, 297.0)
"""Millimetres, where neither page nor document says how large a page is."""


class PageRoot(NamedTuple):
    """One page: its own content, the contents of its templates below and above it, and its box in millimetres."""

    content: etree._Element
    below: list[etree._Element]
    above: list[etree._Element]
    box: tuple[float, float, float, float]


class Package:
    """The first document of an OFD. Raises DocumentError when it is damaged, encrypted or leads outside itself."""

    def __init__(self, data: bytes) -> None:
        self._packed = Packed(data)
        refuse_doctypes(self._packed)
        self._lower = {name.lower(): name for name in reversed(self._packed.names)}
        _refuse_encrypted(self._packed.names)
        entry = self._xml(ENTRY)
        bodies = entry.findall("{*}DocBody")
        root = next((body.findtext("{*}DocRoot") for body in bodies), None)
        if root is None:
            raise broken()
        self._path = self._resolve(root, "")
        self._folder = posixpath.dirname(self._path)
        self._root = self._xml(self._path)
        self.problems = _other_documents(len(bodies))
        self._templates: dict[str, etree._Element] = {}
        self._locations = {
            t.get("ID", ""): t.get("BaseLoc", "") for t in self._root.iterfind("{*}CommonData/{*}TemplatePage")
        }
        area = self._root.find("{*}CommonData/{*}PageArea")
        self._box = _area_to_box(area) or A4
        self.units = self._composite_units()
        """Drawings that pages show by their ID (8.4, 13)."""
        self.pages = tuple(page.get("BaseLoc", "") for page in self._root.iterfind("{*}Pages/{*}Page"))
        _refuse_count(len(self.pages))

    def page(self, location: str) -> PageRoot:
        """The page at this location of the document."""
        content = self._xml(self._own(location))
        placed: dict[bool, list[etree._Element]] = {True: [], False: []}
        for use in content.iterfind("{*}Template"):
            template = self._template(use.get("TemplateID", ""))
            if template is not None:
                placed[use.get("ZOrder", "Background") == "Foreground"].append(template)
        box = _area_to_box(content.find("{*}Area")) or self._box
        return PageRoot(content=content, below=placed[False], above=placed[True], box=box)

    def _template(self, identity: str) -> etree._Element | None:
        """A template's content. Templates of templates are not followed: they could name each other for ever."""
        if identity not in self._locations:
            return None
        if identity not in self._templates:
            self._templates[identity] = self._xml(self._own(self._locations[identity]))
        return self._templates[identity]

    def _composite_units(self) -> dict[str, etree._Element]:
        units: dict[str, etree._Element] = {}
        for tag in ("PublicRes", "DocumentRes"):
            for element in self._root.iterfind(f"{{*}}CommonData/{{*}}{tag}"):
                name = self._own(element.text or "")
                if self._find(name) is not None:
                    found = self._xml(name).iterfind("{*}CompositeGraphicUnits/{*}CompositeGraphicUnit")
                    units |= {unit.get("ID", ""): unit for unit in found}
        return units

    def _own(self, location: str) -> str:
        """A member of this document; a page that lies in another one's folder is no page of it."""
        name = self._resolve(location, self._folder)
        if self._folder and not name.startswith(f"{self._folder}/"):
            raise _unsafe()
        return name

    def _resolve(self, location: str, folder: str) -> str:
        """A location (7.3): from the root of the container when it begins with /, else from its file's folder."""
        location = location.strip().replace("\\", "/")
        name = posixpath.normpath(
            location.lstrip("/") if location.startswith("/") else f"{folder}/{location}".lstrip("/")
        )
        if name.startswith("..") or not location:
            raise _unsafe()
        return name

    def _find(self, name: str) -> str | None:
        """The member of this name; producers on Windows care little for capitals."""
        return name if name in self._packed else self._lower.get(name.lower())

    def _xml(self, name: str) -> etree._Element:
        found = self._find(name)
        if found is None:
            raise broken()
        data = self._packed.read(found)
        if len(data) > MOST_XML_BYTES:
            raise DocumentError("TOO_LARGE", "OFD 文件中的页面过大。", "请只上传年度报告本身。")
        return bytes_to_xml(data)


def broken() -> DocumentError:
    """What a damaged OFD is answered with."""
    return DocumentError(
        "OFD_BROKEN", "OFD 文件缺少必要的部分或已损坏，无法读取。", "请重新导出后上传，或换一个能正常打开的文件。"
    )


def _unsafe() -> DocumentError:
    return DocumentError("OFD_UNSAFE", "OFD 文件的页面指向了文档以外的位置。", "请用原来的软件重新导出后上传。")


def _refuse_encrypted(names: tuple[str, ...]) -> None:
    """GM/T 0099-2020: an encrypted OFD lists its keys in Encryptions.xml."""
    if any(posixpath.basename(name).lower() == "encryptions.xml" for name in names):
        raise DocumentError("ENCRYPTED", "OFD 文件已加密，没有口令无法打开。", "请上传未加密的文件。")


def _refuse_count(pages: int) -> None:
    if pages > MOST_PAGES:
        reason = f"OFD 文件有 {pages} 页，超过 {MOST_PAGES} 页的上限。"
        raise DocumentError("TOO_MANY_PAGES", reason, "请只上传年度报告本身。")
    if pages == 0:
        raise broken()


def _other_documents(count: int) -> tuple[Problem, ...]:
    message = f"文件内有 {count} 份文档，只读取了第一份"
    return (Problem(code="SEVERAL_DOCUMENTS", message=message),) if count > 1 else ()


def _area_to_box(area: etree._Element | None) -> tuple[float, float, float, float] | None:
    """The physical box of an area, if it has any size."""
    box = None if area is None else to_box(area.findtext("{*}PhysicalBox"))
    return box if box is not None and box[2] > 0 and box[3] > 0 else None
