"""
Help, and click's own words, in the language of the reader.

Options and commands hold codes; their texts are read from the tables when they are
shown, so that loading a command reads none.
"""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any, Final, TypeVar

import click
from click import core, exceptions, formatting, parser, types
from click.shell_completion import CompletionItem

from ledger.cli.choices import Choice, MemberOf
from ledger.cli.meant import meant
from ledger.cli.reader import (
    begin,
    in_words,
    language,
    language_words,
    reader,
    spoken,
)
from ledger.domain.characters import in_line
from ledger.domain.columns import columns, folded
from ledger.messages import Language, quoted, template

Function = TypeVar("Function", bound=Callable[..., Any])

_UNSAID: Final = frozenset({"file", "directory", "path"})
"""Texts that click asks for when a type is made, before any is printed."""

_WORD: Final = re.compile(r"[A-Z][A-Z_]+")
_BELOW_ZERO: Final = re.compile(r"-[0-9.,_]*[0-9][0-9.,_]*")


class _Words(str):
    """A text of click; what it quotes of the command line fits in its line."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """Fill in *values*; a whole message alone may have lines of its own."""
        fit = {
            name: in_line(value) if type(value) is str and name != "message" else value
            for name, value in values.items()
        }
        return super().format(*args, **fit)


def _translated(text: str) -> str:
    """Return a text of click in the language of the reader."""
    if reader() is None or text in _UNSAID:
        return text
    return _Words(template(f"click.{text}", language()) or text)


def _counted(one: str, many: str, count: int) -> str:
    """Return a text of click for *count* in the language of the reader."""
    return _translated(one if count == 1 else many)


# Click asks gettext for its words, whose catalogues are binary files: ours are tables.
for _part in (core, exceptions, formatting, parser, types):
    vars(_part).update({"_": _translated, "ngettext": _counted})


def _with_similar(
    problem: click.NoSuchOption | click.NoSuchCommand, name: str, known: Collection[str]
) -> click.UsageError:
    """Return an error with what a name that does not exist may have meant."""
    names = [quoted(word) for word in meant(name, known)]
    told = spoken("usage.similar", what=problem.message, known=names)
    return click.UsageError(told if names else problem.message, problem.ctx)


def _metavar(text: str) -> str:
    """Return the name of a value with its words in the language of the reader."""
    return _WORD.sub(lambda word: spoken(f"metavar.{word[0]}"), text)


class Missing(click.MissingParameter):
    """A command line that lacks an argument or an option, in the reader's language."""

    def format_message(self) -> str:
        """Return which argument or option it is, and the choices there are for it."""
        param, choices = self.param, None
        assert param is not None
        if isinstance(param.type, click.Choice):
            kind = param.type
            choices = kind.shown() if isinstance(kind, Choice) else list(kind.choices)
        name = param.get_error_hint(self.ctx)
        if not isinstance(param, Option) or self.ctx is None:
            return spoken("usage.missing_argument", name=name, choices=choices)
        usage = f"{param.opts[0]} {param.make_metavar(self.ctx)}"
        text = spoken(f"option.{param.help}")
        return spoken("usage.missing_option", name=name, usage=usage, text=text)


class _Parameter(click.Parameter):
    """What arguments and options have in common."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for its value."""
        return _metavar(super().make_metavar(ctx))

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """Take its value; a missing one is reported in the reader's language."""
        try:
            return super().process_value(ctx, value)
        except click.MissingParameter:
            raise Missing(ctx=ctx, param=self) from None


class Argument(_Parameter, click.Argument):
    """An argument whose name is shown in the language of the reader."""

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return its name, as errors write it."""
        name = self.human_readable_name if ctx is None else self.make_metavar(ctx)
        return in_words(quoted(name))


class Option(_Parameter, click.Option):
    """An option whose *help* is a code, without ``option.``."""

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return its names, as errors write them."""
        del ctx
        return " / ".join(in_words(quoted(name)) for name in self.opts)

    def get_help_extra(self, ctx: click.Context) -> types.OptionHelpExtra:
        """Return what stands in brackets after the help, such as the default."""
        extra = super().get_help_extra(ctx)
        if isinstance(self.show_default, str):  # Click puts it in brackets once more.
            extra["default"] = self.show_default
        if isinstance(self.type, Choice) and "default" in extra:
            extra["default"] = self.type.word(extra["default"])
        if "default" in extra and "range" in extra:  # Click joins them in English.
            extra["default"] += spoken("join.semicolon") + extra.pop("range")
        return extra

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return its names and what it does, in the language of the reader."""
        code = self.help
        if code is None:
            return super().get_help_record(ctx)
        self.help = spoken(f"option.{code}")
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = code


def option(*names: str, **given: Any) -> Callable[[Function], Function]:
    """Return what gives a command an :class:`Option`, as :func:`click.option` does."""
    return click.option(*names, cls=Option, **given)


def argument(*names: str, **given: Any) -> Callable[[Function], Function]:
    """Return what gives a command an :class:`Argument`."""
    return click.argument(*names, cls=Argument, **given)


class ColumnsHelp(click.HelpFormatter):
    """Help in columns of a terminal, of which a Chinese character takes two."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the program is called."""
        line = f"{prefix or spoken('click.Usage:')}{prog}"
        for word in args.split():
            if columns(f"{line} {word}") > self.width:
                self.write(f"{line}\n")
                line = "   "
            line += f" {word}"
        self.write(f"{line}\n")

    def write_heading(self, heading: str) -> None:
        """Write what a section is of."""
        line = spoken("line.heading", heading=heading)
        self.write(f"{'':>{self.current_indent}}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write names and what they are, in two columns."""
        listed = list(rows)
        widest = min(max(columns(name) for name, _ in listed), col_max)
        start = widest + col_spacing
        for name, text in listed:
            self.write(f"{'':>{self.current_indent}}{name}")
            if columns(name) <= widest:
                self.write(" " * (start - columns(name)))
            else:
                self.write(f"\n{'':>{start + self.current_indent}}")
            lines = folded(text, max(self.width - start - 2, 10))
            self.write(f"\n{'':>{start + self.current_indent}}".join(lines) + "\n")


def first_sentence(command: str) -> str:
    """Return the first sentence of a command's help, without its full stop."""
    paragraph = spoken(f"command.{command}").strip().partition("\n\n")[0]
    stop = spoken("mark.sentence_end")
    return paragraph.replace("\n", " ").partition(stop)[0].removesuffix(".")


def _numbers_last(args: list[str], taking: Collection[str]) -> list[str]:
    """
    Return words with those that are numbers below zero behind ``--``, as arguments.

    A value or an amount is the last argument of any command that takes one.

    Args:
        taking: Options that take a value: a number behind one of them stays there.
    """
    end = args.index("--") if "--" in args else len(args)
    before, after = args[:end], args[end + 1 :]
    numbers = [
        at
        for at, word in enumerate(before)
        if _BELOW_ZERO.fullmatch(word) and before[at - 1] not in taking
    ]
    if not numbers:
        return args
    others = [word for at, word in enumerate(before) if at not in numbers]
    return [*others, "--", *(before[at] for at in numbers), *after]


class _Context(click.Context):
    formatter_class = ColumnsHelp


def _language_option() -> Option:
    """Return the option that asks for a language, which is read from all words."""
    return Option(
        ["--lang"],
        type=MemberOf(Language),
        expose_value=False,
        help="language.said",
    )


def _plain_dashes(word: str, known: Collection[str]) -> str:
    """Return an option that begins with a long dash as it is meant."""
    name, sign, rest = word.partition("=")
    bare = name.lstrip("—–")
    option = f"--{bare}"
    return f"{option}{sign}{rest}" if bare != name and option in known else word


class SpokenCommand(click.Command):
    """A command whose help is the text of its name, and that takes ``--lang``."""

    context_class = _Context

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if not any("--lang" in param.opts for param in self.params):
            self.params.append(_language_option())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """
        Take the words of a command line; a number below zero is no option.

        ``—on`` is ``--on``, which word processors make a long dash of.
        """
        known = {name for param in self.params for name in param.opts}
        args = [_plain_dashes(word, known) for word in args]
        if isinstance(self, click.Group):
            return self._parsed(ctx, args)  # The rest are words of a command.
        taking = {
            name
            for param in self.params
            if isinstance(param, click.Option) and not param.is_flag
            for name in param.opts
        }
        return self._parsed(ctx, _numbers_last(args, taking))

    def _parsed(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as problem:
            known = [name for param in self.params for name in param.opts]
            raise _with_similar(problem, problem.option_name, known) from None

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what stands in the line of usage after the name."""
        return [_metavar(piece) for piece in super().collect_usage_pieces(ctx)]

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Return the options that begin so, each with what it does."""
        items = click.Command.shell_complete(self, ctx, incomplete)
        own = ctx.command.get_help_option_names(ctx)
        for item in items:
            code = "help" if item.value in own else item.help
            item.help = None if code is None else spoken(f"option.{code}")
        return items

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help, however long."""
        del limit
        return first_sentence(self.name or "")

    def format_help_text(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write what the command does."""
        del ctx
        for part in spoken(f"command.{self.name}").strip().split("\n\n"):
            formatter.write_paragraph()
            for line in folded(part, formatter.width - 2):
                formatter.write(f"  {line}\n")

    def format_options(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write what the options do."""
        own = self.get_help_option(ctx)
        if own is not None:
            own.help = spoken("option.help")
        super().format_options(ctx, formatter)


class SpokenGroup(SpokenCommand, click.Group):
    """A group of such commands; who gave it its words is who reads."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Take the words of a command line."""
        begin(args)
        return super().make_context(info_name, args, parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse a language that there is none of, wherever it stands, help or not."""
        if not ctx.resilient_parsing:
            asked = next(param for param in self.params if "--lang" in param.opts)
            for word in language_words():
                asked.type_cast_value(ctx, word)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named; of none, those that are like it."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as problem:
            known = self.list_commands(ctx)
            raise _with_similar(problem, problem.command_name, known) from None
