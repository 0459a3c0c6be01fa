"""What the results bucket keeps, read back. What cannot be read is as if it were not there: it is made anew."""

from __future__ import annotations

import gzip
import logging
import zlib
from typing import TypeVar

import msgspec

from parsers.model.files import json_to_value
from tasks.context import Context

T = TypeVar("T")

_LOG = logging.getLogger(__name__)


def read_kept(context: Context, key: str, kind: type[T]) -> T | None:
    """The value under this key (packed where the key ends in .gz); None if it is absent or damaged.

    Raises TransientError.
    """
    data = context.store.get(context.results, key)
    if data is None:
        return None
    try:
        return json_to_value(gzip.decompress(data) if key.endswith(".gz") else data, kind)
    except (msgspec.MsgspecError, EOFError, gzip.BadGzipFile, zlib.error):
        _LOG.warning("%s 已损坏，不予采用，将重新生成", key)
        return None
