"""The payer's summary is a clause of its own: it shares its headings and what it includes, and leaves out the rest.

Whatever stands in a summary is decided by that clause alone, not by the terms beside it (S-12).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from confide.model.agreement import Agreement, Circumstances, Term
from confide.model.decision import Reason, Request
from confide.model.words import SUMMARY_HEADINGS, Effect, Form, covers
from confide.policy.index import remembered

ID = "summary"
FOLDER = "summaries/"
FINAL = "final-summary"
WITHHELD = "withheld"
SEND = "send"


def is_part(request: Request) -> bool:
    """Whether the question is about a part of a summary: one of its headings, or a text of one."""
    return request.what in SUMMARY_HEADINGS or (
        request.section is not None and request.section.section.startswith(FOLDER)
    )


def _clause(agreement: Agreement) -> Mapping[str, Any]:
    found = agreement.clauses.get("summary")
    return found if isinstance(found, Mapping) else {}


@remembered
def term(agreement: Agreement) -> Term | None:
    """The clause as a share term, or None where there is none."""
    clause = _clause(agreement)
    if not clause:
        return None
    return Term(
        id=ID,
        effect=Effect.SHARE,
        what=(*clause.get("headings", ()), *clause.get("includes", ())),
        recipients=tuple(clause.get("to", ())),
        senders=tuple(clause.get("by", ())),
        when=tuple(clause.get("when", ())),
        form=Form[str(clause.get("form", Form.SUMMARY.word)).upper()],
        circumstances=Circumstances(),
        channel=tuple(clause["channel"]) if "channel" in clause else None,
        not_for=tuple(clause.get("not-for", ())),
        place=agreement.place,
    )


def excluded(request: Request, agreement: Agreement) -> Iterator[Reason]:
    """What the clause keeps out of a summary; a type left unqualified may be of the kind that is kept out."""
    if not is_part(request):
        return
    for kept in _clause(agreement).get("excludes", ()):
        if covers(kept, request.what) or covers(request.what, kept):
            yield Reason(ID, "S-12", f"the summary leaves {kept} out", agreement.place, "take it out of the summary")
            return


def sent_in_silence(agreement: Agreement) -> bool:
    """Whether it goes out once her time to answer is over."""
    return _clause(agreement).get("if-silent") == SEND


def resting_on(named: Collection[str], clauses: Mapping[str, Any]) -> Mapping[str, Any]:
    """The clauses as they speak for a disclosure: the summary shares nothing that does not name it as its ground."""
    if ID in named or ID not in clauses:
        return clauses
    kept = {**clauses[ID], "headings": (), "includes": ()} if isinstance(clauses[ID], Mapping) else {}
    return {**clauses, ID: kept}


def survives(request: Request, agreement: Agreement) -> bool:
    """Whether this may still be told after the end: a part of the last summary, where the agreement says so."""
    return is_part(request) and FINAL in surviving(agreement)


def surviving(agreement: Agreement) -> tuple[str, ...]:
    """What the agreement says outlives it."""
    ending = agreement.clauses.get("ending")
    return tuple(ending.get("survives", ())) if isinstance(ending, Mapping) else ()
