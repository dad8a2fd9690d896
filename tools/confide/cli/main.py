"""`confide`: finds the command, runs it, and turns whatever stops it into a message and an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from confide.cli.misuse import disk, misused
from confide.model.problem import Exit, NotAllowed, Problem, Refused, Unavailable, Usage

# Command → the module that holds it. Modules are imported only when their command runs: most need no site, no portal.
COMMANDS: dict[str, str] = {
    "acknowledge": "duties",
    "adopt": "setup",
    "agree": "agree",
    "attest": "duties",
    "backup": "backup",
    "begin": "life",
    "check": "checking",
    "completion": "completion",
    "concern": "concern",
    "consult": "consult",
    "correct": "lapse",
    "demo": "demo",
    "destroy": "destroy",
    "disclose": "disclose",
    "doctor": "checking",
    "driver": "driver",
    "due": "due",
    "duty": "duty",
    "end": "life",
    "export": "export",
    "feedback": "feedback",
    "hook": "hook",
    "inbox": "inbox",
    "incident": "incident",
    "inform": "duties",
    "init": "setup",
    "instrument": "instrument",
    "invite": "invite",
    "keys": "keys",
    "lapse": "lapse",
    "log": "log",
    "may": "may",
    "new": "new",
    "note": "note",
    "notice": "notice",
    "people": "people",
    "permit": "permit",
    "public": "public",
    "publish": "publish",
    "receipt": "receipt",
    "receive": "receive",
    "refuse": "refuse",
    "restore": "restore",
    "revoke": "revoke",
    "serve": "serve",
    "summary": "summary",
    "told": "told",
    "verify": "verify",
    "week": "week",
    "who": "who",
    "withdraw": "withdraw",
}
HIDDEN = frozenset({"driver", "hook"})


class Commands(click.Group):
    """The commands by name, each imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return [name for name in COMMANDS if name not in HIDDEN]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"confide.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


def _version(ctx: click.Context, parameter: click.Parameter, asked: bool) -> None:
    if asked:
        from confide.cli.version import show

        show(ctx, parameter, asked)


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "directory", type=click.Path(file_okay=False), default=".", help="Run as if started in DIRECTORY.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="This program and its parts."
)
@click.pass_context
def cli(ctx: click.Context, directory: str) -> None:
    """Keep a coach's promise: agreements that are obeyed, disclosures that are recorded, notes that stay sealed."""
    from confide.cli.session import Session

    ctx.obj = Session(directory)
    if ctx.invoked_subcommand is None:
        from confide.cli.board import board

        ctx.invoke(board)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; the exit code of DESIGN's table. Never shows a traceback for what a user can cause."""
    from confide.cli import out
    from confide.vault.memory import no_core_dumps

    no_core_dumps()
    given = list(arguments) if arguments is not None else None
    try:
        result = cli.main(args=given, prog_name="confide", standalone_mode=False)
    except Refused as refused:
        out.problems(refused)
        return int(refused.exit)
    except click.exceptions.Abort:
        out.problems(NotAllowed(Problem("stopped", "you said no, or pressed Ctrl-C", hint="run it again when ready")))
        return int(Exit.NO)
    except click.ClickException as wrong:
        out.problems(Usage(misused(wrong, COMMANDS)))
        return int(Exit.USAGE)
    except BrokenPipeError:
        # Whoever read our output has seen enough; say nothing more on a closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.OK)
    except OSError as refused:
        out.problems(Unavailable(disk(refused)), "The next command finishes or undoes what was begun.")
        return int(Exit.ENVIRONMENT)
    return int(result) if isinstance(result, int) else int(Exit.OK)


def main() -> None:
    """The console script."""
    sys.exit(run())
