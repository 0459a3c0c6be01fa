"""Commands that are called beside a running `gouji up` and mean its queue and its store."""

from __future__ import annotations

import os
from pathlib import Path

from workers.config import Settings, load_settings
from workers.embedded.state import running


def settings_alongside(config: Path | None) -> Settings:
    """The settings; where they name no broker, those of the `gouji up` that runs on the state directory, if one does.

    Raises ConfigurationError.
    """
    settings = load_settings(config)
    found = None if settings.redis_url else running(settings.state_dir)
    if found is None:
        return settings
    os.environ.update(found.environment)  # boto3 finds its keys there
    return load_settings(config)
