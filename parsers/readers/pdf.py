"""PDF with a text layer."""

from __future__ import annotations

from parsers.readers.pdf_second import read

__all__ = ["read"]
