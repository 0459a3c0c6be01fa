"""`python -m benchmarks`: make the corpus where it is absent, measure, print, write; or check the last run."""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import Progress

import workers.corpus
from benchmarks.bounds import file_to_bounds, measures_to_sentences
from benchmarks.child import ISOLATION, Measured
from benchmarks.corpus import EACH, FORMS, write_corpus
from benchmarks.rounds import Result, Round, rounds_to_result
from benchmarks.view import print_result
from benchmarks.ways import WAYS

FOLDER = Path(".bench")
ROUNDS = 5
CHILD_SECONDS = 600
"""One way over the whole corpus takes seconds; a reader that hangs must not hang the run."""


def run_child(name: str, corpus: Path, *, score: bool) -> Measured:
    """One way in a fresh process. Raises RuntimeError with the last of what it said when it fails."""
    command = [sys.executable, "-m", "benchmarks.child", name, str(corpus), *(["score"] if score else [])]
    done = subprocess.run(command, capture_output=True, check=False, timeout=CHILD_SECONDS)  # noqa: S603 - our own words
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr.decode(errors='replace')[-2000:]}")
    return msgspec.json.decode(done.stdout, type=Measured)


def run_rounds(corpus: Path, rounds: int, console: Console) -> list[Round]:
    """Every way once a round, the rounds one after another; the first is scored, what is refused then is left out."""
    names = [way.name for way in WAYS] + [ISOLATION]
    done: list[Round] = []
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("测量", total=rounds * len(names))
        for _ in range(rounds):
            measured: dict[str, Measured] = {}
            for name in names:
                if not (done and done[0][name].refused):
                    measured[name] = run_child(name, corpus, score=not done)
                progress.advance(task)
            done.append(measured)
    return done


def make_corpus(corpus: Path, seed: int, each: int, console: Console) -> None:
    """The corpus, unless the wanted one is there; `complete` is written last, so half a corpus is none."""
    complete = corpus / "complete"
    wanted = f"{seed} {each} {_makers_digest()}"
    if complete.exists() and complete.read_text(encoding="utf-8") == wanted:
        return
    for form in FORMS:
        shutil.rmtree(corpus / form, ignore_errors=True)
    with console.status("正在生成样本…"):
        missing = write_corpus(corpus, seed, each)
    for sentence in missing:
        console.print(sentence)
    if not missing:
        complete.write_text(wanted, encoding="utf-8")


def _makers_digest() -> str:
    """Of the code and the texts that make the corpus: when they change, so does it."""
    folders = (Path(__file__).parent, Path(workers.corpus.__file__).parent)
    files = [file for folder in folders for file in sorted(folder.iterdir()) if file.is_file()]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def measure(options: argparse.Namespace, console: Console) -> int:
    """One run: corpus, rounds, tables, file."""
    make_corpus(options.corpus, options.seed, options.each, console)
    result = rounds_to_result(run_rounds(options.corpus, options.rounds, console))
    print_result(console, result, file_to_bounds().goal)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_bytes(msgspec.json.format(msgspec.json.encode(result)) + b"\n")
    console.print(f"已写入 {options.json}")
    return 0


def check(file: Path) -> int:
    """A sentence for every goal that the last run missed; 1 where that is more than a noisy machine explains."""
    if not file.exists():
        print(f"还没有 {file}：请先运行 make bench。", file=sys.stderr)
        return 1
    result = msgspec.json.decode(file.read_bytes(), type=Result)
    bounds = file_to_bounds()
    broken = measures_to_sentences(result.measures, bounds.least)
    for words, sentences in (
        ("没有达到目标：", measures_to_sentences(result.measures, bounds.goal)),
        ("不合格（已放宽到 CI 机器的波动）：", broken),
    ):
        for sentence in sentences:
            print(words + sentence, file=sys.stderr)
    return 1 if broken else 0


def main(arguments: Sequence[str]) -> int:
    """Read the options and do one of the two."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--check", action="store_true", help="只核对上次的结果是否合乎要求")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="轮数")
    parser.add_argument("--each", type=int, default=EACH, help="每种来源几份")
    parser.add_argument("--seed", type=int, default=0, help="种子")
    parser.add_argument("--corpus", type=Path, default=FOLDER / "corpus", help="样本所在目录")
    parser.add_argument("--json", type=Path, default=FOLDER / "bench.json", help="结果文件")
    options = parser.parse_args(arguments)
    return check(options.json) if options.check else measure(options, Console())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
