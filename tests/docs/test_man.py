"""The manual page has every command and option, and is written as manual pages are."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click

from scripts.man import page
from scripts.reference import commands

KNOWN = {".TH", ".SH", ".SS", ".B", ".BR", ".PP", ".TP", ".nf", ".fi"}


def test_every_command_and_option_is_there() -> None:
    """Each has its heading, each option its line."""
    text = page().replace("\\-", "-")
    found = list(commands())
    assert len(found) > 60
    assert re.findall(r"^\.SS (.*)$", text, re.MULTILINE) == [" ".join(path) for path, _ in found]
    for _, command in found:
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert option.opts[0] in text


def test_it_is_well_formed(tmp_path: Path) -> None:
    """It uses known macros only, no line begins one by accident, and a renderer that is here has nothing to say."""
    lines = page().splitlines()
    assert {line.split()[0] for line in lines if line.startswith(".")} == KNOWN
    assert [line for line in lines if line.startswith("'")] == []
    assert [line for line in lines if re.search(r"\\(?![-&efR[])", line)] == []
    for program in (["mandoc", "-Tlint", "-Wwarning"], ["groff", "-man", "-ww", "-Tutf8"]):
        if shutil.which(program[0]):
            (tmp_path / "confide.1").write_text(page(), encoding="utf-8")
            done = subprocess.run([*program, "confide.1"], cwd=tmp_path, capture_output=True, text=True, check=False)
            assert (done.returncode, done.stderr) == (0, "")
