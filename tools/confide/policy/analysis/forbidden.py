"""Duties that are themselves forbidden: who must hear or read something first may not (S-13, S-23, S-38).

And a summary that is to hold what is withheld from its readers (S-12, S-14).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from confide.model.agreement import Agreement, Term
from confide.model.words import Form
from confide.policy.analysis import words
from confide.policy.analysis.answers import CLIENT, Answers, Standing
from confide.policy.analysis.deadlocks import TO_THE_CLIENT, adviser_of
from confide.policy.analysis.finding import Finding


def forbidden(answers: Answers, types: tuple[str, ...]) -> Iterator[Finding]:
    """One finding for each duty that asks for what the agreement forbids, and for each such part of the summary."""
    for term in answers.agreement.terms:
        if term.shares:
            yield from _forbidden(answers, term, tuple(m.kind for m in term.when or () if m.is_duty), types)
    yield from _summary(answers)


def _forbidden(answers: Answers, term: Term, duties: tuple[str, ...], types: tuple[str, ...]) -> Iterator[Finding]:
    """The duty asks for what the agreement forbids."""
    mine = tuple(what for what in types if term.about(what))
    for duty in duties:
        who = CLIENT if duty in TO_THE_CLIENT else adviser_of(answers.agreement) if duty == "consulted" else ""
        if not who or who in (term.recipients or ()):
            continue
        against = {what: ids for what in mine if (ids := _kept_from(answers, what, who, term, duty)) is not None}
        if not against or len(against) < len(mine):
            continue
        ids = tuple(dict.fromkeys(i for found in against.values() for i in found))
        kept = f"{words.clauses(ids)} withhold{'' if len(ids) > 1 else 's'} that from {words.party(who)}"
        told = kept if ids else f"no clause lets {words.party(who)} read that"
        yield Finding(
            "forbidden-duty",
            f"clause {term.id} shares {words.whats(mine)} only once {words.duty(duty, duty)}, and {told}",
            terms=(term.id, *ids),
            types=mine,
            parties=(who,),
            sid="S-13" if duty == "client-first" else "S-23" if duty == "client-informed" else "S-38",
            place=term.place,
            hint=f"share it with {words.party(who)} too, or leave the duty out",
        )


def _kept_from(answers: Answers, what: str, who: str, term: Term, duty: str) -> tuple[str, ...] | None:
    """The withhold terms that keep the party from what the duty needs; () if only silence does; None if nothing.

    To inform somebody names the subject; to read a text first takes all of it. Silence forbids only the reading.
    """
    grid = answers.grid(what, who)
    senders = set(term.senders or ()) | {"coach"}
    # Any form is enough to inform; to read the exact text takes the form in which it will be shared.
    least = (term.form or Form.NONE) if duty == "client-first" else Form.NONE
    mine = {p: said for p, said in grid.items() if p.sender in senders and p.form >= least}
    if any(said.standing.permits for said in mine.values()) or (who == CLIENT and answers.own(what)):
        return None
    ids = tuple(sorted({w for said in mine.values() for w in said.withheld}))
    if ids:
        return ids
    silent = any(said.standing in (Standing.SILENT, Standing.NARROWER) for said in mine.values())
    return () if duty == "client-first" and silent else None


def _summary(answers: Answers) -> Iterator[Finding]:
    """The agreed summary: what it is to hold may be withheld from whom it is for, or from her who reads it first."""
    agreement = answers.agreement
    summary: Mapping[str, Any] = agreement.clauses.get("summary") or {}
    first = any(moment.kind == "client-first" for moment in summary.get("when", ()))
    for what in summary.get("includes", ()):
        if what in summary.get("excludes", ()):
            yield _of_summary(agreement, what, (), f"is to hold {words.what(what)}, and is not to hold it")
        for reader in (*summary.get("to", ()), *((CLIENT,) if first else ())):
            said = answers.grid(what, reader).values()
            if any(one.standing.permits for one in said) or not any(one.withheld for one in said):
                continue
            ids = tuple(sorted({term for one in said for term in one.withheld}))
            withhold = "withhold" if len(ids) > 1 else "withholds"
            text = f"is to hold {words.what(what)}, and {words.clauses(ids)} {withhold} that from {words.party(reader)}"
            yield _of_summary(agreement, what, ids, text)


def _of_summary(agreement: Agreement, what: str, ids: tuple[str, ...], text: str) -> Finding:
    return Finding("summary", f"the summary {text}", terms=ids, types=(what,), sid="S-14", place=agreement.place)
