"""The demo, looked at by somebody who trusts nothing: with plain git, plain gpg, and every byte it left behind."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from confide.cli.story import cast
from confide.model.problem import Malformed, NotAllowed
from confide.model.view import View
from confide.portal.service import Service
from confide.site.build import build_site
from confide.site.built import BuiltSite
from confide.vault import packets
from confide.vault.portal_store import PortalStore
from confide.vault.sealed import SealedSite
from confide.workflows import template
from tests.demo.stage import Demo
from tests.e2e.prose import runs, runs_of, words
from tests.e2e.terminal import Terminal
from tests.e2e.traces import Traces, objects

pytestmark = pytest.mark.gpg

READERS = ["first client", "first payer", "first manager", "first adviser", "second client", "second payer"]
PERSONS = (*cast.FIRST, *cast.SECOND)
KEEPER = set(cast.COACH_NAME.split())
# `instruments:` is a key of every agreement; the other word of that company is looked for.
COMMON = {"instruments"}
COMPANIES = ("Halden Instruments", "Northmoor Foundation")
PSEUDONYM = re.compile(r"(client|payer|manager|adviser)@p-\w+\.invalid|(p-\w+|publishing)@confide\.invalid")
# So long a piece of a note cannot stand somewhere else by chance.
PIECE = 6


@pytest.fixture(scope="module")
def traces() -> Traces:
    """What lay in memory-backed storage before the demo was made."""
    return Traces((Path("/dev/shm"),))


@pytest.fixture(scope="module")
def demo(traces: Traces, make_short_home: Callable[[], Path]) -> Iterator[Demo]:
    """`confide demo DIR --no-serve --json`, once."""
    home, other = make_short_home(), make_short_home()
    terminal = Terminal(home, home)
    made = terminal.confide("demo", "demo", "--no-serve", "--json", "--port", "8799")
    assert made.err == ""
    here = Terminal(home, home / "demo", processes=terminal.processes)
    found = Demo(here, Terminal(other, other), json.loads(made.out), agents(home))
    found.open_everything()
    yield found


@pytest.fixture(scope="module")
def sites(demo: Demo) -> dict[str, SealedSite]:
    """reader (`first payer`) → what opens at their address with their words."""
    service = Service(PortalStore(demo.path / "build/portal"))
    first = demo.partnerships[0]
    opened = {}
    for reader in demo.said["readers"]:
        name = reader["address"].rstrip("/").rpartition("/")[2]
        which = f"{'first' if reader['partnership'] == first else 'second'} {reader['party']}"
        opened[which] = service.open(name, reader["passphrase"], datetime.now(UTC)).site
    return opened


@pytest.fixture(scope="module")
def nothing(demo: Demo) -> BuiltSite:
    """The site of somebody who may see nothing: what all sites have in common."""
    return build_site(View("p-0000", "payer", "payer", (), (), (), (), (), (), ()), demo.path)


def agents(home: Path) -> list[str]:
    """The gpg-agents that run for a keyring below `home`."""
    running = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            running.append(process.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
    return [command for command in running if "gpg-agent" in command and str(home) in command]


def names() -> set[str]:
    """Every word of a person's or a company's name that may stand in no open place."""
    told = " ".join([*(person.name for person in PERSONS), *COMPANIES])
    return {word.lower() for word in told.split()} - {word.lower() for word in KEEPER} - COMMON


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


def test_every_note_opens_with_plain_gpg(demo: Demo) -> None:
    """With the partnership's key imported, gpg opens every note: exactly the ten of the story, each one once."""
    story = Path(cast.__file__).parent / "notes"
    written = sorted(tuple(words(_bare(path.read_text()))) for path in story.glob("*.md"))
    opened = sorted(tuple(words(_bare(text))) for text in demo.notes.values())
    assert opened == written
    assert len(opened) == 10


def _bare(text: str) -> str:
    """A note without its front matter and without what is said in its headings' braces."""
    return re.sub(r"\{.*?\}", "", text.partition("---\n")[2].partition("---\n")[2] if text.startswith("---") else text)


def test_a_sealed_file_is_for_its_partnership_alone(demo: Demo) -> None:
    """Every sealed file has one reader: the encryption key of the partnership in whose directory it lies."""
    for partnership in demo.partnerships:
        listed = demo.plain.gpg("--with-colons", "--list-keys", f"{partnership}@confide.invalid").out
        ids = {line.split(":")[4] for line in listed.splitlines() if line.startswith("sub:")}
        sealed = sorted((demo.path / "records" / partnership).rglob("*.gpg"))
        assert len(sealed) > 1
        for path in sealed:
            assert set(packets.sealed_for_keys(path.read_bytes())) == ids, path.name


def test_a_note_written_with_plain_gpg_opens_with_confide(demo: Demo) -> None:
    """Signed and encrypted with gpg, committed with git, without a word from `confide`: it is a note like any other."""
    copy = demo.copy()
    sealed = _by_gpg(demo, copy, "## By hand {#s1 what=discussions}\n\nShe came by bicycle, through the rain.\n")
    assert packets.sealed_for_keys(sealed.read_bytes())
    copy.git("add", "records")
    copy.git("commit", "-q", "-m", f"note: {demo.partnerships[0]} 2030-01-05")
    shown = copy.confide("note", "2030-01-05", "--show", "--in", demo.partnerships[0])
    assert "She came by bicycle, through the rain." in shown.out
    assert copy.confide("verify", "--json").json["faults"] == []
    assert copy.git("status", "--porcelain").out == ""


def test_a_note_nobody_signed_is_not_shown(demo: Demo) -> None:
    """An unsigned message is refused, and none of its words is repeated."""
    copy = demo.copy()
    _by_gpg(demo, copy, "## Slipped in {#s1 what=discussions}\n\nA marmalade sentence.\n", sign=False)
    _refused(copy, demo.partnerships[0], "marmalade")


def test_a_note_a_stranger_signed_is_not_shown(demo: Demo) -> None:
    """A good signature of somebody who is no keeper is no better than none."""
    copy = demo.copy()
    stranger = demo.plain.make_key("stranger <stranger@elsewhere.example>")
    _by_gpg(demo, copy, "## Slipped in {#s1 what=discussions}\n\nA marmalade sentence.\n", stranger=stranger)
    _refused(copy, demo.partnerships[0], "marmalade")


def test_a_note_in_the_clear_cannot_be_committed(demo: Demo) -> None:
    """The hook stops a plaintext that bears the name of a sealed note; HEAD stays where it is."""
    copy = demo.copy()
    note = copy.where / "records" / demo.partnerships[0] / "notes/2030-01-05.md.gpg"
    note.write_text("## In the clear {#s1 what=discussions}\n\nA marmalade sentence.\n")
    before = copy.head()
    copy.git("add", "records")
    stopped = copy.git("commit", "-q", "-m", f"note: {demo.partnerships[0]} 2030-01-05", code=1)
    assert "marmalade" not in stopped.said
    assert "2030-01-05" in stopped.err
    assert copy.head() == before


def _by_gpg(demo: Demo, copy: Terminal, text: str, *, sign: bool = True, stranger: str = "") -> Path:
    """Seal `text` as a note of a day to come, with gpg alone: by the coach, by a stranger, or by nobody."""
    partnership = demo.partnerships[0]
    path = copy.where / "records" / partnership / "notes/2030-01-05.md.gpg"
    home = demo.plain.home / ".gnupg" if stranger else demo.keys / "gnupg"
    coach = copy.git("config", "user.signingkey").out.strip()
    signed = ("--sign", "--local-user", stranger or coach) if sign else ()
    key = copy.where / "records" / partnership / "key.asc"
    copy.gpg(
        *("--homedir", str(home), "--trust-model", "always", "--no-encrypt-to", *signed),
        *("--encrypt", "--recipient-file", str(key), "--output", str(path)),
        stdin=text,
    )
    return path


def _refused(copy: Terminal, partnership: str, word: str) -> None:
    copy.git("add", "records")
    copy.git("commit", "-q", "-m", f"note: {partnership} 2030-01-05", code=None)
    copy.git("commit", "-q", "--no-verify", "-m", f"note: {partnership} 2030-01-05", code=None)
    assert copy.git("ls-files", f"records/{partnership}/notes/2030-01-05.md.gpg").out
    shown = copy.confide("note", "2030-01-05", "--show", "--in", partnership, code=4)
    assert "sign" in shown.err
    assert word not in shown.said


def test_no_object_of_git_holds_a_name(demo: Demo) -> None:
    """All objects, reachable or not, and all refs: no word of anybody's name but the keeper's, in her own commits."""
    looked_at = 0
    for where, data in _open_bytes(demo.path):
        looked_at += 1
        found = names() & set(words(data))
        assert not found, where
    assert looked_at > 300


def test_the_keepers_name_stands_in_commits_and_in_her_key(demo: Demo) -> None:
    """Where it stands is exactly where Git and OpenPGP need it."""
    holding = set()
    for where, data in objects(demo.path):
        if where.startswith("object") and {word.lower() for word in KEEPER} & set(words(data)):
            kind = demo.terminal.git("cat-file", "-t", where.split()[1]).out.strip()
            holding.add(kind)
    assert holding == {"commit"}
    assert cast.COACH_NAME in demo.plain.gpg("--show-keys", stdin=demo.coach_key).out


def test_no_object_of_git_holds_three_words_of_a_note(demo: Demo) -> None:
    """Nor of what was written about a refusal or a withdrawal: what a person wrote is in ciphertext only."""
    assert len(_written(demo)) > 300
    assert _holding(demo, demo.path) == []


def test_the_search_through_git_is_not_blind(demo: Demo) -> None:
    """One sentence of a note, stored as an object that nothing refers to, is found."""
    copy = demo.copy()
    line = next(line for text in demo.notes.values() for line in _bare(text).splitlines() if len(line) > 40)
    stray = copy.run("git", "hash-object", "-w", "--stdin", stdin=f"he said: {line}").out.strip()
    assert _holding(demo, copy.where) == [f"object {stray}"]
    shutil.rmtree(copy.where)


def _written(demo: Demo) -> set[str]:
    """Three words in a row of anything a person wrote."""
    texts = [_bare(text) for text in demo.notes.values()]
    return runs_of([*texts, *(text.partition("words:")[2] for text in demo.details.values())], 3)


def _holding(demo: Demo, repository: Path) -> list[str]:
    written = _written(demo)
    return [where for where, data in _open_bytes(repository) if written & runs(data, 3)]


def test_no_key_on_record_names_anybody(demo: Demo) -> None:
    """The user ids of all public keys are pseudonyms; the coach's own bears her name."""
    keys = [path for path in (demo.path / "records").rglob("*.asc") if path.read_text() != demo.coach_key]
    assert len(keys) > 8
    for path in keys:
        listed = demo.plain.gpg("--with-colons", "--show-keys", str(path)).out
        ids = [line.split(":")[9] for line in listed.splitlines() if line.startswith("uid:")]
        assert len(ids) == 1, path.name
        assert PSEUDONYM.fullmatch(ids[0]), path.name


def test_no_file_is_named_after_anybody(demo: Demo) -> None:
    """Paths in every tree and on the disk are ids, dates, numbers and words of closed lists."""
    paths = {path.relative_to(demo.path).as_posix() for path in demo.path.rglob("*")}
    paths |= set(demo.terminal.git("log", "--all", "--name-only", "--format=").out.split())
    told = _written(demo)
    for path in paths:
        assert not (names() | {word.lower() for word in KEEPER}) & set(words(path)), path
        assert not told & runs(path, 3), path


def _open_bytes(repository: Path) -> Iterator[tuple[str, bytes]]:
    """Every object of Git and the refs, without what the project itself ships and without ciphertext's random bytes."""
    shipped = {data.lower() for data in template.files().values()}
    for where, data in objects(repository):
        if data not in shipped:
            yield where, _open_part(data)


def _open_part(data: bytes) -> bytes:
    """Nothing of what is exactly a sealed message, everything of the rest."""
    try:
        packets.sealed_for_keys(data)
    except Malformed:
        return data
    return b""


def test_the_portals_host_holds_no_word(demo: Demo, nothing: BuiltSite) -> None:
    """The store has sealed messages, keys, dates and pseudonyms; its assets are those of a site that shows nothing."""
    store = demo.path / "build/portal"
    told = _written(demo)
    for path in sorted(path for path in store.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if path.suffix == ".zip":
            assert PortalStore(store).shelf.assets(path.stem) == nothing.assets
        elif path.suffix == ".gpg":
            assert packets.sealed_for_keys(data), path.name
        else:
            assert not (names() | {word.lower() for word in KEEPER}) & set(words(data)), path.name
            assert not told & runs(data, 3), path.name
    assert not list(store.glob("inbox/*/*"))


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_sees_what_was_told_to_them(demo: Demo, sites: dict[str, SealedSite], reader: str) -> None:
    """The passphrase in the table opens the site, and every text that was told and not taken back stands in it."""
    partnership, party = _who(demo, reader)
    site = "\n".join(_texts(sites[reader].files).values())
    sections, told = demo.sections(partnership), demo.told(partnership, party)
    assert told
    for section in told:
        title, _, body = sections[section].partition("\n")
        assert title in site
        assert runs(body, PIECE) <= runs(site, PIECE), section


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_sees_no_piece_of_anything_else(demo: Demo, sites: dict[str, SealedSite], reader: str) -> None:
    """No six words of a section that was not told to them, of either partnership, stand anywhere in their files."""
    partnership, party = _who(demo, reader)
    told = demo.told(partnership, party)
    if party == "client":
        told |= {ref for other in ("payer", "manager", "adviser") for ref in demo.told(partnership, other)}
    kept = [text for ref, text in demo.sections(partnership).items() if ref not in told]
    kept += [text for other in demo.partnerships if other != partnership for text in demo.sections(other).values()]
    pieces = runs_of(map(_bare, kept), PIECE) | runs_of(
        (t.partition("words:")[2] for t in demo.details.values()), PIECE
    )
    assert len(pieces) > 100
    for name, text in _texts(sites[reader].files).items():
        assert not pieces & runs(text, PIECE), name


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_never_meets_the_other_partnership(
    demo: Demo, sites: dict[str, SealedSite], nothing: BuiltSite, reader: str
) -> None:
    """Neither its id nor one of its people, nor four words of its notes in a row that are not everybody's."""
    partnership, _ = _who(demo, reader)
    (other,) = set(demo.partnerships) - {partnership}
    people = cast.SECOND if reader.startswith("first") else cast.FIRST
    strangers = {word.lower() for person in people for word in person.name.split()} - {w.lower() for w in KEEPER}
    notes = runs_of(map(_bare, demo.sections(other).values()), 4) - runs_of(_texts(nothing.files).values(), 4)
    assert len(notes) > 50
    for name, text in _texts(sites[reader].files).items():
        assert other not in text, name
        assert not strangers & set(words(text)), name
        assert not notes & runs(text, 4), name


@pytest.mark.parametrize("reader", ["first adviser", "first payer"])
def test_a_reader_knows_only_whom_they_sign_with(demo: Demo, sites: dict[str, SealedSite], reader: str) -> None:
    """The adviser knows nobody but the coach; the sponsor everybody who signs, and the adviser."""
    known = {"first adviser": {"coach", "adviser"}, "first payer": {person.party for person in cast.FIRST}}[reader]
    hidden = {word.lower() for person in cast.FIRST if person.party not in known for word in person.name.split()}
    shown = {word.lower() for person in cast.FIRST if person.party in known for word in person.name.split()}
    text = {word for page in _texts(sites[reader].files).values() for word in words(page)}
    assert shown <= text
    assert not hidden & text


def test_wrong_words_open_nothing(demo: Demo) -> None:
    """Somebody else's passphrase does not open a reader's page."""
    mine, theirs, *_ = demo.said["readers"]
    service = Service(PortalStore(demo.path / "build/portal"))
    with pytest.raises(NotAllowed, match="did not open"):
        service.open(mine["address"].rstrip("/").rpartition("/")[2], theirs["passphrase"], datetime.now(UTC))


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
    lines = {line for text in demo.notes.values() for line in _bare(text).splitlines() if len(line) > 40}
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


def _who(demo: Demo, reader: str) -> tuple[str, str]:
    which, party = reader.split()
    return demo.partnerships[0 if which == "first" else 1], party


def _texts(site: Mapping[str, bytes]) -> dict[str, str]:
    """file → what stands in it, as it is and once more as it reads without its tags."""
    raw = {name: data.decode("utf-8", "replace") for name, data in site.items()}
    return {name: f"{text}\n{html.unescape(re.sub('<[^>]+>', ' ', text))}" for name, text in raw.items()}
