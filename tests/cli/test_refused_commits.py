"""A careless `git commit` in an editor is stopped by the hooks, in the words of every other refusal."""

from __future__ import annotations

import pytest

from tests.cli.by_git import by_git, stopped
from tests.cli.house import House

PLAIN = b"---\nformat: 1\nsession: 2026-01-05\n---\n## Where we are\nThe marmalade ferry.\n"


def note_message(house: House) -> str:
    return f"note: {house.partnership} 2026-01-05"


def test_an_ordinary_commit_passes(running: House) -> None:
    """The ground of the refusals below: what is allowed is committed and signed by plain git."""
    (running.practice / "site/pages/how/index.md").write_text("# In other words\n")
    running.git("add", "--all")
    assert by_git(running, "commit", "--quiet", "-m", "site").code == 0
    assert running.run("verify").code == 0


def test_a_plain_note_staged(running: House) -> None:
    """The one mistake that can never be taken back: the text of a note in Git."""
    running.note.with_name("2026-01-05.md.gpg").write_bytes(PLAIN)
    stopped(
        running,
        what="a file that should be encrypted is not",
        why="it must be one binary OpenPGP message; Git would keep its text for ever",
        where="records/{p}/notes/2026-01-05.md.gpg",
        hint="take it out with `git rm --cached -- records/{p}/notes/2026-01-05.md.gpg`",
        message=note_message(running),
    )


@pytest.mark.parametrize(
    "name", ["2026-01-05.md", "draft.md", "2026-01-05.md.gpg~", ".2026-01-05.md.swp", "a/b.md.gpg"]
)
def test_a_note_under_another_name(running: House, name: str) -> None:
    """An editor's backup, a Markdown file beside it: nothing has a place there but sealed notes."""
    file = running.note.parent / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(PLAIN)
    stopped(
        running,
        what="a file under `records/` has no place in the layout",
        why="what stands in the open is a closed list",
        where="records/{p}",
        hint="take it out of the repository; notes are added with `confide note`",
    )


@pytest.mark.parametrize("name", ["notes.md", "site/pages/2026-01-05.md", "build.md"])
def test_a_plain_note_anywhere_else(running: House, name: str) -> None:
    (running.practice / name).write_bytes(PLAIN)
    stopped(
        running,
        what="a note that is not encrypted is staged",
        why="Git would keep its text for ever",
        where="",
        hint="take it out with `git rm --cached FILE`, then `confide note --file FILE`",
    )


@pytest.mark.parametrize("name", ["anna-smith", "p-anna", "p-k7f3x-anna-smith", "Anna Smith", "P-K7F3", "p-ann4-smith"])
def test_a_partnership_directory_named_like_a_person(running: House, name: str) -> None:
    """The repository is not a client list; the name itself is not repeated."""
    directory = running.practice / "records" / name / "notes"
    directory.mkdir(parents=True)
    (directory / "2026-01-05.md.gpg").write_bytes(running.note.read_bytes())
    stopped(
        running,
        what="a directory under `records/` does not have the shape of a partnership's id",
        why="a directory named like a person would be a client list",
        where="records",
        hint="`confide new` makes a partnership with a random id such as `p-k7f3`",
    )


def test_a_file_straight_under_records(running: House) -> None:
    (running.practice / "records/anna-smith.md").write_text("Umbrella.\n")
    stopped(
        running,
        what="a file under `records/` has no place in the layout",
        why="what stands in the open is a closed list",
        where="records",
        hint="take it out of the repository",
    )


def _event(house: House) -> str:
    return next(path.name for path in (house.record / "events").glob("*-disclosed-*.yml"))


def test_an_edited_event(running: House) -> None:
    """What was recorded never changes: a correction is a new event."""
    file = running.record / "events" / _event(running)
    file.write_text(file.read_text().replace("client", "payer"))
    stopped(
        running,
        what="the record is staged by hand",
        why="events, signatures and parties' keys are written by the command that checks and signs them",
        where=f"records/{{p}}/events/{file.name}",
        hint=f"take it out again: `git restore --staged --worktree -- records/{{p}}/events/{file.name}`",
    )


def test_a_deleted_event(running: House) -> None:
    file = running.record / "events" / _event(running)
    file.unlink()
    stopped(
        running,
        what="the record is staged by hand",
        why="",
        where=f"records/{{p}}/events/{file.name}",
        hint="git restore --staged --worktree",
    )


def test_a_renamed_event(running: House) -> None:
    file = running.record / "events" / _event(running)
    file.rename(file.with_name(file.name.replace("disclosed", "refused")))
    stopped(running, what="the record is staged by hand", why="", where="records/{p}/events/", hint="git restore")


def test_the_hint_takes_an_edited_event_out_again(running: House) -> None:
    """Whoever does what the refusal says is back where they were."""
    before = running.state()
    file = running.record / "events" / _event(running)
    file.write_text("umbrella")
    running.git("add", "--all")
    running.git("restore", "--staged", "--worktree", "--", f"records/{running.partnership}/events/{file.name}")
    assert not before.differences(running.state())


@pytest.mark.parametrize("name", ["agreements/1.payer.2.sig", "keys/payer.1.asc", "agreements/1.payer.2.document.gpg"])
def test_a_signature_or_key_by_hand(running: House, name: str) -> None:
    """They come with the event that says whose they are, or not at all."""
    source = running.record / ("keys/client.1.asc" if name.endswith("asc") else "agreements/1.client.1.sig")
    (running.record / name).write_bytes(source.read_bytes())
    stopped(
        running, what="the record is staged by hand", why="", where=f"records/{{p}}/{name}", hint="`git rm --cached -- "
    )


def test_a_proposed_agreement_edited(running: House) -> None:
    file = running.record / "agreements/1.yml"
    file.write_bytes(file.read_bytes() + b"# a last thought\n")
    stopped(
        running,
        what="an agreement that was proposed cannot change any more",
        why="the parties sign exactly the bytes that were put to them",
        where="records/{p}/agreements/1.yml",
        hint="amend it: `confide agree draft` makes the next version",
    )


def test_a_malformed_draft(drafted: House) -> None:
    """The same words as `agree check`, with the line."""
    file = drafted.record / "agreements/1.yml"
    file.write_bytes(file.read_bytes().replace(b"otherwise:", b"otherwize:"))
    line = file.read_bytes().partition(b"otherwize")[0].count(b"\n") + 1
    stopped(
        drafted,
        what="found the unknown key `otherwize`",
        why="a key that nobody reads would be lost without a word",
        where=f"records/{{p}}/agreements/1.yml:{line}",
        hint="did you mean `otherwise`?",
    )


def test_a_secret_key_staged(running: House) -> None:
    secret = running.gpg_plain("--armor", "--export-secret-keys", running.coach)
    (running.practice / "my-key.asc").write_bytes(secret)
    stopped(
        running,
        what="a secret key is staged",
        why="it belongs into GnuPG or the keystore",
        where="my-key.asc",
        hint="git rm --cached",
    )


def test_a_link_staged(running: House) -> None:
    """A link could lead anywhere."""
    (running.record / "notes/2026-01-05.md.gpg").symlink_to("/etc/passwd")
    stopped(
        running,
        what="something that is no ordinary file is staged under `records/`",
        why="a link could lead anywhere",
        where="records/{p}/notes/2026-01-05.md.gpg",
        hint="git rm --cached",
    )
