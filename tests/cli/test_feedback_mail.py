"""An e-mail nobody asked for: its words are sealed, its sender is stored nowhere, the original can go (S-16)."""

from __future__ import annotations

import json

from tests.cli.circles import detail, good, sound, told
from tests.cli.house import House

MAIL = b"""From: Ottoline Fennimore <ottoline@kettles.invalid>
To: coach@canaryfeather.invalid
Subject: About her
Date: Mon, 2 Feb 2026 09:12:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

She keeps the marmalade to herself.
## and it is a heading of mine

--\x20
Ottoline, of Kettles
--b
Content-Type: text/plain; name=list.txt
Content-Disposition: attachment; filename=list.txt

quince
--b--
"""


def test_an_e_mail_is_taken_in_without_its_sender_and_deleted(heard: House) -> None:
    """Words sealed, sender nowhere, the file gone; kept back until a notice for the unasked stands."""
    mail = heard.home / "about-her.eml"
    mail.write_bytes(MAIL)
    paste = ("feedback", "paste", "--file", str(mail), "--threat", "yes")
    good(heard.within(*paste, "--dry-run", "--delete-original"))
    assert mail.is_file()
    answer = good(heard.within(*paste, "--delete-original"))
    assert "1 attached, not taken in" in answer.out
    assert "confide consult --about feedback" in answer.out
    assert not mail.exists()
    found = detail(heard)
    asked = ("on", "channel", "solicited", "circle", "threat", "who", "promised")
    assert {name: found.word(name) for name in asked} == {
        "on": "2026-02-02", "channel": "e-mail", "solicited": "no", "circle": "sources", "threat": "yes", "who": "",
        "promised": "",
    }  # fmt: skip
    words = good(heard.within("feedback", "--json"))
    case = next(one["case"] for one in json.loads(words.out) if one["held"])
    heard.refuses(
        *("feedback", "relay", str(case), "--in", heard.partnership),
        code=1,
        what="may not go to the client",
        why="the terms that the source was given are not on record",
        where="records/{p}/agreements/1.yml",
        hint="record what the source was told",
    )
    sound(heard)


def test_under_the_standing_notice_what_came_unasked_reaches_her(heard: House) -> None:
    """`sources` is nobody's circle, so it is named by nobody where circles are named."""
    told(heard, "sources", "--standing")
    taken = json.loads(good(heard.within("feedback", "paste", "--threat", "no", "--json", stdin=MAIL)).out)
    assert taken["terms"]
    assert "nobody" in good(heard.within("feedback", "relay", taken["case"])).out
    sound(heard)


def test_an_e_mail_with_nothing_in_it(heard: House) -> None:
    heard.refuses(
        *("feedback", "paste", "--threat", "no", "--in", heard.partnership),
        code=4,
        what="the e-mail holds no text",
        why="what it says may be in an attachment",
        hint="save its text",
        stdin=b"Subject: nothing\nContent-Type: text/plain\n\n\n",
    )
