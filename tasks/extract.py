"""extract: exactly this version's bytes become a document, in the sandbox's child; what was read once is kept."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable

from parsers import reader_digest
from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.model.files import value_to_json_line
from parsers.model.value import Value
from tasks import attempts, layout
from tasks.context import Context
from tasks.errors import AgainError, TransientError
from tasks.kept import read_kept
from tasks.messages import SubmissionRef
from tasks.records import End

MOST_BYTES = 100_000_000
"""Beyond it nothing is even downloaded (reliability S9)."""


def fetch(context: Context, ref: SubmissionRef) -> bytes:
    """Exactly this version's bytes. Raises DocumentError (too large), SupersededError, DeletedError, TransientError."""
    if ref.size > MOST_BYTES:
        raise DocumentError(
            "LIMIT_SIZE",
            f"文件有 {ref.size / 1e6:.0f} MB，超过 {MOST_BYTES // 1_000_000} MB 的上限。",
            "年度报告正文通常不超过几 MB；请提交正文，附件另存。",
        )
    return context.store.fetch(ref)


def extract(context: Context, ref: SubmissionRef, data: bytes, *, alone: bool = False) -> Document:
    """The document of these bytes, kept from before or read now. Raises DocumentError, AgainError, TransientError."""
    content = hashlib.sha256(data).hexdigest()
    key = layout.document(content, reader_digest())
    return stored_document(context, content) or read_once(
        context, ref, lambda: context.read(data), lambda document: put_packed(context, key, document), alone=alone
    )


def stored_document(context: Context, content: str) -> Document | None:
    """What these readers made of this content (sha256 in hex) before."""
    return read_kept(context, layout.document(content, reader_digest()), Document)


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
