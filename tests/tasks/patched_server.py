"""A sandbox server on a machine that lacks something: LibreOffice, or the right to cut itself off."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from unittest import mock

from tasks import sandbox_server
from tasks.isolation import IsolationError

LACKS: dict[str, dict[str, Any]] = {
    "without-office": {"soffice": lambda: None, "require_converter": lambda _: "antiword"},
    "without-namespaces": {
        "soffice": lambda: Path("/usr/bin/true"),
        "require_converter": lambda _: "LibreOffice",
        "isolate": mock.Mock(side_effect=IsolationError),
    },
}

if __name__ == "__main__":
    with mock.patch.multiple("tasks.office", **LACKS[sys.argv.pop(1)]):
        sandbox_server.main()
