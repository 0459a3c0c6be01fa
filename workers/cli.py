"""The command line. Each command is one function elsewhere; here are only its words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tasks.errors import ConfigurationError

EXIT_USAGE = 64

app = typer.Typer(
    name="gouji",
    help="勾稽：读取政府信息公开工作年度报告，对照《条例》和统一格式核查，给出结构化数据和核查情况反馈。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ConfigFile = Annotated[Path | None, typer.Option("--config", help="TOML 设置文件（默认只读环境变量）。")]


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="要核查的报告文件。")],
    output: Annotated[str, typer.Option("--format", help="text（供人阅读）或 json（每个文件一行）。")] = "text",
) -> None:
    """核查一份或多份报告，不需要任何服务。退出码：0 无错误，1 有错误，2 有文件无法读取。"""
    from workers.check import run

    raise typer.Exit(run(files, output))


@app.command()
def submit(
    files: Annotated[list[Path], typer.Argument(help="要上传的报告文件。")],
    prefix: Annotated[str, typer.Option(help="存入收件桶时加在文件名前的目录，如 2023/。")] = "",
    config: ConfigFile = None,
) -> None:
    """上传到收件桶，跟踪各环节进度，显示结果所在位置。"""
    from workers.submit import run

    raise typer.Exit(run(files, prefix, config))


@app.command()
def up(
    config: ConfigFile = None,
    log: Annotated[str, typer.Option("--log", help="text 或 json。")] = "text",
) -> None:
    """一条命令启动全部：内置的 Valkey 与 S3、工作进程、事件接收、定期核对和看板。Ctrl-C 全部停止。"""
    from workers.up import run

    raise typer.Exit(run(config, log))


@app.command()
def worker(config: ConfigFile = None) -> None:
    """启动工作进程（Celery）。"""
    from workers.app import run

    raise typer.Exit(run(config))


@app.command()
def intake(config: ConfigFile = None) -> None:
    """启动事件接收：SQS 队列与 HTTP 推送。"""
    from workers.intake import run

    raise typer.Exit(run(config))


@app.command()
def sweep(
    config: ConfigFile = None,
    once: Annotated[bool, typer.Option("--once", help="只核对一遍就退出。")] = False,  # noqa: FBT002 - a flag
) -> None:
    """定期核对收件桶与结果桶，把缺的补上。"""
    from workers.sweep import run

    raise typer.Exit(run(config, once=once))


@app.command()
def web(config: ConfigFile = None) -> None:
    """启动看板。"""
    from workers.web import run

    raise typer.Exit(run(config))


@app.command()
def reindex(config: ConfigFile = None) -> None:
    """从结果桶重建台账和索引。"""
    from workers.reindex import run

    raise typer.Exit(run(config))


@app.command()
def rules(
    markdown: Annotated[bool, typer.Option("--markdown", help="输出 docs/rules.md 的内容。")] = False,  # noqa: FBT002
) -> None:
    """列出全部规则、依据和级别。"""
    from workers.reference import print_rules

    print_rules(markdown=markdown)


@app.command()
def schema(
    out: Annotated[Path | None, typer.Option("--out", help="写入该目录，每个文件一份。")] = None,
) -> None:
    """输出各结果文件的 JSON Schema。"""
    from workers.reference import print_schema, write_schemas

    write_schemas(out) if out else print_schema()


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
            sentence = f"命令写法有误：{error.format_message()}（用 gouji --help 查看用法）"
            print(sentence, file=sys.stderr)  # noqa: T201 - the sentence is the answer
            sys.exit(EXIT_USAGE)
        raise
