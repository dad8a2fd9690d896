"""Plain git, as somebody types it, and what its hooks say."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.cli.coach import Answer, check_words
from tests.cli.house import House
from tests.cli.state import plain_git


def by_git(house: House, *arguments: str) -> Answer:
    """A plain git command, with what its hooks say."""
    done = plain_git(house.practice, *arguments)
    answer = Answer(done.returncode, done.stdout, done.stderr)
    check_words(answer)
    return answer


def by_hook(house: House) -> Callable[..., Answer]:
    """A plain git command that a hook is to stop: what the hook says, without what Git adds below it."""

    def command(*arguments: str, stdin: bytes) -> Answer:
        assert not stdin
        done = plain_git(house.practice, *arguments)
        said = re.split(r"(?m)^(?:fatal|error): ", done.stderr)[0]
        answer = Answer(1 if done.returncode else 0, "", said)
        check_words(answer)
        return answer

    return command


def stopped(house: House, *, what: str, why: str, where: str, hint: str, message: str = "") -> None:
    """`git add` and `git commit`: refused, HEAD and index as they were after the add.

    With a `message` it is git that runs the hooks, as for a coach; else the hook's own command, which is the same in a
    tenth of the time.
    """
    house.git("add", "--all")
    arguments = ("commit", "--quiet", "-m", message) if message else ("hook", "pre-commit")
    command = by_hook(house) if message else None
    house.refuses(*arguments, code=1, what=what, why=why, where=where, hint=hint, command=command)
