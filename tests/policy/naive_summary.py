"""The naive reading of the payer's summary (S-12): a clause that alone speaks of what stands in a summary, and of
nothing else; and of what an agreement says outlives it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from confide.model.agreement import Agreement, Circumstances, Term
from confide.model.decision import Request
from confide.model.words import Effect, Form

PARTS = ("current-ability", "potential-ability", "continue-coaching", "client-statement")


def is_part(request: Request) -> bool:
    """A heading of the summary, what the client adds to it, or a text written for one."""
    if request.what in PARTS:
        return True
    return request.section is not None and request.section.section.startswith("summaries/")


def said(agreement: Agreement) -> Mapping[str, Any]:
    return agreement.clauses.get("summary") or {}


def clauses(request: Request, agreement: Agreement) -> Collection[Term]:
    """The terms that may speak of this: the summary's for its parts, the others for everything else."""
    if not is_part(request):
        return agreement.terms
    clause = said(agreement)
    if not clause:
        return ()
    hers = ["client-statement"] if "client-statement" in clause else []
    return [
        Term(
            id="summary",
            effect=Effect.SHARE,
            what=(*clause.get("headings", ()), *clause.get("includes", ()), *hers),
            recipients=tuple(clause["to"]),
            senders=tuple(clause["by"]),
            when=tuple(clause.get("when", ())),
            form=Form.SUMMARY,
            circumstances=Circumstances(),
            channel=clause.get("channel"),
            not_for=clause.get("not-for", ()),
        )
    ]


def left_out(request: Request, agreement: Agreement) -> bool:
    """What the clause excludes, in part or as a whole."""
    excluded = said(agreement).get("excludes", ()) if is_part(request) else ()
    return any(
        what == request.what or what.startswith(request.what + "/") or request.what.startswith(what + "/")
        for what in excluded
    )


def outlives(agreement: Agreement, what: str) -> bool:
    return what in (agreement.clauses.get("ending") or {}).get("survives", ())
