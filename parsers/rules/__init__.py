"""The rules, in the order in which their findings are reported: source, form, structure, cells, sums, prose, text."""

from __future__ import annotations

import msgspec

from parsers.model.finding import Attribution, Confidence, Finding, Passed, Verdict
from parsers.model.judge import BUILT_IN, Judge
from parsers.model.outcome import Findings, Outcome
from parsers.model.report import Report
from parsers.packs.apply import results_by_pack
from parsers.rules import (
    accountability_told,
    agency_named_in_full,
    amounts_plausible,
    basis_in_force,
    cells_filled,
    cells_numeric,
    cells_readable,
    corrected_cases_explained,
    counts_whole,
    counts_with_unit,
    edition_fits_year,
    fee_overdue_told,
    fee_statement_present,
    fees_collected_filed,
    fees_plausible,
    labels_as_printed,
    layout_kept,
    local_identities,
    no_personal_data,
    numbering_consistent,
    overview_parts_present,
    own_facts,
    own_words,
    parts_hold_their_content,
    period_stated,
    plausible_counts,
    problems_and_improvements,
    prose_answered,
    prose_cases,
    prose_decisions,
    prose_lists,
    prose_percents,
    prose_placeholders,
    prose_requests,
    published_in_time,
    regulations_by_right,
    rows_in_place,
    sections_present,
    signature_complete,
    signed_after_year,
    source_truncated,
    stock_of_documents,
    stock_to_compare,
    table_identities,
    table_rows_present,
    tables_present,
    template_filled_in,
    terms_precise,
    text_searchable,
    title_as_prescribed,
    words_spelt,
    work_points_reported,
    year_stated_once,
)
from parsers.rules.rule import LAYOUT_LOST, Rule, Subject

RULES: tuple[Rule, ...] = (
    source_truncated.RULE,
    text_searchable.RULE,
    layout_kept.RULE,
    rows_in_place.RULE,
    edition_fits_year.RULE,
    sections_present.RULE,
    tables_present.RULE,
    table_rows_present.RULE,
    labels_as_printed.RULE,
    cells_readable.RULE,
    cells_filled.RULE,
    cells_numeric.RULE,
    counts_whole.RULE,
    table_identities.RULE,
    local_identities.RULE,
    stock_of_documents.RULE,
    plausible_counts.RULE,
    prose_requests.RULE,
    prose_cases.RULE,
    prose_decisions.RULE,
    prose_lists.RULE,
    prose_answered.RULE,
    prose_percents.RULE,
    prose_placeholders.RULE,
    fee_overdue_told.RULE,
    regulations_by_right.RULE,
    year_stated_once.RULE,
    signed_after_year.RULE,
    published_in_time.RULE,
    period_stated.RULE,
    no_personal_data.RULE,
    problems_and_improvements.RULE,
    overview_parts_present.RULE,
    accountability_told.RULE,
    parts_hold_their_content.RULE,
    fee_statement_present.RULE,
    template_filled_in.RULE,
    own_facts.RULE,
    own_words.RULE,
    amounts_plausible.RULE,
    corrected_cases_explained.RULE,
    work_points_reported.RULE,
    fees_collected_filed.RULE,
    fees_plausible.RULE,
    stock_to_compare.RULE,
    title_as_prescribed.RULE,
    basis_in_force.RULE,
    agency_named_in_full.RULE,
    words_spelt.RULE,
    terms_precise.RULE,
    counts_with_unit.RULE,
    numbering_consistent.RULE,
    signature_complete.RULE,
)

UNCONFIRMED = "（第二次读取未能核对，请人工核对原件。）"
"""What is added to the sentence of a finding that one reading alone bears out."""


LEFT_OUT = ("TABLE_ROWS_MISSING", "TABLE_MISSING", "SEC_MISSING")
"""Findings that something is not there."""


def report_to_outcome(report: Report, judge: Judge = BUILT_IN) -> Outcome:
    """Every rule over the report, in the written order."""
    subject = Subject(report, judge)
    checked = [as_far_as_read(subject, result) for rule in RULES for result in rule.check(subject)]
    confirmed = (as_far_as_confirmed(subject, result) for result in checked)
    results = tuple(results_by_pack(judge.pack, confirmed))
    return Outcome(
        report=report,
        findings=Findings(
            reader_digest=report.reader_digest,
            judge_digest=judge.digest,
            source_sha256=report.source.sha256,
            roster=judge.roster.digest if judge.roster else None,
            pack=judge.pack_name,
            findings=tuple(result for result in results if isinstance(result, Finding)),
            passed=tuple(result for result in results if isinstance(result, Passed)),
        ),
    )


def as_far_as_read(subject: Subject, result: Finding | Passed) -> Finding | Passed:
    """Where we read badly, what is found is ours to doubt.

    In a text that lost its lines nothing is where it was filed: whatever is found there follows from that loss. On a
    picture all is recognised; what seems to be missing or not to add up may have been misread: a person looks. What a
    workbook hides may be what seems to be missing from it. That it is a picture is sure.
    """
    if isinstance(result, Passed) or not result.is_agencys:
        return result
    if result.code == text_searchable.CODE.code:
        return result
    if subject.is_recognised or (subject.has_hidden_cells and result.code in LEFT_OUT):
        return msgspec.structs.replace(
            result, attribution=Attribution.UNCLEAR, verdict=Verdict.UNDETERMINED, confidence=Confidence.LOW
        )
    if not subject.is_flattened:
        return result
    return msgspec.structs.replace(result, attribution=Attribution.EXTRACTION, root_cause=LAYOUT_LOST)


def as_far_as_confirmed(subject: Subject, result: Finding | Passed) -> Finding | Passed:
    """What the second reader was asked and could not tell is put to a person, not to the agency."""
    if isinstance(result, Passed) or not result.is_agencys or subject.is_confirmed(result):
        return result
    return msgspec.structs.replace(
        result,
        verdict=Verdict.UNDETERMINED,
        confidence=Confidence.LOW,
        attribution=Attribution.UNCLEAR,
        message=result.message + UNCONFIRMED,
    )


__all__ = ["RULES", "report_to_outcome"]
