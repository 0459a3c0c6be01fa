"""A ZIP is taken apart: each member becomes a submission of its own, `file.zip!/name`, with its own message and end.

members.json is written first and done.json last, after every member was sent: a crash in between takes it apart again,
and whatever message is lost afterwards is found by the sweep, which reads members.json.
"""

from __future__ import annotations

from parsers import reader_digest
from parsers.model.document import Document, Line
from parsers.model.errors import DocumentError
from parsers.model.files import value_to_json
from parsers.model.source import Kind
from tasks import layout
from tasks.context import Context
from tasks.copies import refresh_copy
from tasks.kept import read_kept
from tasks.messages import SubmissionRef
from tasks.records import Done, Members, Quarantine, Terminal


def is_container(document: Document) -> bool:
    """Is this the list of a ZIP's members, and no report?"""
    return document.source.kind is Kind.ZIP


def document_to_names(document: Document) -> tuple[str, ...]:
    """The names of the members, in the order of the container."""
    return tuple(block.text for block in document.blocks if isinstance(block, Line))


def take_apart(context: Context, ref: SubmissionRef, document: Document, before: Terminal | None) -> Done:
    """Send every member on its way, then mark the ZIP as finished. Raises DocumentError for a ZIP inside a ZIP."""
    if ref.member is not None:
        raise nested()
    names = document_to_names(document)
    _put(context, layout.members(ref.job), Members(job=ref.job, ref=ref, names=names))
    for name in names:
        context.enqueue(ref.of_member(name))
    done = _container_to_done(context, ref, document)
    _put(context, layout.done(ref.job), done)
    if isinstance(before, Quarantine):
        context.store.delete(context.results, layout.quarantine(ref.job))
    refresh_copy(context, ref, done)
    return done


def member_names(context: Context, job: str) -> tuple[str, ...]:
    """What this job's ZIP was taken apart into; nothing when the record is missing or damaged."""
    kept = read_kept(context, layout.members(job), Members)
    return kept.names if kept is not None else ()


def nested() -> DocumentError:
    """Why a ZIP inside a ZIP stays closed."""
    return DocumentError("ZIP_NESTED", "压缩包里还有压缩包，只拆开一层。", "请将内层的压缩包单独上传。")


def _put(context: Context, key: str, value: Members | Done) -> None:
    context.store.put(context.results, key, value_to_json(value), "application/json")


def _container_to_done(context: Context, ref: SubmissionRef, document: Document) -> Done:
    """The terminal marker of a ZIP: nothing is judged here, so it has no findings and no files."""
    return Done(
        job=ref.job,
        ref=ref,
        content=document.source.sha256,
        reader_digest=reader_digest(),
        judge_digest=context.judge.digest,
        kind=Kind.ZIP.value,
        agency=None,
        agency_name=None,
        title=None,
        year=None,
        edition=None,
        counts={},
        codes={},
        has_error=False,
        files=(),
    )
