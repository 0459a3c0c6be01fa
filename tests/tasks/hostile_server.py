"""A sandbox server whose `read` does what the bytes say: the hostile documents of the sandbox's tests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

from parsers.model.document import Document
from parsers.model.errors import DocumentError
from parsers.readers import bytes_to_document
from tasks import sandbox_server
from tasks.sandbox_limits import die_with_parent

CHUNK = 8 * 1024 * 1024


def read(data: bytes) -> object:  # noqa: C901, PLR0911, PLR0912 - one case a word
    word, _, rest = data.decode().partition(" ")
    match word:
        case "allocate":
            return [bytes(CHUNK) for _ in range(1000)]
        case "allocate-and-hide":
            return _allocate_and_hide()
        case "spin":
            while True:
                pass
        case "sleep":
            time.sleep(60)
        case "die":
            os.kill(os.getpid(), int(rest))
        case "exit":
            os._exit(int(rest))
        case "refuse":
            raise DocumentError("ENCRYPTED", "文件已加密。", "请去除密码。")
        case "bug":
            raise KeyError(rest)
        case "rubbish":
            return {"schema": rest}
        case "flood":
            return "x" * (40 * 1024 * 1024)
        case "look":
            return _seen(bytes_to_document(b"text"))
        case "orphan":
            subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({rest})"])
            return bytes_to_document(b"text")
        case "kill-parent":
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
    return bytes_to_document(data)


def _allocate_and_hide() -> NoReturn:
    """As libraries do: the want of memory is told as something else."""
    kept = []
    try:
        while True:
            kept.append(bytes(CHUNK))
    except MemoryError:
        message = "XMLSyntaxError: unknown error"
        raise ValueError(message) from None


def _seen(document: Document) -> Document:
    """A document whose lines tell what the child sees of the world."""
    descriptors = tuple(Path("/proc/self/fd").iterdir()) if sys.platform == "linux" else ()
    lines = [
        f"environment {sorted(os.environ)}",
        f"descriptors {len(descriptors)}",
        f"leader {os.getsid(0) == os.getpid()}",
    ]
    place = document.blocks[0].place
    line = type(document.blocks[0])
    return Document(
        source=document.source,
        pages=(),
        blocks=tuple(line(text=text, place=place) for text in lines),  # type: ignore[call-arg] # a Line
    )


if __name__ == "__main__":
    die_with_parent()
    with socket.socket(fileno=int(sys.argv[1])) as channel:
        sandbox_server.serve(channel, {"read": read})
