"""What PDFium does not tell of a whole PDF: how many pages its tree holds, and which of its layers are not shown.

pdfminer knows, and is asked only about files whose bytes give cause: opening one a second time is not free.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

MOST_UNPACKED = 64_000_000
"""Bytes of object streams that are looked into; those of a report have some ten thousand."""

MOST_OBJECTS = 20_000
"""Objects among which forms on layers are looked for; a report has some hundred."""

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OBJECT_STREAM = re.compile(rb"/ObjStm\b.{0,400}?\bstream\r?\n", re.DOTALL)
_LAYERS = b"/OCProperties"
_LOCKED = b"/Encrypt"
_PACKED = b"/ObjStm"
_END = b"endstream"


class Catalog(NamedTuple):
    """Pages in the tree, the names of the layers that are off, and whether a form stands on such a layer."""

    pages: int
    off: frozenset[str] = frozenset()
    has_form_off: bool = False


def data_to_catalog(data: bytes, pages: int, most: int) -> Catalog:
    """The catalog of these bytes, in which PDFium sees so many pages; more than `most` pages are not counted.

    What pdfminer cannot open is as PDFium sees it.
    """
    if not _gives_cause(data, pages):
        return Catalog(pages)
    try:
        return _opened(data, most)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - only the library runs inside, which raises many types for a damaged file
        return Catalog(pages)


def _gives_cause(data: bytes, pages: int) -> bool:
    """Is there a word of layers, of more pages than are counted, or are there packed objects that are locked?

    Every file pays for what is asked here: without packed objects, two looks through its bytes.
    """
    is_packed = _PACKED in data
    if is_packed and _LOCKED in data:
        return True
    parts = (data, *_unpacked(data)) if is_packed else (data,)
    return any(_LAYERS in part for part in parts) or sum(len(_PAGE.findall(part)) for part in parts) > pages


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The objects of each object stream (ISO 32000-1, 7.5.7), as far as they unpack."""
    left = MOST_UNPACKED
    for found in _OBJECT_STREAM.finditer(data):
        try:
            packed = data[found.end() : data.find(_END, found.end())]
            part = zlib.decompressobj().decompress(packed, left)
        except zlib.error:
            continue
        left -= len(part)
        yield part
        if left <= 0:
            return


def _opened(data: bytes, most: int) -> Catalog:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    document = PDFDocument(PDFParser(io.BytesIO(data)))
    pages = sum(1 for _ in islice(PDFPage.create_pages(document), most + 1))
    off = _document_to_off(document)
    has_form = bool(off) and any(_is_off(item, off) for item in _streams(document))
    return Catalog(pages, frozenset(off.values()), has_form)


def _document_to_off(document: Any) -> dict[int, str]:
    """The layers that are off as the file is opened (ISO 32000-1, 8.11.4.3): number of the object, name."""
    from pdfminer.pdftypes import dict_value, list_value
    from pdfminer.utils import decode_text

    properties = dict_value(document.catalog.get("OCProperties", {}))
    default = dict_value(properties.get("D", {}))
    are_off = getattr(default.get("BaseState"), "name", "") == "OFF"
    listed = list_value(properties.get("OCGs", []) if are_off else default.get("OFF", []))
    on = {item.objid for item in list_value(default.get("ON", []))} if are_off else set()
    return {item.objid: decode_text(dict_value(item).get("Name", b"")) for item in listed if item.objid not in on}


def _streams(document: Any) -> Iterator[dict[str, Any]]:
    """What is said of each stream among the first objects."""
    numbers = (number for cross in document.xrefs for number in cross.get_objids())
    for number in islice(numbers, MOST_OBJECTS):
        said = getattr(document.getobj(number), "attrs", None)
        if said is not None:
            yield said


def _is_off(said: dict[str, Any], off: dict[int, str]) -> bool:
    """Does a form or a picture stand on a layer that is off, or on several of which one is?"""
    from pdfminer.pdftypes import dict_value

    layer = said.get("OC")
    if layer is None:
        return False
    members = dict_value(layer).get("OCGs", layer)
    return any(getattr(item, "objid", 0) in off for item in (members if isinstance(members, list) else [members]))
