"""What a source is told comes first and is frozen (S-19, S-20), and the client promises first (S-24)."""

from __future__ import annotations

import pytest

from confide.records import tree
from confide.workflows.opening import opened
from confide.workflows.practice import Practice
from tests.cli.circles import acknowledged, detail, good, said, sound, subject, told, waiting
from tests.cli.house import House, today


def test_s19_nothing_is_asked_for_without_an_agreement_about_it(running: House) -> None:
    """Neither terms nor feedback: this agreement says nothing about feedback."""
    for command in (
        ("feedback", "terms", "--circle", "manager"),
        (
            "feedback",
            "add",
            "--circle",
            "manager",
            "--solicited",
            "--channel",
            "phone",
            "--threat",
            "no",
            "--file",
            "-",
        ),
    ):
        running.refuses(
            *(*command, "--in", running.partnership),
            code=1,
            what="no agreement about feedback is in force",
            why="what becomes of it is agreed before any is collected  [S-19]",
            where="records/{p}/agreements/1.yml",
            hint="agree on it first: confide agree draft",
            stdin=b"A word.",
        )


def test_s19_what_comes_all_the_same_is_kept_and_told_to_nobody(running: House) -> None:
    """Sealed, undisclosable, and still waiting; or returned."""
    case = said(running, "--unsolicited", circle="manager")
    running.refuses(
        *("feedback", "relay", case, "--in", running.partnership),
        code=1,
        what="may not go to the client",
        why="the terms that the source was given are not on record",
        where="records/{p}/agreements/1.yml",
        hint="record what the source was told and accepted",
    )
    assert [one["held"] for one in waiting(running)] == [True]
    assert running.run("verify").code == 0


def test_s19_the_agreement_returns_what_nobody_asked_for(strict_house: House) -> None:
    """Taking it in is refused, and so is a notice that would invite it; sending it back is on record."""
    add = ("feedback", "add", "--circle", "peers", "--unsolicited", "--channel", "phone", "--threat", "no")
    strict_house.refuses(
        *(*add, "--file", "-", "--in", strict_house.partnership),
        code=1,
        what="feedback that nobody asked for is returned here",
        why="its terms could not be told before it was given  [S-19]",
        where="records/{p}/agreements/1.yml",
        hint="confide feedback add --returned",
        stdin=b"A word.",
    )
    strict_house.refuses(
        *(
            "feedback",
            "terms",
            "--circle",
            "peers",
            "--standing",
            "--channel",
            "site",
            "--in",
            strict_house.partnership,
        ),
        code=1,
        what="feedback that nobody asked for is returned here",
        why="a notice that invites it would say something else  [S-19]",
        where="records/{p}/agreements/1.yml",
        hint="return it: confide feedback add --returned",
    )
    back = ("feedback", "add", "--returned", "--channel", "e-mail", "--words", "-")
    good(strict_house.within(*back, stdin=b"Sent back the same day."))
    assert (detail(strict_house).step, detail(strict_house).words) == ("returned", "Sent back the same day.")
    assert not (strict_house.record / "feedback").exists()
    sound(strict_house)


def test_s20_what_a_source_was_told_is_fixed_and_frozen(heard: House) -> None:
    """The text that is printed is the text that is sealed; what the circle accepts later says nothing of it."""
    before = heard.state()
    text = good(heard.within("feedback", "terms", "--circle", "reports", "--form", "summary")).out
    assert not before.differences(heard.state())
    assert "in summary, in my own words" in text
    assert "somebody is in danger" in text
    told(heard, "reports", "--form", "summary")
    case = said(heard, circle="reports")
    practice = Practice.open(heard.practice, today())
    event = practice.record(heard.partnership).of_kind("permitted")[-1]
    path = tree.event_document(heard.partnership, event.name)
    assert opened(practice, heard.partnership, path, "the terms").decode() == text
    told(heard, "reports")
    heard.refuses(
        *("feedback", "relay", case, "--in", heard.partnership),
        code=1,
        what="may not go to the client",
        why="the terms that the source was given are not on record, or do not allow this  [S-20]",
        where="records/{p}/agreements/1.yml",
        hint="record what the source was told and accepted",
    )
    (heard.home / "short").write_text("A short form.")
    good(heard.within("feedback", "relay", case, "--summary", str(heard.home / "short")))
    sound(heard)


def test_s20_nobody_is_promised_more_than_was_agreed(strict_house: House) -> None:
    strict_house.refuses(
        *("feedback", "terms", "--circle", "peers", "--form", "verbatim", "--in", strict_house.partnership),
        code=1,
        what="a source cannot be promised more than the agreement allows",
        why="clause feedback-to-client goes as far as summary, attributed by category  [S-20]",
        where="records/{p}/agreements/1.yml:",
        hint="narrower is always possible",
    )


def test_s20_whoever_is_asked_knows_the_terms(heard: House) -> None:
    """Terms that were declined, or told to nobody, let nothing in that was asked for; both say why."""
    good(
        heard.within("feedback", "terms", "--circle", "reports", "--declined", "--words", "-", stdin=b"They want none.")
    )
    assert (detail(heard).step, detail(heard).words) == ("undelivered", "They want none.")
    add = ("feedback", "add", "--circle", "reports", "--solicited", "--channel", "phone", "--threat", "no")
    heard.refuses(
        *(*add, "--file", "-", "--in", heard.partnership),
        code=1,
        what="the terms were not told to `reports`, or they did not accept them",
        why="whoever is asked knows first what becomes of it  [S-20]",
        hint="confide feedback terms --circle reports",
        stdin=b"A word.",
    )
    heard.refuses(
        *("feedback", "terms", "--circle", "reports", "--undelivered", "--in", heard.partnership),
        code=2,
        what="it does not say why",
        why="terms that were not accepted are on record with their reason  [S-20]",
        hint="--words FILE",
    )
    heard.refuses(
        *("feedback", "terms", "--circle", "client", "--in", heard.partnership),
        code=2,
        what="`client` is no source of feedback",
        why="it comes from others than the two who talk",
        hint="one of: adviser, peers, reports, board, payer",
    )


def test_s24_she_promises_first_not_to_ask_who_it_was(strict_house: House) -> None:
    """Her signature does not say it: it waits, and goes as soon as she has."""
    (strict_house.home / "short").write_text("A short form.")
    said(strict_house, "--summary", str(strict_house.home / "short"))
    strict_house.refuses(
        *("feedback", "relay", "--in", strict_house.partnership),
        code=3,
        what="may not go to the client yet",
        why="accepts the duty of confidentiality  [S-24]",
        hint="confide acknowledge",
    )
    acknowledged(strict_house)
    good(strict_house.within("feedback", "relay"))
    assert subject(strict_house) == "disclosed: feedback to client, summary"
    sound(strict_house)


@pytest.mark.parametrize("verb", ["disclose", "told"])
def test_feedback_is_not_disclosed_past_its_terms(heard: House, verb: str) -> None:
    """The other verbs know nothing of the terms a text was given under, so they send the coach on."""
    (one,) = waiting(heard)
    heard.refuses(
        *(verb, f"feedback/{one['case']}#s1a", "--to", "client", "--channel", "in-person"),
        *("--in", heard.partnership),
        code=1,
        what="what lies in `feedback/` is not disclosed section by section",
        why="it goes out under the terms of its source",
        hint="confide feedback relay",
    )
