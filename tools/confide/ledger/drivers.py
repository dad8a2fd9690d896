"""What plain `git diff`, `git log -p` and `git merge` do with what is sealed; `init` and `adopt` set up each clone.

Git runs the programs named in a clone's own settings, never those of a repository that was cloned. A clone without
them is safe as well: `.gitattributes` calls sealed files binary, and which of them may be merged stands in the clone's
own `info/attributes`, or Git would merge ciphertext line by line where the driver is missing.
"""

from __future__ import annotations

import shlex
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from confide.ledger.repo import Repository
from confide.model.problem import Problem
from confide.vault import durable

SHOW, SEALED, YAML = "confide-note", "confide-sealed", "confide-yaml"
_MARK = "# Written by confide; `confide doctor` checks it.\n"
_ATTRIBUTES = f"{_MARK}records/**/*.gpg merge={SEALED}\nrecords/**/*.yml merge={YAML}\n"
# Git stops a whole `git log` where the program that shows a file fails: it then says what is there instead.
_SCRIPT = """#!/bin/sh
{mark}python={python}
if [ -x "$python" ] && "$python" -P -c 'import confide' 2>/dev/null; then
  exec "$python" -P -m confide driver "$@"
fi
if command -v confide >/dev/null 2>&1; then
  exec confide driver "$@"
fi
echo 'sealed; confide was not found, so it is not shown'
[ "$1" = show ]
"""
_NAMES = "[!a-z0-9.-]"
_LOG = "log --date=short --format='%C(auto)%h %ad %s' --extended-regexp"
_DISCLOSURES = f"{_LOG} --grep='^(disclosed|told|refused|withdrawn|permitted): '"
_TOLD = (
    f"!told() {{ case \"$1\" in ''|*{_NAMES}*) echo 'which party? for example: git told payer' >&2; return 2;; esac; "
    f"party=$1; shift; git {_LOG} --all-match --grep='^(disclosed|told): ' "
    '--grep="^To: (.*, )?$party(,|\\$)" "$@"; }; told'
)


def configure(repo: Repository) -> None:
    """Write the program that Git runs, and the settings and attributes that name it."""
    program = _program(repo)
    durable.directory(program.parent)
    durable.write(program, _script().encode())
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    for key, (value, _) in _settings(repo).items():
        repo.set_config(key, value)
    file = repo.common_dir / "info" / "attributes"
    known = file.read_text() if file.is_file() else ""
    if _ATTRIBUTES not in known:
        durable.directory(file.parent)
        durable.write(file, f"{known.rstrip()}\n{_ATTRIBUTES}".lstrip().encode())


def problems(repo: Repository) -> Iterator[Problem]:
    """What is not set up in this clone as `configure` does it."""
    for key, (value, why) in _settings(repo).items():
        if repo.config(key) != value:
            yield Problem(f"`{key}` is not set as it should be", why, hint="run `confide adopt`", rule="driver")
    program = _program(repo)
    if not program.is_file() or program.read_text(errors="replace") != _script():
        yield Problem(
            "the program that shows and merges sealed files is missing or changed",
            "git runs it",
            hint="run `confide adopt`",
            rule="driver",
        )
    asked = "records/p-0000/notes/2026-01-01.md.gpg", "records/p-0000/partnership.yml"
    said = repo.run("check-attr", "merge", "--", *asked).decode().splitlines()
    if [line.rpartition(": ")[2] for line in said] != [SEALED, YAML]:
        yield Problem(
            "git would merge records line by line",
            "that leaves marks in ciphertext, where nobody can take them out",
            hint="run `confide adopt`",
            rule="driver",
        )


def _settings(repo: Repository) -> Mapping[str, tuple[str, str]]:
    run = shlex.quote(str(_program(repo)))
    shown = "`git diff` and `git log -p` show a note to whoever holds its key"
    merged = "two versions are joined as texts, or one stays whole"
    asked = "what was told to whom can be asked of plain git"
    return {
        f"diff.{SHOW}.textconv": (f"{run} show", shown),
        f"diff.{SHOW}.cachetextconv": ("false", "what is shown is never kept"),
        # What stands behind the `@@` of each part of a diff: the label, however far above it is.
        f"diff.{SHOW}.xfuncname": (r"^\[decrypted.*$", "nobody shall take what is shown for a leak"),
        f"merge.{SEALED}.name": ("sealed files, joined as texts", merged),
        f"merge.{SEALED}.driver": (f"{run} merge %O %A %B %P", merged),
        f"merge.{SEALED}.recursive": ("binary", merged),
        f"merge.{YAML}.name": ("records, joined where they stay readable", merged),
        f"merge.{YAML}.driver": (f"{run} merge %O %A %B %P", merged),
        f"merge.{YAML}.recursive": ("binary", merged),
        "alias.disclosures": (_DISCLOSURES, asked),
        "alias.told": (_TOLD, asked),
    }


def _program(repo: Repository) -> Path:
    return repo.common_dir / "confide" / "driver"


def _script() -> str:
    return _SCRIPT.format(mark=_MARK, python=shlex.quote(sys.executable))
