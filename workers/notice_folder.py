"""`gouji check --notice DIR`: the notice of every report as files, each report in a folder of its own."""

from __future__ import annotations

import re
from pathlib import Path

import parsers
from parsers.model.errors import DocumentError
from parsers.model.outcome import Outcome
from parsers.notices.drawn import Drawn
from tasks.errors import ConfigurationError
from tasks.sandbox import Sandbox

EXIT_USAGE = 64

MOST_NAME = 60
"""Letters of a folder's name. Chinese ones have three bytes each, and a file system allows 255."""

_NOT_NAMED = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')
"""What some file system forbids, or takes for more than a letter. A member's name is whatever its ZIP says."""


def write_notice(sandbox: Sandbox, folder: Path, file: str, data: bytes, outcome: Outcome) -> Path:
    """Write the files of an outcome; the folder made for them. Raises ConfigurationError where that cannot be."""
    made = parsers.outcome_to_files(outcome, _drawn(sandbox, data, outcome))
    try:
        place = _new_folder(folder, name_to_folder(file))
        for name, content in made.items():
            (place / name).write_bytes(content)
    except OSError:
        raise ConfigurationError(f"不能写入目录 {folder}，请检查路径和权限。", EXIT_USAGE) from None
    return place


def _drawn(sandbox: Sandbox, data: bytes, outcome: Outcome) -> Drawn | None:
    order = parsers.outcome_to_order(outcome)
    try:
        return sandbox.render(data, order) if order else None
    except DocumentError:
        return None  # the notice says that it has no pictures


def name_to_folder(file: str) -> str:
    """`2023/住建局.zip!/内/甲.pdf` to `甲.pdf`: the last name, harmless on every file system."""
    last = re.split(r"[\\/]", file)[-1]
    return _NOT_NAMED.sub("_", last).strip(". ")[-MOST_NAME:] or "report"


def _new_folder(parent: Path, name: str) -> Path:
    """A folder of this name, or with a number behind it: two reports of one name do not overwrite each other."""
    parent.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        place = parent / (name if number == 1 else f"{name}-{number}")
        try:
            place.mkdir()
        except FileExistsError:
            number += 1
        else:
            return place
