"""Step 4: circumstances are what a named person says they are; what nobody has said is unknown, and unknown is not yes.

Unknown counts as false in a share term and as true in a withhold term. Once that person has denied them, a share term
shares nothing under them and a withhold term withholds nothing.
"""

from __future__ import annotations

from confide.model.agreement import Agreement, Term
from confide.model.event import Event
from confide.policy.flow import Flow

DENIED = "denied"


def attestation(flow: Flow, agreement: Agreement, term: Term) -> Event | None:
    """The newest statement of whoever the term names, that its circumstances have come about or that they have not.

    Who attests under a newer version what an older one asks for in the same words has attested both.
    """
    if term.circumstances is None or term.circumstances.always:
        return None
    for event in flow.events("attested"):
        if event.by != term.circumstances.attested_by or term.id not in event.terms:
            continue
        if event.agreement < agreement.version:
            continue
        same = flow.record.agreement(event.agreement) if event.agreement != agreement.version else agreement
        named = same.term(term.id) if same is not None else None
        if named is not None and named.circumstances == term.circumstances:
            return event
    return None


def denied(flow: Flow, agreement: Agreement, term: Term) -> Event | None:
    """The statement that the circumstances have not come about, if that is the newest word."""
    event = attestation(flow, agreement, term)
    return event if event is not None and event.evidence == DENIED else None
