"""What Typer says by itself, in Chinese: panel titles, the usage line, the help option, and wrong calls."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core
import typer.rich_utils

EXIT_USAGE = 64
"""A wrong call of the command line; what refuses a start is in exit_codes.py."""

OPTIONS = "[选项]"
COMMANDS = "命令 [参数]…"
HELP = "显示这份说明。"

typer.rich_utils.OPTIONS_PANEL_TITLE = "选项"
typer.rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
typer.rich_utils.COMMANDS_PANEL_TITLE = "命令"
typer.rich_utils.DEFAULT_STRING = "[默认：{}]"
typer.rich_utils.REQUIRED_LONG_STRING = "[必填]"

ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="文件", help="TOML 设置文件（默认只读环境变量）。")
]


class Command(typer.core.TyperCommand):
    """A command whose usage line and help option are Chinese."""

    def get_usage(self, ctx: Any) -> str:  # Typer keeps the type of its context private
        """`用法：gouji check [选项] 文件…`."""
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """The library's own option with our sentence."""
        return _with_help(super().get_help_option(ctx))


class Group(typer.core.TyperGroup):
    """The same for the program itself; a command that is not there is refused in Chinese."""

    def get_usage(self, ctx: Any) -> str:
        """`用法：gouji [选项] 命令 [参数]…`."""
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """The library's own option with our sentence."""
        return _with_help(super().get_help_option(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Name, command and remaining arguments; raises a usage error that names the unknown command."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            ctx.fail(f"没有 {args[0]} 这个命令")
        return super().resolve_command(ctx, args)


def _usage(line: str) -> str:
    return line.replace("Usage: ", "用法：", 1)


def _with_help(option: Any) -> Any:
    if option is not None:
        option.help = HELP
    return option


def wrong_call_to_sentence(error: Any) -> str:
    """What is wrong with the call, from the library's usage error; empty where the help itself was the answer."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return ""
    parameter = getattr(error, "param", None)
    name = parameter and (parameter.metavar or next(iter(parameter.opts), parameter.name))
    if type(error).__name__ == "MissingParameter":
        wrong = f"缺少{name}"
    elif hasattr(error, "possibilities"):
        wrong = f"没有 {error.option_name} 这个选项" + _perhaps(error.possibilities)
    elif hasattr(error, "option_name"):
        wrong = f"选项 {error.option_name} 后面要有一个值，或者不该有值"
    elif parameter:
        wrong = f"{name} 的值不对"
    else:
        wrong = error.format_message().replace("Got unexpected extra argument(s)", "多出来的参数")
    return f"命令写法有误：{wrong}（用 gouji --help 查看用法）"


def _perhaps(names: Any) -> str:
    return f"，是不是 {'、'.join(sorted(names))}" if names else ""
