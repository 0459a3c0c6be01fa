"""`gouji submit`: upload reports to the inbox, follow them through the stages, say where the results are."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError, EndpointConnectionError, NoCredentialsError
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from parsers.model.files import json_to_value
from tasks import layout
from tasks.errors import ConfigurationError, TransientError
from tasks.messages import INSIDE, SubmissionRef
from tasks.ports.ledger import Ledger, State
from tasks.ports.redis_ledger import RedisLedger, redis_client
from tasks.ports.s3_store import S3Store, s3_client
from tasks.ports.store import Store
from tasks.records import Done, Members, Quarantine
from workers.config import Settings, load_settings
from workers.embedded.state import running
from workers.exit_codes import EXIT_STORE

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

EXIT_FINE, EXIT_ERRORS, EXIT_UNREADABLE = 0, 1, 2

_SUMS = ((EXIT_ERRORS, "有错误"), (EXIT_FINE, "没有发现错误"), (EXIT_UNREADABLE, "未能处理或还没有结果"))

_LOOK_SECONDS = 0.2
_PATIENCE_SECONDS = 600.0
"""A file that shows no progress for so long is left to the queue."""

_STAGES: dict[State | None, tuple[int, str]] = {
    None: (0, "等待接收"),
    State.QUEUED: (1, "排队"),
    State.EXTRACT: (2, "读取"),
    State.CLASSIFY: (3, "归类"),
    State.VALIDATE: (4, "核查"),
    State.PUBLISH: (5, "出结果"),
    State.DONE: (6, "完成"),
    State.QUARANTINED: (6, "未能处理"),
    State.SUPERSEDED: (6, "已被新文件取代"),
    State.DELETED: (6, "已被删除"),
}
_LAST_STEP = 6
_LINES_KEPT = 3
"""Lines of the screen that no file takes: the count, the prompt, and one to spare."""

End = Done | Quarantine | State


@dataclass(slots=True)
class Upload:
    """One file on its way: `end` is its terminal marker, or a state that has none, or None when it was not read."""

    path: Path
    ref: SubmissionRef
    line: TaskID
    state: State | None = None
    end: End | None = None
    changed: float = 0.0


@dataclass(slots=True)
class Board:
    """The lines on the screen: a count of all files, and as many unfinished ones as there is room for."""

    progress: Progress
    room: int
    files: int
    total: TaskID = field(init=False)

    def __post_init__(self) -> None:
        """Open with the count, where there are more files than lines."""
        self.total = self.progress.add_task(
            "全部", total=self.files, stage=f"0 / {self.files}", visible=self.is_crowded
        )

    @property
    def is_crowded(self) -> bool:
        """Whether the files are more than the lines."""
        return self.files > self.room

    def line(self, name: str) -> TaskID:
        """A new line for this file."""
        started = len(self.progress.tasks)  # the count is one of them
        return self.progress.add_task(name, total=_LAST_STEP, stage="上传", visible=started <= self.room)

    def show(self, uploads: list[Upload]) -> None:
        """Where every file stands."""
        waiting = [upload for upload in uploads if upload.end is None]
        shown = {upload.line for upload in (waiting[: self.room] if self.is_crowded else uploads)}
        for upload in uploads:
            step, stage = _STAGES[upload.state]
            self.progress.update(upload.line, completed=step, stage=stage, visible=upload.line in shown)
        done = len(uploads) - len(waiting)
        self.progress.update(self.total, completed=done, total=self.files, stage=f"{done} / {self.files}")


def run(files: list[Path], prefix: str, config: Path | None) -> int:
    """Upload, follow, tell. The exit code is the largest of: 0 no error found, 1 errors found, 2 not readable."""
    console = Console()
    unreadable = tuple(path for path in files if not (path.is_file() and os.access(path, os.R_OK)))
    for path in unreadable:
        console.print(f"{path}：没有这个文件，或没有读取权限", style="red", markup=False)
    settings = _find_settings(config)
    s3 = s3_client(settings.s3_endpoint_url)
    with _progress(console) as progress:
        board = Board(progress, max(console.height - _LINES_KEPT, 1), len(files) - len(unreadable))
        try:
            uploads = [_upload(s3, settings, board, path, prefix) for path in files if path not in unreadable]
        except (BotoCoreError, ClientError, OSError) as error:
            raise ConfigurationError(f"上传没有成功：{_failure_in_words(error)}", EXIT_STORE) from None
        _follow(uploads, S3Store(s3), settings, board)
    codes = [_tell(console, upload, settings) for upload in uploads]
    if len(codes) > 1:
        parts = [f"{codes.count(code)} 份{word}" for code, word in _SUMS if code in codes]
        console.print(f"\n{len(codes)} 份：{'，'.join(parts)}", markup=False, highlight=False)
    return max([*codes, EXIT_UNREADABLE if unreadable else EXIT_FINE])


def _failure_in_words(error: Exception) -> str:
    if isinstance(error, NoCredentialsError):
        return "没有 S3 密钥，请设 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY"
    if isinstance(error, EndpointConnectionError):
        return f"连不上对象存储 {error.kwargs['endpoint_url']}"
    if isinstance(error, ClientError):
        return f"对象存储拒绝了（{error.response.get('Error', {}).get('Code', '原因不明')}）"
    return str(error)


def _find_settings(config: Path | None) -> Settings:
    """The settings; where they name no store, those of the `gouji up` that runs on the state directory."""
    settings = load_settings(config)
    if settings.s3_endpoint_url:
        return settings
    found = running(settings.state_dir)
    if found is None:
        raise ConfigurationError(
            "没有正在运行的 gouji up；请先运行 make up，或设 S3_ENDPOINT_URL 和 REDIS_URL", EXIT_STORE
        )
    os.environ.update(found.environment)
    return load_settings(config)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[stage]}"),
        TimeElapsedColumn(),
        console=console,
    )


def _upload(s3: S3Client, settings: Settings, board: Board, path: Path, prefix: str) -> Upload:
    key = f"{prefix.rstrip('/')}/{path.name}" if prefix.strip("/") else path.name
    line = board.line(path.name)
    with path.open("rb") as body:
        s3.put_object(Bucket=settings.inbox_bucket, Key=key, Body=body)
    found = S3Store(s3).head(settings.inbox_bucket, key)
    if found is None:
        raise ConfigurationError(f"{path} 刚上传就不见了，请检查收件桶", EXIT_STORE)
    ref = SubmissionRef(
        bucket=settings.inbox_bucket, key=key, etag=found.etag, size=found.size, version_id=found.version_id
    )
    return Upload(path, ref, line, changed=time.monotonic())


def _follow(uploads: list[Upload], store: Store, settings: Settings, board: Board) -> None:
    """Look at each unfinished upload until it ends, or nothing has moved for too long."""
    ledger = RedisLedger(redis_client(settings.redis_url)) if settings.redis_url else None
    while waiting := [upload for upload in uploads if upload.end is None]:
        for upload in waiting:
            _look(upload, store, ledger, settings.results_bucket)
            if isinstance(upload.end, Done) and upload.end.is_container:
                uploads += _members(upload, store, board, settings.results_bucket)
        board.show(uploads)
        if all(time.monotonic() - upload.changed > _PATIENCE_SECONDS for upload in waiting):
            return
        time.sleep(_LOOK_SECONDS)


def _members(upload: Upload, store: Store, board: Board, results: str) -> list[Upload]:
    """What a ZIP was taken apart into, each followed on its own."""
    data = store.get(results, layout.members(upload.ref.job))
    names = json_to_value(data, Members).names if data is not None else ()
    board.files += len(names)
    return [
        Upload(
            path=Path(f"{upload.path}{INSIDE}{name}"),
            ref=upload.ref.of_member(name),
            line=board.line(name),
            changed=time.monotonic(),
        )
        for name in names
    ]


def _look(upload: Upload, store: Store, ledger: Ledger | None, results: str) -> None:
    """Note where it stands: the ledger says how far, the marker in the bucket says that it is over."""
    try:
        entry = ledger.entry(upload.ref.job) if ledger else None
        state = entry.state if entry else upload.state
        end = _marker(store, results, upload.ref.job)
    except TransientError:
        return  # the picture is late; the next look will do
    if state is not upload.state:
        upload.state, upload.changed = state, time.monotonic()
    if end is not None:
        upload.end = end
        upload.state = State.DONE if isinstance(end, Done) else State.QUARANTINED
    elif state in (State.SUPERSEDED, State.DELETED):
        upload.end = state


def _marker(store: Store, results: str, job: str) -> Done | Quarantine | None:
    done = store.get(results, layout.done(job))
    if done is not None:
        return json_to_value(done, Done)
    held = store.get(results, layout.quarantine(job))
    return json_to_value(held, Quarantine) if held is not None else None


def _tell(console: Console, upload: Upload, settings: Settings) -> int:
    """Print how it ended; returns its share of the exit code."""
    end = upload.end
    if isinstance(end, Done) and end.is_container:
        sentence, code = "压缩包，其中的文件分别处理", EXIT_FINE
    elif isinstance(end, Done):
        sentence, code = _counts(end), EXIT_ERRORS if end.has_error else EXIT_FINE
    elif isinstance(end, Quarantine):
        sentence, code = f"未能处理：{end.reason}{end.advice}", EXIT_UNREADABLE
    else:
        word = _STAGES[upload.state][1]
        sentence, code = f"还没有结果（{word}）", EXIT_UNREADABLE
    where = f"{settings.results_bucket}/{layout.copy_prefix(upload.ref.key)}"
    console.print(f"{upload.path.name}：{sentence}\n  结果：{where}", markup=False, highlight=False, soft_wrap=True)
    if settings.web_url:
        console.print(f"  看板：{settings.web_url}/documents/{upload.ref.job}", markup=False, soft_wrap=True)
    return code


def _counts(done: Done) -> str:
    words = (("error", "处错误"), ("warning", "处提醒"), ("info", "处说明"), ("undetermined", "处需人工核对"))
    said = [f"{done.counts[name]} {word}" for name, word in words if done.counts.get(name)]
    return "，".join(said) or "未发现问题"
