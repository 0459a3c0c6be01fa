"""One file made to hurt: what it is, how its bytes are made, how it must end, and what it may cost.

Nothing of it is stored: a scanner would take the file for an attack, which it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

READ = "read"
"""The end of a file that is read; every other end is the code of a DocumentError."""

UNREAD = ("OCR_MISSING", READ)
"""No text is seen: without the extra `ocr` a picture is refused, with it nothing is found in it."""

BROKEN = ("PDF_BROKEN",)

OUT_OF_MEMORY = ("LIMIT_MEMORY", "CHILD_CRASHED")
"""PDFium ends the process when it gets no memory; what had been taken by then tells the two apart."""

OUT_OF_TIME = ("LIMIT_CPU", *OUT_OF_MEMORY)
"""Whichever the machine meets first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the hostile corpus.

    `number`: that of reliability.md section 7, with a letter where it asks for several files ("10b").
    `ends`: READ or codes of DocumentErrors; several only where the machine decides which limit is met first.
    `problems`: codes that the document must carry when it is read, beside others.
    `shown`, `absent`: words that must, and that must not, stand in what was read.
    `seconds`, `megabytes`: what reading may take: wall time of the child, and its address space.
    `quick`: one of those that every `make test` reads.
    """

    number: str
    name: str
    build: Callable[[], bytes]
    ends: tuple[str, ...] = (READ,)
    problems: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    seconds: float = 10.0
    megabytes: int = 512
    quick: bool = False

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
