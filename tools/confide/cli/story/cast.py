"""Who plays: invented people, the parties they are, and how each of them signs."""

from __future__ import annotations

from confide.model.partnership import Person

COACH_NAME = "Imogen Hartwell"
COACH_EMAIL = "imogen@hartwell-coaching.example"

FIRST = (
    Person("coach", 1, COACH_NAME, "Executive coach", authority="for herself"),
    Person("client", 1, "Leona Brandt", "Head of Engineering, Halden Instruments", authority="for herself"),
    Person("payer", 1, "Tomas Reyk", "Director of People, Halden Instruments", authority="contracts for coaching"),
    Person("manager", 1, "Bettina Oduya", "Chief Technology Officer, Halden Instruments", authority="line manager"),
    Person("adviser", 1, "Samuel Quill", "Ethics adviser", authority="advises on confidentiality"),
)
FIRST_PARTIES = ("coach", "client", "payer", "manager", "adviser", "peers", "reports", "board")
SECOND = (
    Person("coach", 1, COACH_NAME, "Executive coach", authority="for herself"),
    Person("client", 1, "Arvid Moor", "Director-designate, Northmoor Foundation", authority="for himself"),
    Person(
        "payer", 1, "Oskar Penhale", "Chair of the trustees, Northmoor Foundation", authority="signs for the trustees"
    ),
)
SECOND_PARTIES = ("coach", "client", "payer")

# What each reader should look at first, for the table that `make demo` prints.
LOOK_AT = {
    ("first", "client"): "everything about her, and what others can see",
    ("first", "payer"): "the goals in summary, the agreed conclusions, and nothing else",
    ("first", "manager"): "the same goals; one of them was taken back",
    ("first", "adviser"): "one topic, without a name",
    ("second", "client"): "another partnership: no word of the first",
    ("second", "payer"): "what the trustees were told",
}
