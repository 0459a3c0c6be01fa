"""A process that ends with its parent: nothing is left behind when the parent is killed.

As a program, `python -m workers.lifeline SIGNAL PARENT COMMAND…` ties itself to its parent and becomes COMMAND.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import subprocess
import sys
import time

_PR_SET_PDEATHSIG = 1
_POLL_SECONDS = 0.5

ON_LINUX = platform.system() == "Linux"


def die_with_parent(with_signal: int = signal.SIGKILL) -> None:
    """Ask Linux to send this process the signal when the thread that started it ends; elsewhere do nothing.

    The order outlives `exec` but not `fork`: each generation asks for itself.
    """
    if ON_LINUX:
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)


def tethered(command: list[str], with_signal: int = signal.SIGKILL) -> list[str]:
    """The command line that runs `command` tied to the calling process."""
    # -S -E: neither site packages nor the user's PYTHON* settings are needed to become another program
    return [sys.executable, "-S", "-E", __file__, str(int(with_signal)), str(os.getpid()), *command]


def _watch(command: list[str], with_signal: int, parent: int) -> int:
    """Where the kernel offers no such order: run the command as a child and look twice a second."""
    child = subprocess.Popen(command)  # noqa: S603 - our own command line, no shell
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: child.send_signal(received))
    while child.poll() is None:
        if os.getppid() != parent:
            child.send_signal(with_signal)
            return child.wait()
        time.sleep(_POLL_SECONDS)
    return child.returncode


def _run(arguments: list[str]) -> int:
    with_signal, parent, command = int(arguments[0]), int(arguments[1]), arguments[2:]
    if not ON_LINUX:
        return _watch(command, with_signal, parent)
    die_with_parent(with_signal)
    if os.getppid() != parent:
        return 1  # the parent died before the order was given
    return os.execvp(command[0], command)  # noqa: S606 - our own command line, no shell; never returns


if __name__ == "__main__":
    sys.exit(_run(sys.argv[1:]))
