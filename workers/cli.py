"""The command line. Each command is one function elsewhere; here are only its words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, cast

import typer

from tasks.errors import ConfigurationError
from workers.cli_operators import operators
from workers.cli_words import COMMANDS, EXIT_USAGE, OPTIONS, Command, ConfigFile, Group, wrong_call_to_sentence

app = typer.Typer(
    name="gouji",
    cls=Group,
    options_metavar=OPTIONS,
    subcommand_metavar=COMMANDS,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it with the flag's value
    if wanted:
        from workers.config import version

        print(f"gouji {version()}")  # noqa: T201 - the answer
        raise typer.Exit


@app.callback()
def program(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="显示版本。", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    """勾稽：读取政府信息公开工作年度报告，对照《条例》和统一格式核查，给出结构化数据和核查情况反馈。"""


@app.command(cls=Command, options_metavar=OPTIONS)
def check(
    files: Annotated[list[Path], typer.Argument(metavar="文件", help="要核查的报告：文字版 PDF 或文本文件。")],
    output: Annotated[
        str, typer.Option("--format", metavar="text|json", help="text（供人阅读）或 json（每个文件一行）。")
    ] = "text",
    roster: Annotated[
        Path | None, typer.Option("--roster", metavar="文件", help="名册（CSV）：各单位的全称、别名、类别、级别。")
    ] = None,
    pack: Annotated[Path | None, typer.Option("--pack", metavar="文件", help="本地规则包（TOML）。")] = None,
    notice: Annotated[
        Path | None, typer.Option("--notice", metavar="目录", help="把反馈通知（Word、网页、标注的 PDF）写入该目录。")
    ] = None,
) -> None:
    """核查手头的报告，不需要任何服务。

    退出码：0 没有发现错误，1 有错误，2 有文件读不出来。
    """
    from workers.check import run
    from workers.judging import files_to_judge

    raise typer.Exit(run(files, output, files_to_judge(roster, pack), notice))


@app.command(cls=Command, options_metavar=OPTIONS)
def submit(
    files: Annotated[list[Path], typer.Argument(metavar="文件", help="要上传的报告：文字版 PDF 或文本文件。")],
    prefix: Annotated[str, typer.Option(metavar="目录", help="存入收件桶时加在文件名前的目录，如 2023/。")] = "",
    config: ConfigFile = None,
) -> None:
    """上传报告，显示各环节进度和结果所在位置。

    退出码：0 没有发现错误，1 有错误，2 有文件读不出来或还没有结果。
    """
    from workers.submit import run

    raise typer.Exit(run(files, prefix, config))


@app.command(cls=Command, options_metavar=OPTIONS)
def up(
    config: ConfigFile = None,
    log: Annotated[
        str, typer.Option("--log", metavar="text|json", help="日志写成 text（供人阅读）或 json（每行一条）。")
    ] = "text",
) -> None:
    """启动全部：存储、队列、处理、接收、核对、看板。

    没有设 REDIS_URL、S3_ENDPOINT_URL 时使用内置的 Valkey 和 S3。Ctrl-C 全部停止。
    """
    from workers.up import run

    raise typer.Exit(run(config, log))


@app.command(cls=Command, options_metavar=OPTIONS)
def worker(config: ConfigFile = None) -> None:
    """启动处理进程（Celery）。"""
    from workers.app import run

    raise typer.Exit(run(config))


@app.command(cls=Command, options_metavar=OPTIONS)
def intake(config: ConfigFile = None) -> None:
    """启动事件接收：SQS 队列与 HTTP 推送。"""
    from workers.intake import run

    raise typer.Exit(run(config))


@app.command(cls=Command, options_metavar=OPTIONS)
def sweep(
    config: ConfigFile = None,
    once: Annotated[bool, typer.Option("--once", help="只核对一遍就退出。")] = False,  # noqa: FBT002 - a flag
) -> None:
    """定期核对收件桶与结果桶，把缺的补上。"""
    from workers.sweep import run

    raise typer.Exit(run(config, once=once))


@app.command(cls=Command, options_metavar=OPTIONS)
def web(
    config: ConfigFile = None,
    insecure_localhost: Annotated[  # noqa: FBT002 - a flag
        bool, typer.Option("--insecure-localhost", help="不需要登录，只能从本机打开；凡能用这台机器的人都是管理员。")
    ] = False,
) -> None:
    """启动看板。"""
    from workers.web import run

    raise typer.Exit(run(config, insecure_localhost=insecure_localhost))


@app.command(cls=Command, options_metavar=OPTIONS)
def reindex(config: ConfigFile = None) -> None:
    """从结果桶重建台账和索引。"""
    from workers.reindex import run

    raise typer.Exit(run(config))


app.add_typer(operators)


@app.command(cls=Command, options_metavar=OPTIONS)
def rules(
    markdown: Annotated[bool, typer.Option("--markdown", help="输出为 Markdown（docs/rules.md 的内容）。")] = False,  # noqa: FBT002
    pack: Annotated[Path | None, typer.Option("--pack", metavar="文件", help="检查这个规则包并运行其测试。")] = None,
    trial: Annotated[Path | None, typer.Option("--try", metavar="文件", help="试用这个规则包。")] = None,
    prefix: Annotated[str, typer.Argument(metavar="目录", help="与 --try 同用：只看收件桶这个目录下的报告。")] = "",
    config: ConfigFile = None,
) -> None:
    """列出全部规则、依据和级别；或检查一个本地规则包。

    --pack 列出规则包改了什么，并运行其中的测试：0 全部通过，1 有测试不通过。
    --try 用规则包重新判断结果桶里已有的报告，列出会有哪些变化，不改动任何文件。
    """
    if prefix and not trial:
        raise ConfigurationError(f"命令写法有误：多出来的参数 ({prefix})（用 gouji --help 查看用法）", EXIT_USAGE)
    if trial or pack:
        from workers.packs import show, try_on

        raise typer.Exit(try_on(trial, prefix, config) if trial else show(cast("Path", pack)))
    from workers.reference import print_rules

    print_rules(markdown=markdown)


@app.command(cls=Command, options_metavar=OPTIONS)
def schema(
    out: Annotated[Path | None, typer.Option("--out", metavar="目录", help="写入该目录，每个文件一份。")] = None,
) -> None:
    """输出各结果文件的格式（JSON Schema）。"""
    from workers.reference import print_schema, write_schemas

    write_schemas(out) if out else print_schema()


@app.command("make-corpus", cls=Command, options_metavar=OPTIONS)
def make_corpus(
    count: Annotated[int, typer.Argument(metavar="份数", help="生成多少份报告。", min=1)],
    out: Annotated[Path, typer.Option(metavar="目录", help="写入的目录，须为空。")] = Path("corpus"),
    seed: Annotated[int, typer.Option(metavar="数字", help="种子：相同的种子生成相同的文件。")] = 0,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", metavar="格式", help="txt、pdf、docx、html、xlsx、ofd；可重复，不写则轮流使用全部格式。"
        ),
    ] = None,
    faulty: Annotated[
        float, typer.Option(metavar="比例", help="带有一处已知错误的报告所占比例，如 0.1。", min=0, max=1)
    ] = 0.0,
) -> None:
    """生成虚构的年度报告，用来试运行和压测。

    每份报告旁有一个 .gold.json，列出其中的全部数字和已知的错误。
    """
    from workers.corpus.write import run

    raise typer.Exit(run(count, out, seed, formats or [], faulty))


def main() -> None:
    """Run a command; a refusal is one sentence and its exit code, a wrong call is 64."""
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except ConfigurationError as error:
        print(error.sentence, file=sys.stderr)  # noqa: T201 - the sentence is the answer
        sys.exit(error.exit_code)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except typer.Abort:
        sys.exit(130)
    except Exception as error:
        if hasattr(error, "format_message") and hasattr(error, "exit_code"):
            print(wrong_call_to_sentence(error), file=sys.stderr)  # noqa: T201 - the sentence is the answer
            sys.exit(EXIT_USAGE)
        raise
