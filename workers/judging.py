"""What the operator gives to judge by: files that are read once, at the start of a process and for its children too."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from parsers import Judge, Roster, bytes_to_roster
from parsers.model.roster import RosterError
from tasks.errors import ConfigurationError
from workers.config import Settings
from workers.exit_codes import EXIT_SETTINGS

_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "不存在",
    PermissionError: "没有读取权限",
    IsADirectoryError: "是一个目录",
}


def _reason(error: OSError) -> str:
    return _REASONS.get(type(error), "打不开")


def settings_to_judge(settings: Settings) -> Judge:
    """The judge of these settings. Raises ConfigurationError when a file cannot be used."""
    return files_to_judge(settings.roster)


def files_to_judge(roster: Path | None) -> Judge:
    """The judge of these files. Raises ConfigurationError."""
    return Judge(roster=_file_to_roster(roster) if roster else None)


@cache  # a worker's later children judge as the first ones did, though the file was changed meanwhile
def _file_to_roster(path: Path) -> Roster:
    try:
        return bytes_to_roster(path.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"名册 {path} {_reason(error)}", EXIT_SETTINGS) from None
    except RosterError as error:
        wrong = "；".join(error.sentences)
        raise ConfigurationError(f"名册 {path} 不能使用：{wrong}", EXIT_SETTINGS) from None
