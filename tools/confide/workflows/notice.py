"""`notice`: a message without content that something waits. What it is stands on the portal, behind a key (S-26)."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime

from confide.model.problem import NotAllowed, Problem, Usage
from confide.records import tree
from confide.workflows import asking, invite, people
from confide.workflows.practice import Practice
from confide.workflows.readers import reader_for

SUBJECT = "Something waits for you"
TEXT = """\
Hello,

there is something for you on your private page:

{address}

Please do not answer this message with anything confidential: e-mail is
open to others on its way. You can write on the page itself.
"""


def notice(practice: Practice, partnership: str, party: str, number: int = 1) -> bytes:
    """The message as an .eml file. It says neither who coaches whom, nor what waits, nor whether it is new.

    The address is the only thing in it that could be a name: it is read from the sealed list, and the file belongs
    nowhere near the record.
    """
    record = practice.trusted(partnership)
    found = asking.party_of(record, party)
    reader = reader_for(record, found.id, number)
    if reader is None:
        raise NotAllowed(
            Problem(
                f"the {found.id} has no private page",
                "there is nothing to point to",
                hint=f"confide invite {found.id}",
            )
        )
    person = next((p for p in people.load(practice, partnership).of(found.id) if p.number == number), None)
    if person is None or not person.email:
        raise Usage(
            Problem(
                f"no e-mail address of the {found.id} is on the sealed list",
                "a message needs one",
                tree.place(tree.people(partnership)),
                "tell them yourself; the message says nothing anyway",
            )
        )
    message = EmailMessage()
    message["To"] = person.email
    message["Subject"] = SUBJECT
    message["Date"] = format_datetime(practice.now)
    message["X-Unsent"] = "1"
    message.set_content(TEXT.format(address=invite.address(practice, reader.id)))
    return message.as_bytes()
