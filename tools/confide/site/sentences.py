"""Terms and events as sentences that a party would say. English; every other language would be a module beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from confide.model.agreement import ALWAYS, EVERY, ON, PROMPTLY, Agreement, Moment, Term
from confide.model.view import Entry
from confide.model.words import Attribution, Form
from confide.site.labels import Labels
from confide.site.words import (
    attribution_phrase,
    capital,
    channel_phrase,
    day,
    form_phrase,
    listing,
    plain,
    type_phrase,
)

_UNLESS = {
    "client-permits": "unless {client} {permit} it{written}",
    "owner-permits": "unless its owner permits it{written}",
}


def lead(term: Term, labels: Labels) -> str:
    """What a term says: `Your coach may tell your sponsor about the shared goals, in summary.`"""
    return _share(term, labels) if term.shares else _withhold(term, labels)


def _share(term: Term, labels: Labels) -> str:
    senders = labels.who(term.senders or ())
    together = " together" if term.together and len(term.senders or ()) > 1 else ""
    what = listing(type_phrase(w) for w in term.what or ())
    form = form_phrase(term.form or Form.NONE)
    return f"{capital(senders)}{together} may tell {labels.who(term.recipients or ())} about {what}, {form}."


def _withhold(term: Term, labels: Labels) -> str:
    what = listing((type_phrase(w) for w in term.what), "or") if term.what is not None else "anything"
    whom = labels.who(term.recipients, "or") if term.recipients is not None else "anybody"
    # A form in a withhold is the narrowest that it withholds.
    wider = "" if term.form is Form.VERBATIM else ", or in any wider form"
    form = f" {form_phrase(term.form)}{wider}" if term.form is not None else ""
    unless = f", {unless_phrase(term.unless, labels, ' in writing')}" if term.unless else ""
    if term.senders is None:
        return f"Nobody may tell {whom} about {what}{form}{unless}."
    return f"{capital(labels.who(term.senders, 'or'))} may not tell {whom} about {what}{form}{unless}."


def unless_phrase(unless: str, labels: Labels, written: str = "") -> str:
    """`unless you permit it`, and, where there is room, that this is done `in writing`."""
    you = labels.reader == "client"
    phrase = _UNLESS.get(unless, plain(f"unless {unless}"))
    return phrase.format(client=labels.role("client"), permit="permit" if you else "permits", written=written)


def conditions(term: Term, agreement: Agreement, labels: Labels) -> Iterator[str]:
    """What else a term says: when, on what condition, how, how far it may go on, and what it must not be used for."""
    moments = (sentence for moment in term.when or () if (sentence := _moment(moment, agreement, labels)))
    if not term.shares:
        yield from _reach(term, tuple(moments), labels)
        return
    yield from moments
    if term.circumstances is not None and not term.circumstances.always:
        who = labels.role(term.circumstances.attested_by)
        confirm = "confirm" if who == "you" else "confirms"
        yield f"Only if {who} {confirm} in writing: {term.circumstances.that}."
    if term.channel is not None:
        yield f"Only {_ways(term.channel)}."
    if term.attribution is not None:
        yield f"{capital(attribution_phrase(term.attribution))}."
    if term.recipients is not None and term.onward is not None:
        they = labels.receivers(term.recipients)
        onward = [party for party in term.onward if party not in term.recipients]
        yield f"{they} may pass it on to {labels.who(onward)}." if onward else f"{they} may not pass it on to anybody."
    if term.not_for:
        yield f"Never to be used for {listing((plain(p) for p in term.not_for), 'or')}."


def _reach(term: Term, moments: tuple[str, ...], labels: Labels) -> Iterator[str]:
    """How far a withhold reaches. What limits a share frees in a withhold, and in doubt it holds (POLICY 4)."""
    if moments:
        yield f"This binds at any time, whatever is said of one here: {' '.join(moments)}"
    if term.circumstances is not None and not term.circumstances.always:
        says = labels.role(term.circumstances.attested_by)
        say = "say" if says == "you" else "says"
        yield f"This binds while it is so, and in doubt it is so: {term.circumstances.that}."
        yield f"{capital(says)} {say} in writing whether it is."
    if term.channel is not None:
        yield f"This binds for telling it {_ways(term.channel)}, and for no other way."
    if term.attribution is Attribution.NAME:
        yield "This binds where the source is named, and not otherwise."
    elif term.attribution is Attribution.CATEGORY:
        yield "This binds where the source or their group is named, and not otherwise."


def _ways(channels: tuple[str, ...]) -> str:
    return listing((channel_phrase(channel) for channel in channels), "or")


def _moment(moment: Moment, agreement: Agreement, labels: Labels) -> str:
    client, verb = labels.role("client"), "have" if labels.reader == "client" else "has"
    was = "were" if labels.reader == "client" else "was"
    if moment.kind == ON:
        return f"On {day(date.fromisoformat(moment.value))}."
    if moment.kind == PROMPTLY:
        within = agreement.settings.get("promptly")
        return f"Promptly: within {within}." if within else "Promptly."
    known = {
        ALWAYS: "",
        EVERY: f"Every {moment.value}.",
        "client-first": f"Only after {client} {verb} read the exact text and had time to answer.",
        "client-informed": f"Only after {client} {was} told that it will be shared.",
        "acknowledged": "Only after whoever receives it has promised to keep it confidential.",
        "consulted": "Only after the confidentiality adviser was asked.",
    }
    return known.get(moment.kind, f"{capital(plain(str(moment)))}.")


def _shown(entry: Entry, by: str, to: str, what: str) -> str:
    """The portal's own log says who opened a page; a coach shows a text before it is shared."""
    if entry.opened:
        return f"{capital(to)} {'have' if to == 'you' else 'has'} opened the pages with what was told about {what}."
    return f"{by} showed {to} a text about {what} before it was shared."


def _rightly(entry: Entry, labels: Labels) -> str:
    """What a correction says instead, where it says it in the open."""
    what = f" it was about {listing(type_phrase(w) for w in entry.what)}" if entry.what else ""
    to = f" {'and' if what else 'it'} went to {labels.who(entry.to)}" if entry.to else ""
    return f":{what}{to}" if what or to else ""


_DESTROYED = {
    "": "The records were destroyed.",
    "everything": "The records were destroyed.",
    "notes": "The notes were destroyed.",
}
_DOOMED = {"": "the records", "everything": "the records", "notes": "the notes"}


def happened(entry: Entry, labels: Labels) -> str:
    """One line of the history. Every kind of event that a party can see has its sentence; none names a text."""
    by, to = capital(labels.role(entry.by)), labels.who(entry.to) or "those concerned"
    what = listing(type_phrase(w) for w in entry.what) or "something"
    via = f", {channel_phrase(entry.channel)}" if entry.channel not in {"", "site"} else ""
    have = "have" if by == "You" else "has"
    reached = labels.who(entry.to) or "somebody"
    whom = labels.who((p for p in entry.to if p != entry.by), "or") or "whoever asked"
    known = {
        "disclosed": f"{by} told {to} about {what}, {form_phrase(entry.form or Form.NONE)}{via}.",
        "told": f"{by} told {to} about {what}, {form_phrase(entry.form or Form.NONE)}{via}.",
        "refused": f"{capital(whom)} asked about {what} and {'were' if whom == 'you' else 'was'} told no.",
        "withdrawn": f"{by} withdrew what {whom} could read. It stopped at once.",
        "proposed": f"{by} put agreement {entry.agreement} to everybody for signing.",
        "signed": f"{by} signed agreement {entry.agreement}.",
        "began": f"The coaching began under agreement {entry.agreement}.",
        "ended": f"The coaching under agreement {entry.agreement} ended.",
        "invited": f"{by} invited {to} to these private pages.",
        "enrolled": f"{capital(to)} opened these private pages for the first time.",
        "revoked": f"{by} ended the access of {to} to these private pages.",
        "key-changed": f"{by} renewed the key that opens these pages.",
        "informed": f"{by} told {to} that {what} will be shared.",
        "attested": f"{by} confirmed that the agreed circumstances had come about.",
        "acknowledged": f"{by} promised to keep confidential what is shared here.",
        "permitted": f"{by} permitted in writing that {what} is shared with {to}.",
        "public": f"{capital(what)} had already been public, and that was recorded.",
        "shown": _shown(entry, by, to, what),
        "corrected": f"An earlier entry was corrected{_rightly(entry, labels)}.",
        "lapse": f"Something about {what} reached {reached} and should not have. {by} {have} recorded it, and what was "
        "done about it; ask.",
        "input": f"{by} answered a text before it was shared.",
        "consulted": "The confidentiality adviser was asked.",
        "instrument": "Another agreement that has to be kept was registered.",
        "replaced": f"{by} handed over to somebody else in the same role.",
        "granted": f"{by} gave {to} access to all the records of this coaching.",
        "relieved": f"{by} ended the access of {to} to the records.",
        "held": "The records are kept, because the law may ask for them.",
        "released": "The records need not be kept for the law any more.",
        "condemned": f"{by} announced that {_DOOMED.get(entry.scope, 'a note in the wrong place')} will be destroyed.",
        "spared": f"{by} called off the destruction of the records.",
        "rotated": f"{by} renewed the key of the records.",
        "published": "These pages were renewed.",
        "destroyed": _DESTROYED.get(entry.scope, "A note that was in the wrong place was destroyed."),
        "case": f"You wrote to {labels.role('coach')}." if by == "You" else f"{by} answered what you had written.",
    }
    return known[entry.kind]
