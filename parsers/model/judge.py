"""The judge: what, beside the code and the document, decides how a report is judged. Given by the operator as data."""

from __future__ import annotations

import hashlib

from parsers.digests import judging_code_digest
from parsers.model.roster import Roster
from parsers.model.value import Value


class Judge(Value):
    """The roster of the area, when there is one."""

    roster: Roster | None = None

    @property
    def digest(self) -> str:
        """Everything that makes report.json and findings.json of a document: sixteen hex digits."""
        given = tuple(f"{name} {value.digest}" for name, value in (("roster", self.roster),) if value is not None)
        return hashlib.sha256("\n".join((judging_code_digest(), *given)).encode()).hexdigest()[:16]


BUILT_IN = Judge()
"""No roster: Gouji as it comes."""
