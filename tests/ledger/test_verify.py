"""A sound history verifies from its pinned root without a secret key, and gives the records that decisions need."""

from __future__ import annotations

from pathlib import Path

import pytest

from confide.ledger.repo import Repository
from confide.ledger.verify import Pins, verify
from confide.model.problem import Malformed, NotYet
from confide.policy.replay import lapses
from tests.ledger.keepers import git
from tests.ledger.practice import AGREEMENT, Desk, P

pytestmark = pytest.mark.gpg


@pytest.fixture
def desk(begun: Desk) -> Desk:
    """A drafted agreement, nothing proposed yet."""
    return begun


def test_a_sound_history_has_no_faults(practice: Desk) -> None:
    """Every event is in its partnership's record in the ledger's order, with the agreement as it was proposed."""
    found = practice.verify()
    assert found.problems == ()
    assert found.notices == ()
    assert found.head == practice.repo.head()
    assert found.commits == len(git(practice.repo, "rev-list", "HEAD").split())
    record = found.partnerships[P]
    kinds = ["proposed", "enrolled", "signed", "signed", "acknowledged", "disclosed"]
    assert [event.kind for event in record.events] == kinds
    assert [agreement.version for agreement in record.agreements] == [1]
    assert found.introduced == practice.commits
    assert found.practice.keepers == (practice.coach.fingerprint,)


def test_no_secret_key_is_needed(practice: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With no gpg on the path and an empty home, the same history verifies the same."""
    expected = practice.verify()
    clone = tmp_path / "clone"
    git(practice.repo, "clone", "--quiet", str(practice.repo.root), str(clone))
    (tmp_path / "bin").mkdir()
    for name in ("git", "sh"):
        (tmp_path / "bin" / name).symlink_to(Path("/usr/bin") / name)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("GNUPGHOME", str(tmp_path))
    assert verify(Repository.at(clone), Pins(practice.root, practice.coach.fingerprint)) == expected


def test_a_draft_is_no_agreement_yet(desk: Desk) -> None:
    """What was not proposed is not in the record, and may change as often as the coach likes."""
    desk.commit({f"records/{P}/agreements/1.yml": AGREEMENT.replace(b"summary", b"topic")}, f"draft: {P} agreement 1\n")
    found = desk.verify()
    assert found.problems == ()
    assert found.partnerships[P].agreements == ()


def test_a_lapse_is_reported_and_blocks_nothing(desk: Desk) -> None:
    """A disclosure that was not allowed then stays on the record; the replay names it."""
    lapse = desk.disclose()
    found = desk.verify()
    assert found.problems == ()
    assert found.notices == lapses(found.partnerships[P])
    assert [lapse.id in notice.what for notice in found.notices] == [True]
    assert found.partnerships[P].events == (lapse,)


def test_words_of_ones_own_in_a_message_are_noticed(desk: Desk) -> None:
    """They block nothing, because history cannot be rewritten, but somebody should look at them."""
    made = desk.commit({"README.md": b"x"}, "Lunch with Anna\n")
    found = desk.verify()
    assert found.problems == ()
    assert [notice.rule for notice in found.notices] == ["subject"]
    assert made[:12] in found.notices[0].what
    assert "Anna" not in str(found.notices)


def test_two_clones_merge(practice: Desk) -> None:
    """Each side records on its own; the signed merge brings both, and the next event follows on both."""
    git(practice.repo, "branch", "other")
    here = practice.record("refused", to=("payer",), what=("conflicts",))
    git(practice.repo, "switch", "--quiet", "other")
    there = practice.record("refused", to=("payer",), what=("feedback",))
    git(practice.repo, "switch", "--quiet", "main")
    merge(practice, "other")
    found = practice.verify()
    assert found.problems == ()
    assert [event.id for event in found.partnerships[P].events[-2:]] == [here.id, there.id]
    last = practice.record("refused", to=("payer",), what=("strategy",))
    assert practice.verify().problems == ()
    assert practice.verify().partnerships[P].events[-1] == last


def merge(desk: Desk, branch: str, message: str = "merge: 000000000000") -> None:
    """Merge with git and the coach's key, dated by the desk's clock."""
    moment = desk.at.isoformat()
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    program = desk.repo.git_dir / "gpg-then"
    program.write_text(f'#!/bin/sh\nexec gpg --faked-system-time {int(desk.at.timestamp())}! "$@"\n')
    program.chmod(0o700)
    signing = ("-c", f"gpg.program={program}", "-c", f"user.signingkey={desk.coach.fingerprint}")
    git(
        desk.repo, *signing, "merge", "--quiet", "--no-ff", "-S", "-m", message, branch,
        GNUPGHOME=str(desk.coach.home), **dates,
    )  # fmt: skip


def test_going_on_from_what_was_verified_gives_the_same(practice: Desk) -> None:
    """After every commit, merge, reset and fault: the open repository answers as one that is opened anew."""
    pins = Pins(practice.root, practice.coach.fingerprint)

    def same() -> None:
        assert practice.verify() == verify(Repository.at(practice.repo.root), pins)

    same()
    git(practice.repo, "branch", "other", "HEAD~1")
    practice.disclose()
    same()
    practice.record("refused", to=("payer",), what=("conflicts",))
    git(practice.repo, "switch", "--quiet", "other")
    same()
    practice.record("refused", to=("payer",), what=("feedback",))
    same()
    git(practice.repo, "switch", "--quiet", "main")
    merge(practice, "other")
    same()
    git(practice.repo, "reset", "--quiet", "--hard", "HEAD~1")
    same()
    practice.commit({practice.verify().partnerships[P].events[0].place.file: None}, "site\n")
    same()
    git(practice.repo, "commit", "--quiet", "--allow-empty", "--no-gpg-sign", "-m", "site")
    same()
    git(practice.repo, "commit", "--quiet", "--allow-empty", "--no-gpg-sign", "-m", "site")
    same()
    assert [problem.rule for problem in practice.verify().problems] == ["unsigned", "event-removed"]


def test_without_a_commit_there_is_nothing_to_verify(repo: Repository) -> None:
    """An empty repository is not yet a practice."""
    with pytest.raises(NotYet, match="no commit yet"):
        verify(repo, Pins("0" * 40, "A" * 40))


def test_a_shallow_clone_is_not_enough(practice: Desk, tmp_path: Path) -> None:
    """A history that was cut off cannot begin at the pinned root."""
    git(practice.repo, "clone", "--quiet", "--depth=2", f"file://{practice.repo.root}", str(tmp_path / "clone"))
    with pytest.raises(Malformed, match="is missing") as refusal:
        verify(Repository.at(tmp_path / "clone"), Pins(practice.root, practice.coach.fingerprint))
    assert "--unshallow" in refusal.value.problems[0].hint
