"""One partnership of a made-up practice: what is kept of it while it is made, its agreement, and a note."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from confide.model.agreement import Agreement
from confide.model.event import Event, Exact
from confide.model.partnership import Partnership
from confide.vault.sequoia import SecretKey

AGREEMENT = Path(__file__).parents[1] / "tests/vectors/agreements/two-party/agreement.yml"
PARTIES = (
    *(
        "coach",
        "client",
        "supervisor",
        "adviser",
        "stakeholder",
        "credentialing-body",
        "association",
        "peers",
        "reports",
    ),
)
SECTIONS = 4
# No eight words in a row are the same in two sections: the leak audit looks for that.
TEXT = "She asks whether {0} she leaves or stays {0} and what that would {0} take. " * 12


@dataclass
class One:
    """One partnership while it is made: its keys, its record so far, and the notes that are not all told yet."""

    id: str
    key: SecretKey
    client: SecretKey
    partnership: Partnership
    schedule: bytes
    agreement: Agreement
    source: bytes
    directory: dict[str, Any] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    waiting: list[Exact] = field(default_factory=list)
    notes: int = 0


def agreement_of(name: str, people: str, today: date) -> bytes:
    """The published example, for these people and from the day before yesterday."""
    given = {"partnership": name, "people": people, "effective": today - timedelta(days=2),
             "until": today + timedelta(days=300)}  # fmt: skip
    lines = AGREEMENT.read_text().splitlines()
    return ("\n".join(f"{key}: {given[key]}" if (key := line.partition(":")[0]) in given else line
                      for line in lines) + "\n").encode()  # fmt: skip


def note_of(name: str, secret: bytes) -> str:
    """The note of a session with a few sections, about a page each."""
    body = "".join(
        f"## Plans {part} {{#s{part + 2}a what=career-aspirations form=verbatim}}\n\n"
        f"{TEXT.format(f'{name}-{part}')}\n\n"
        for part in range(SECTIONS)
    )
    return f'---\nformat: 1\nsession: {name}\nsecret: "{secret.hex()}"\n---\n\n{body}'
