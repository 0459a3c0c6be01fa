"""The published files of an outcome, as canonical bytes."""

from __future__ import annotations

import base64
from functools import cache

from jinja2 import Template

from parsers.model.across import Across
from parsers.model.files import value_to_json
from parsers.model.outcome import Outcome
from parsers.notices.compose import Notice, notice_to_order, outcome_to_notice, with_drawn
from parsers.notices.docx import notice_to_docx
from parsers.notices.drawn import Drawn, Picture
from parsers.notices.layout import item_to_caption
from parsers.notices.templates import make_environment, notice_to_values, template_text

WIDTHS = (7, 18, 17, 28, 17, 13)
"""Of the columns of the table of findings, in hundredths."""


def outcome_to_files(outcome: Outcome, drawn: Drawn | None = None, across: Across | None = None) -> dict[str, bytes]:
    """report.json, findings.json, notice.json, notice.html, notice.docx, and annotated.pdf where one was drawn.

    With `across` also across.json, and the notice draws on both.

    `drawn` is what `render` made of the order of this outcome; None where it failed.
    """
    plain = outcome_to_notice(outcome, across)
    notice = with_drawn(plain, notice_to_order(plain, outcome.report.source.kind), drawn)
    made = {
        "report.json": value_to_json(outcome.report),
        "findings.json": value_to_json(outcome.findings),
        "notice.json": value_to_json(notice),
        "notice.html": notice_to_html(notice, drawn).encode(),
        "notice.docx": notice_to_docx(notice, drawn),
    }
    if across is not None:
        made["across.json"] = value_to_json(across)
    return made if drawn is None or drawn.annotated is None else {**made, "annotated.pdf": drawn.annotated}


def notice_to_html(notice: Notice, drawn: Drawn | None = None) -> str:
    """The notice as a page that stands alone: no script, no font and no picture from elsewhere."""
    pictures = _to_figures(notice, drawn.pictures if drawn else ())
    return _template().render(notice_to_values(notice), pictures=pictures)


def _to_figures(notice: Notice, pictures: tuple[Picture, ...]) -> list[dict[str, object]]:
    """What the page shows of each picture; its width in pixels as browsers count them, 96 to the inch."""
    captions = {item.number: item_to_caption(item) for item in notice.items}
    return [
        {
            "caption": captions[picture.number],
            "width": round(picture.width * 96 / 72),
            "data": base64.b64encode(picture.png).decode(),
        }
        for picture in pictures
    ]


@cache
def _template() -> Template:
    return make_environment({"WIDTHS": WIDTHS}).from_string(template_text("notice.html"))
