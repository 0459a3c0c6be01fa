"""The judge: what, beside the code and the document, decides how a report is judged. Given by the operator as data."""

from __future__ import annotations

import hashlib

from parsers.digests import judging_code_digest
from parsers.model.pack import BUILT_IN_PACK, Pack, PackName
from parsers.model.roster import Roster
from parsers.model.value import Value


class Judge(Value):
    """The roster and the rule pack of the area, when there are any."""

    roster: Roster | None = None
    pack: Pack = BUILT_IN_PACK

    @property
    def digest(self) -> str:
        """Everything that makes report.json and findings.json of a document: sixteen hex digits."""
        pack = None if self.pack == BUILT_IN_PACK else self.pack
        named = (("roster", self.roster), ("pack", pack))
        given = tuple(f"{name} {value.digest}" for name, value in named if value is not None)
        return hashlib.sha256("\n".join((judging_code_digest(), *given)).encode()).hexdigest()[:16]

    @property
    def pack_name(self) -> PackName | None:
        """Which pack this is; None for the rules as they are built in."""
        pack = self.pack
        return None if pack == BUILT_IN_PACK else PackName(id=pack.id, version=pack.version, digest=pack.digest)


BUILT_IN = Judge()
"""No roster, no pack: Gouji as it comes."""
