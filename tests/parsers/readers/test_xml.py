"""XML is parsed without entities, DTD or network, in any encoding."""

from __future__ import annotations

import pytest

from parsers.model.errors import DocumentError
from parsers.readers.xml import bytes_to_xml

DTD = '<?xml version="1.0" encoding="{}"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>'


def test_text_is_read() -> None:
    assert bytes_to_xml("<a><b>规章</b></a>".encode()).findtext("b") == "规章"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_doctype_is_refused_in_every_encoding(encoding: str) -> None:
    with pytest.raises(DocumentError) as caught:
        bytes_to_xml(DTD.format(encoding).encode(encoding))
    assert caught.value.code == "XML_DOCTYPE"


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a></b>", b"\xff\xfe\x00", b"<a>&nope;</a>"])
def test_damage_is_told(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        bytes_to_xml(data)
    assert caught.value.code == "XML_BROKEN"


def test_a_depth_no_document_has_is_damage() -> None:
    with pytest.raises(DocumentError):
        bytes_to_xml(b"<a>" * 5000 + b"</a>" * 5000)
