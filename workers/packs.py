"""`gouji rules --pack FILE` and `--try FILE PREFIX`: what a local rule pack changes, before it is put to use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

import parsers
from parsers import Judge, Pack
from parsers.editions.equations import to_cell
from parsers.model.finding import Finding
from parsers.model.outcome import Findings
from parsers.model.pack import BUILT_IN_PACK, PackCase
from parsers.model.report import Report
from parsers.notices.words import SEVERITIES
from tasks import layout
from tasks.context import Context
from tasks.finished import terminal
from tasks.kept import read_kept
from tasks.records import Done
from workers.alongside import settings_alongside
from workers.build import settings_to_context
from workers.celery_app import make_app
from workers.corpus.figures import written
from workers.corpus.sheet import Changes, to_sheet
from workers.corpus.texts import layout as text_layout
from workers.judging import file_to_pack
from workers.wrapping import indented

EXIT_FAILED = 1
_FIRST_YEAR = 2021
"""From this year on the form of 2021 is due."""


def show(file: Path) -> int:
    """What the pack changes, and how its tests come out; 1 when one fails. Raises ConfigurationError."""
    pack = file_to_pack(file)
    console = Console(highlight=False)
    console.print(Text(f"{pack.name}　{pack.id} {pack.version}（{pack.digest}）", style="bold"))
    for sentence in pack_to_sentences(pack):
        console.print(indented(Text(sentence), console.width, sign=Text("·")), soft_wrap=True)
    failed = [failure for case in pack.cases for failure in [_tell_case(console, pack, case)] if failure]
    console.print(Text(f"{len(pack.cases)} 个测试，{len(failed)} 个不通过" if pack.cases else "规则包里没有测试"))
    return EXIT_FAILED if failed else 0


def pack_to_sentences(pack: Pack) -> tuple[str, ...]:
    """Each thing that is decided otherwise than built in, in a sentence."""
    said = [f"依据：{pack.basis}"] if pack.basis else []
    for code, change in pack.codes.items():
        if not change.enabled:
            said.append(f"不核查 {code}")
        elif change.severity is not None:
            said.append(f"{code} 的级别改为“{SEVERITIES[change.severity]}”")
    for part, names in (("deadlines", _DEADLINES), ("thresholds", _THRESHOLDS)):
        mine, built_in = getattr(pack, part), getattr(BUILT_IN_PACK, part)
        said += [
            f"{label}：{getattr(mine, name)}（原为 {getattr(built_in, name)}）"
            for name, label in names
            if getattr(mine, name) != getattr(built_in, name)
        ]
    said += [f"增加恒等式 {i.code}：{i.formula}（{SEVERITIES[i.severity]}）" for i in pack.identities]
    return tuple(said)


_DEADLINES = (
    ("department", "部门的公开期限"),
    ("township", "乡镇、街道的公开期限"),
    ("government", "政府的公开期限"),
)
_THRESHOLDS = (
    ("carried_share", "结转下年度的比例上限"),
    ("other_share", "“其他处理—其他”的比例上限"),
    ("least_requests", "按比例核查所需的最少申请件数"),
    ("year_factor", "年度间变化的倍数上限"),
    ("year_base", "核查年度间变化所需的最小数量"),
    ("own_text_warning", "与上年文字重复率达到此值为提醒"),
    ("own_text_info", "与上年文字重复率达到此值供参考"),
    ("others_text_warning", "与其他单位文字重复率达到此值为提醒"),
)


def _tell_case(console: Console, pack: Pack, case: PackCase) -> str | None:
    failure = case_to_failure(pack, case)
    sign = Text("✕", style="red") if failure else Text("✓", style="green")
    console.print(indented(Text(case.name + (f"：{failure}" if failure else "")), console.width, sign=sign))
    return failure


def case_to_failure(pack: Pack, case: PackCase) -> str | None:
    """Why this test of the pack fails, or None: a clean report with the change is read and judged for real."""
    cells = {to_cell(name): text for name, text in case.cells.items()}
    edition = "2021" if case.year >= _FIRST_YEAR else "2019"
    text = text_layout("tabbed")(to_sheet(edition, written(edition), Changes(year=case.year, cells=cells)))
    for old, new in case.replace.items():
        if old not in text:
            return f"干净的报告里没有“{old}”"
        text = text.replace(old, new)
    found = {finding.code for finding in parsers.assess(text.encode(), Judge(pack=pack)).findings.findings}
    missed = [code for code in case.expect if code not in found]
    extra = [code for code in case.absent if code in found]
    said = [f"没有报出 {'、'.join(missed)}"] if missed else []
    said += [f"不应报出 {'、'.join(extra)}"] if extra else []
    return "，".join(said) or None


@dataclass(frozen=True)
class Difference:
    """What a pack would change of one result: findings that would come, go, or be told with another severity."""

    key: str
    added: tuple[Finding, ...]
    removed: tuple[Finding, ...]
    changed: tuple[tuple[Finding, Finding], ...]

    @property
    def is_nothing(self) -> bool:
        """Would this result stay as it is?"""
        return not (self.added or self.removed or self.changed)


def try_on(file: Path, prefix: str, config: Path | None) -> int:
    """What the pack would change on results already there. Raises ConfigurationError and TransientError."""
    pack = file_to_pack(file)
    settings = settings_alongside(config)
    context = settings_to_context(settings, make_app(settings.redis_url))
    judge = Judge(roster=context.judge.roster, pack=pack)
    console = Console(highlight=False)
    differences = [_told(console, difference) for difference in bucket_to_differences(context, judge, prefix)]
    _print_sum(console, differences)
    return 0


def bucket_to_differences(context: Context, judge: Judge, prefix: str) -> Iterator[Difference]:
    """Each finished report whose upload's key begins so, judged anew from its report.json; nothing is written."""
    for stored in context.store.walk(context.results, layout.SUBMISSIONS):
        job, _, name = stored.key.removeprefix(layout.SUBMISSIONS).partition("/")
        end = terminal(context, job) if name == "done.json" else None
        if isinstance(end, Done) and end.ref.key.startswith(prefix) and not end.is_container:
            report = read_kept(context, layout.submission(job, end.judge_digest, "report.json"), Report)
            before = read_kept(context, layout.submission(job, end.judge_digest, "findings.json"), Findings)
            if report is not None and before is not None:
                yield findings_to_difference(end.ref.key, before, parsers.check(report, judge).findings)


def findings_to_difference(key: str, before: Findings, after: Findings) -> Difference:
    """Findings are the same when code and subject are (their fingerprint)."""
    old = {finding.fingerprint: finding for finding in before.findings}
    new = {finding.fingerprint: finding for finding in after.findings}
    return Difference(
        key=key,
        added=tuple(finding for print_, finding in new.items() if print_ not in old),
        removed=tuple(finding for print_, finding in old.items() if print_ not in new),
        changed=tuple(
            (old[print_], finding)
            for print_, finding in new.items()
            if print_ in old and old[print_].severity is not finding.severity
        ),
    )


def _told(console: Console, difference: Difference) -> Difference:
    if not difference.is_nothing:
        console.print(Text(difference.key, style="bold"), soft_wrap=True)
        lines = [("＋", f"{f.code} {f.message}") for f in difference.added]
        lines += [("－", f"{f.code} {f.message}") for f in difference.removed]
        lines += [
            ("～", f"{new.code} {SEVERITIES[old.severity]} → {SEVERITIES[new.severity]}：{new.message}")
            for old, new in difference.changed
        ]
        for sign, line in lines:
            console.print(indented(Text(line), console.width, sign=Text(sign)), soft_wrap=True)
    return difference


def _print_sum(console: Console, differences: list[Difference]) -> None:
    touched = [difference for difference in differences if not difference.is_nothing]
    console.print(Text(f"共 {len(differences)} 份报告，其中 {len(touched)} 份会有变化。没有改动任何文件。"))
    for word, counts in (
        ("增加", Counter(f.code for d in touched for f in d.added)),
        ("不再报出", Counter(f.code for d in touched for f in d.removed)),
        ("级别改变", Counter(new.code for d in touched for _, new in d.changed)),
    ):
        if counts:
            console.print(Text(f"{word}：" + "、".join(f"{code} {n}" for code, n in sorted(counts.items()))))
