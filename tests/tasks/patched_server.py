"""A sandbox server on a machine that lacks something: LibreOffice, or the right to cut itself off."""

from __future__ import annotations

import contextlib
import sys
from typing import Any
from unittest import mock

from tasks import sandbox_server

LACKS: dict[str, dict[str, Any]] = {
    "without-office": {"tasks.office.soffice": lambda: None},
    "without-namespaces": {"tasks.enclosure.unshare": mock.Mock(side_effect=PermissionError)},
    "without-walls": {
        "tasks.enclosure.unshare": mock.Mock(side_effect=PermissionError),
        "tasks.landlock.version": lambda: 0,
    },
}

if __name__ == "__main__":
    with contextlib.ExitStack() as stack:
        for name, value in LACKS[sys.argv.pop(1)].items():
            stack.enter_context(mock.patch(name, value))
        sandbox_server.run(sandbox_server.prepare)
