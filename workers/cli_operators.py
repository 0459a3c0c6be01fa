"""The command line of operators: users of the dashboard, the audit, and verbs on documents and webhooks."""

from __future__ import annotations

from typing import Annotated

import typer

from tasks.errors import ConfigurationError
from workers.cli_words import COMMANDS, EXIT_USAGE, OPTIONS, Command, ConfigFile, Group

operators = typer.Typer()
"""Taken into the program as if its commands were written there."""

users = typer.Typer(
    name="users",
    cls=Group,
    options_metavar=OPTIONS,
    subcommand_metavar=COMMANDS,
    no_args_is_help=True,
    help="看板用户（写入 GOUJI_USERS 所指的文件）。改动立即生效：改过或删去的用户须重新登录。",
    context_settings={"help_option_names": ["-h", "--help"]},
)
operators.add_typer(users)

UserName = Annotated[str, typer.Argument(metavar="用户名", help="登录时用的名字。")]


@users.command("add", cls=Command, options_metavar=OPTIONS)
def users_add(
    name: UserName,
    role: Annotated[
        str,
        typer.Option(metavar="角色", help="viewer 查看、operator 经办、admin 管理。"),
    ] = "viewer",
    prefix: Annotated[
        list[str] | None, typer.Option("--prefix", metavar="目录", help="能看的收件桶目录，如 铜官区/；可重复。")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="能看全部目录。")] = False,  # noqa: FBT002 - a flag
    config: ConfigFile = None,
) -> None:
    """添加用户，口令在提示后输入，不显示。"""
    from workers.people.verbs import add

    print(add(config, name, role, prefix or (), everything=everything))  # noqa: T201 - the answer


@users.command("passwd", cls=Command, options_metavar=OPTIONS)
def users_passwd(name: UserName, config: ConfigFile = None) -> None:
    """更改口令。"""
    from workers.people.verbs import change_password

    print(change_password(config, name))  # noqa: T201 - the answer


@users.command("list", cls=Command, options_metavar=OPTIONS)
def users_list(config: ConfigFile = None) -> None:
    """列出用户：用户名、角色、能看的目录。"""
    from workers.people.verbs import listed

    print(listed(config))  # noqa: T201 - the answer


@users.command("remove", cls=Command, options_metavar=OPTIONS)
def users_remove(name: UserName, config: ConfigFile = None) -> None:
    """删除用户。"""
    from workers.people.verbs import remove

    print(remove(config, name))  # noqa: T201 - the answer


@operators.command(cls=Command, options_metavar=OPTIONS)
def audit(
    day: Annotated[
        str, typer.Option("--day", metavar="日期", help="北京时间的哪一天，如 2026-01-05；不写为今天。")
    ] = "",
    config: ConfigFile = None,
) -> None:
    """列出一天的操作记录：谁、何时、做了什么、前后如何，每行一条 JSON，可存档。"""
    from workers.audit_export import run

    raise typer.Exit(run(config, day))


@operators.command(cls=Command, options_metavar=OPTIONS)
def retry(
    names: Annotated[list[str], typer.Argument(metavar="文件名或编号", help="收件桶中的文件名，或 64 位的提交编号。")],
    config: ConfigFile = None,
) -> None:
    """让未能处理的报告再试一次。

    退出码：0 全部已重新提交，1 有的不在未能处理之列。
    """
    from workers import operate

    raise typer.Exit(operate.run(config, lambda operator: operate.retry(operator, names)))


@operators.command(cls=Command, options_metavar=OPTIONS)
def reprocess(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="文件名或编号", help="收件桶中的文件名，或 64 位的提交编号。")
    ] = None,
    prefix: Annotated[
        str | None, typer.Option("--prefix", metavar="目录", help="收件桶中这个目录下的全部报告。")
    ] = None,
    judge: Annotated[
        str, typer.Option("--judge", metavar="摘要", help="由这一版规则核查的全部报告（judge_digest 的开头即可）。")
    ] = "",
    config: ConfigFile = None,
) -> None:
    """用现在的规则重新读取、核查已有结果的报告；原来的结果文件保留。

    退出码：0 全部已重新提交，1 有的没有核查完的结果。
    """
    if not names and prefix is None and not judge:
        raise ConfigurationError("命令写法有误：缺少文件名或编号（用 gouji --help 查看用法）", EXIT_USAGE)
    from workers import operate

    raise typer.Exit(operate.run(config, lambda operator: operate.reprocess(operator, names or [], prefix, judge)))


@operators.command(cls=Command, options_metavar=OPTIONS)
def redeliver(  # noqa: PLR0913, PLR0917 - the options of the command
    ids: Annotated[list[str] | None, typer.Argument(metavar="推送编号", help="webhook-id；立即再推送一次。")] = None,
    endpoint: Annotated[str | None, typer.Option("--endpoint", metavar="名称", help="这个接收端的推送。")] = None,
    start: Annotated[
        str, typer.Option("--from", metavar="时间", help="从何时起，如 2026-01-05 或 2026-01-05T08:30。")
    ] = "",
    end: Annotated[str, typer.Option("--to", metavar="时间", help="到何时止（不含）。")] = "",
    only_dead: Annotated[bool, typer.Option("--dead", help="只要没有送达、已停止推送的。")] = False,  # noqa: FBT002 - a flag
    config: ConfigFile = None,
) -> None:
    """重新推送通知：按编号立即推送，或按接收端、时间重新排队。编号不变，时间和签名是新的。

    时间指送达或停止推送的时间，按北京时间。退出码：0 全部已送达或已排队，1 有的没有送达或没有找到。
    """
    if bool(ids) == bool(endpoint or start or end or only_dead):
        raise ConfigurationError(
            "命令写法有误：请写推送编号，或用 --endpoint、--from、--to、--dead 选定（用 gouji --help 查看用法）",
            EXIT_USAGE,
        )
    from workers import operate

    span = tuple(operate.words_to_moment(words) if words else None for words in (start, end))
    raise typer.Exit(
        operate.run(
            config,
            lambda operator: (
                operate.redeliver(operator, ids)
                if ids
                else operate.replay(operator, endpoint, span[0], span[1], only_dead=only_dead)
            ),
        )
    )
