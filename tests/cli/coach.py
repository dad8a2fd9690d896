"""A coach at her desk: runs `confide` as she would, and reads what it says as she would.

Commands run in this process, through the same `run` as the console script: a traceback is then a failing test, and a
hundred refusals take a minute. Every answer is searched for words of the notes and for names before anybody sees it.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from confide.cli.main import run as run_command

# Words that stand in a note or name a person, and nowhere else.
CANARIES = (
    *("marmalade", "tribunal", "herons", "apricot", "lighthouse", "bassoon", "periwinkle", "turnstile"),
    *("wilhelmina", "canaryfeather", "theodosia", "larkspur", "bartholomew", "quince", "ottoline", "fennimore"),
    *("zithers", "kettles", "anna-smith", "umbrella"),
)
_JARGON = re.compile(
    r"Traceback|<class|<function|NoneType|\bNone\b|\bdict\b|\btuple\b|\bstr\b|PosixPath|frozenset|Exception|Error\b"
)
_COLOUR = re.compile(r"\x1b\[")
_LABELS = {"why": "why", "where": "where", "hint:": "hint"}


@dataclass(frozen=True)
class Said:
    """One problem as it stands on the screen."""

    what: str
    why: str = ""
    where: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str
    raw: bytes = b""

    @property
    def said(self) -> tuple[Said, ...]:
        """The problems on standard error."""
        return tuple(_problems(self.err))

    def __str__(self) -> str:
        return f"exit {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"


def _problems(err: str) -> Iterator[Said]:
    for block in re.split(r"\n\n", err.strip()):
        lines = [line for line in block.splitlines() if not re.search(r"\.  +exit \d$", line)]
        if not lines:
            continue
        found: dict[str, str] = {}
        label = "what"
        for line in lines:
            head = line[:10].strip()
            if head in _LABELS:
                label = _LABELS[head]
                line = line[10:]
            found[label] = f"{found.get(label, '')} {line.strip()}".strip()
        yield Said(**found)


def run(directory: Path, *arguments: str, stdin: bytes = b"", tells: bool = False) -> Answer:
    """Run one command in `directory`. With `tells` it is one that shows the coach a note or a name, on purpose."""
    with _redirected(stdin) as (out, err):
        code = run_command(["-C", str(directory), *arguments])
        sys.stdout.flush()
        sys.stderr.flush()
    answer = Answer(code, out.getvalue().decode(errors="replace"), err.getvalue().decode(), out.getvalue())
    check_words(answer, tells=tells)
    return answer


def check_words(answer: Answer, *, tells: bool = False) -> None:
    """No word of a note, no name, no Python, no colour on a pipe."""
    text = answer.out + answer.err
    if not tells:
        leaked = [word for word in CANARIES if word in text.lower()]
        assert not leaked, f"{leaked} in what was printed:\n{answer}"
    assert not _JARGON.search(text), f"{_JARGON.search(text)} in what was printed:\n{answer}"
    assert not _COLOUR.search(text), f"colour on a pipe:\n{answer}"


@contextmanager
def _redirected(stdin: bytes) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Standard streams that are pipes, as in a script."""
    out, err = io.BytesIO(), io.BytesIO()
    kept = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(err, encoding="utf-8", write_through=True)
    try:
        yield out, err
    finally:
        # Detached, or closing the wrappers would close the buffers that are still to be read.
        sys.stdout.flush(), sys.stderr.flush()
        sys.stdout.detach(), sys.stderr.detach()
        sys.stdin, sys.stdout, sys.stderr = kept
