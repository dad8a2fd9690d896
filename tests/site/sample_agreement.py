"""The agreement between the fictional people of these tests."""

from __future__ import annotations

from datetime import date

from confide.model.agreement import Agreement, Circumstances, Moment, Term
from confide.model.words import Attribution, Effect, Form

SHARE, WITHHOLD = Effect.SHARE, Effect.WITHHOLD
ALWAYS = (Moment("always"),)
NO_CONDITION = Circumstances()
PARTNERSHIP = "p-4tzw"
DIGEST = "sha256:" + "3f1b9c" * 10 + "77a0"
PEOPLE = "sha256:" + "9d41c0" * 10 + "12ef"


def share(name: str, what: str, recipients: str, senders: str, form: Form, **more: object) -> Term:
    facets: dict[str, object] = {"when": ALWAYS, "circumstances": NO_CONDITION, **more}
    return Term(
        name, SHARE, tuple(what.split()), tuple(recipients.split()), tuple(senders.split()), form=form, **facets
    )  # type: ignore[arg-type]


def withhold(name: str, what: str, recipients: str, senders: str = "", unless: str = "") -> Term:
    by = tuple(senders.split()) or None
    return Term(name, WITHHOLD, tuple(what.split()), tuple(recipients.split()), by, None, None, None, unless=unless)


OWN = "assessment-results partnership-goals career-aspirations conflicts discussions"
BUSINESS = "performance-appraisals proprietary strategy"
SPONSORS = "payer manager"
ALONE: dict[str, object] = {"onward": ()}
MONTHLY = {"when": (Moment("every", "month"),), "onward": ("payer.finance",)}
REVIEWED = {
    "together": True,
    "when": (Moment("client-informed"), Moment("every", "quarter")),
    "circumstances": Circumstances("coach", "the quarterly review takes place"),
    "channel": ("in-person", "site"),
    "onward": (),
    "not_for": ("pay", "promotion", "dismissal"),
}
FEEDBACK = {"when": (Moment("promptly"),), "attribution": Attribution.CATEGORY}

TERMS = (
    share("attendance", "engagement", "payer", "coach", Form.TOPIC, **MONTHLY),
    share("goals", "partnership-goals/shared", SPONSORS, "coach client", Form.SUMMARY, **REVIEWED),
    share("own-to-client", OWN, "client", "coach", Form.VERBATIM),
    share("assessment-by-client", "assessment-results", "manager", "client", Form.SUMMARY, **ALONE),
    withhold("assessment-not-by-coach", "assessment-results", SPONSORS, "coach"),
    withhold("career", "career-aspirations partnership-goals/private", SPONSORS, unless="client-permits"),
    withhold("talks", "discussions conflicts", SPONSORS, unless="client-permits"),
    share("supervision", "discussions conflicts", "supervisor", "coach", Form.TOPIC, attribution=Attribution.NONE),
    share("feedback-to-client", "feedback", "client", "coach", Form.SUMMARY, **FEEDBACK),
    withhold("feedback-private", "feedback", SPONSORS),
    share("business-in", BUSINESS, "coach client", SPONSORS, Form.VERBATIM, **ALONE),
    withhold("business-private", BUSINESS, "sources supervisor", unless="owner-permits"),
)

AGREEMENT = Agreement(
    partnership=PARTNERSHIP,
    version=1,
    digest=DIGEST,
    people=PEOPLE,
    signatories=("coach", "client", "payer", "manager"),
    accepted=("own-key", "portal", "paper", "e-sign"),
    effective=date(2026, 1, 12),
    until=date(2026, 12, 31),
    time_zone="Europe/London",
    law="England and Wales",
    consent={"about-client": ("client",), "about-organisation": ("payer",), "feedback": ("source",)},
    terms=TERMS,
    types={"engagement": "dates and number of sessions, invoices"},
    channels={"site": "controlled", "in-person": "controlled", "phone": "controlled", "e-mail": "receive-only"},
    settings={"promptly": "3 working days", "input-window": "5 working days", "smallest-group": 3},
    clauses={
        "adviser": {"party": "adviser", "open-to": "signatories"},
        "ending": {"by": ["client", "payer", "coach"], "notice": "10 working days", "survives": ["withheld", "onward"]},
        "definitions": {
            "confidential": "anything that would harm the position of whoever it came from if shared without authority",
            "summary": "conclusions, without quotation, incident or third person",
        },
        "summary": {
            "to": ["payer"],
            "by": ["coach"],
            "due": [date(2026, 6, 30), date(2026, 12, 15)],
            "headings": ["current-ability", "potential-ability", "continue-coaching"],
            "includes": ["partnership-goals/shared"],
            "excludes": ["assessment-results", "career-aspirations", "feedback", "conflicts", "discussions"],
            "when": (Moment("client-first"),),
            "if-silent": "hold",
            "not-for": ["pay", "promotion", "dismissal"],
        },
        "exceptions": {
            "compelled": {"by": ["court", "regulator"], "extent": "what the order names", "client": "told first"},
            "threat": {"covers": ["organisation", "client"], "to": ["payer.hr", "police"], "consult": "adviser"},
            "unethical": {"means": "fraud, harassment, hidden conflict of interest; nothing milder"},
            "credentialing-body": "nothing",
        },
        "data": {"controllers": ["coach", "payer"], "held-in": "GB", "access-request": "1 month"},
        "retention": {"notes": "1 year after end", "agreement-and-log": "6 years"},
    },
)
