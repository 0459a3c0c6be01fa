"""The cause of broken sums: the tables as a code whose parity checks are the identities of the form (DESIGN 2.4).

A wrong cell breaks every identity it stands in, and so tells its place. What is found is a hint: it is stated only if
no other explanation of as few cells exists.
"""

from __future__ import annotations

from parsers.causes.explain import tables_to_causes
from parsers.causes.told import claims_to_told

__all__ = ["claims_to_told", "tables_to_causes"]
