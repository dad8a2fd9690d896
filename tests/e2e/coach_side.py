"""The whole line from the coach's side: each command says what it did, or why it did nothing.

It is played once, with real keys, commits and browsers; each test asks it one question. Every name and every text in it
is a word that stands nowhere else.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.line import Line
from tests.e2e.script import DAY, READERS, TOLD
from tests.e2e.words import found_in

# Commands that must change nothing, and why each is stopped: a word of the answer.
STOPPED = {
    "propose-dirty": "changes that are not committed",
    "begin-early": "no agreement was proposed yet",
    "invite-early": "no proposed agreement",
    "begin-unsigned": "missing: board",
    "foreign": "does not hold",
    "may-no": "clause career-private withholds it",
    "may-not-yet": "inform the client first",
    "too-early": "inform the client first",
    "unpromised": "the recipient accepts the duty of confidentiality",
    "may-yes": "clause goals-to-sponsors allows it",
    "dry-run": "disclosed: partnership-goals/shared to payer, summary",
    "denied": "no share clause names it",
    "denied-draft": "does not say what it is",
    "denied-verbatim": "summary at most, not verbatim",
    "denied-stranger": "no share clause names it",
}


def test_a_new_practice_is_in_order(line: Line) -> None:
    """`init` leaves a practice that `doctor` finds nothing to mend in, and says where its keys lie: not inside it."""
    assert "MEND" not in line.ran["doctor"].out
    assert line.ran["doctor"].out.count("ok   ") == len(line.ran["doctor"].out.splitlines())
    assert line.seen["keeper"] in line.ran["init"].out
    keystore = next(text for text in line.ran["init"].out.split() if text.startswith("/"))
    assert Path(keystore).is_dir()
    assert line.practice not in Path(keystore).parents


def test_nobody_is_called_by_name(line: Line) -> None:
    """A partnership is not found by a person's name, and the answer does not repeat it."""
    assert "never by a name" in line.ran["by-name"].err
    assert not found_in(line.ran["by-name"].said, line.script.words_of("client"))


def test_a_misspelt_clause_cannot_be_committed(line: Line) -> None:
    """Plain `git commit` of a draft with an unknown key is stopped, with file, line and the key that was meant."""
    stopped = line.ran["misspelt"]
    before, after = line.heads["misspelt"]
    assert "unknown key `circumstancs`" in stopped.err
    assert "did you mean `circumstances`?" in stopped.err
    assert f"records/{line.partnership}/agreements/1.yml:" in stopped.err
    assert before == after
    assert "unknown key `circumstancs`" in line.ran["misspelt-check"].err


def test_a_commit_message_cannot_tell_a_story(line: Line) -> None:
    """Words of one's own in a commit message are stopped: they would stand in the open."""
    assert "words of its own" in line.ran["chatty-message"].err


def test_the_draft_is_checked_and_shown(line: Line) -> None:
    """A changed draft, committed with plain git, answers every type, and can be read as one table."""
    assert "Every type has an answer" in line.ran["check-draft"].out
    rows = line.ran["show"].out
    assert "Shared goals" in rows and "summary*" in rows


@pytest.mark.parametrize("name", STOPPED)
def test_what_is_stopped_changes_nothing(line: Line, name: str) -> None:
    """A refusal, a question and a dry run say why, and leave HEAD, index and work tree as they were."""
    before, after = line.heads[name]
    assert STOPPED[name] in line.ran[name].said
    assert before == after


def test_a_new_key_waits_until_it_was_compared(line: Line) -> None:
    """The inbox shows the fingerprint the party reads out, and takes nothing in for another one."""
    for name in ("inbox-waiting", "inbox-wrong"):
        for party in ("client", "payer", "adviser"):
            assert f"confide inbox --confirm {line.visitors[party].fingerprint}" in line.ran[name].out
        assert "recorded" not in line.ran[name].out
    taken = [(item["kind"], item["party"], item["outcome"]) for item in line.ran["inbox"].json]
    assert sorted(taken) == [
        ("enrolment", "adviser", "recorded"),
        ("enrolment", "client", "recorded"),
        ("enrolment", "payer", "recorded"),
        ("signature", "client", "recorded"),
        ("signature", "payer", "recorded"),
    ]
    assert "Nothing is waiting." in line.ran["inbox-after"].out


def test_an_agreement_is_in_force_when_all_have_signed(line: Line) -> None:
    """Own key, portal, GnuPG and paper: with the last signature it is in force, and not before."""
    assert "missing   coach, client, payer, manager, board" in line.ran["status-proposed"].out
    assert line.ran["statement"].out.startswith("confide/1 agreement\n")
    (nearly,) = line.ran["status-one-missing"].json
    assert (nearly["missing"], nearly["in_force"]) == (["board"], False)
    (whole,) = line.ran["status-in-force"].json
    assert (whole["missing"], whole["in_force"]) == ([], True)
    assert "agreement 1" in line.ran["begin"].out


def test_a_note_is_read_back_by_its_keeper(line: Line) -> None:
    """`note --show` gives the text back, without its secret; the list of notes holds no word of it."""
    shown = line.ran["note-show"].out
    assert set(found_in(shown, line.script.texts.values())) == set(line.script.texts.values())
    assert "\nsecret:" not in shown
    assert not found_in(line.ran["note-list"].out + line.ran["note"].out, line.script.written)
    assert "2026-02-03#s7  draft, never disclosable" in line.ran["note-list"].out


def test_may_answers_with_its_exit_code(line: Line) -> None:
    """0 yes, 1 no, 3 not yet; a no says what to say instead."""
    assert [line.ran[name].code for name in ("may-yes", "may-no", "may-not-yet")] == [0, 1, 3]
    assert line.ran["may-yes"].out.startswith("YES.")
    assert line.ran["may-no"].out.startswith("NO.")
    assert "That is not mine to tell" in line.ran["may-no"].out
    assert line.ran["may-not-yet"].out.startswith("NOT YET.")


def test_each_disclosure_is_in_the_register(line: Line) -> None:
    """`log` has every disclosure once, with its clause, and the refusal and the withdrawal that came after."""
    entries = {entry["event"]: entry for entry in line.ran["log-json"].json}
    assert len(entries) == len(line.events) + 2
    for section, event in line.events.items():
        to = TOLD.get(section, ("payer",))
        assert (entries[event]["kind"], entries[event]["to"]) == ("disclosed", list(to))
        assert (entries[event]["withdrawn"] is not None) == (section == "s8")
    assert entries[line.events["s2"]]["terms"] == ["goals-to-sponsors"]
    last = [(entry["kind"], entry["to"]) for entry in line.ran["log-json"].json][-2:]
    assert last == [("refused", ["payer"]), ("withdrawn", ["payer"])]
    assert all(event in line.ran["log"].out for event in entries)


def test_plain_git_log_reads_like_a_register(line: Line) -> None:
    """Every commit carries a good signature, and its subject says what happened, in words of a closed list."""
    subjects = [text for text in line.ran["git-log"].out.splitlines() if text[1:2] == " "]
    assert {text[0] for text in subjects} == {"G"}
    assert "G disclosed: partnership-goals/shared to payer, summary" in subjects
    assert "G refused: career-aspirations to payer" in subjects
    assert f"G note: {line.partnership} {DAY}" in subjects
    assert f"Event: {line.events['s2']}" in line.ran["git-log"].out


def test_the_history_verifies(line: Line) -> None:
    """`check` finds nothing to settle and `verify` no fault, before and after everybody has read."""
    assert "All in order." in line.ran["check"].out
    assert line.ran["verify"].json["faults"] == []
    assert "The history is sound." in line.ran["verify-at-the-end"].out


def test_every_reader_gets_a_site(line: Line) -> None:
    """`publish` seals one site for each enrolled reader, and has nothing for a partnership without readers."""
    made = [(site["partnership"], site["party"], site["problem"]) for site in line.ran["publish"].json]
    assert sorted(made) == sorted((line.partnership, party, None) for party in READERS)
