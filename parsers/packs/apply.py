"""What a pack makes of results: kinds of finding left out, or told with another severity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from parsers.model.finding import Finding, Passed, Severity
from parsers.model.pack import Pack


def results_by_pack(pack: Pack, results: Iterable[Finding | Passed]) -> Iterator[Finding | Passed]:
    """The results as this area wants them told."""
    for result in results:
        change = pack.codes.get(result.code)
        if change is None:
            yield result
        elif change.enabled:
            yield result if isinstance(result, Passed) or change.severity is None else _told_as(result, change.severity)


def _told_as(finding: Finding, severity: Severity) -> Finding:
    """Of what is no error here, nobody is asked to correct it."""
    message = finding.message if severity is Severity.ERROR else finding.message.replace("请更正", "请核实")
    return msgspec.structs.replace(finding, severity=severity, message=message)
