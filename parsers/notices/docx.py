"""The notice as a Word file in the form of an official document (GB/T 9704-2012, as far as an internal notice needs).

Written from templates of its parts, with no document library: the process that publishes holds none, and a clean
report's confirmation costs no child. The package is not compressed, because a deflating library of another machine
would give other bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

from jinja2 import Environment, Template
from markupsafe import Markup

from parsers.model.value import Value
from parsers.notices.compose import Notice
from parsers.notices.drawn import Drawn, Picture
from parsers.notices.items import NoticeItem
from parsers.notices.layout import HEADS, item_to_caption, title_to_lines
from parsers.notices.templates import make_environment, notice_to_values, template_text

PARTS = (
    ("[Content_Types].xml", "content_types.xml"),
    ("_rels/.rels", "package_rels.xml"),
    ("word/document.xml", "document.xml"),
    ("word/_rels/document.xml.rels", "document_rels.xml"),
    ("word/styles.xml", "styles.xml"),
    ("word/settings.xml", "settings.xml"),
    ("word/fontTable.xml", "fontTable.xml"),
    ("word/footer1.xml", "footer1.xml"),
    ("word/footer2.xml", "footer2.xml"),
    ("docProps/core.xml", "core.xml"),
)
"""Name in the package and the template of it; the first must stand first."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the earliest that a ZIP can say."""

EMU = 12700
"""Of a point: the unit of sizes in a drawing (ECMA-376, 20.1.2.1)."""

TEXT_WIDTH = 442.2
"""Points of the text area's 156 mm."""

COLUMNS = tuple(zip(HEADS, (690, 1560, 1500, 2460, 1530, 1105), strict=True))
"""Of the table of findings: head and width in twentieths of a point; 156 mm in all."""

CHECKED_COLUMNS = (("事项", 7045), ("相符", 1800))
"""Of the table of what was checked."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, and a report may."""


class _Shown(Value):
    """A picture as it stands in the annex; sizes in EMU."""

    number: int
    caption: str
    across: int
    down: int


def notice_to_docx(notice: Notice, drawn: Drawn | None = None) -> bytes:
    """The Word file. The same notice and pictures give the same bytes."""
    pictures = drawn.pictures if drawn else ()
    shown = _pictures_to_shown(notice, pictures)
    values = notice_to_values(notice) | {
        "title_lines": title_to_lines(notice.title),
        "is_clean": not notice.errors and not notice.warnings,
        "pictures": shown,
    }
    texts = [(name, _template(template).render(values).encode()) for name, template in PARTS]
    media = [(f"word/media/item{picture.number}.png", picture.png) for picture in pictures]
    return _packed([*texts, *media])


def _pictures_to_shown(notice: Notice, pictures: tuple[Picture, ...]) -> tuple[_Shown, ...]:
    items = {item.number: item for item in notice.items}
    return tuple(_to_shown(items[picture.number], picture) for picture in pictures)


def _to_shown(item: NoticeItem, picture: Picture) -> _Shown:
    """As large as on its page, or as wide as the text."""
    scale = min(1.0, TEXT_WIDTH / picture.width)
    across, down = (round(side * scale * EMU) for side in (picture.width, picture.height))
    return _Shown(number=item.number, caption=item_to_caption(item), across=across, down=down)


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, data in parts:
            package.writestr(zipfile.ZipInfo(name, EPOCH), data)
    return buffer.getvalue()


@cache
def _template(name: str) -> Template:
    return _environment().from_string(template_text(f"word/{name}"))


@cache
def _environment() -> Environment:
    return make_environment({"COLUMNS": COLUMNS, "CHECKED_COLUMNS": CHECKED_COLUMNS}, finalize=_holdable)


def _holdable(value: object) -> object:
    """A text without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value
