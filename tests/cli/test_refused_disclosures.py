"""Nothing is disclosed that was not agreed: each refusal says what, why, where and what to do, and changes nothing."""

from __future__ import annotations

from tests.cli.house import House

NOTE = b"## Where we are {#s1 what=partnership-goals/shared form=summary}\nThe marmalade ferry.\n"


def test_disclosure_before_the_agreement_is_in_force(proposed: House) -> None:
    """While a signature is missing, not even the client's own goals go to her (S-14, S-27)."""
    assert proposed.within("note", "2026-01-05", "--file", "-", stdin=NOTE).code == 0
    proposed.refuses(
        *("disclose", "2026-01-05#s1", "--to", "client"),
        code=1,
        what="2026-01-05#s1 may not go to the client",
        why="agreement 1 is signed by 1 of 3; missing: client, payer  [S-14, S-27]",
        where="records/{p}/agreements/1.yml",
        hint="everybody signs before anything is shared: confide agree status",
    )


def test_disclosure_without_any_agreement(drafted: House) -> None:
    """A draft that nobody was asked to sign permits nothing."""
    assert drafted.within("note", "2026-01-05", "--file", "-", stdin=NOTE).code == 0
    drafted.refuses(
        *("disclose", "2026-01-05#s1", "--to", "client"),
        code=1,
        what="2026-01-05#s1 may not go to the client",
        why="no agreement was proposed yet  [S-14, S-27]",
        hint="draft and propose one: confide agree draft",
    )


def test_disclosure_to_a_party_with_no_term(running: House) -> None:
    """Silence never permits (S-03)."""
    running.refuses(
        *("disclose", f"{running.session}#s2", "--to", "adviser", "--in", running.partnership),
        code=1,
        what="{day}#s2 may not go to the adviser",
        why="no share clause names it  [S-03]",
        where="records/{p}/agreements/1.yml",
        hint="confide may --tell adviser --section {day}#s2",
    )


def test_disclosure_against_a_withhold_clause(running: House) -> None:
    """The clause is named with its line, and what would lift it (S-31)."""
    answer = running.refuses(
        *("disclose", f"{running.session}#s4", "--to", "payer", "--in", running.partnership),
        code=1,
        what="{day}#s4 may not go to the payer",
        why="clause career-private withholds it  [S-31]",
        where="records/{p}/agreements/1.yml:48",
        hint="she permits it in writing, exact words",
    )
    assert "[S-03]" in answer.err, "every reason is told, not only the first"


def test_disclosure_of_a_draft_section(running: House) -> None:
    """A section that does not say what it is can never be disclosed, not even to the client (S-01)."""
    answer = running.refuses(
        *("disclose", f"{running.session}#s5", "--to", "client", "--in", running.partnership),
        code=1,
        what="{day}#s5 may not go to the client",
        why="the section does not say what it is, so nobody has agreed that it may be shared  [S-01]",
        hint="give its heading a type, for example `what=partnership-goals/shared`",
    )
    assert "``" not in answer.err, "an empty word is no reason"


def test_disclosure_in_a_wider_form_than_agreed(running: House) -> None:
    """The tool never shortens a text: a narrower section has to be written (POLICY 7)."""
    running.refuses(
        *("disclose", f"{running.session}#s1", "--to", "payer", "--in", running.partnership),
        code=1,
        what="{day}#s1 may not go to the payer",
        why="clause goals-to-sponsors allows summary at most, not verbatim  [S-30]",
        where="records/{p}/agreements/1.yml:23",
        hint="narrow to summary",
    )


def test_disclosure_with_open_duties(running: House) -> None:
    """Allowed once the duties are met: exit 3, and each with the very command that would meet it (S-23, S-28)."""
    args = ("disclose", f"{running.session}#s2", "--to", "payer", "--in", running.partnership)
    running.refuses(
        *args,
        code=3,
        what="{day}#s2 may not go to the payer yet",
        why="inform the client first  [S-23]",
        where="records/{p}/agreements/1.yml:23",
        hint="confide inform {day}#s2",
    )
    running.refuses(
        *args,
        code=3,
        what="{day}#s2 may not go to the payer yet",
        why="coach attests: the quarterly review takes place  [S-28]",
        where="records/{p}/agreements/1.yml:23",
        hint="confide attest goals-to-sponsors",
    )


def test_the_commands_that_a_not_yet_offers_are_enough(running: House) -> None:
    """Whoever follows the hints of the refusal above may then disclose."""
    section = f"{running.session}#s2"
    assert running.within("disclose", section, "--to", "payer").code == 3
    assert running.within("inform", section).code == 0
    assert running.within("attest", "goals-to-sponsors").code == 0
    assert running.within("disclose", section, "--to", "payer").code == 0


def test_one_refused_recipient_refuses_the_whole_disclosure(running: House) -> None:
    """All or nothing: a yes for the client is not recorded while the payer's answer is no."""
    running.refuses(
        *("disclose", f"{running.session}#s3", "--to", "client", "--to", "payer", "--in", running.partnership),
        code=1,
        what="{day}#s3 may not go to the payer",
        why="clause goals-private withholds it",
        where="records/{p}/agreements/1.yml:43",
        hint="she permits it in writing",
    )


def test_a_party_of_the_list_who_does_not_take_part_is_a_no(running: House) -> None:
    """`peers` is a word for a party, but there are none here: that is an answer, not a slip."""
    running.refuses(
        *("disclose", f"{running.session}#s1", "--to", "peers", "--in", running.partnership),
        code=1,
        what="{day}#s1 may not go to the peers",
        why="`peers` is not a party of this partnership  [S-11]",
        hint="",
    )


def test_nothing_is_ever_public(running: House) -> None:
    """No consent lifts that (S-06)."""
    running.refuses(
        *("disclose", f"{running.session}#s1", "--to", "public", "--in", running.partnership),
        code=1,
        what="{day}#s1 may not go to the public",
        why="nothing about a partnership is ever made public  [S-06]",
        hint="",
    )


def test_a_channel_that_is_not_controlled(running: House) -> None:
    """E-mail is agreed for receiving only (S-26)."""
    running.refuses(
        *("disclose", f"{running.session}#s1", "--to", "client", "--channel", "e-mail", "--in", running.partnership),
        code=1,
        what="{day}#s1 may not go to the client",
        why="`e-mail` is receive-only: its access cannot be controlled  [S-26]",
        where="records/{p}/agreements/1.yml",
        hint="use site, in-person, phone, paper",
    )


def test_disclosure_after_the_end(running: House) -> None:
    """After the end nothing new is disclosed (S-27)."""
    assert running.within("end").code == 0
    running.refuses(
        *("disclose", f"{running.session}#s1", "--to", "client", "--in", running.partnership),
        code=1,
        what="{day}#s1 may not go to the client",
        why="the partnership ended on",
        where="-ended-",
        hint="confide may --tell client",
    )


def test_disclosing_again_what_was_withdrawn(running: House) -> None:
    """A clause that allowed it then is no new consent for the same text (POLICY, change over time)."""
    assert running.within("inform", f"{running.session}#s2").code == 0
    assert running.within("attest", "goals-to-sponsors").code == 0
    told = running.within("disclose", f"{running.session}#s2", "--to", "payer", "--json")
    event = told.out.split('"event": "')[1][:8]
    assert running.within("withdraw", event).code == 0
    running.refuses(
        *("disclose", f"{running.session}#s2", "--to", "payer", "--in", running.partnership),
        code=1,
        what="{day}#s2 may not go to the payer",
        why="this text was withdrawn from them on",
        where="-withdrawn-",
        hint="a new written permission for this text",
    )
