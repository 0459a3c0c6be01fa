"""The second reading: asked for where something does not hold, made in the sandbox's child, kept like the first one.

The bytes are brought only when nothing is kept, so judging again needs none.
"""

from __future__ import annotations

from collections.abc import Callable

from parsers import reader_digest
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from tasks import layout
from tasks.context import Context
from tasks.extract import put_packed, read_once
from tasks.kept import read_kept
from tasks.messages import SubmissionRef
from tasks.records import SecondReading


def second_document(
    context: Context, ref: SubmissionRef, content: str, bring: Callable[[], bytes], *, alone: bool = False
) -> Document | None:
    """What the second reader makes of this content (sha256 in hex); None where it cannot read it.

    Raises what `bring` raises, AgainError and TransientError.
    """
    key = layout.second_document(content, reader_digest())
    kept = read_kept(context, key, SecondReading)
    return kept.document if kept is not None else _read_now(context, ref, key, bring(), alone=alone)


def _read_now(context: Context, ref: SubmissionRef, key: str, data: bytes, *, alone: bool) -> Document | None:
    """What it cannot read is kept too: it would not fare better the next time."""

    def keep(document: Document | None, code: str = "") -> None:
        put_packed(context, key, SecondReading(document=document, code=code))

    try:
        return read_once(context, ref, lambda: context.reread(data), keep, alone=alone)
    except DocumentError as error:
        keep(None, error.code)
        return None
