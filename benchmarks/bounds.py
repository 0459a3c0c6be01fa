"""The bounds that a run must keep, and a sentence for each one it breaks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec


class Bound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is measured, in words, and between what it must stay."""

    words: str
    min: float | None = None
    max: float | None = None


class Slack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The looser limit of a bound that rests on time."""

    min: float | None = None
    max: float | None = None


class Bounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """bounds.toml: what is aimed at, and how far from it a noisy machine may be."""

    goal: dict[str, Bound]
    ci: dict[str, Slack]

    @property
    def least(self) -> dict[str, Bound]:
        """What must hold anywhere: the goals, with their slack where they have one."""
        return {name: _loosened(bound, self.ci.get(name)) for name, bound in self.goal.items()}


def _loosened(bound: Bound, slack: Slack | None) -> Bound:
    return Bound(bound.words, slack.min, slack.max) if slack else bound


FILE = Path(__file__).parent / "bounds.toml"


def file_to_bounds(file: Path = FILE) -> Bounds:
    """The committed bounds."""
    return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Bounds)


def measures_to_sentences(measures: Mapping[str, float], bounds: Mapping[str, Bound]) -> list[str]:
    """One sentence a broken bound, in the order of the bounds; what was not measured is broken too."""
    return [sentence for name, bound in bounds.items() if (sentence := _sentence(measures.get(name), bound))]


def _sentence(value: float | None, bound: Bound) -> str:
    if value is None:
        return f"{bound.words}：没有量到。"
    if bound.min is not None and value < bound.min:
        return f"{bound.words}是 {value:.4g}，应不小于 {bound.min:g}。"
    if bound.max is not None and value > bound.max:
        return f"{bound.words}是 {value:.4g}，应不大于 {bound.max:g}。"
    return ""
