"""The chain on memory twins: what stands in the results bucket after one submission, and after trouble."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import msgspec
import pytest

import parsers
from parsers.model.document import Document
from parsers.model.errors import DocumentError, NeedsOfficeError
from parsers.model.files import json_to_value
from parsers.model.source import Kind
from tasks import layout
from tasks.attempts import forgive
from tasks.context import Context
from tasks.errors import AgainError, OfficeError, TransientError
from tasks.finished import current, terminal
from tasks.pipeline import process, rerun
from tasks.ports.ledger import State
from tasks.records import Attempt, Done, End, Quarantine, Run
from tests.tasks.worlds import RESULTS, TEXT, World, make_world, same_bytes

IMAGE = b"\x89PNG\r\n\x1a\n"
NAMES = ("findings.json", "notice.html", "notice.json", "report.json")


def done(world: World, job: str) -> Done:
    end = terminal(world.context, job)
    assert isinstance(end, Done)
    return end


def quarantine(world: World, job: str) -> Quarantine:
    end = terminal(world.context, job)
    assert isinstance(end, Quarantine)
    return end


def markers(world: World) -> list[str]:
    return [key for key in world.results(layout.SUBMISSIONS) if key.count("/") == 2]


class TestGoodDocument:
    def test_it_ends_done_and_the_receivers_are_to_be_told(self, world: World) -> None:
        ref = world.upload()
        assert process(world.context, ref) is State.DONE
        assert world.told == [ref.job]

    def test_the_files_stand_under_job_and_judge(self, world: World) -> None:
        ref = world.upload()
        process(world.context, ref)
        prefix = f"_submissions/{ref.job}/"
        judged = f"{prefix}{parsers.judge_digest()}/"
        expected = {judged + name for name in (*NAMES, "run.json")} | {prefix + "done.json"}
        assert set(world.results(prefix)) == expected

    def test_the_marker_names_each_file_with_its_hash(self, world: World) -> None:
        ref = world.upload()
        process(world.context, ref)
        prefix = f"_submissions/{ref.job}/{parsers.judge_digest()}/"
        hashes = {name: hashlib.sha256(world.results()[prefix + name]).hexdigest() for name in NAMES}
        assert {made.name: made.sha256 for made in done(world, ref.job).files} == hashes

    def test_another_roster_stands_beside_the_first_judgement_under_its_own_digest(self, world: World) -> None:
        ref = world.upload()
        process(world.context, ref)
        roster = parsers.bytes_to_roster("名称,类别,目录\n示例局,部门,2023/\n铜官区示例局,部门,\n".encode())
        judge = parsers.Judge(roster=roster)
        rerun(replace(world.context, judge=judge), ref, State.CLASSIFY)
        made = [key.split("/")[2] for key in world.results(f"_submissions/{ref.job}/") if key.endswith("/report.json")]
        assert sorted(made) == sorted((judge.digest, parsers.judge_digest()))
        assert (done(world, ref.job).judge_digest, done(world, ref.job).sequence) == (judge.digest, 2)

    def test_the_key_tells_the_roster_whose_report_it_is(self, world: World) -> None:
        ref = world.upload("2023/二号/报告.txt")
        roster = parsers.bytes_to_roster(
            "名称,别名,目录\n甲市示例局,铜官区示例局,2023/一号/\n乙市示例局,铜官区示例局,2023/二号/\n".encode()
        )
        process(replace(world.context, judge=parsers.Judge(roster=roster)), ref)
        assert done(world, ref.job).agency == "乙市示例局"

    def test_the_marker_names_the_content(self, world: World) -> None:
        ref = world.upload()
        process(world.context, ref)
        assert done(world, ref.job).content == hashlib.sha256(TEXT).hexdigest()

    def test_people_find_a_copy_under_the_key(self, world: World) -> None:
        ref = world.upload("2023/铜官区住建局.txt")
        process(world.context, ref)
        names = {key.rpartition("/")[2] for key in world.results("2023/铜官区住建局.txt/")}
        assert names == {*NAMES, "run.json", "current.json"}

    def test_a_key_of_our_own_kind_gets_its_copy_apart(self, world: World) -> None:
        ref = world.upload("_submissions/x/done.json")
        process(world.context, ref)
        prefix = f"_keys/{hashlib.sha256(ref.key.encode()).hexdigest()}/"
        assert len(world.results(prefix)) == len(NAMES) + 2

    def test_the_index_lists_it(self, world: World) -> None:
        ref = world.upload()
        process(world.context, ref)
        marker = done(world, ref.job)
        key = f"_index/{marker.agency or 'unknown'}/{marker.year or 'unknown'}/{ref.job}"
        assert key in world.results("_index/")

    def test_the_ledger_shows_four_stages_in_order(self, world: World) -> None:
        ref = world.upload()
        process(world.context, ref)
        entry = world.ledger.entry(ref.job)
        assert entry is not None
        assert [run.stage for run in entry.stages] == ["extract", "classify", "validate", "publish"]
        assert all(run.started < run.ended and not run.note for run in entry.stages)

    def test_run_json_says_who_and_when(self, world: World) -> None:
        ref = world.upload()
        process(world.context, ref)
        data = world.results()[layout.submission(ref.job, parsers.judge_digest(), "run.json")]
        run = json_to_value(data, Run)
        assert (run.worker, run.version, run.started < run.ended) == ("host:1", "0", True)

    def test_the_outbox_holds_one_delivery(self, world: World) -> None:
        process(world.context, world.upload())
        assert len(world.results("_outbox/")) == 1

    def test_the_same_bytes_under_another_key_are_not_read_again(self, world: World) -> None:
        process(world.context, world.upload("a.txt"))

        def refuse(_data: bytes) -> Document:
            raise AssertionError

        assert process(world.reading(refuse), world.upload("b.txt")) is State.DONE

    def test_two_worlds_publish_the_same_bytes(self) -> None:
        worlds = (make_world(), make_world())
        worlds[1].clock()
        for world in worlds:
            process(world.context, world.upload())
        assert same_bytes(worlds[0].results(), worlds[1].results())


class TestRepeated:
    def test_a_second_delivery_changes_nothing(self, world: World) -> None:
        ref = world.upload()
        process(world.context, ref)
        before = world.results()
        assert process(world.context, ref) is State.DONE
        assert world.results() == before

    def test_a_second_delivery_restores_a_lost_copy(self, world: World) -> None:
        ref = world.upload("a.txt")
        process(world.context, ref)
        before = world.results("a.txt/")
        for name in ("current.json", "run.json"):
            world.store.delete(RESULTS, f"a.txt/{name}")
        process(world.context, ref)
        assert set(world.results("a.txt/")) == set(before)

    @pytest.mark.parametrize("stage", [State.EXTRACT, State.CLASSIFY, State.VALIDATE, State.PUBLISH])
    def test_a_stage_alone_publishes_the_same_again(self, world: World, stage: State) -> None:
        ref = world.upload()
        process(world.context, ref)
        before = world.results()
        assert rerun(world.context, ref, stage) is State.DONE
        assert same_bytes(world.results(), before)

    def test_a_stage_without_what_went_before_does_that_first(self, world: World) -> None:
        ref = world.upload()
        assert rerun(world.context, ref, State.VALIDATE) is State.DONE
        assert markers(world) == [layout.done(ref.job)]


class TestVersions:
    def test_a_second_upload_leaves_the_first_record_untouched_and_stands_in_front(self, world: World) -> None:
        first = world.upload("a.txt")
        process(world.context, first)
        before = world.results(f"_submissions/{first.job}/")
        second = world.upload("a.txt", TEXT + b"\n2")
        process(world.context, second)
        assert world.results(f"_submissions/{first.job}/") == before
        shown = current(world.context, "a.txt")
        assert shown is not None
        assert shown.job == second.job

    def test_an_older_one_that_ends_late_does_not_come_in_front(self) -> None:
        world = make_world(versioned=True)
        first = world.upload("a.txt")
        second = world.upload("a.txt", TEXT + b"\n2")
        process(world.context, second)
        assert process(world.context, first) is State.DONE
        shown = current(world.context, "a.txt")
        assert shown is not None
        assert (shown.job, len(markers(world))) == (second.job, 2)

    def test_one_that_was_replaced_before_it_was_read_leaves_no_marker(self, world: World) -> None:
        first = world.upload("a.txt")
        world.upload("a.txt", TEXT + b"\n2")
        assert process(world.context, first) is State.SUPERSEDED
        assert markers(world) == []

    def test_one_that_was_removed_leaves_no_marker(self, world: World) -> None:
        ref = world.upload("a.txt")
        world.store.delete(ref.bucket, ref.key)
        assert process(world.context, ref) is State.DELETED
        assert world.results(layout.SUBMISSIONS) == {}

    def test_the_log_says_why_nothing_comes_of_it(self, world: World, caplog: pytest.LogCaptureFixture) -> None:
        first, removed = world.upload("a.txt"), world.upload("b.txt")
        world.upload("a.txt", TEXT + b"\n2")
        world.store.delete(removed.bucket, removed.key)
        with caplog.at_level("INFO", "tasks.pipeline"):
            for ref in (first, removed):
                process(world.context, ref)
        assert caplog.messages == ["已有新版本，这一份不再处理  a.txt", "文件已被删除，不再处理  b.txt"]

    def test_a_newer_one_that_cannot_be_read_takes_the_old_files_from_people(self, world: World) -> None:
        process(world.context, world.upload("a.pdf"))
        process(world.context, world.upload("a.pdf", IMAGE))
        assert set(world.results("a.pdf/")) == {"a.pdf/current.json", "a.pdf/quarantine.json"}


class TestQuarantine:
    def test_an_unreadable_kind_is_quarantined_with_a_reason_in_chinese(self, world: World) -> None:
        ref = world.upload("a.png", IMAGE)
        assert process(world.context, ref) is State.QUARANTINED
        marker = quarantine(world, ref.job)
        assert marker.reason.endswith("。")
        assert marker.content == hashlib.sha256(IMAGE).hexdigest()

    def test_an_empty_file_is_quarantined(self, world: World) -> None:
        assert process(world.context, world.upload("a.txt", b"")) is State.QUARANTINED

    def test_people_find_it_and_current_says_so(self, world: World) -> None:
        process(world.context, world.upload("a.png", IMAGE))
        shown = current(world.context, "a.png")
        assert shown is not None
        assert (shown.state, shown.files) == ("quarantined", ("quarantine.json",))

    def test_too_large_a_file_is_not_even_fetched(self, world: World) -> None:
        ref = msgspec.structs.replace(world.upload(), size=100_000_001)
        assert process(world.context, ref) is State.QUARANTINED
        assert quarantine(world, ref.job).code == "LIMIT_SIZE"

    def test_a_bug_in_the_judge_is_quarantined_and_not_told_to_the_world(
        self, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(*_given: object) -> object:
            raise KeyError("张三的身份证号")

        monkeypatch.setattr(parsers, "classify", broken)
        ref = world.upload()
        assert process(world.context, ref) is State.QUARANTINED
        assert quarantine(world, ref.job).code == "JUDGE_BUG"
        assert "KeyError at broken" in caplog.text
        assert "张三" not in caplog.text + quarantine(world, ref.job).reason

    def test_done_replaces_quarantine_after_a_retry(self, world: World) -> None:
        ref = world.upload("a.txt")

        def fails(_data: bytes) -> Document:
            raise DocumentError("READER_BUG", "坏了。", "再试。")

        process(world.reading(fails), ref)
        world.store.delete(RESULTS, layout.quarantine(ref.job))
        forgive(world.context, ref.job)
        assert process(world.context, ref) is State.DONE
        assert markers(world) == [layout.done(ref.job)]
        assert "a.txt/quarantine.json" not in world.results("a.txt/")


class TestAttempts:
    def attempts(self, world: World) -> list[Attempt]:
        return [json_to_value(data, Attempt) for data in world.results(layout.ATTEMPTS).values()]

    def failing(self, code: str) -> DocumentError:
        return DocumentError(code, "不行。", "再试。")

    def test_a_reading_is_written_down_before_and_after(self, world: World) -> None:
        seen: list[End | None] = []

        def read(data: bytes) -> Document:
            seen.extend(attempt.end for attempt in self.attempts(world))
            return parsers.read(data)

        process(world.reading(read), world.upload())
        assert (seen, [attempt.end for attempt in self.attempts(world)]) == ([None], [End.FINISHED])

    def test_a_limit_that_does_not_depend_on_luck_quarantines_at_once(self, world: World) -> None:
        def read(_data: bytes) -> Document:
            raise self.failing("LIMIT_MEMORY")

        ref = world.upload()
        assert process(world.reading(read), ref) is State.QUARANTINED
        assert (quarantine(world, ref.job).code, quarantine(world, ref.job).attempts) == ("LIMIT_MEMORY", 1)

    def test_bad_luck_is_tried_three_times(self, world: World) -> None:
        def read(_data: bytes) -> Document:
            raise self.failing("LIMIT_TIME")

        ref = world.upload()
        context = world.reading(read)
        for _ in range(2):
            with pytest.raises(AgainError):
                process(context, ref)
        assert process(context, ref) is State.QUARANTINED
        assert quarantine(world, ref.job).attempts == 3

    def test_the_outside_being_down_is_not_the_documents_fault(self, world: World) -> None:
        def read(_data: bytes) -> Document:
            raise TransientError

        ref = world.upload()
        for _ in range(5):
            with pytest.raises(TransientError):
                process(world.reading(read), ref)
        assert process(world.context, ref) is State.DONE

    def kill(self, world: World, times: int) -> None:
        def read(_data: bytes) -> Document:
            raise KeyboardInterrupt  # as if the whole process had died: nothing more is written

        for _ in range(times):
            with pytest.raises(KeyboardInterrupt):
                process(world.reading(read), world.standing("a.txt"), alone=True)

    def test_after_three_deaths_of_the_process_it_must_run_apart(self, world: World) -> None:
        ref = world.upload("a.txt")
        self.kill(world, 3)
        with pytest.raises(AgainError):
            process(world.context, ref)
        assert process(world.context, ref, alone=True) is State.DONE

    def test_after_ten_deaths_it_is_a_suspect(self, world: World) -> None:
        ref = world.upload("a.txt")
        self.kill(world, 10)
        assert process(world.context, ref, alone=True) is State.QUARANTINED
        assert quarantine(world, ref.job).code == "SUSPECT"

    def test_an_operator_forgives(self, world: World) -> None:
        ref = world.upload("a.txt")
        self.kill(world, 10)
        forgive(world.context, ref.job)
        assert process(world.context, ref) is State.DONE
        assert len(self.attempts(world)) == 12


def test_no_time_stands_in_what_is_published(world: World) -> None:
    process(world.context, world.upload())
    stamps = ("2024-01-31T", "host:1")
    for key, data in world.results(layout.SUBMISSIONS).items():
        if not key.endswith("run.json"):
            assert not any(stamp in data.decode() for stamp in stamps)


def test_the_marker_is_json_that_names_its_schema(world: World) -> None:
    ref = world.upload()
    process(world.context, ref)
    assert json.loads(world.results()[layout.done(ref.job)])["schema"] == "gouji.done/1"


class TestOffice:
    """What an office program must convert first runs through a queue of its own."""

    def needing(self, world: World) -> Context:
        def read(_data: bytes) -> Document:
            raise NeedsOfficeError(Kind.DOC, "这是 DOC。")

        return replace(world.context, read=read, read_office=parsers.read)

    def test_it_is_sent_on_shown_as_queued_and_done_there(self, world: World) -> None:
        ref, context = world.upload(), self.needing(world)
        with pytest.raises(OfficeError):
            process(context, ref)
        entry = world.ledger.entry(ref.job)
        assert entry is not None
        assert entry.state is State.QUEUED
        assert process(context.with_office(), ref) is State.DONE

    def test_where_nothing_converts_it_is_quarantined(self, world: World) -> None:
        context = replace(self.needing(world), read_office=None)
        ref = world.upload()
        assert process(context.with_office(), ref) is State.QUARANTINED
        assert quarantine(world, ref.job).code == "OFFICE_NEEDED"

    def test_it_does_not_bounce_between_the_queues_when_workers_die_of_it(self, world: World) -> None:
        ref, context = world.upload(), self.needing(world)
        for _ in range(5):
            with pytest.raises(OfficeError):
                process(context, ref)
        assert process(context.with_office(), ref, alone=True) is State.DONE
