"""docs/proof.json and docs/proof.md: what a run of the storm found, for people. The figures are the run's own."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.storm.trial import Trial


def results_to_proof(
    tier: str, seed: int, trials: list[Trial], results: list[dict[str, Any]], starts: str
) -> dict[str, Any]:
    """The JSON that is committed. `proved_elsewhere` names the tests that other suites hold."""
    return {
        "tier": tier,
        "seed": seed,
        "again": f"make storm STORM='--tier {tier} --seed {seed}'",
        "machine": {
            "cores": os.cpu_count(),
            "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
            "system": f"{platform.system()} {platform.release()}",
            "python": platform.python_version(),
        },
        "starts": starts,
        "settings": {trial.name: json.loads(json.dumps(asdict(trial), default=str)) for trial in trials},
        "results": results,
        "proved_elsewhere": PROVED_ELSEWHERE,
    }


PROVED_ELSEWHERE = {
    "T7": "tests/workers/test_worker_chain.py",
    "T9": "tests/hostile",
    "T10, T12, T14": "tests/workers, tests/tasks",
    "T13, T15, T17": "tests/tasks, tests/test_determinism.py",
    "T18": "tests/tasks/test_crash_points.py, tests/tasks/test_outbox_crashes.py",
}
"""Where the other tests of reliability.md section 5 are."""


def write(proof: dict[str, Any], folder: Path) -> None:
    """Both files."""
    (folder / "proof.json").write_text(json.dumps(proof, ensure_ascii=False, indent=2) + "\n", "utf-8")
    (folder / "proof.md").write_text(proof_to_markdown(proof), "utf-8")


def proof_to_markdown(proof: dict[str, Any]) -> str:
    """The page for people."""
    machine = proof["machine"]
    lines = [
        "# 故障注入的结果",
        "",
        f"由 `make storm` 生成，数字都来自 [proof.json](proof.json)。重新运行：`{proof['again']}`。",
        "",
        f"- 档次：{proof['tier']}；种子：{proof['seed']}",
        f"- 机器：{machine['cores']} 核，{machine['memory_gib']} GiB 内存，{machine['system']}，Python {machine['python']}",
        f"- 工作进程的启动方式：{STARTS[proof['starts']]}",
        "- 检查只读存储桶和接收端的记录，从不读 Redis；`run.json` 不在比较之列",
        "",
    ]
    for result in proof["results"]:
        lines += _result_to_lines(result, proof["settings"][result["trial"]])
    lines += ["## 由其他测试证明的项目", ""]
    lines += [f"- {name}：{where}" for name, where in proof["proved_elsewhere"].items()]
    return "\n".join(lines) + "\n"


STARTS = {
    "template": "由预先载入程序库的模板进程派生（一次普通启动要 1.5 秒 CPU，每秒杀一次时两个核全都用在启动上）",
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
    gouji = settings["settings"]
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
        f"缩短了的设置（秒）：核对间隔 {gouji['sweep']}，文件最小年龄 {gouji['age']}，租约 {gouji['lease']}，"
        f"排队租约 {gouji['queued']}，可见期 {gouji['visibility']}；每 {settings['kill_every']} 秒左右杀一组，"
        f"共 {settings['workers']} 组，每组 {settings['processes']} 个处理进程。",
        "",
    ]
