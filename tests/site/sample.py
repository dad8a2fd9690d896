"""Fictional people and one agreement between them, as views: the client's, the sponsor's, a new reader's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from confide.model.statement import agreement_statement, statement
from confide.model.view import AgreementView, Entry, Offer, Review, Shown, Signature, Text, View
from confide.model.words import Attribution, Form
from tests.site.sample_agreement import AGREEMENT, DIGEST, PARTNERSHIP, PEOPLE, TERMS

SOURCE = "agreement: 1\npartnership: p-4tzw\n# the rest of the signed text, with {{ braces }} and <tags>\n"

NAMES = (
    ("adviser", ("Professor Ines Okafor",)),
    ("client", ("Maya Lindqvist",)),
    ("coach", ("Ruth Ellery",)),
    ("manager", ("Tomás Arce",)),
    ("payer", ("Dana Whitfield",)),
)


def moment(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, 30, tzinfo=UTC)


def _signed(party: str, day: int, strength: str = "portal") -> Signature:
    return Signature(party, 1, moment(1, day), strength, f"{party[:3]}2k9qd1"[:8])


SIGNATURES = (_signed("coach", 6, "own-key"), _signed("client", 7), _signed("manager", 8, "paper"), _signed("payer", 9))

SIGNED = AgreementView(AGREEMENT, SOURCE, moment(1, 5), "b2f9k3tw", SIGNATURES, ())


def proposed(party: str) -> AgreementView:
    """The agreement while this party and the manager have not signed."""
    kept = tuple(s for s in SIGNATURES if s.party not in {party, "manager"})
    missing = tuple(p for p in AGREEMENT.signatories if p in {party, "manager"})
    before = "sha256:" + "5" * 64
    asked = agreement_statement(PARTNERSHIP, party, 1, 1, DIGEST, PEOPLE, before)
    return AgreementView(AGREEMENT, SOURCE, moment(1, 5), "b2f9k3tw", kept, missing, asked)


def shown(event: str, at: datetime, to: str, what: str, form: Form, title: str, text: str, *clauses: int) -> Shown:
    terms = tuple(TERMS[number - 1].id for number in clauses)
    heading = f"## {title}\n\n{text}"
    return Shown(
        event, at, to, "coach", what, form, Attribution.NONE, "site", "client", Text(title, heading), 1, clauses, terms
    )


GOALS = shown(
    *("x7k2m9qd", moment(2, 10), "payer", "partnership-goals/shared", Form.SUMMARY, "Where the goals stand"),
    "Delegation is on track: two of three teams now decide on their own.\n\n- **Next:** the third team, by June.\n"
    "- The weekly report has become a conversation.",
    2,
)
STRENGTHS = shown(
    *("h4n8c2vw", moment(4, 21), "payer", "partnership-goals/shared", Form.SUMMARY, "Second quarter"),
    "The third team has started. Meetings are shorter, and end with a decision.",
    2,
)
PROFILE = shown(
    *("q6w3e8rt", moment(2, 3), "client", "assessment-results", Form.VERBATIM, "Your strengths profile"),
    "| Strength | Before | Now |\n|---|---|---|\n| Listening | 3.1 | 4.2 |\n| Delegating | 2.4 | 3.8 |\n\n"
    "> The largest step is in *delegating*.\n\nRead more about the [instrument](https://example.org/profile).",
    3,
)
TALK = shown(
    *("m5t7y2zx", moment(3, 17), "client", "discussions", Form.VERBATIM, "What we said about the first team"),
    "You want to stop attending their stand-up, and to say so *before* you stop.",
    3,
)
VOICES = replace(
    shown(
        *("v9b4n6cj", moment(4, 2), "client", "feedback", Form.SUMMARY, "From your peers"),
        "They find you easier to reach, and would like to hear bad news earlier.",
        9,
    ),
    attribution=Attribution.CATEGORY,
)


def entry(event: str, kind: str, at: datetime, by: str, to: str = "", what: str = "", **more: object) -> Entry:
    fields: dict[str, object] = {"form": None, "channel": "", "agreement": 1, "clauses": (), "terms": (), **more}
    return Entry(event, kind, at, by, tuple(to.split()), tuple(what.split()), **fields)  # type: ignore[arg-type]


def disclosed(text: Shown, withdrawn: datetime | None = None) -> Entry:
    facts = {"form": text.form, "channel": "site", "clauses": text.clauses, "terms": text.terms}
    return entry(text.event, "disclosed", text.at, "coach", text.to, text.what, withdrawn=withdrawn, **facts)


ENTRIES = (
    entry("b2f9k3tw", "proposed", moment(1, 5), "coach", "client payer manager"),
    *(entry(s.event, "signed", s.at, s.party, "coach") for s in SIGNATURES),
    entry("c3d4f5g6", "began", moment(1, 13), "coach", "client"),
    disclosed(PROFILE),
    entry("j7k8m9n0", "informed", moment(2, 9), "coach", "client", "partnership-goals/shared"),
    disclosed(GOALS),
    entry("r4s5t6v7", "refused", moment(2, 24), "coach", "payer", "career-aspirations"),
    disclosed(TALK),
    disclosed(VOICES),
    disclosed(STRENGTHS),
    disclosed(replace(GOALS, event="w8x9y0z1", to="manager", at=moment(2, 11)), withdrawn=moment(5, 4)),
    entry("a1b2c3d4", "withdrawn", moment(5, 4), "client", "manager"),
)

SUMMARY_TEXT = Text(
    "Summary for your sponsor",
    "## Summary for your sponsor\n\nTwo of three teams decide on their own. It is worth going on until the third does.",
)
FIRST = Review(
    "f1r2s3t4",
    moment(6, 22),
    "coach",
    date(2026, 6, 29),
    (("partnership-goals/shared", Form.SUMMARY, SUMMARY_TEXT),),
)


def offer(kind: str, target: str = "", to: tuple[str, ...] = ()) -> Offer:
    facts = {"target": f"event/{target}"} if target else {"duty": "I keep it to myself."}
    return Offer(kind, target, to, statement(kind, PARTNERSHIP, "client", 1, **facts))


OFFERS = (offer("acknowledgement"), offer("input", FIRST.event), offer("withdrawal", GOALS.event, ("payer",)))

CLIENT = View(
    partnership=PARTNERSHIP,
    party="client",
    role="client",
    names=NAMES,
    agreements=(SIGNED,),
    in_force_from=((1, datetime(2026, 1, 12, tzinfo=UTC)),),
    shown=(PROFILE, TALK, VOICES),
    entries=ENTRIES,
    others=(("payer", (GOALS, STRENGTHS)),),
    adviser=("adviser",),
    reviews=(FIRST,),
    offers=OFFERS,
)
PAYER = replace(
    CLIENT,
    party="payer",
    role="payer",
    shown=(GOALS, STRENGTHS),
    entries=tuple(e for e in ENTRIES if "payer" in e.to or e.kind == "signed"),
    others=(),
    reviews=(),
    offers=(),
)
MANAGER = replace(PAYER, party="manager", role="stakeholder", shown=(), entries=())
NEW = replace(
    CLIENT,
    agreements=(proposed("client"),),
    in_force_from=(),
    shown=(),
    entries=ENTRIES[:1],
    others=(),
    reviews=(),
    offers=(),
)
VIEWS = {"client": CLIENT, "payer": PAYER, "manager": MANAGER, "new": NEW}
