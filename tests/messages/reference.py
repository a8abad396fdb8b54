"""
The Chinese reference, made from the tables: ``python -m tests.messages.reference``.

Commands, kinds of facts, words for choices and figures, each with its key in files and
JSON. What stands behind the English one is in ``docs/reference.md``.
"""

from pathlib import Path

import click

from ledger.cli import COMMANDS
from ledger.cli import main as program
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.event_type import ColumnKind
from ledger.figures import registry
from ledger.messages import Language, section, template
from ledger.reports import vocabulary

PAGE = Path(__file__).parents[2] / "docs" / "zh" / "reference.md"
EVERYWHERE = {"form", "lang", "actor", "cause", "expected_version", "force"}
LEAD = """# 命令、事项和取值一览

[English](../reference.md) · [目录](../../README.zh.md)

本页由 `python -m tests.messages.reference` 按消息表生成。
左边是文件、命令和 JSON 里的写法，右边是程序显示的中文。写脚本要用的方法和字段见[英文说明](../reference.md)。

"""


def chinese(code):
    """Return a text of the tables, in one line of a table; nothing where there is none."""
    text = template(code, Language.CHINESE) or ""
    return text.strip().split("\n\n")[0].replace("\n", "").replace("|", "\\|")


def table(title, heads, rows):
    """Return a chapter with one table."""
    lines = [
        f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows)
    ]
    return f"## {title}\n\n" + "\n".join(lines) + "\n"


def command_row(name, command):
    """Return the cells of a command: how it is called, what it does, its options."""
    asked = [
        chinese(f"metavar.{one.metavar or one.name.upper()}")
        or chinese(f"field.{one.name}")
        for one in command.params
        if isinstance(one, click.Argument)
    ]
    options = [
        f"`{one.opts[-1]}` {chinese(f'option.{one.help}') or chinese(f'field.{one.name}')}"
        for one in command.params
        if isinstance(one, click.Option) and one.name not in EVERYWHERE
    ]
    told = "；".join(option.rstrip("。") for option in options)
    return f"`{name}` {' '.join(asked)}", chinese(f"command.{name}"), told


REFERRED = {
    "AdjustmentCorrected": "field.of.adjustment",
    "CommitmentEntered": "field.of.reservation",
    "ResultRetracted": "field.of.result",
}
"""What `of` names, where it is no voucher."""


BESIDE = {
    ColumnKind.AMOUNTS: ("source",),
    ColumnKind.EXCEPTION: ("allowed_by", "reason"),
    ColumnKind.INDICATOR: ("level1", "level2", "target", "milestones", "between"),
}
"""Columns of CSV that may give what a column of a kind gives."""


def columns(row):
    """Yield each column of a bulk file with its head there, or what it names."""
    named = (
        name
        for column in row.columns
        for name in (column.name, *BESIDE.get(column.kind, ()))
    )
    for name in dict.fromkeys(named):
        code = REFERRED.get(row.name) if name == "of" else None
        head = chinese(code or f"head.event.{name}") or chinese(f"field.{name}")
        yield f"`{name}` {head.partition('[')[0].partition('（')[0]}"


def commands():
    """Return the table of the commands, and the options that all have."""
    context = click.Context(program)
    everywhere = (("actor", "actor"), ("cause", "cause"), ("lang", "language.said"))
    rows = [command_row(name, program.get_command(context, name)) for name in COMMANDS]
    return (
        table("命令", ("命令和要写的内容", "做什么", "选项"), rows)
        + "\n各命令还有："
        + "；".join(
            f"`--{name}` {chinese(f'option.{code}')}".rstrip("。")
            for name, code in everywhere
        )
        + "。\n"
    )


def page():
    """Return the page."""
    say = vocabulary.words("zh")
    figures = {
        row.key: say[row.word]
        for row in (*registry.of_project(), *registry.months(), *registry.indicators())
        if row.word in say
    }
    choices = {}
    for code, word in section("choice", Language.CHINESE).items():
        kind, _, member = code.partition(".")
        choices.setdefault(kind, []).append(f"`{member}` {word}")
    parts = (
        commands(),
        table(
            "事项",
            ("类型", "中文", "批量文件的栏目"),
            [
                (
                    f"`{row.name}`",
                    chinese(f"event.{row.name}"),
                    "、".join(columns(row)) if row.bulk else "用命令登记",
                )
                for row in CATALOGUE
            ],
        ),
        table(
            "资金来源",
            ("写法", "中文"),
            [(f"`{k}`", v) for k, v in section("source", Language.CHINESE).items()],
        ),
        table(
            "取值",
            ("哪一种", "写法和中文"),
            [
                (f"`{kind}`", "、".join(words))
                for kind, words in sorted(choices.items())
            ],
        ),
        table(
            "数据",
            ("写法", "中文"),
            [(f"`{key}`", word) for key, word in sorted(figures.items())],
        ),
    )
    return LEAD + "\n".join(parts)


def main():
    """Write the page."""
    PAGE.write_text(page(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
