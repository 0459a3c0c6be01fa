"""Claims: the numbers that a report states in prose, what they mean, and whether they may be compared (domain 5).

Pure text work: passages in, claims out. Which claims break a rule is for the rules to say.
"""

from __future__ import annotations

from parsers.claims.extract import Setting, passages_to_claims
from parsers.claims.metrics import Form
from parsers.claims.passages import Passage, lines_to_passage

__all__ = ["Form", "Passage", "Setting", "lines_to_passage", "passages_to_claims"]
