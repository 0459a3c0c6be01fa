"""The rules as the pages show them: straight from the core's tuple."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.notices.words import SEVERITIES
from parsers.rules import RULES
from parsers.rules.rule import Code, Rule
from workers.web.present.words import SIGNS


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeView:
    """One kind of finding, and in how many reports of this year it was found."""

    code: str
    weight: str
    sign: str
    severity: str
    wording: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """One rule with its sentence of law."""

    id: str
    title: str
    law: str
    formula: str
    example: str
    passing: str
    codes: tuple[CodeView, ...]
    count: int


def rules_to_views(counts: dict[str, int]) -> tuple[RuleView, ...]:
    """Every rule in the order in which it is applied; `counts` are reports by code."""
    return tuple(_rule(rule, counts) for rule in RULES)


def code_choices() -> tuple[tuple[str, str], ...]:
    """Every code that a rule can give, with the rule's title: for the list's filter."""
    return tuple((code.code, f"{code.code} {rule.title}") for rule in RULES for code in rule.codes)


def _rule(rule: Rule, counts: dict[str, int]) -> RuleView:
    codes = tuple(_code(code, counts) for code in rule.codes)
    return RuleView(
        id=rule.id,
        title=rule.title,
        law=rule.law,
        formula=rule.formula,
        example=rule.example,
        passing=rule.passing,
        codes=codes,
        count=sum(code.count for code in codes),
    )


def _code(code: Code, counts: dict[str, int]) -> CodeView:
    weight = code.severity.value
    return CodeView(
        code=code.code,
        weight=weight,
        sign=SIGNS[weight],
        severity=SEVERITIES[weight],
        wording=code.wording,
        count=counts.get(code.code, 0),
    )
