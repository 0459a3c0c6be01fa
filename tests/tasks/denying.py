"""`denying.py COMMAND…`: the command where namespaces are refused, as the filter of a container's engine does it."""

from __future__ import annotations

import os
import sys
from unittest import mock

from tasks import seccomp
from tasks.kernel import PR_SET_NO_NEW_PRIVS, prctl

if __name__ == "__main__":
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    with mock.patch.object(seccomp, "_NEVER", {"unshare": seccomp._NEVER["unshare"]}):
        seccomp.refuse_calls(programs=True)
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - a test's own words
