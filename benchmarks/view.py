"""The result as tables for people."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from benchmarks.bounds import Bound
from benchmarks.rounds import Figures, Result
from benchmarks.ways import WAYS

FORMS = (("pdf", "PDF"), ("docx", "DOCX"), ("html", "网页"))


def print_result(console: Console, result: Result, bounds: dict[str, Bound]) -> None:
    """Ways of each format, our reader by producer, and every measure with its bound."""
    console.print(
        f"{result.documents} 份文件，{result.rounds} 轮；每轮每种读法各用一个新进程，时间是 CPU 时间，取各轮的中位数。"
    )
    for form, words in FORMS:
        console.print(_form_table(form, words, result))
    console.print(_kinds_table(result))
    console.print(_measures_table(result, bounds))
    if "pdf" in result.ways and result.ways["pdf"].wrong:
        console.print("没有全部读对的 PDF：" + "、".join(f"{n}（{c} 格）" for n, c in result.ways["pdf"].wrong.items()))


def _form_table(form: str, words: str, result: Result) -> Table:
    table = Table(title=words, title_justify="left")
    for heading in ("读法", "毫秒/份", "单元格读对", "内存峰值 MB"):
        table.add_column(heading, justify="left" if heading == "读法" else "right")
    for way in WAYS:
        if way.form != form:
            continue
        if way.name in result.refused:
            table.add_row(way.words, "没有读取器", "", "")
        elif way.name in result.ways:
            table.add_row(way.words, *_row(result.ways[way.name]))
    return table


def _row(figures: Figures) -> tuple[str, str, str]:
    return f"{figures.milliseconds:.1f}", _percent(figures.right), f"{figures.peak:.0f}"


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.2%}"


def _kinds_table(result: Result) -> Table:
    """Producers down, ways across: where the time goes and where cells are lost."""
    ways = [way for way in WAYS if way.form == "pdf" and way.name in result.ways]
    kinds = dict.fromkeys(kind for way in ways for kind in result.ways[way.name].kinds)
    table = Table(
        "来源", *(way.name for way in ways), title="各种来源的 PDF：毫秒/份，单元格读对", title_justify="left"
    )
    for kind in kinds:
        found = [result.ways[way.name].kinds[kind] for way in ways]
        table.add_row(kind, *(f"{k.milliseconds:.1f} {_percent(k.right)}" for k in found))
    return table


def _measures_table(result: Result, bounds: dict[str, Bound]) -> Table:
    table = Table("量", "值", "要求", title="比值与要求", title_justify="left")
    for name, value in result.measures.items():
        bound = bounds.get(name)
        table.add_row(bound.words if bound else name, f"{value:.4g}", _demand(bound))
    return table


def _demand(bound: Bound | None) -> str:
    if bound is None:
        return ""
    return f"≥ {bound.min:g}" if bound.min is not None else f"≤ {bound.max:g}"
