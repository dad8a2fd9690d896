"""What an answer adds for the coach who has to say it: the sentence, what is done, what stays private beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from confide.cli import out
from confide.model.agreement import Agreement, Term
from confide.model.event import Event
from confide.model.words import CLIENT_STATEMENT, SUMMARY_HEADINGS, base_type, covers
from confide.policy import summary
from confide.policy.flow import CLIENT, facets_of
from confide.site.words import plain, type_phrase

if TYPE_CHECKING:
    from confide.workflows.disclose import Asked

_NOT_MINE = "That is not mine to tell."
_HERSELF = "If she wants you to know, she will say so, or ask me to."
_OWNER = "Whoever it belongs to can tell you."
_CHANNELS = {"site": "on the site", "in-person": "in person", "phone": "by phone", "video": "by video",
             "paper": "on paper", "e-mail": "by e-mail"}  # fmt: skip


def subject(what: str) -> str:
    """What the question is about, inside a sentence."""
    if what in SUMMARY_HEADINGS:
        return f"the summary of {'whether to continue' if what == 'continue-coaching' else plain(what)}"
    return "what she adds to the summary" if what == CLIENT_STATEMENT else type_phrase(what)


def say(asked: Asked) -> str:
    """What the coach can answer meanwhile; whoever gets the summary is told when it comes."""
    agreement = asked.record.agreement(asked.decision.agreement)
    comes = _summary_comes(asked, agreement) if agreement is not None else ""
    owner = _HERSELF if hers(asked) or summary.is_part(asked.request) else _OWNER
    return f'"{_NOT_MINE} {comes or owner}"'


def _summary_comes(asked: Asked, agreement: Agreement) -> str:
    clause = summary.term(agreement)
    if clause is None or asked.request.recipient not in (clause.recipients or ()):
        return ""
    today = asked.moment.date() if asked.moment is not None else date.max
    due = sorted(day for day in summary.clause(agreement).get("due", ()) if isinstance(day, date) and day >= today)
    if not due:
        return ""
    first = "; she reads it first" if any(moment.kind == "client-first" for moment in clause.when or ()) else ""
    return f"The agreed summary comes on {due[0].day} {due[0]:%B}{first}."


def seen(asked: Asked) -> str:
    """Whether the client will see that they asked, as the agreement says."""
    agreement = asked.record.agreement(asked.decision.agreement)
    requests = agreement.clauses.get("requests") if agreement is not None else None
    shown = isinstance(requests, Mapping) and CLIENT in requests.get("visible-to", ())
    return "(she will see that they asked)" if shown else ""


def hers(asked: Asked) -> bool:
    """Whether she may tell it herself: it is about her, from her and her own, and she is not the one who asks."""
    request = asked.request
    if request.draft or not request.what or request.recipient == CLIENT or summary.is_part(request):
        return False
    exact = facets_of(request)
    return exact.subject == exact.source == exact.owner == CLIENT and not exact.flags


def done(asked: Asked) -> str:
    """Which steps were taken already, each with its event."""
    taken = [event for name in asked.decision.because if (event := asked.record.event(name)) is not None]
    return "; ".join(["in force", *(f"{_did(event)} {out.short(event.at)} ({event.id})" for event in taken)])


def _did(event: Event) -> str:
    told = {
        "acknowledged": f"{event.by} accepted the duty",
        "signed": f"{event.by} signed",
        "informed": "client informed",
        "attested": f"{event.by} attested it",
        "consulted": "adviser consulted",
        "permitted": f"{event.by} permitted it",
        "shown": "shown to the client",
        "input": "client answered" if event.by == CLIENT else "answer not waited for",
        "public": "already public",
    }
    return told.get(event.kind, plain(event.kind))


def how(term: Term) -> str:
    """By which channels, and with whom together; empty where the clause does not say."""
    by = " or ".join(_CHANNELS.get(channel, plain(channel)) for channel in term.channel or ())
    others = [party for party in term.senders or () if party != "coach"] if term.together else []
    together = f"with the {' and the '.join(plain(party) for party in others)}" if others else ""
    return ", ".join(part for part in (together, by) if part)


def kept_beside(asked: Asked) -> Iterator[str]:
    """Kinds of the same type that stay withheld from the recipient, though this may go."""
    agreement = asked.record.agreement(asked.decision.agreement)
    base = base_type(asked.request.what)
    for term in agreement.terms if agreement is not None else ():
        if term.shares or (term.recipients is not None and asked.request.recipient not in term.recipients):
            continue
        for what in term.what or ():
            if base_type(what) == base and what != base and not covers(what, asked.request.what):
                yield f"{type_phrase(what)} stay withheld ({term.id})"
