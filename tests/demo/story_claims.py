"""The demo tells the story it should, and is a practice like any other."""

from __future__ import annotations

from datetime import datetime

from tests.demo.stage import READERS, Demo, bare
from tests.e2e.terminal import Terminal
from tests.e2e.traces import Traces


def test_it_prints_one_object(demo: Demo) -> None:
    """`--json` prints the repository, the portal's address, and each reader with everything needed to read."""
    assert set(demo.said) == {"repository", "portal", "readers"}
    assert demo.said["repository"] == str(demo.terminal.where)
    assert demo.said["portal"] == {"address": "http://localhost:8799"}
    for reader in demo.said["readers"]:
        assert set(reader) == {"partnership", "party", "role", "name", "address", "passphrase"}
        assert reader["address"].startswith("http://localhost:8799/r/")
        assert all(isinstance(value, str) and value for value in reader.values())
    assert len({reader["address"] for reader in demo.said["readers"]}) == len(READERS)


def test_it_tells_the_whole_story(demo: Demo) -> None:
    """Two partnerships; in the first eight notes over four months, a refusal, an amendment in force, a withdrawal."""
    assert len(demo.partnerships) == 2
    first, second = demo.partnerships
    notes = [name for name in demo.notes if name.startswith(first)]
    days = [datetime.fromisoformat(name.rpartition("/")[2][:10]) for name in sorted(notes)]
    assert len(notes) >= 8
    assert (days[-1] - days[0]).days > 90
    kinds = [event["kind"] for event in demo.events[first]]
    assert {"refused", "withdrawn", "disclosed", "informed", "attested", "signed", "began"} <= set(kinds)
    assert kinds.count("proposed") == 2
    status = {s["agreement"]: s for s in demo.terminal.confide("agree", "status", "--json", "--in", first).json}
    assert {number: one["in_force"] for number, one in status.items()} == {1: False, 2: True}
    assert status[2]["missing"] == []
    assert "disclosed" in [event["kind"] for event in demo.events[second]]


def test_others_are_heard_and_the_payer_reads_what_she_read_first(demo: Demo) -> None:
    """Feedback under terms accepted first, and a summary with her own words: each event once, in this order."""
    events = demo.events[demo.partnerships[0]]
    terms = next(n for n, event in enumerate(events) if event.get("evidence") == "accepted")
    heard = [event for event in events[terms:] if event["kind"] == "disclosed" and event["what"] == ["feedback"]]
    assert [(event["to"], event["form"], event["attribution"]) for event in heard] == [
        (["client"], "summary", "category")
    ]
    assert "case" in [event["kind"] for event in events[terms:]]
    steps = [e["kind"] for e in events if e["kind"] in ("shown", "input") or e.get("terms") == ["summary"]]
    assert steps == ["shown", "input", "disclosed"]
    assert len(demo.beside) == 2


def test_every_act_of_a_partnership_is_in_it(demo: Demo) -> None:
    """Said aloud, passed on after her notice, got wrong, put right, asked, and required by a threat."""
    events = demo.events[demo.partnerships[0]]
    kinds = [event["kind"] for event in events]
    assert {"told", "lapse", "corrected", "consulted", "acknowledged"} <= set(kinds)
    assert [(e["by"], e["to"]) for e in events if e["kind"] == "told"] == [
        ("coach", ["payer"]), ("payer", ["payer.finance"]),
    ]  # fmt: skip
    assert kinds.count("case") >= 8, "a concern, its answer, six steps of a legal duty"
    found = [notice["rule"] for notice in demo.terminal.confide("verify", "--json").json["notices"]]
    assert found == ["lapse"]


def test_every_way_of_signing_is_in_it(demo: Demo) -> None:
    """The coach's own key, the portal, and paper."""
    strengths = {event["strength"] for event in demo.events[demo.partnerships[0]] if event["kind"] == "signed"}
    assert strengths == {"own-key", "portal", "paper"}


def test_it_holds_three_circles_of_sources(demo: Demo) -> None:
    """Five peers, three reports and one member of the board are named in the agreement as groups, never as people."""
    text = (demo.path / "records" / demo.partnerships[0] / "agreements/2.yml").read_text()
    assert "circles: {peers: 5, reports: 3, board: 1}" in text


def test_its_rules_and_its_history_hold(demo: Demo) -> None:
    """`check` and `verify` and `doctor` find nothing."""
    assert "All in order." in demo.terminal.confide("check").out
    assert demo.terminal.confide("verify", "--json").json["faults"] == []
    assert "MEND" not in demo.terminal.confide("doctor").out


def test_git_finds_nothing_wrong(demo: Demo) -> None:
    """`git fsck --strict` is silent, nothing is uncommitted, and plain git finds every signature good."""
    checked = demo.terminal.git("fsck", "--strict", "--no-progress", "--no-dangling")
    assert checked.said == ""
    assert demo.terminal.git("status", "--porcelain").out == ""
    assert set(demo.terminal.git("log", "--format=%G?").out.split()) == {"G"}


def test_a_directory_that_is_no_demo_is_left_alone(demo: Demo) -> None:
    """`confide demo` refuses a directory with anything in it that it did not make."""
    terminal = Terminal(demo.terminal.home, demo.terminal.home)
    mine = terminal.where / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("kept")
    refused = terminal.confide("demo", "mine", "--no-serve", "--json", code=2)
    assert "no demo of ours" in refused.err
    assert (mine / "letter.txt").read_text() == "kept"
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]


def test_nothing_readable_is_left(demo: Demo, traces: Traces) -> None:
    """No line of a note in the home, the temporary places or the keys, and no passphrase of a reader."""
    lines = {line for text in demo.notes.values() for line in bare(text).splitlines() if len(line) > 40}
    passphrases = {reader["passphrase"] for reader in demo.said["readers"]}
    typed = {text.replace("-", " ") for text in passphrases}
    assert len(lines) > 20
    looked = traces.look(lines | passphrases | typed, demo.terminal.home, demo.plain.home)
    assert looked.files > 300
    assert looked.found == []
    assert traces.of(demo.terminal.processes) == []


def test_no_agent_of_it_is_left_running(demo: Demo) -> None:
    """The demo ends the gpg-agents it started, that of its coach and those of the keys it made."""
    assert demo.agents == []
