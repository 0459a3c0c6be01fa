"""Many rounds to few figures: medians over rounds, and ratios inside one round, where the machine is in one mood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean, median
from typing import TypeAlias

import msgspec

from benchmarks.child import ISOLATION, Measured
from benchmarks.ways import COMPARISONS, WAYS, Comparison

Round: TypeAlias = Mapping[str, Measured]
"""What one round measured, by the name of the way."""


class Kind(msgspec.Struct, frozen=True):
    """Of one producer's documents: milliseconds a document, and the share of cells right where cells were read."""

    milliseconds: float
    right: float | None = None


class Figures(msgspec.Struct, frozen=True):
    """Of one way: milliseconds a document, share of cells right, peak memory in MB, the same by producer."""

    milliseconds: float
    right: float | None = None
    peak: float = 0.0
    kinds: dict[str, Kind] = {}
    wrong: dict[str, int] = {}
    """Documents with cells that are not right, and how many."""


class Result(msgspec.Struct, frozen=True):
    """bench.json: `measures` are what bounds are set on; `refused` are the ways that have no reader, and why."""

    documents: int
    rounds: int
    measures: dict[str, float]
    ways: dict[str, Figures]
    refused: dict[str, str] = {}


def rounds_to_result(rounds: Sequence[Round]) -> Result:
    """Everything that is printed and compared. `rounds[0]` was scored."""
    first = rounds[0]
    refused = {name: measured.refused for name, measured in first.items() if measured.refused}
    names = [way.name for way in WAYS if way.name in first and way.name not in refused]
    documents = max(len(measured.milliseconds) for measured in first.values())
    ways = {name: _figures([r[name] for r in rounds]) for name in names}
    return Result(documents, len(rounds), _measures(rounds, ways), ways, refused)


def _figures(measured: Sequence[Measured]) -> Figures:
    first = measured[0]
    kinds = dict.fromkeys(_kind(name) for name in first.milliseconds)
    return Figures(
        milliseconds=median(_mean(m) for m in measured),
        right=_share(first, list(first.right)),
        peak=max(m.peak for m in measured),
        kinds={kind: _kind_figures(kind, measured) for kind in kinds},
        wrong={name: total - right for name, (right, total) in first.right.items() if right < total},
    )


def _kind(document: str) -> str:
    """`lo-split-3` → `lo-split`."""
    return document.rpartition("-")[0]


def _kind_figures(kind: str, measured: Sequence[Measured]) -> Kind:
    names = [name for name in measured[0].milliseconds if _kind(name) == kind]
    taken = median(fmean(m.milliseconds[name] for name in names) for m in measured)
    return Kind(taken, _share(measured[0], [name for name in names if name in measured[0].right]))


def _mean(measured: Measured) -> float:
    return fmean(measured.milliseconds.values())


def _share(measured: Measured, names: Sequence[str]) -> float | None:
    """Cells right of cells printed; None where nothing was scored."""
    pairs = [measured.right[name] for name in names]
    return sum(right for right, _ in pairs) / sum(total for _, total in pairs) if pairs else None


def comparison_to_ratio(comparison: Comparison, rounds: Sequence[Round]) -> float | None:
    """The median of the ratios inside each round; None where one of the two was not measured."""
    pairs = [(r.get(comparison.over), r.get(comparison.under)) for r in rounds]
    ratios = [_mean(a) / _mean(b) for a, b in pairs if a and b and a.milliseconds and b.milliseconds]
    return median(ratios) if ratios else None


def _measures(rounds: Sequence[Round], ways: Mapping[str, Figures]) -> dict[str, float]:
    ratios = [(comparison.name, comparison_to_ratio(comparison, rounds)) for comparison in COMPARISONS]
    measures = {name: ratio for name, ratio in ratios if ratio is not None}
    for way in WAYS:
        if way.is_ours and way.name in ways:
            measures |= _own_measures(way.name, ways[way.name], rounds[0][way.name])
    kinds = {kind for figures in ways.values() for kind in figures.kinds}
    measures["producers"] = len(kinds)
    if ISOLATION in rounds[0]:
        measures["isolation_ms"] = median(median(r[ISOLATION].milliseconds.values()) for r in rounds)
    return measures


def _own_measures(name: str, figures: Figures, first: Measured) -> dict[str, float]:
    """Cells right, memory and the share of documents for the second reader, of one of our readers."""
    second = {f"{name}_second_reader_share": fmean(first.second.values())} if first.second else {}
    right = {f"{name}_cells_right": figures.right} if figures.right is not None else {}
    return {**right, **second, f"{name}_memory_mb": figures.peak}
