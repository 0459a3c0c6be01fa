"""What a query means: the same words for the Redis ledger and for its memory twin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from tasks.ports.ledger import EVERY_KEY, Entry, Query

_NEVER = datetime.min.replace(tzinfo=UTC)
_UNFINISHED = timedelta(days=-1)

_SORTS: dict[str, Callable[[Entry], tuple[object, ...]]] = {
    "received": lambda entry: (entry.received,),
    "finished": lambda entry: (entry.finished or _NEVER,),
    "key": lambda entry: (entry.ref.key,),
    "agency": lambda entry: (entry.agency or "",),
    "year": lambda entry: (entry.year or 0,),
    "state": lambda entry: (entry.state.value,),
    "error": lambda entry: (entry.counts.get("error", 0),),
    "warning": lambda entry: (entry.counts.get("warning", 0),),
    "undetermined": lambda entry: (entry.counts.get("undetermined", 0),),
    "took": lambda entry: (entry.finished - entry.received if entry.finished else _UNFINISHED,),
}
"""Every order ends with the job, so that pages never overlap. An unknown word sorts by the time of arrival."""


def filters(query: Query) -> bool:
    """Whether the query asks for a part only."""
    is_narrow = any((query.search, query.state, query.year, query.severity, query.code, query.prefix))
    return is_narrow or query.within != EVERY_KEY


def matches(entry: Entry, query: Query) -> bool:
    """Whether every field that is filled in agrees."""
    return (
        (query.state is None or entry.state is query.state)
        and (query.year is None or entry.year == query.year)
        and (query.severity is None or entry.counts.get(query.severity, 0) > 0)
        and (query.code is None or query.code in entry.codes or query.code == entry.reason_code)
        and entry.ref.key.startswith(query.prefix)
        and entry.ref.key.startswith(query.within)
        and _is_found(query.search, entry)
    )


def page(entries: Iterable[Entry], query: Query) -> tuple[tuple[Entry, ...], int]:
    """The entries that match, sorted, cut to the page; and how many match."""
    field = query.sort.removeprefix("-")
    order = _SORTS.get(field, _SORTS["received"])
    found = sorted(
        (entry for entry in entries if matches(entry, query)),
        key=lambda entry: (*order(entry), entry.job),
        reverse=query.sort.startswith("-"),
    )
    return tuple(found[query.offset : query.offset + query.limit]), len(found)


def _is_found(search: str, entry: Entry) -> bool:
    """Every word of the search stands somewhere in key, agency or title."""
    text = "\n".join((entry.ref.key, entry.agency or "", entry.title or "")).casefold()
    return all(word in text for word in search.casefold().split())
