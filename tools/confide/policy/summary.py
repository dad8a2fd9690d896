"""The payer's summary is a clause of its own: it shares its headings and what it includes, and leaves out the rest.

Whatever stands in a summary is decided by that clause alone, not by the terms beside it (S-12).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from confide.model.agreement import Agreement, Circumstances, Term
from confide.model.decision import Reason, Request
from confide.model.words import CLIENT_STATEMENT, SUMMARY_HEADINGS, Effect, Form, covers
from confide.policy.index import remembered

ID = "summary"
FOLDER = "summaries/"
FINAL = "final-summary"
WITHHELD = "withheld"
SEND = "send"
TAKE_OUT = "take it out of the summary"


def is_part(request: Request) -> bool:
    """Whether the question is about a part of a summary: one of its headings, or a text of one."""
    return request.what in (*SUMMARY_HEADINGS, CLIENT_STATEMENT) or (
        request.section is not None and request.section.section.startswith(FOLDER)
    )


def clause(agreement: Agreement) -> Mapping[str, Any]:
    """What the agreement says of the summary; empty where there is none."""
    found = agreement.clauses.get("summary")
    return found if isinstance(found, Mapping) else {}


def _hers(said: Mapping[str, Any]) -> tuple[str, ...]:
    return (CLIENT_STATEMENT,) if CLIENT_STATEMENT in said else ()


@remembered
def term(agreement: Agreement) -> Term | None:
    """The clause as a share term, or None where there is none."""
    said = clause(agreement)
    if not said:
        return None
    return Term(
        id=ID,
        effect=Effect.SHARE,
        what=(*said.get("headings", ()), *said.get("includes", ()), *_hers(said)),
        recipients=tuple(said.get("to", ())),
        senders=tuple(said.get("by", ())),
        when=tuple(said.get("when", ())),
        form=Form[str(said.get("form", Form.SUMMARY.word)).upper()],
        circumstances=Circumstances(),
        channel=tuple(said["channel"]) if "channel" in said else None,
        not_for=tuple(said.get("not-for", ())),
        place=agreement.place,
    )


def excluded(request: Request, agreement: Agreement) -> Iterator[Reason]:
    """What the clause keeps out of a summary; a type left unqualified may be of the kind that is kept out."""
    if not is_part(request):
        return
    for kept in clause(agreement).get("excludes", ()):
        if covers(kept, request.what) or covers(request.what, kept):
            yield Reason(ID, "S-12", f"the summary leaves {kept} out", agreement.place, TAKE_OUT)
            return


def sent_in_silence(agreement: Agreement) -> bool:
    """Whether it goes out once her time to answer is over."""
    return clause(agreement).get("if-silent") == SEND


def resting_on(named: Collection[str], clauses: Mapping[str, Any]) -> Mapping[str, Any]:
    """The clauses as they speak for a disclosure: the summary shares nothing that does not name it as its ground."""
    if ID in named or ID not in clauses:
        return clauses
    said = clauses[ID].items() if isinstance(clauses[ID], Mapping) else ()
    shared = ("headings", "includes", CLIENT_STATEMENT)
    return {**clauses, ID: {key: value for key, value in said if key not in shared}}


def survives(request: Request, agreement: Agreement) -> bool:
    """Whether this may still be told after the end: a part of the last summary, where the agreement says so."""
    return is_part(request) and FINAL in surviving(agreement)


def surviving(agreement: Agreement) -> tuple[str, ...]:
    """What the agreement says outlives it."""
    ending = agreement.clauses.get("ending")
    return tuple(ending.get("survives", ())) if isinstance(ending, Mapping) else ()
