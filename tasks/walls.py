"""Which walls this machine offers the sandbox, asked before anything starts: `python -I -m tasks.walls` says it."""

from __future__ import annotations

import subprocess
import sys

from tasks.enclosure import Layer, NoWallsError, enter
from tasks.errors import ConfigurationError
from tasks.kernel import ON_LINUX

EXIT_PLATFORM = 70
"""The same number as workers.exit_codes.EXIT_SETTINGS: this machine cannot run Gouji as it is set up."""

NO_WALLS = (
    "本机既不允许命名空间（user namespaces），也不支持 Landlock，无法把解析文件的进程与网络和文件隔开，因此没有启动；"
    "请调整系统或换一台机器；如愿自担风险，可设 GOUJI_SANDBOX=limits-only（只限制内存、时间等，不断网、不隔离文件）"
)
NOT_ON_LINUX = (
    "本系统不是 Linux，无法把解析文件的进程与网络和文件隔开，因此没有启动；请在 Linux 上运行；"
    "如愿自担风险，可设 GOUJI_SANDBOX=limits-only（只限制内存、时间等，不断网、不隔离文件）"
)
ONLY_LIMITS = "解析文件的进程只有内存、时间等限制，没有断网，也没有与本机文件隔开（GOUJI_SANDBOX=limits-only）"

_SECONDS = 30.0


def require_walls(*, accept_limits: bool) -> Layer:
    """The walls that each warm parent will find. Raises ConfigurationError when there are none, unaccepted."""
    layer = _found_layer()
    if layer is None and not accept_limits:
        raise no_walls()
    return layer or Layer.LIMITS


def no_walls() -> ConfigurationError:
    """Why nothing starts."""
    return ConfigurationError(NO_WALLS if ON_LINUX else NOT_ON_LINUX, EXIT_PLATFORM)


def _found_layer() -> Layer | None:
    """Tried in a process of its own, which cannot come back from behind them."""
    command = [sys.executable, "-I", "-m", "tasks.walls"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={}, timeout=_SECONDS)  # noqa: S603 - our own words
    return Layer(done.stdout.strip()) if done.returncode == 0 else None


def main() -> int:
    """Print the layer; 1 where there is none."""
    try:
        print(enter(accept_limits=False).layer)  # noqa: T201 - the answer
    except NoWallsError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
