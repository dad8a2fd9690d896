"""Tab completes: what `confide completion` prints teaches a real shell the commands and their choices."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.coach import run


def completed(tmp_path: Path, *words: str) -> list[str]:
    """What bash offers for the last of `words`."""
    program = tmp_path / "bin/confide"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m confide "$@"\n')
    program.chmod(0o700)
    script = tmp_path / "completion.bash"
    script.write_text(run(tmp_path, "completion", "bash").out)
    bash = shutil.which("bash")
    assert bash is not None
    asked = (
        f"complete() {{ :; }}; compopt() {{ :; }}; source {script}; "
        f"COMP_WORDS=({' '.join(words)}) COMP_CWORD={len(words) - 1}; "
        f"_confide_completion {program}; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    done = subprocess.run([bash, "-c", asked], capture_output=True, text=True, check=True, cwd=tmp_path)
    return done.stdout.split()


def test_commands_and_choices_are_completed(tmp_path: Path) -> None:
    """The name of a command from its first letters; a choice of an argument."""
    assert completed(tmp_path, "confide", "withd") == ["withdraw"]
    assert completed(tmp_path, "confide", "completion", "z") == ["zsh"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_lines(shell: str, tmp_path: Path) -> None:
    """Printed and nothing else, so that it can be appended to a file."""
    answer = run(tmp_path, "completion", shell)
    assert answer.code == 0
    assert answer.err == ""
    assert "_CONFIDE_COMPLETE" in answer.out
