"""S-28: with whom, by whom and who attests are parties of this partnership; a term about others cannot be obeyed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each party that a term or the list of signatories names and the partnership does not."""
    del now
    for agreement in record.agreements:
        for term in agreement.terms:
            attests = (term.circumstances.attested_by,) if term.circumstances and term.circumstances.that else ()
            named = (*(term.recipients or ()), *(term.senders or ()), *attests)
            for party in dict.fromkeys(named):
                if record.partnership.party(party) is None:
                    yield Problem(
                        f"clause `{term.id}` names `{party}`, who is not a party of this partnership",
                        place=term.place,
                        hint=f"add `{party}` to {record.partnership.place}, or name a party that is listed there",
                        rule="known-parties",
                    )
        for party in agreement.signatories:
            if record.partnership.party(party) is None:
                yield Problem(
                    f"`{party}` is asked to sign but is not a party of this partnership",
                    place=agreement.place,
                    hint=f"add `{party}` to {record.partnership.place}",
                    rule="known-parties",
                )
