"""extract: exactly this version's bytes become a document, in the sandbox's child; what was read once is kept."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable

from parsers import reader_digest
from parsers.model.document import Document
from parsers.model.errors import DocumentError, NeedsOfficeError
from parsers.model.files import value_to_json_line
from parsers.model.source import Source
from parsers.model.value import Value
from tasks import attempts, layout
from tasks.context import Context
from tasks.errors import AgainError, OfficeError, TransientError
from tasks.kept import read_kept
from tasks.messages import SubmissionRef
from tasks.office_programs import converter
from tasks.records import End

MOST_BYTES = 100_000_000
"""Beyond it nothing is even downloaded (reliability S9)."""


def fetch(context: Context, ref: SubmissionRef) -> bytes:
    """Exactly this version's bytes, out of its ZIP where it lies in one.

    Raises DocumentError (too large, no such member), SupersededError, DeletedError, TransientError.
    """
    if ref.size > MOST_BYTES:  # of a member: the ZIP's
        raise DocumentError(
            "LIMIT_SIZE",
            f"文件有 {ref.size / 1e6:.0f} MB，超过 {MOST_BYTES // 1_000_000} MB 的上限。",
            "年度报告正文通常不超过几 MB；请提交正文，附件另存。",
        )
    data = context.store.fetch(ref.upload)
    return data if ref.member is None else context.member(data, ref.member).data


def extract(context: Context, ref: SubmissionRef, data: bytes, *, alone: bool = False) -> Document:
    """The document of these bytes, kept from before or read now.

    Raises DocumentError, AgainError, OfficeError, TransientError.
    """
    content = hashlib.sha256(data).hexdigest()
    key = layout.document(content, reader_digest())
    return stored_document(context, content) or read_once(
        context, ref, lambda: context.read(data), lambda document: put_packed(context, key, document), alone=alone
    )


def stored_document(context: Context, content: str) -> Document | None:
    """What these readers, and the office program that stands here now, made of this content (sha256 in hex) before."""
    document = read_kept(context, layout.document(content, reader_digest()), Document)
    return document if document is None or _is_by_present_converter(document.source) else None


def _is_by_present_converter(source: Source) -> bool:
    """Another LibreOffice may read another document. Where there is none, what was read before is all there is."""
    return source.converter is None or converter(source.kind) in {None, source.converter}


def read_once(
    context: Context,
    ref: SubmissionRef,
    read: Callable[[], Document],
    keep: Callable[[Document], None],
    *,
    alone: bool,
) -> Document:
    """Read, with the attempt written down before and after, and keep what was read.

    Raises DocumentError, AgainError (it may have been bad luck), TransientError.
    """
    attempt = attempts.begin(context, ref.job, alone=alone)
    try:
        document = read()
    except DocumentError as error:
        measured = error.code in attempts.MEASURED_CODES
        attempts.finish(context, attempt, End.MEASURED if measured else End.FINISHED, error.code)
        if isinstance(error, NeedsOfficeError) and context.read_office is not None:
            raise OfficeError(ref.job) from error
        if attempts.may_try_again(context, ref.job, error):
            raise AgainError(ref.job) from error
        raise
    except TransientError:
        attempts.finish(context, attempt, End.INFRASTRUCTURE)
        raise
    keep(document)
    attempts.finish(context, attempt, End.FINISHED)
    return document


def put_packed(context: Context, key: str, value: Value) -> None:
    """Keep a value under a key that ends in .gz; the same value gives the same bytes."""
    context.store.put(context.results, key, gzip.compress(value_to_json_line(value), mtime=0), "application/gzip")
