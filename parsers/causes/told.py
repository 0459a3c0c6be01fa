"""What the prose tells of single figures, where it does so without any doubt."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.model.report import Claim, Number, Precision, Scope


def claims_to_told(claims: Iterable[Claim]) -> dict[str, Number]:
    """Figure id to its number in the prose; nothing for a figure of which it tells two numbers."""
    told: dict[str, list[Number]] = {}
    for claim in claims:
        if _is_of_one_figure(claim) and claim.value is not None and not isinstance(claim.value, bool):
            told.setdefault(claim.readings[0][0], []).append(claim.value)
    return {figure: numbers[0] for figure, numbers in told.items() if all(n == numbers[0] for n in numbers)}


def _is_of_one_figure(claim: Claim) -> bool:
    is_certain = claim.why_not is None and not claim.ambiguous and claim.precision is Precision.EXACT
    return is_certain and claim.scope is Scope.BODY and len(claim.readings) == 1 and len(claim.readings[0]) == 1
