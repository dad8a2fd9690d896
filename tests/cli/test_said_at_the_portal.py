"""What a party says at the portal becomes the event it stands for, signed by their own key, and nothing else does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from confide.portal.outgoing import Words
from confide.portal.visit import NotOpened, Suspended
from confide.workflows import views
from confide.workflows.practice import Practice
from tests.cli.build import good
from tests.cli.house import House, today
from tests.cli.inbox_desk import PASSPHRASE, Desk
from tests.cli.plain_site import PlainSite


@pytest.fixture(scope="module")
def payer(stages: dict[str, House], yard: Path) -> str:
    """Adds a stage: the client and the payer read at the portal, he when she met her coach. The payer's address."""
    house = stages["running"].copied(yard / "reading")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("confide.cli.builder.SiteBuilder", PlainSite)
        desk = Desk(house)
        good(desk.run("--confirm", desk.enrol()))
        good(house.within("disclose", f"{house.session}#s6", "--to", "payer"))
        letter = json.loads(good(house.within("invite", "payer", "--json")).out)
        payer = letter["address"].rstrip("/").rpartition("/")[2]
        key = desk.service.enrol(payer, letter["code"], today(), PASSPHRASE).fingerprint
        good(desk.run("--confirm", key))
        good(house.within("publish"))
        desk.service.open(house.reader, PASSPHRASE, today())
        good(desk.run())
    stages["reading"] = house
    return payer


@pytest.fixture
def reading(payer: str, copy_of: Callable[..., House], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A copy of that stage."""
    monkeypatch.setattr("confide.cli.builder.SiteBuilder", PlainSite)
    desk = Desk(copy_of("reading"))
    desk.payer = payer
    return desk


def newest(desk: Desk) -> dict[str, object]:
    """The newest event, as its file says."""
    (name,) = desk.house.git("show", "--name-only", "--format=", "HEAD", "--", "records/*/events/*.yml").split()
    lines = (line.partition(": ") for line in (desk.house.practice / name).read_text().splitlines())
    return {key: value for key, _, value in lines}


def asked(desk: Desk, kind: str, about: str = "") -> str:
    """The first offer of that kind."""
    site = desk.service.open(desk.house.reader, PASSPHRASE, today()).site
    return next(ask.id for ask in site.manifest.offers if ask.kind == kind and about in ask.title)


def say(desk: Desk, ask: str, words: Words | None = None) -> None:
    desk.service.sign(desk.house.reader, PASSPHRASE, ask, today(), words=words)


def test_each_thing_that_can_be_said(reading: Desk) -> None:
    """A permission, a question, a concern, a withdrawal: an event each, which verifies with her signature beside it."""
    say(reading, "question", Words("question", "May I see the heron?"))
    say(reading, "concern", Words("concern", "A marmalade was mentioned."))
    say(reading, asked(reading, "permission", "career"))
    say(reading, asked(reading, "permission", "talks"))
    answer = good(reading.run())
    assert [line.split()[1] for line in answer.out.splitlines() if line.startswith("recorded")] == [
        *("question", "concern", "permission", "permission")
    ], answer
    events = (reading.house.record / "events").glob("*.yml")
    open_ = reading.house.git("log", "--format=%B") + "".join(event.read_text() for event in events)
    assert "case" in open_
    assert not [word for word in ("heron", "marmalade", "question", "concern") if word in open_]
    good(reading.house.run("verify"))
    assert reading.items() == []


def test_a_withdrawal_closes_the_readers_it_is_about_at_once(reading: Desk) -> None:
    """Before the coach knows of it; and her next publication opens their pages again only when it was taken in."""
    visit = reading.service.open(reading.payer, PASSPHRASE, today())
    assert reading.service.still_open(visit, today())
    say(reading, asked(reading, "withdrawal"))
    assert not reading.service.still_open(visit, today())
    with pytest.raises(Suspended):
        reading.service.open(reading.payer, PASSPHRASE, today())
    assert reading.service.open(reading.house.reader, PASSPHRASE, today())
    good(reading.house.within("publish"))
    with pytest.raises(Suspended):
        reading.service.open(reading.payer, PASSPHRASE, today())
    answer = good(reading.run())
    assert "withdrawal by the client" in answer.out
    good(reading.house.within("publish"))
    reading.service.open(reading.payer, PASSPHRASE, today())
    good(reading.house.run("verify"))


def test_what_was_opened_becomes_part_of_the_record(reading: Desk) -> None:
    """That the payer opened their pages, once, with what stood there; a line that is taken out shows."""
    for _ in range(3):
        reading.service.open(reading.payer, PASSPHRASE, today())
    answer = good(reading.run())
    assert answer.out.count("opened by the payer") == 1
    event = newest(reading)
    assert (event["kind"], event["channel"], event["number"]) == ("shown", "site", "1")
    assert good(reading.run()).out.startswith("Nothing is waiting.")
    log = json.loads(good(reading.house.within("log", "--all", "--json")).out)
    assert [one["to"] for one in log if one["kind"] == "shown"] == [["client"], ["payer"]]
    path = reading.store.path / "readers" / reading.payer / "reader.json"
    changed = json.loads(path.read_text())
    changed["opened"][0]["day"] = "2020-01-01"
    path.write_text(json.dumps(changed, indent=1) + "\n")
    answer = reading.run()
    assert answer.code == 1
    assert "the portal's read log was changed" in answer.out


def test_a_statement_that_is_stale_or_signed_elsewhere(reading: Desk) -> None:
    """A permission from before she said otherwise is refused, and what was recorded once is not said twice."""
    say(reading, asked(reading, "permission", "career"))
    good(reading.house.within("refuse", "--tell", "payer", "--about", "career-aspirations"))
    narrower = ("--by", "client", "--to", "payer", "--about", "career-aspirations", "--form", "topic", "--spoken")
    good(reading.house.within("permit", *narrower))
    reading.refuses(what="it signs another statement than the one that stands now")
    say(reading, "question", Words("question", "Once?"))
    (item,) = reading.items()
    kept, name = item.read_bytes(), item.stem
    good(reading.run())
    head = reading.house.git("rev-parse", "HEAD")
    reading.write(name, kept)
    good(reading.run())
    assert reading.house.git("rev-parse", "HEAD") == head


def test_words_that_are_not_the_signed_ones(reading: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other words than those she signed have another commitment: whoever could swap them is found out."""
    say(reading, "question", Words("question", "Mine."))
    real = Words.lines
    monkeypatch.setattr(Words, "lines", lambda words, kind: real(Words(words.kind, "Swapped.", words.salt), kind))
    reading.items()[0].unlink()
    say(reading, "question", Words("question", "Mine."))
    reading.refuses(what="it signs another statement")


def test_a_lost_passphrase_is_mended_by_a_new_letter(reading: Desk) -> None:
    """The new key takes the place of the old one as an event of its own; what the old one signed still verifies."""
    say(reading, asked(reading, "permission", "career"))
    good(reading.run())
    letter = good(reading.house.within("invite", "client", "--letter", "text", tells=True))
    assert "Dear Theodosia Larkspur" in letter.out
    (code,) = re.findall(r"^ +((?:[0-9a-z]{4}-){4}[0-9a-z]{4})$", letter.out, re.MULTILINE)
    key = reading.service.enrol(reading.house.reader, code, today(), "another one that nobody would ever choose")
    good(reading.run("--confirm", key.fingerprint))
    event = newest(reading)
    assert (event["kind"], event["key"]) == ("key-changed", key.fingerprint)
    assert reading.house.git("log", "-1", "--format=%s").strip() == "key-changed: client 1"
    good(reading.house.run("verify"))
    good(reading.house.within("publish"))
    with pytest.raises(NotOpened):
        reading.service.open(reading.house.reader, PASSPHRASE, today())


def test_a_letter_is_made_for_paper(reading: Desk, tmp_path: Path) -> None:
    """A page with a picture of the address and no script; into no repository, before anybody is invited."""
    reading.house.refuses(
        *("invite", "client", "--letter", "page", "--out", str(reading.house.practice / "letter.html")),
        code=1,
        what="that file would lie inside a repository",
        why="it holds names in the clear",
        hint="name a place outside",
    )
    out = tmp_path / "letter.html"
    good(reading.house.within("invite", "client", "--out", str(out)))
    page = out.read_text()
    assert page.count("<svg") == 1
    assert "<script" not in page
    assert "http" not in page.replace("https://", "http://").replace(_portal(page), "").replace("http://www.w3.org", "")


def _portal(page: str) -> str:
    """The address that stands on the letter."""
    found = re.search(r"<dd>(http[^<]+)</dd>", page)
    assert found
    return found[1].replace("https://", "http://")


def test_an_answer_to_a_question_is_put_on_record(reading: Desk) -> None:
    """It waits until the coach answers; then the answer is on the page of whoever asked, and on nobody else's."""
    say(reading, "question", Words("question", "May I see the heron?"))
    assert "Next: confide concern" in good(reading.run()).out
    good(reading.house.within("concern", "--words", "-", stdin=b"She may, on Tuesday."))
    good(reading.house.within("publish"))
    known = Practice.open(reading.house.practice, today())
    hers, theirs = (views.view(known, reading.house.partnership, party) for party in ("client", "payer"))
    assert [(one.question, one.words) for one in hers.answers] == [("May I see the heron?", "She may, on Tuesday.")]
    assert hers.answers[0].event in {entry.event for entry in hers.entries}
    assert theirs.answers == ()
    assert "heron" not in repr(theirs)
    assert "Tuesday" not in reading.house.git("log", "-p", "--no-textconv")
    good(reading.house.run("verify"))
    reading.house.refuses(
        *("concern", "--words", "-", "--in", reading.house.partnership),
        stdin=b"Again.",
        code=2,
        what="no concern waits for an answer",
        why="none was raised",
        hint="confide due",
    )


def test_access_that_ends(reading: Desk) -> None:
    """From the next request on; the others' access goes on; a second time there is nothing to end."""
    visit = reading.service.open(reading.payer, PASSPHRASE, today())
    good(reading.house.within("revoke", "payer"))
    assert not reading.service.still_open(visit, today())
    with pytest.raises(NotOpened):
        reading.service.open(reading.payer, PASSPHRASE, today())
    reading.service.open(reading.house.reader, PASSPHRASE, today())
    good(reading.house.run("verify"))
    reading.house.refuses(
        *("revoke", "payer", "--in", reading.house.partnership),
        code=2,
        what="person 1 of `payer` has no access",
        why="it was ended before",
        hint="confide log --all",
    )


def test_a_withdrawal_that_came_twice_does_not_keep_a_door_shut(reading: Desk) -> None:
    """The coach had recorded it from a call: the item is refused, and the next publication opens the pages."""
    say(reading, asked(reading, "withdrawal"))
    log = json.loads(good(reading.house.within("log", "--all", "--json")).out)
    told = next(one for one in log if one["kind"] == "disclosed" and "payer" in one["to"])
    good(reading.house.within("withdraw", told["event"], "--by", "client"))
    good(reading.house.within("publish"))
    with pytest.raises(Suspended):
        reading.service.open(reading.payer, PASSPHRASE, today())
    reading.refuses(what="withdrawn already")
    good(reading.house.within("publish"))
    reading.service.open(reading.payer, PASSPHRASE, today())
