"""Which commands a message may offer: the rules name more verbs than this version has."""

from __future__ import annotations

import re

from confide.cli.main import COMMANDS

_COMMAND = re.compile(r"(?:[:;,] )?`?confide ([a-z]+)\b[^;,`]*`?")


def offered(text: str) -> str:
    """`text` without the commands that there are not yet, so that nobody types one and is told that it is unknown."""
    return _COMMAND.sub(lambda found: found[0] if found[1] in COMMANDS else "", text).strip()
