"""What is ordered of a source is drawn, and what cannot be is told; the page shows the pictures it was given."""

from __future__ import annotations

import base64
import json
import re

import msgspec
import pytest

import parsers
from parsers.model.errors import DocumentError
from parsers.model.source import Kind
from parsers.notices import render as drawing
from parsers.notices.annotate import BROKEN, AnnotationError
from parsers.notices.compose import outcome_to_notice, outcome_to_order
from parsers.notices.drawn import MOST_PICTURES, NOTHING_DRAWN, Drawn, Order
from parsers.notices.files import outcome_to_files
from parsers.notices.render import TOO_LARGE, render
from tests.parsers.notices.notice_world import as_infos, drawn_of, outcome_of, pdf_of


def order_of(name: str = "two") -> Order:
    order = outcome_to_order(outcome_of(name))
    assert order is not None
    return order


def notice_of(drawn: Drawn | None, name: str = "two") -> dict[str, object]:
    found: dict[str, object] = json.loads(outcome_to_files(outcome_of(name), drawn)["notice.json"])
    return found


def test_a_clean_report_orders_nothing() -> None:
    assert outcome_to_order(outcome_of("clean")) is None


def test_a_source_without_pages_orders_nothing() -> None:
    outcome = outcome_of()
    source = msgspec.structs.replace(outcome.report.source, kind=Kind.DOCX)
    report = msgspec.structs.replace(outcome.report, source=source)
    assert outcome_to_order(msgspec.structs.replace(outcome, report=report)) is None


def test_infos_are_framed_and_not_pictured() -> None:
    order = outcome_to_order(as_infos(outcome_of()))
    assert order is not None
    assert (len(order.marks), order.pictured) == (2, ())


def test_pictures_have_a_limit_and_frames_have_none() -> None:
    order = order_of("many")
    assert (len(order.pictured), len(order.marks)) == (MOST_PICTURES, len(outcome_to_notice(outcome_of("many")).items))


def test_the_notice_says_which_items_are_pictured() -> None:
    assert (notice_of(drawn_of())["pictured"], notice_of(drawn_of())["remarks"]) == ([1, 2], [])
    notice = outcome_to_notice(outcome_of("many"))
    more = len(notice.errors) + len(notice.warnings) - MOST_PICTURES
    assert notice_of(drawn_of("many"), "many")["remarks"] == [f"另有{more}处未附截图。"]


def test_a_notice_without_its_pictures_says_so() -> None:
    assert (notice_of(None)["pictured"], notice_of(None)["remarks"]) == ([], list(NOTHING_DRAWN.remarks))


def test_the_page_holds_the_pictures() -> None:
    html = outcome_to_files(outcome_of(), drawn_of())["notice.html"].decode()
    shown = re.findall(r'src="data:image/png;base64,([^"]+)"', html)
    assert [base64.b64decode(data) for data in shown] == [picture.png for picture in drawn_of().pictures]


def test_the_annotated_copy_is_published_as_it_was_drawn() -> None:
    assert outcome_to_files(outcome_of(), drawn_of())["annotated.pdf"] == drawn_of().annotated
    assert "annotated.pdf" not in outcome_to_files(outcome_of(), None)


def test_pictures_are_kept_where_no_copy_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_data: bytes, _order: Order) -> bytes:
        raise AnnotationError(BROKEN)

    monkeypatch.setattr(drawing, "annotate", refuse)
    drawn = render(pdf_of(), order_of())
    assert ([picture.number for picture in drawn.pictures], drawn.annotated) == ([1, 2], None)
    assert drawn.remarks == (BROKEN,)


def test_a_copy_that_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_ANNOTATED_BYTES", 100)
    assert render(pdf_of(), order_of()).remarks == (TOO_LARGE,)


@pytest.mark.parametrize("data", ["一、总体情况\n".encode(), b"PK\x03\x04", b""])
def test_what_has_no_pages_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="没有可以绘出的页面"):
        parsers.render(data, order_of())
