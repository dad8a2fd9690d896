"""Steps 1 to 3 of a decision: the record is sound, nothing absolute stands against it, an agreement is in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.agreement import Agreement
from confide.model.decision import Reason, Request
from confide.model.record import Record
from confide.model.words import KNOWN_TYPES, Role, base_type, nearest, role_of
from confide.policy import force

ELECTRONIC = frozenset({"site", "e-mail", "video", "phone"})
CONTROLLED = "controlled"


def sound(request: Request, record: Record) -> Iterator[Reason]:
    """Step 1: a fault in the record, an unknown party, or a draft denies (S-01, S-03)."""
    for fault in record.faults:
        yield Reason(fault.rule or "integrity", "S-03", fault.what, fault.place, fault.hint, "confide verify")
    for party in (request.sender, request.recipient):
        known = record.partnership.party(party)
        if party == "public":
            continue
        if known is None:
            hint = nearest(party, (p.id for p in record.partnership.parties))
            change = f"did you mean `{hint}`?" if hint else ""
            yield Reason("unknown-party", "S-05", f"`{party}` is not a party of this partnership", change=change)
        elif not known.active:
            yield Reason("left-party", "S-05", f"`{party}` no longer takes part in this partnership")
    if request.draft:
        yield Reason(
            "draft-section",
            "S-01",
            "the section does not say what it is, so nobody has agreed that it may be shared",
            change="give its heading a type, for example `what=partnership-goals/shared`",
        )


def absolute(request: Request, agreement: Agreement | None) -> Iterator[Reason]:
    """Step 2: what no consent lifts: the public (S-06), and electronic channels without access control (S-26)."""
    if request.recipient == "public":
        yield Reason("never-public", "S-06", "nothing about a partnership is ever made public")
    if agreement is None:
        return
    access = agreement.channels.get(request.channel, "")
    if access != CONTROLLED and (request.channel in ELECTRONIC or not access):
        said = f"is {access}" if access else "is not among the agreed channels"
        controlled = ", ".join(c for c, how in agreement.channels.items() if how == CONTROLLED)
        yield Reason(
            "controlled-channel",
            "S-26",
            f"`{request.channel}` {said}: its access cannot be controlled",
            agreement.place,
            f"use {controlled}" if controlled else "agree on a channel whose access is controlled",
        )


def known_type(request: Request, agreement: Agreement) -> Iterator[Reason]:
    """Step 1 again, once it is known which agreement speaks: a type that it does not know is never a yes."""
    known = {*KNOWN_TYPES, *agreement.types}
    if base_type(request.what) not in known:
        hint = nearest(base_type(request.what), known)
        yield Reason(
            "unknown-type",
            "S-28",
            f"`{request.what}` is not a type of information that the agreement knows",
            agreement.place,
            f"did you mean `{hint}`?" if hint else "",
        )


def not_in_force(record: Record, now: datetime) -> Iterator[Reason]:
    """Step 3: why no agreement is in force (S-14, S-27)."""
    over = force.ended(record)
    if over is not None:
        yield Reason("ended", "S-27", f"the partnership ended on {over.at:%d %B %Y}", over.place)
        return
    if not record.agreements:
        yield Reason(
            "in-force",
            "S-27",
            "no agreement was proposed yet",
            change="draft and propose one",
            command="confide agree draft",
        )
        return
    newest = max(record.agreements, key=lambda a: a.version)
    absent = force.missing(record, newest)
    if absent:
        signed = len(newest.signatories) - len(absent)
        yield Reason(
            "in-force",
            "S-27",
            f"agreement {newest.version} is signed by {signed} of {len(newest.signatories)}; "
            f"missing: {', '.join(absent)}",
            newest.place,
            "everybody signs before anything is shared",
            "confide agree status",
        )
    elif now < force.starts(newest):
        yield Reason("in-force", "S-27", f"agreement {newest.version} takes effect on {newest.effective}", newest.place)
    else:
        yield Reason(
            "in-force",
            "S-27",
            f"agreement {newest.version} ended on {newest.until}",
            newest.place,
            "agree on a new version",
            "confide agree draft",
        )


def source_needs_terms(source: str) -> bool:
    """Whether somebody who gave information did so under terms of their own, outside the agreement (S-20)."""
    return role_of(source) is Role.SOURCE
