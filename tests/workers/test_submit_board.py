"""What `gouji submit` shows of many files on a small screen."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from tasks.messages import SubmissionRef
from tasks.ports.ledger import State
from workers.submit import Board, Upload


def board(room: int, files: int) -> tuple[Board, list[Upload]]:
    shown = Board(Progress(console=Console(file=io.StringIO())), room, files)
    refs = (SubmissionRef(bucket="in", key=f"{n}.txt", etag=f"{n:032x}", size=1) for n in range(files))
    return shown, [Upload(Path(ref.key), ref, shown.line(ref.key)) for ref in refs]


def visible(shown: Board) -> list[str]:
    return [task.description for task in shown.progress.tasks if task.visible]


def test_few_files_all_keep_their_line_and_need_no_count() -> None:
    shown, uploads = board(room=3, files=2)
    uploads[0].end = State.DELETED
    shown.show(uploads)
    assert visible(shown) == ["0.txt", "1.txt"]


def test_of_too_many_files_the_unfinished_have_the_lines() -> None:
    shown, uploads = board(room=2, files=4)
    uploads[0].end = State.DELETED
    shown.show(uploads)
    assert visible(shown) == ["全部", "1.txt", "2.txt"]


def test_while_files_are_sent_no_more_lines_appear_than_fit() -> None:
    assert visible(board(room=2, files=4)[0]) == ["全部", "0.txt", "1.txt"]
