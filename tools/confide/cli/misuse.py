"""A command used wrongly, or a disk that says no, in the words of every other refusal."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from confide.model.problem import Problem
from confide.model.words import nearest


def misused(wrong: click.ClickException, commands: Iterable[str]) -> Problem:
    """What the command line library found wrong, with the help that tells how it is meant."""
    context = wrong.ctx if isinstance(wrong, click.UsageError) else None
    path = context.command_path if context else "confide"
    why = "the command is used in another way"
    hint = f"{path} --help"
    if isinstance(wrong, click.MissingParameter):
        return Problem(f"{_name(wrong)} is missing", f"`{path}` cannot do without it", hint=hint)
    if isinstance(wrong, click.NoSuchOption):
        near = nearest(wrong.option_name, wrong.possibilities or ())
        return Problem(
            f"`{path}` has no option `{wrong.option_name}`", why, hint=f"did you mean `{near}`?" if near else hint
        )
    if isinstance(wrong, click.BadParameter):
        return Problem(f"{_name(wrong)}: {_lower(wrong.message)}", why, hint=hint)
    if isinstance(wrong, click.FileError):
        return Problem("the file cannot be read", _lower(wrong.message), hint="look at its name and its permissions")
    if "unexpected extra argument" in wrong.message:
        return Problem(f"`{path}` was given more than it takes", "names never go on the command line", hint=hint)
    typed = _unknown(context, wrong)
    if typed is not None:
        group = context.command if context else None
        known = group.list_commands(context) if isinstance(group, click.Group) and context else list(commands)
        near = nearest(typed, known)
        return Problem(f"`{path}` has no such command", why, hint=f"did you mean `{path} {near}`?" if near else hint)
    return Problem(_lower(wrong.message), why, hint=hint)


def disk(error: OSError) -> Problem:
    """What the system said, without the path: it could be a name."""
    return Problem(
        "the disk said no",
        os.strerror(error.errno or 0).lower(),
        hint="make room, or look at the permissions; then run `confide doctor` and the command again",
        rule="disk",
    )


def _name(wrong: click.BadParameter) -> str:
    if wrong.param is None:
        return "an argument"
    if isinstance(wrong.param, click.Option):
        return max(wrong.param.opts, key=len)
    shown = wrong.param.metavar or wrong.param.human_readable_name
    return shown.removesuffix("...")


def _unknown(context: click.Context | None, wrong: click.ClickException) -> str | None:
    """The command that was typed, if it is one that there is not."""
    if context is None or not wrong.message.startswith("No such command"):
        return None
    parts = wrong.message.split("'")
    return parts[1] if len(parts) > 2 else ""


def _lower(text: str) -> str:
    """As every message here begins, and without the full stop."""
    text = text.strip().removesuffix(".")
    return text[:1].lower() + text[1:]
