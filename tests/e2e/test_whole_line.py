"""The whole line, as the people in it meet it: a coach at her terminal, parties in their browsers, nothing in between.

It is played once; each test asks it one question. Every name and every text in it is a word that stands nowhere else.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.line import Line, free_port, play
from tests.e2e.script import DAY, READERS, TOLD, Script
from tests.e2e.terminal import Terminal
from tests.e2e.traces import Traces
from tests.e2e.visitor import chromium
from tests.e2e.words import found_in

pytestmark = [pytest.mark.gpg, pytest.mark.browser]

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
    "may-yes": "clause goals-to-sponsors allows it",
    "dry-run": "disclosed: partnership-goals/shared to payer, summary",
    "denied": "no share clause names it",
    "denied-draft": "does not say what it is",
    "denied-verbatim": "summary at most, not verbatim",
    "denied-stranger": "no share clause names it",
}
# What the site of each reader says of the clause behind their text.
BECAUSE = {
    "client": "It is your own",
    "payer": "The coach may tell you, the client’s manager and the board about the shared goals, in summary.",
    "manager": "The coach may tell you, the sponsor and the board about the shared goals, in summary.",
    "adviser": "Only those who sign the agreement can read all of it.",
}
BY_NAME = {"payer": "goals-to-sponsors", "manager": "goals-to-sponsors", "adviser": "talks-to-adviser"}


@pytest.fixture(scope="module")
def traces() -> Traces:
    """What lay in this machine's temporary places before anything was played."""
    return Traces((Path("/dev/shm"), Path(tempfile.gettempdir())))


@pytest.fixture(scope="module")
def line(traces: Traces, make_short_home: Callable[[], Path], browser_path: Path) -> Iterator[Line]:
    """Everything that happened."""
    home, manager, papers = make_short_home(), make_short_home(), make_short_home()
    played = Line(Script(), Terminal(home, home), papers, Terminal(manager, manager), free_port())
    with chromium(browser_path) as browser:
        play(played, browser)
    yield played


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


def test_a_letter_opens_the_draft_alone(line: Line) -> None:
    """The one-time code opens the draft agreement and the making of a key; words that are not on the letter nothing."""
    assert "did not open" in line.seen["wrong-code"]
    for party in READERS:
        assert "Make your key" in line.seen[f"{party}-welcome"]
        assert "Nothing yet" in line.seen[f"{party}-draft"]
        assert not found_in(line.seen[f"{party}-draft"], line.script.written)
    for party in ("client", "payer"):
        assert "Read and sign the agreement" in line.seen[f"{party}-draft"]
        assert "Who may learn what" in line.seen[f"{party}-agreement"]


def test_the_passphrase_is_shown_once(line: Line) -> None:
    """The six words stand on one page, once; afterwards there is the fingerprint only."""
    for party in READERS:
        visitor = line.visitors[party]
        words = visitor.passphrase.split()
        assert len(words) == 6
        assert not set(words) & set(line.seen[f"{party}-words-again"].split())
        assert visitor.fingerprint[:4] in line.seen[f"{party}-words-again"]
        assert "no longer in this server" in line.seen[f"{party}-left"]


def test_a_used_code_opens_nothing(line: Line) -> None:
    """Whoever finds the letter afterwards is too late."""
    assert "did not open" in line.seen["client-old-code"]
    assert "did not open" in line.seen["payer-old-code"]


def test_the_same_words_open_nobody_elses_page(line: Line) -> None:
    """Each reader has words and a key of their own."""
    assert len({line.visitors[party].passphrase for party in READERS}) == len(READERS)
    assert len({line.visitors[party].fingerprint for party in READERS}) == len(READERS)
    assert all("did not open" in line.seen[f"{party}-wrong-words"] for party in ("client", "payer"))


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


@pytest.mark.parametrize("party", READERS)
def test_a_party_reads_what_was_told_to_them(line: Line, party: str) -> None:
    """Every section that was disclosed to a reader stands on their page, with the clause that allows it."""
    text = line.seen[f"{party}-texts"]
    assert set(found_in(text, line.script.mine(party))) == line.script.mine(party)
    assert BECAUSE[party] in text
    page = line.visitors[party].pages[line.visitors[party].address + "texts/"].seen
    assert (BY_NAME[party] in page) if party in BY_NAME else ("Clauses by name" not in page)


def test_a_clause_is_a_link_into_the_agreement(line: Line) -> None:
    """The sponsor's page says when it was agreed, and leads to the clause."""
    payer = line.visitors["payer"]
    assert "You agreed on" in line.seen["payer-texts"]
    led = re.search(r"agreement-1/#(clause-\d+)\"", payer.pages[payer.address + "texts/"].source)
    assert led
    assert f'id="{led[1]}"' in payer.pages[payer.address + "agreement-1/"].source


def test_the_client_sees_what_others_see(line: Line) -> None:
    """Word for word what stands on the pages of the others; what was withdrawn is on no page any more."""
    others = {word for party in ("payer", "manager", "adviser") for word in line.script.mine(party)}
    assert set(found_in(line.seen["client-others"], others)) == others
    assert "The board" in line.seen["client-others"] and "can read nothing about you" in line.seen["client-others"]


def test_the_client_sees_that_somebody_asked(line: Line) -> None:
    """Her history has the refused request and the withdrawal; what the coach wrote about them stands nowhere."""
    client = line.visitors["client"]
    history = client.pages[client.address + "history/"].seen
    assert "career" in history.lower() and "refused" in history.lower() and "withdr" in history.lower()


@pytest.mark.parametrize("party", READERS)
def test_a_party_never_meets_a_word_meant_for_others(line: Line, party: str) -> None:
    """No word of another section, another person or another partnership: not on a page, in a source, in the index."""
    visitor = line.visitors[party]
    kept = line.script.kept_from(party)
    assert len(kept) >= 20
    assert {got.title for got in visitor.pages.values()} == {"Private page"}
    assert set(line.script.mine(party)) <= set(found_in(visitor.files[visitor.index], line.script.mine(party)))
    for name, text in {**visitor.files, "in all": visitor.everything}.items():
        assert not found_in(text, kept), name


@pytest.mark.parametrize("party", READERS)
def test_the_search_finds_a_readers_own_words_only(line: Line, party: str) -> None:
    """Typed into the search, a word of one's own text leads to it, and a withheld word to nothing."""
    assert "1 matching document" in line.seen[f"{party}-search-own"]
    assert "No matching documents" in line.seen[f"{party}-search-kept"]


@pytest.mark.parametrize("party", READERS)
def test_no_address_of_another_site_opens(line: Line, party: str) -> None:
    """Every address of every other site, tried with one's own session: nothing is there, or a closed door."""
    tried = {address: got for (who, address), got in line.knocks.items() if who == party}
    own = line.visitors[party].address
    assert any(address.startswith(own) for address in tried) or party == "client"
    for address, (status, final, body) in tried.items():
        assert not found_in(body, line.script.kept_from(party)), address
        assert not found_in(body, line.script.words_of("coach", "client")), address
        if address.startswith(own):
            assert status == 404, address
        else:
            assert "This page is closed." in body, address
            assert final.count("/") == 5, final


@pytest.mark.parametrize("party", READERS)
def test_a_browser_asks_nobody_else_and_has_no_complaint(line: Line, party: str) -> None:
    """Every request goes to the portal, and no page breaks its own rules about scripts and styles."""
    assert line.visitors[party].strangers == set()
    assert line.complained[party] == []


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
