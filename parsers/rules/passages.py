"""What the report says in prose, and whether it may be held against the agency that something is not said."""

from __future__ import annotations

from parsers.model.document import Place
from parsers.model.report import SectionStatus
from parsers.rules.rule import OUTDATED, TRUNCATED, Subject
from parsers.text.cues import is_foreign_script, to_prose, to_statements

UNREAD = (
    "PICTURE",
    "FRAME",
    "PAGE_WITHOUT_TEXT",
    "LIMIT_PAGES",
    "LIMIT_LINES",
    "LIMIT_OBJECTS",
    "LIMIT_PIECES",
    "LIMIT_CELLS",
    "HIDDEN_SHEET",
    "HIDDEN_CELLS",
    "SEVERAL_REPORTS",
    "SEVERAL_DOCUMENTS",
)
"""Problems that say: something of the document was not read. What seems to be unsaid may stand there."""


FIVE = ("proactive", "on_request", "information_management", "platform", "supervision")
"""The parts of section one in the order in which the notice of 2021 names them; a report's own order is not kept."""


def said(subject: Subject, section: str) -> str:
    """The folded text of a section, without the form's own headings."""
    return to_statements(subject.report.sections[section].text)


def said_anywhere(subject: Subject) -> str:
    """The folded text of all sections and of what stands outside them, without the form's own headings."""
    report = subject.report
    sections = [to_statements(section.text) for section in report.sections.values()]
    return "\n".join([*sections, to_statements("\n".join(left.text for left in report.leftovers))])


def is_silence_sure(subject: Subject, section: str) -> bool:
    """Is the section here, all of it, and nothing of the document unread? Only then does its silence say anything.

    What comes last in the text at hand is whole when a later section or the signature's date follows.
    """
    names = [spec.id for spec in subject.form.sections]
    later = names[names.index(section) + 1 :]
    is_followed = subject.report.signed_on is not None or any(_is_present(subject, name) for name in later)
    return is_followed and is_read(subject, section)


def is_read(subject: Subject, section: str) -> bool:
    """Is the section here, in words that we know, and nothing of the document unread?"""
    is_unread = any(problem.code in UNREAD for problem in subject.report.problems)
    is_strange = is_foreign_script(to_prose(subject.report.sections[section].text))
    return not (is_unread or is_strange) and not subject.is_flattened and _is_present(subject, section)


def silence_root(subject: Subject) -> str | None:
    """Why something may be unsaid through no omission of this year: the text is cut, or written to an older form."""
    return TRUNCATED if subject.gaps else OUTDATED if subject.is_outdated else None


def section_place(subject: Subject, section: str) -> Place | None:
    """Where a section's heading stands."""
    return subject.report.sections[section].place


def _is_present(subject: Subject, section: str) -> bool:
    return subject.report.sections[section].status is SectionStatus.PRESENT
