"""After the whole line: no word that anybody wrote, and nobody's name, lies or was said anywhere in the open."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.line import Line
from tests.e2e.traces import Traces
from tests.e2e.words import found_in


def test_the_portal_says_nothing_of_anybody(line: Line) -> None:
    """What `serve` prints names no reader, no word and no address, and it ends cleanly on Ctrl-C."""
    said = line.served
    assert said.endswith("exit 0")
    assert "Traceback" not in said
    letters = {visitor.address.rstrip("/").rpartition("/")[2] for visitor in line.visitors.values()}
    secrets = {word for visitor in line.visitors.values() for word in visitor.passphrase.split() if len(word) > 5}
    codes = {letter["code"] for letter in line.letters.values()}
    assert not found_in(said, letters | secrets | codes | line.script.secret_words)


def test_no_command_repeats_what_was_written(line: Line) -> None:
    """Of everything the coach's terminal said, only `note --show` holds a word of a note, and nothing holds a name."""
    for ran in line.coach.ran:
        written = line.script.written if "--show" not in ran.command else set()
        assert not found_in(ran.said, written | line.script.words_of("client", "payer", "peers", "other-client")), (
            ran.command
        )


def test_no_name_and_no_word_reached_an_argument(line: Line) -> None:
    """Names and prose go in by standard input: `by-name` above is the one attempt to do otherwise."""
    for ran in line.coach.ran:
        if ran is not line.ran["by-name"]:
            assert not found_in(" ".join(ran.command), line.script.secret_words), ran.command


def test_nothing_readable_is_left_on_this_machine(line: Line, traces: Traces, isolated_home: Path) -> None:
    """Work tree, Git objects, keystore, portal store, homes, temporary places: no word of a note and no name."""
    homes = (line.coach.home, line.manager.home, line.board, isolated_home)
    looked = traces.look(line.script.secret_words, *homes)
    assert looked.files > 300
    assert looked.found == []
    # The look is not blind: the keeper's own name stands in her commits.
    name, *_ = sorted(line.script.words_of("coach"))
    assert {where.partition(" ")[0] for where, _ in traces.look([name], line.practice).found} >= {"object"}


def test_no_directory_in_memory_is_left(line: Line, traces: Traces) -> None:
    """Plaintext lies in directories of its own in memory; none is there any more."""
    assert traces.of(line.coach.processes) == []


def test_no_passphrase_and_no_code_is_kept(line: Line, traces: Traces) -> None:
    """Six words and one-time codes are stored nowhere, neither as they are nor as typed."""
    passphrases = {visitor.passphrase for visitor in line.visitors.values()}
    typed = {passphrase.replace(" ", "-") for passphrase in passphrases} | {p.replace(" ", "") for p in passphrases}
    codes = {letter["code"] for letter in line.letters.values()}
    bare = {code.replace("-", "") for code in codes}
    assert traces.look(passphrases | typed | codes | bare, line.coach.home).found == []
