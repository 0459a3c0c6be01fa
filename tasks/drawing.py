"""What a notice shows of its source's pages, drawn in the sandbox's child. No failure of it loses an outcome.

Only an outcome with findings of the agency, whose source has pages to show, needs it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import parsers
from parsers.model.errors import DocumentError
from parsers.model.outcome import Outcome
from parsers.notices.drawn import SOURCE_GONE, Drawn, Order
from tasks import attempts
from tasks.bugs import bug_to_document_error
from tasks.context import Context
from tasks.errors import DeletedError, SupersededError, TransientError
from tasks.messages import SubmissionRef
from tasks.records import End

_LOG = logging.getLogger(__name__)


def outcome_to_drawn(
    context: Context, ref: SubmissionRef, outcome: Outcome, bring: Callable[[], bytes], *, alone: bool = False
) -> Drawn | None:
    """Pictures and annotated copy; None where there is nothing to draw or the drawing failed.

    Raises DocumentError (only for a document that kills workers), AgainError, TransientError.
    """
    with bug_to_document_error("validate"):
        order = parsers.outcome_to_order(outcome)
    if order is None:
        return None
    try:
        data = bring()
    except (DeletedError, SupersededError):  # judged again after it was removed: the findings stand
        return SOURCE_GONE
    except DocumentError:
        return None
    return _draw(context, ref, data, order, alone=alone)


def _draw(context: Context, ref: SubmissionRef, data: bytes, order: Order, *, alone: bool) -> Drawn | None:
    """Written down before and after, as every opening of the bytes is: they may kill more than the child."""
    attempt = attempts.begin(context, ref.job, alone=alone)
    try:
        drawn = context.render(data, order)
    except DocumentError as error:
        attempts.finish(context, attempt, End.FINISHED, error.code)
        _LOG.warning("未能绘出单元格截图（%s）：%s  %s", error.code, error.reason, ref.key)
        return None
    except TransientError:
        attempts.finish(context, attempt, End.INFRASTRUCTURE)
        raise
    attempts.finish(context, attempt, End.FINISHED)
    return drawn
