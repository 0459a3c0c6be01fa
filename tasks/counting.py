"""Figures for /metrics that add up over all processes. They stand in the ledger; one that is lost is only a gap."""

from __future__ import annotations

import contextlib

from tasks.errors import TransientError
from tasks.ports.ledger import Ledger, Tally


def count(ledger: Ledger, tally: Tally, label: str, number: int = 1) -> None:
    """Add to one of the figures."""
    with contextlib.suppress(TransientError):
        ledger.count(tally, label, number)
