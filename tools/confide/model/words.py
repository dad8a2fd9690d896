"""The closed lists of words that may stand in the open (promise 5), and the order some of them have."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from enum import Enum, IntEnum
from functools import lru_cache


class Form(IntEnum):
    """How much of a section is told; a wider form includes every narrower one (POLICY 7)."""

    NONE = 0
    TOPIC = 1
    AGGREGATE = 2
    SUMMARY = 3
    VERBATIM = 4

    @property
    def word(self) -> str:
        return self.name.lower()


class Attribution(IntEnum):
    """How far a source may be recognised (S-18)."""

    NONE = 0
    CATEGORY = 1
    NAME = 2

    @property
    def word(self) -> str:
        return self.name.lower()


class Effect(Enum):
    """What a term does."""

    SHARE = "share"
    WITHHOLD = "withhold"


class Role(Enum):
    """Who somebody is in a partnership, in the founding text's words."""

    COACH = "coach"
    CLIENT = "client"
    PAYER = "payer"
    STAKEHOLDER = "stakeholder"
    SOURCE = "source"
    ADVISER = "adviser"
    AUTHORITY = "authority"


class Strength(Enum):
    """How a signature came about, strongest first."""

    OWN_KEY = "own-key"
    PORTAL = "portal"
    E_SIGN = "e-sign"
    PAPER = "paper"


# S-29 to S-37 in the order of the founding text, each with the S-id that asks for its row.
NINE_TYPES: dict[str, str] = {
    "assessment-results": "S-29",
    "partnership-goals": "S-30",
    "career-aspirations": "S-31",
    "feedback": "S-32",
    "performance-appraisals": "S-33",
    "conflicts": "S-34",
    "discussions": "S-35",
    "proprietary": "S-36",
    "strategy": "S-37",
}
# Dates and number of sessions, invoices: what most agreements add as a tenth.
ENGAGEMENT = "engagement"
KNOWN_TYPES: tuple[str, ...] = (*NINE_TYPES, ENGAGEMENT)
# Information that belongs to the organisation rather than to the person (S-08, S-33, S-36, S-37).
ORGANISATIONAL_TYPES = frozenset({"performance-appraisals", "proprietary", "strategy"})

# A party is a word of this list, perhaps numbered (`client-2`), perhaps a department (`payer.hr`).
PARTY_ROLES: dict[str, Role] = {
    "coach": Role.COACH,
    "client": Role.CLIENT,
    "payer": Role.PAYER,
    "manager": Role.STAKEHOLDER,
    "board": Role.STAKEHOLDER,
    "association": Role.STAKEHOLDER,
    "works-council": Role.STAKEHOLDER,
    "stakeholder": Role.STAKEHOLDER,
    "team": Role.STAKEHOLDER,
    "hr": Role.STAKEHOLDER,
    "sources": Role.SOURCE,
    "peers": Role.SOURCE,
    "reports": Role.SOURCE,
    "adviser": Role.ADVISER,
    "supervisor": Role.ADVISER,
    "authority": Role.AUTHORITY,
    "police": Role.AUTHORITY,
    "court": Role.AUTHORITY,
    "regulator": Role.AUTHORITY,
    "credentialing-body": Role.AUTHORITY,
}
DEPARTMENTS = frozenset({"hr", "finance", "legal", "board", "procurement", "learning"})

# S-12: the three conclusions of a payer's summary; content outside them is blocked.
SUMMARY_HEADINGS = ("current-ability", "potential-ability", "continue-coaching")
# What the client adds to a summary in her own words, where the agreement lets it travel with it (S-13).
CLIENT_STATEMENT = "client-statement"

CHANNELS = ("site", "in-person", "phone", "video", "paper", "e-mail")
FLAGS = frozenset({"privileged", "classified", "trade-secret"})
PURPOSES = ("development", "pay", "promotion", "dismissal", "selection", "marketing", "research")

_PARTY = re.compile(r"([a-z]+(?:-[a-z]+)*?)(?:-(?:[2-9]|[1-9][0-9]))?(?:\.([a-z]+))?\Z")
_SUBTYPE = re.compile(r"[a-z]+(-[a-z]+)*(/[a-z]+(-[a-z]+)*)?\Z")


@lru_cache(maxsize=1024)
def role_of(party: str) -> Role | None:
    """The role of a party id, or None if it is not one: an id outside the closed list could be a name."""
    match = _PARTY.match(party)
    if not match or (match[2] is not None and match[2] not in DEPARTMENTS):
        return None
    return PARTY_ROLES.get(match[1])


def base_type(what: str) -> str:
    """`partnership-goals/shared` is of the type `partnership-goals`."""
    return what.partition("/")[0]


def is_type_shaped(what: str) -> bool:
    """A type, perhaps with one subtype behind a slash."""
    return bool(_SUBTYPE.match(what))


def covers(term_type: str, what: str) -> bool:
    """Whether a term about `term_type` speaks of `what`: the same type, or `what` is one of its subtypes."""
    return what == term_type or what.startswith(term_type + "/")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or an empty string."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""
