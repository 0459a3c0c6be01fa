"""docs/proof.json and docs/proof.md: what a run of the storm found, for people. The figures are the run's own."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.storm.tiers import TIERS
from tests.storm.trial import Trial


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for; `starts`: how workers start, a key of STARTS; no documents: as the tier has them."""

    tier: str
    seed: int
    starts: str
    documents: int = 0

    @property
    def again(self) -> str:
        """The command that does it once more."""
        documents = f" --documents {self.documents}" if self.documents else ""
        return f"make storm STORM='--tier {self.tier} --seed {self.seed}{documents}'"


def results_to_proof(asked: Asked, trials: list[Trial], results: list[dict[str, Any]]) -> dict[str, Any]:
    """The JSON that is committed. `proved_elsewhere` names the tests that other suites hold."""
    covered = [name for trial in trials for name in trial.covers]
    return {
        "tier": asked.tier,
        "seed": asked.seed,
        "again": asked.again,
        "documents": sum(trial.documents for trial in trials),
        "documents_of_the_tier": sum(trial.documents for trial in TIERS[asked.tier]),
        "machine": {
            "cores": os.cpu_count(),
            "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
            "system": f"{platform.system()} {platform.release()}",
            "python": platform.python_version(),
        },
        "starts": asked.starts,
        "settings": {trial.name: json.loads(json.dumps(asdict(trial), default=str)) for trial in trials},
        "results": results,
        "proved_elsewhere": PROVED_ELSEWHERE,
        "not_run": [name for name in ALL if name not in {*PROVED_ELSEWHERE, *covered}],
    }


PROVED_ELSEWHERE = {
    "T9": "tests/hostile",
    "T13": "tests/test_same_everywhere.py",
    "T14": "tests/tasks/test_outbox.py, tests/tasks/test_receivers.py",
    "T17": "tests/tasks/test_state_machine.py",
    "T18": "tests/tasks/test_crash_points.py, tests/tasks/test_outbox_crashes.py",
}
"""Tests of reliability.md section 5 that are other suites'; what they leave out of it they say themselves."""

ALL = tuple(f"T{number}" for number in range(1, 20))
"""The tests of reliability.md section 5."""


def write(proof: dict[str, Any], folder: Path) -> None:
    """Both files."""
    (folder / "proof.json").write_text(json.dumps(proof, ensure_ascii=False, indent=2) + "\n", "utf-8")
    (folder / "proof.md").write_text(proof_to_markdown(proof), "utf-8")


def _settings_to_words(trial: dict[str, Any]) -> str:
    gouji = trial["settings"]
    kills = f"每 {trial['kill_every']} 秒左右杀一组，" if trial["kill_every"] else "不杀工作进程，"
    return (
        f"缩短了的设置（秒）：核对间隔 {gouji['sweep']}，文件最小年龄 {gouji['age']}，租约 {gouji['lease']}，"
        f"排队租约 {gouji['queued']}，可见期 {gouji['visibility']}；{kills}"
        f"共 {trial['workers']} 组，每组 {trial['processes']} 个处理进程。"
    )


def proof_to_markdown(proof: dict[str, Any]) -> str:
    """The page for people."""
    machine = proof["machine"]
    lines = [
        "# 故障注入的结果",
        "",
        f"由 `make storm` 生成，数字都来自 [proof.json](proof.json)。重新运行：`{proof['again']}`。",
        "",
        f"- 档次：{proof['tier']}；种子：{proof['seed']}",
        f"- 文件：本次 {proof['documents']:,} 份；这一档要求 {proof['documents_of_the_tier']:,} 份",
        (
            f"- 机器：{machine['cores']} 核，{machine['memory_gib']} GiB 内存，{machine['system']}，"
            f"Python {machine['python']}"
        ),
        f"- 工作进程的启动方式：{STARTS[proof['starts']]}",
        "- 检查只读存储桶和接收端的记录，从不读 Redis；`run.json` 不在比较之列",
        "",
    ]
    for result in proof["results"]:
        lines += _result_to_lines(result, proof["settings"][result["trial"]])
    lines += ["## 由其他测试证明的项目", ""]
    lines += [f"- {name}：{where}" for name, where in proof["proved_elsewhere"].items()]
    lines += ["", f"本次没有运行：{'、'.join(proof['not_run'])}。"]
    return "\n".join(lines) + "\n"


STARTS = {
    "template": (
        "由预先载入程序库的模板进程派生，沙箱的母进程也由工作进程派生，沙箱的可用性只问一次；"
        "其余启动检查、连接与沙箱的隔离都照常（一次普通启动要 1.5 秒 CPU，每秒杀一次时两个核大半用在启动上）"
    ),
    "plain": "普通启动",
}

_ROWS = (
    ("documents", "文件"),
    ("uploads", "上传（含覆盖）"),
    ("kills", "整组杀死的工作进程"),
    ("starts", "启动的工作进程"),
    ("messages", "看到的消息"),
    ("s3_requests", "S3 请求"),
    ("lost", "丢失"),
    ("duplicates", "重复"),
    ("wrong", "错误"),
    ("good_quarantined", "被误隔离的正常文件"),
    ("poison_astray", "没有按规定隔离的毒文件"),
    ("untold", "没有推送的结果"),
    ("completed_again", "完成了不止一次的处理"),
    ("interrupted", "被中断的读取"),
)


def _result_to_lines(result: dict[str, Any], settings: dict[str, Any]) -> list[str]:
    share = result["completed_again"] / max(1, result["documents"])
    took = result["time_to_result"]
    quiet = result["quiet_seconds"]
    return [
        f"## {result['trial']}（{'、'.join(result['covers'])}）：{'通过' if result['clean'] else '未通过'}",
        "",
        "| 项目 | 数 |",
        "|---|---:|",
        *(f"| {name} | {result[key]:,} |" for key, name in _ROWS),
        f"| 完成了不止一次的占比 | {share:.2%} |",
        f"| 从上传到结果：p50 / p95 / p99（秒） | {took['p50']} / {took['p95']} / {took['p99']} |",
        f"| Redis 或线路中断后到下一个结果，最长（秒） | {result['longest_recovery']} |",
        f"| 最后一次故障后到完全安静（秒） | {'没有安静下来' if quiet is None else quiet} |",
        f"| 故障持续（秒） | {result['storm_seconds']} |",
        "",
        "注入的故障：" + "，".join(f"{name} {count:,}" for name, count in result["faults"].items()) + "。",
        "",
        _settings_to_words(settings),
        "",
    ]
