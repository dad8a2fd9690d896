"""What Git itself cannot or will not do, in the words of every other refusal."""

from __future__ import annotations

from pathlib import Path

from confide.model.problem import Problem, Unavailable


def failed(command: str, errors: bytes) -> Unavailable:
    """What Git said goes no further than its first line: it speaks of references, files and locks, not of contents."""
    said = errors.decode(errors="replace").strip().partition("\n")[0]
    why = said[:200] or "it was ended before it could say why"
    hint = "look at the free space and the permissions, then run `confide doctor`"
    return Unavailable(Problem(f"`git {command}` failed", why, hint=hint, rule="git"))


def no_repository(errors: bytes) -> Unavailable:
    if b"dubious ownership" in errors:
        hint = "if that is as it should be: `git config --global --add safe.directory DIRECTORY`"
        return Unavailable(Problem("the repository is another user's", "its settings could run programs", hint=hint))
    hint = "go to your practice, or begin one: `confide init DIR`"
    return Unavailable(Problem("this is not a Git repository", "a practice is kept in one", hint=hint))


def other_names(form: str) -> Unavailable:
    hint = "create it with `git init --object-format=sha1`"
    why = "GitPython can only commit with sha1"
    return Unavailable(Problem(f"the repository names objects with {form}", why, hint=hint))


def own(root: Path, git_dir: Path) -> bool:
    """Whether the repository is the one that lies there; a file `.git` points somewhere else on purpose."""
    here = root / ".git"
    return not here.is_dir() or here.resolve() == git_dir.resolve()
