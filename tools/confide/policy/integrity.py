"""Steps 1 to 3 of a decision: the record is sound, nothing absolute stands against it, an agreement is in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.agreement import Agreement
from confide.model.decision import Reason, Request
from confide.model.event import Exact
from confide.model.record import Record
from confide.model.words import (
    CLIENT_STATEMENT,
    KNOWN_TYPES,
    PURPOSES,
    SUMMARY_HEADINGS,
    Form,
    Role,
    base_type,
    nearest,
    role_of,
)
from confide.policy import force

PUBLIC = "public"
CONTROLLED = "controlled"
# What testimonials, recommendations and lists of clients are for, whoever hears them first.
MARKETING = "marketing"


def sound(request: Request, record: Record, admitted: tuple[str, ...] = ()) -> Iterator[Reason]:
    """Step 1: a fault in the record, an unknown party, form or purpose, or a draft denies (S-01, S-03).

    `admitted` are recipients who need not be parties: the authority whose order is attached, for example.
    """
    for fault in record.faults:
        yield Reason(fault.rule or "integrity", "S-03", fault.what, fault.place, fault.hint, "confide verify")
    for party in dict.fromkeys((request.sender, request.recipient)):
        known = record.partnership.party(party)
        if party == request.recipient and (party == PUBLIC or (known is None and party in admitted)):
            continue
        if known is None:
            hint = nearest(party, (p.id for p in record.partnership.parties))
            change = f"did you mean `{hint}`?" if hint else ""
            yield Reason("unknown-party", "S-11", f"`{party}` is not a party of this partnership", change=change)
        elif not known.active:
            yield Reason("left-party", "S-11", f"`{party}` no longer takes part in this partnership")
    if request.draft:
        yield Reason(
            "draft-section",
            "S-01",
            "the section does not say what it is, so nobody has agreed that it may be shared",
            change="give its heading a type, for example `what=partnership-goals/shared`",
        )
    yield from _meaningless(request)


def _meaningless(request: Request) -> Iterator[Reason]:
    """What cannot be decided about, because it says nothing or contradicts the text it is about."""
    if request.form is Form.NONE:
        yield Reason("unknown-form", "S-28", "nothing can be told in the form `none`", change="name a form")
    if request.purpose and request.purpose not in PURPOSES:
        hint = nearest(request.purpose, PURPOSES)
        change = f"did you mean `{hint}`?" if hint else f"one of: {', '.join(PURPOSES)}"
        yield Reason("unknown-purpose", "S-28", f"`{request.purpose}` is not a purpose", change=change)
    if request.section is not None and request.section.what != request.what:
        message = f"the text is `{request.section.what}`, not `{request.what}`"
        yield Reason("other-type", "S-01", message, change=f"ask about `{request.section.what}`")


def absolute(request: Request, agreement: Agreement | None) -> Iterator[Reason]:
    """Step 2: what no consent lifts: the public (S-06), and channels that the agreement does not control (S-26)."""
    if request.recipient == PUBLIC:
        yield Reason("never-public", "S-06", "nothing about a partnership is ever made public")
    elif request.purpose == MARKETING:
        yield Reason("never-public", "S-06", "nothing about a partnership is ever used to recommend anybody")
    if agreement is None:
        return
    access = agreement.channels.get(request.channel, "")
    if access != CONTROLLED:
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
    if request.what in (*SUMMARY_HEADINGS, CLIENT_STATEMENT):
        return  # A part of the summary is no type of information; the clause says which there are.
    if request.draft and not request.what:
        return  # That a draft does not say what it is was said in step 1.
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
            "S-14, S-27",
            "no agreement was proposed yet",
            change="draft and propose one",
            command="confide agree draft",
        )
        return
    newest = max(record.agreements, key=lambda a: a.version)
    absent = force.missing(record, newest)
    if absent or not newest.signatories:
        signed = len(newest.signatories) - len(absent)
        yield Reason(
            "in-force",
            "S-14, S-27",
            f"agreement {newest.version} is signed by {signed} of {len(newest.signatories)}; "
            f"missing: {', '.join(absent) or 'somebody who is asked to sign'}",
            newest.place,
            "everybody signs before anything is shared",
            "confide agree status",
        )
    elif now < force.starts(newest):
        message = f"agreement {newest.version} takes effect on {newest.effective:%d %B %Y}"
        yield Reason("in-force", "S-14, S-27", message, newest.place)
    elif (begins := force.begins_at(record, newest)) is not None and now < begins:
        message = f"the last signature under agreement {newest.version} is of {begins:%d %B %Y}"
        yield Reason("in-force", "S-14, S-27", message, newest.place)
    else:
        yield Reason(
            "ended",
            "S-27",
            f"agreement {newest.version} ended on {newest.until:%d %B %Y}",
            newest.place,
            "agree on a new version",
            "confide agree draft",
        )


def source_needs_terms(exact: Exact) -> bool:
    """Whether the text came from somebody under terms of their own, outside the agreement (S-20).

    Feedback does, whoever gave it: a board member who is asked about the client is a source too (S-16).
    """
    feedback = base_type(exact.what) == "feedback" and exact.source not in {"client", "coach"}
    return feedback or role_of(exact.source) is Role.SOURCE
