"""What holds whenever Gouji is quiet, whatever happened before. Each is one function that asserts."""

from __future__ import annotations

import json
from functools import cache

from tasks import layout
from tasks.containers import member_names
from tasks.context import Context
from tasks.finished import current, terminal
from tasks.messages import SubmissionRef
from tasks.ports.ledger import State
from tasks.records import Done, Quarantine
from tests.tasks import remembered
from tests.tasks.life import Life
from tests.tasks.machine import INBOX, RESULTS, Machine

MOST_DEATHS = 10
"""So many deaths while reading make any document a suspect."""


def all_hold(machine: Machine) -> None:
    """Every promise."""
    context = machine.context(Life())
    standing = standing_documents(machine, context)
    nothing_waits(machine)
    for ref in standing:
        it_has_ended_as_it_must(machine, context, ref)
        people_see_the_newest(context, ref)
        the_ledger_shows_it(machine, context, ref)
        the_receivers_know(machine, context, ref)
    no_id_means_two_things(machine)
    no_result_was_written_twice_with_other_bytes(machine)
    assert len(machine.results(layout.AUDIT)) == machine.deeds, "people leave lines in the audit, and nothing else does"


def standing_documents(machine: Machine, context: Context) -> tuple[SubmissionRef, ...]:
    """What lies in the inbox, and what lies in its ZIPs; no folders."""
    uploads = tuple(ref for ref in machine.standing() if ref.size or not ref.key.endswith("/"))
    return (*uploads, *(ref.of_member(name) for ref in uploads for name in member_names(context, ref.job)))


def nothing_waits(machine: Machine) -> None:
    """No message, no note, and no delivery to a receiver that answers."""
    assert machine.broker.everything() == []
    assert [*machine.results(layout.ACROSS), *machine.results(layout.AGAIN)] == []
    assert machine.receiver_failed or [*machine.results(layout.OUTBOX)] == []


def it_has_ended_as_it_must(machine: Machine, context: Context, ref: SubmissionRef) -> None:
    """Pending is empty, good ones are done, and what the report says is what it says without any fault."""
    end = terminal(context, ref.job)
    assert end is not None, f"lost: {ref.key}"
    if isinstance(end, Quarantine) and end.code == "SUSPECT":
        assert machine.deaths >= MOST_DEATHS
        return
    state, files = undisturbed(ref.upload.key, context.store.get(INBOX, ref.upload.key) or b"", ref.member)
    assert (isinstance(end, Done), _alone(machine, ref.job)) == (state, files), f"wrong: {ref.key}"


def people_see_the_newest(context: Context, ref: SubmissionRef) -> None:
    """The folder under the upload's key shows what stands there now."""
    end, shown = terminal(context, ref.job), current(context, ref.key)
    if isinstance(end, Done) and end.is_container:
        assert shown is None, "a ZIP has no copy, and that of an older version is gone"
        return
    assert shown is not None
    assert (shown.job, shown.state) == (ref.job, "done" if isinstance(end, Done) else "quarantined")
    folder = layout.copy_prefix(ref.key)
    assert all(context.store.head(RESULTS, folder + name) for name in shown.files)


def the_ledger_shows_it(machine: Machine, context: Context, ref: SubmissionRef) -> None:
    """The picture is right again."""
    entry, end = machine.ledger.entry(ref.job), terminal(context, ref.job)
    assert entry is not None
    assert entry.state is (State.DONE if isinstance(end, Done) else State.QUARANTINED)


def the_receivers_know(machine: Machine, context: Context, ref: SubmissionRef) -> None:
    """They were told; where one does not answer, it waits or is a dead letter."""
    end = terminal(context, ref.job)
    if isinstance(end, Done) and end.is_container:
        return
    wanted = "document.quarantined" if isinstance(end, Quarantine) else "document.completed"
    bodies = [post.body for post in machine.poster.posted if post.id.startswith(ref.job[:12])]
    told = [json.loads(body)["type"] for body in bodies]
    kept = [*machine.results(f"{layout.OUTBOX}{ref.job[:12]}"), *machine.results(f"{layout.DEAD}{ref.job[:12]}")]
    assert wanted in told or (kept and machine.receiver_failed), f"untold: {ref.key}"


def no_id_means_two_things(machine: Machine) -> None:
    """One webhook-id, one body; and what is said of one outcome of one job goes under one id."""
    bodies = {(post.id, post.body) for post in machine.poster.posted}
    assert len(bodies) == len({name for name, _ in bodies})
    events = {_body_to_event(body): name for name, body in bodies}
    assert len(events) == len(bodies), "two ids for one event"


def _body_to_event(body: bytes) -> str:
    said = json.loads(body)
    return json.dumps([said["type"], said["data"], said["timestamp"]], sort_keys=True)


def no_result_was_written_twice_with_other_bytes(machine: Machine) -> None:
    """Of all that was ever written."""
    assert [key for key, seen in machine.store.written.items() if len(seen) > 1] == []


def _alone(machine: Machine, job: str) -> dict[str, bytes]:
    found = machine.results(f"{layout.SUBMISSIONS}{job}/")
    return {
        key.rpartition("/")[2]: data for key, data in found.items() if key.endswith(("/report.json", "/findings.json"))
    }


@cache
def undisturbed(key: str, data: bytes, member: str | None) -> tuple[bool, dict[str, bytes]]:
    """Whether it ends well, and what it says alone, where nothing else happens."""
    machine = Machine(read=remembered.read)
    ref = machine.upload(key, data)
    machine.settle()
    job = ref.job if member is None else ref.of_member(member).job
    return isinstance(terminal(machine.context(Life()), job), Done), _alone(machine, job)
