"""An event: one thing that happened, introduced by exactly one signed commit and never changed (promise 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from confide.model.problem import Place
from confide.model.words import Attribution, Form

KINDS = (
    "invited", "enrolled", "key-changed", "proposed", "signed", "began", "ended",
    "disclosed", "told", "refused", "withdrawn", "permitted", "corrected", "lapse",
    "informed", "shown", "input", "acknowledged", "attested", "consulted",
    "public", "instrument", "replaced", "granted", "relieved", "revoked", "rotated", "published",
    "held", "released", "condemned", "spared", "destroyed",
    "case",
)  # fmt: skip

NO_PREVIOUS = "none"


@dataclass(frozen=True)
class Exact:
    """One section as an event names it: the place, the commitment to its exact text, and the facets decided on."""

    section: str
    commitment: str
    what: str
    form: Form
    subject: str = "client"
    source: str = "client"
    owner: str = "client"
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Site:
    """One sealed site in a publication: whose, its sequence number, and the digest of the sealed bytes."""

    reader: str
    sequence: int
    digest: str


@dataclass(frozen=True)
class Copies:
    """Where a destroyed key was, or may still be, and whether that is over: words of `model.destruction`.

    `count` is how many of them there are, `key` whose they are, where that is known.
    """

    where: str
    state: str
    count: int = 1
    key: str = ""


@dataclass(frozen=True)
class Event:
    """One event. Fields that a kind does not use stay at their defaults; KIND_FIELDS says which are which.

    `at` is UTC in whole seconds; `day` is the day something happened elsewhere (a publication, a lapse), or the
    last on which somebody may answer (a text shown). `by` acts; `to` is whom it is addressed to, or whom a lapse
    reached. `document` is the digest of what it rests on, or of the new schedule of people. `previous` maps every party
    who may see the event to the digest (`projection.seen_digest`) of the one they could see before it, or `none`: one
    hash chain for each party. `scope` is what is to be destroyed, or was.
    """

    id: str
    kind: str
    partnership: str
    at: datetime
    by: str
    to: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    form: Form | None = None
    attribution: Attribution | None = None
    channel: str = ""
    sections: tuple[Exact, ...] = ()
    terms: tuple[str, ...] = ()
    agreement: int = 0
    document: str = ""
    strength: str = ""
    number: int = 0
    key: str = ""
    reader: str = ""
    target: str = ""
    evidence: str = ""
    because: tuple[str, ...] = ()
    sites: tuple[Site, ...] = ()
    day: date | None = None
    scope: str = ""
    copies: tuple[Copies, ...] = ()
    detail: str = ""
    previous: Mapping[str, str] = field(default_factory=dict)
    place: Place = field(default=Place(""), compare=False)
    digest: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """The stem of its file: `2026-02-10-disclosed-x7k2m9qd`."""
        return f"{self.at:%Y-%m-%d}-{self.kind}-{self.id}"


COMMON_FIELDS = frozenset({"id", "kind", "partnership", "at", "by", "previous"})

# What says that a party's own key signed: the signature lies beside the event.
_BY_KEY = frozenset({"number", "key", "strength"})

# kind → (fields it must have, fields it may have) beside the common ones. A kind that is not listed cannot be
# written or read yet: an unknown event is never ignored.
KIND_FIELDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    # A circle of sources is invited under terms: `document` is the digest of their text, `agreement` what they rest on.
    "invited": (frozenset({"to", "number", "reader"}), frozenset({"document", "agreement"})),
    "enrolled": (frozenset({"to", "number", "reader", "key"}), frozenset()),
    "key-changed": (frozenset({"to", "number", "reader", "key"}), frozenset()),
    "revoked": (frozenset({"to", "number", "reader"}), frozenset({"key"})),
    "proposed": (frozenset({"to", "agreement", "document"}), frozenset()),
    "signed": (frozenset({"to", "agreement", "document", "strength", "number"}), frozenset({"key", "detail"})),
    "began": (frozenset({"to", "agreement"}), frozenset()),
    "ended": (frozenset({"to", "agreement"}), frozenset({"detail"})),
    "disclosed": (
        frozenset({"to", "what", "form", "sections", "agreement"}),
        frozenset({"attribution", "channel", "terms", "because", "detail"}),
    ),
    "told": (
        frozenset({"to", "what", "form", "channel"}),
        frozenset({"attribution", "sections", "agreement", "terms", "because", "detail"}),
    ),
    # Whoever learned it may be nobody from the closed list: then only the detail says who.
    "lapse": (
        frozenset({"what"}),
        frozenset({"to", "form", "channel", "sections", "agreement", "target", "day", "detail"}),
    ),
    "corrected": (frozenset({"target"}), frozenset({"to", "what", "form", "channel", "day", "agreement", "detail"})),
    "refused": (frozenset({"to", "what"}), frozenset({"agreement", "terms", "channel", "detail"})),
    "withdrawn": (frozenset({"to", "target", "evidence"}), frozenset({"agreement", "detail"}) | _BY_KEY),
    "informed": (frozenset({"to", "what", "evidence"}), frozenset({"sections", "terms", "agreement", "detail"})),
    "attested": (frozenset({"to", "terms", "agreement", "evidence"}), frozenset({"detail"})),
    "acknowledged": (frozenset({"to", "evidence"}), frozenset({"agreement", "detail"}) | _BY_KEY),
    "permitted": (
        frozenset({"to", "what", "form", "evidence"}),
        frozenset(
            {"sections", "agreement", "channel", "attribution", "number", "key", "strength", "document", "detail"}
        ),
    ),
    "public": (
        frozenset({"to", "what", "sections", "document", "day", "evidence"}),
        frozenset({"agreement", "detail"}),
    ),
    # `reader` and `document` stand where the portal's own log says so: whose address, and the head of that log.
    "shown": (
        frozenset({"to", "what", "sections"}),
        frozenset({"agreement", "channel", "day", "detail", "reader", "number", "document"}),
    ),
    "input": (
        frozenset({"to", "target", "evidence"}),
        frozenset({"sections", "agreement", "document", "detail"}) | _BY_KEY,
    ),
    # `document` is the extract that was referred; `target` the question that this is the answer to.
    "consulted": (
        frozenset({"to", "what", "evidence"}),
        frozenset({"sections", "agreement", "target", "document", "channel", "because", "detail"}),
    ),
    "instrument": (frozenset({"to", "target", "document"}), frozenset({"agreement", "detail"})),
    "replaced": (frozenset({"to", "number", "document"}), frozenset({"agreement", "detail"})),
    "published": (frozenset({"sites"}), frozenset()),
    "case": (frozenset({"to", "detail"}), frozenset({"target", "agreement", "document"}) | _BY_KEY),
    # `key` is the keeper's.
    "granted": (frozenset({"to", "key"}), frozenset({"detail"})),
    "relieved": (frozenset({"to", "key"}), frozenset({"detail"})),
    # `key` is the partnership's new one.
    "rotated": (frozenset({"key"}), frozenset({"because", "detail"})),
    "held": (frozenset(), frozenset({"to", "detail"})),
    "released": (frozenset({"target"}), frozenset({"to", "detail"})),
    "condemned": (frozenset({"to", "scope", "day"}), frozenset({"detail"})),
    "spared": (frozenset({"to", "target"}), frozenset({"detail"})),
    # `document` is the digest of the list of what opens no more; `key` the newest key that was destroyed.
    "destroyed": (frozenset({"to", "scope", "key", "document", "copies"}), frozenset({"because"})),
}
