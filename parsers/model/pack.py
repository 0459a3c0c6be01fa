"""A local rule pack: what an area decides otherwise than the built-in rules do, as data with a name and a version."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import msgspec

from parsers.model.finding import Severity
from parsers.model.value import Value


class CodeChange(Value, forbid_unknown_fields=True):
    """What becomes of one kind of finding: not told at all, or told with another severity."""

    enabled: bool = True
    severity: Severity | None = None


class Deadlines(Value, forbid_unknown_fields=True):
    """The last day for publishing, as `MM-DD` of the year after the one reported on (条例 第四十九条)."""

    department: str = "01-31"
    township: str = "01-31"
    government: str = "03-31"


class Thresholds(Value, forbid_unknown_fields=True):
    """Limits of what is plausible; shares are of 1.

    Built in: of twenty and twenty working days a sixth of a year is carried over at most; the remainder row holds 7 to
    10 % in large samples; of fewer than eight requests a share says nothing.
    """

    carried_share: Decimal = Decimal("0.25")
    other_share: Decimal = Decimal("0.25")
    least_requests: int = 8
    year_factor: Decimal = Decimal(5)
    year_base: int = 50
    own_text_warning: Decimal = Decimal("0.85")
    own_text_info: Decimal = Decimal("0.70")
    others_text_warning: Decimal = Decimal("0.80")


class LocalIdentity(Value, forbid_unknown_fields=True):
    """An equation of an area's own: `sum(left) = sum(right)`, over every column or row of a table, or those named.

    `each` is `column` (rows are added) or `row` (columns are added); `editions` are the forms that it holds for.
    """

    code: str
    table: str
    each: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    formula: str
    clause: str
    over: tuple[str, ...] = ()
    editions: tuple[str, ...] = ("2021",)
    severity: Severity = Severity.WARNING


class PackCase(Value, forbid_unknown_fields=True):
    """A test of the pack: a change to a clean report, the codes that it must lead to, and those that it must not.

    `cells` by figure id, `replace` anywhere in the text; the report is that of a county's department for `year`.
    """

    name: str
    cells: dict[str, str] = {}
    replace: dict[str, str] = {}
    year: int = 2023
    expect: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


class Pack(Value, forbid_unknown_fields=True):
    """All of it. `basis` names the local document; `id` and `version` are the area's own."""

    id: str
    version: str
    name: str
    basis: str = ""
    codes: dict[str, CodeChange] = {}
    deadlines: Deadlines = Deadlines()
    thresholds: Thresholds = Thresholds()
    identities: tuple[LocalIdentity, ...] = ()
    cases: tuple[PackCase, ...] = ()

    @property
    def digest(self) -> str:
        """Of what it says, however the file is written: sixteen hex digits."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:16]


class PackName(Value):
    """Which pack a result was judged by."""

    id: str
    version: str
    digest: str


class PackError(Exception):
    """A pack that cannot be used; `sentences` say all that is wrong in it, in Chinese."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("；".join(sentences))
        self.sentences = sentences


BUILT_IN_PACK = Pack(id="built-in", version="1", name="内置规则")
"""Nothing is decided otherwise."""
