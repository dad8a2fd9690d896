"""The frame of an agreement in sentences: when it applies, what words mean, who must agree, how it ends, the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from confide.model.agreement import Agreement
from confide.model.words import Form
from confide.site.paper.labels import Neutral, either, quoted, stopped
from confide.site.words import capital, count, day, form_phrase, listing, plain, signing_phrase, type_phrase

_SURVIVES = {
    "withheld": "what is withheld stays withheld",
    "onward": "what was passed on goes no further than was agreed",
    "retention": "records are kept as long as is said here, and no longer",
    "final-summary": "one last summary may still be given",
}
_KINDS = {
    "about-client": "information about the client",
    "about-organisation": "information that belongs to the organisation",
    "feedback": "feedback",
}
_PREVAILS = {"where stricter": "wherever it is stricter", "always": "always"}
_WORKING = {"agreed": "All agree that signing electronically binds as much as signing on paper.",
            "not-agreed": "Nobody has agreed that signing electronically binds."}  # fmt: skip


def duration(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    """From when to when, and the numbers that clauses rely on."""
    del labels
    settings = agreement.settings
    yield f"This agreement applies from {day(agreement.effective)} to the end of {day(agreement.until)}."
    yield f"Days begin and end as in {agreement.time_zone}."
    if calendar := settings.get("calendar"):
        yield f"Working days are those of the country with the code {calendar}."
    yield "Nothing is shared under it before everybody who is to sign it has signed."
    if agreement.version > 1:
        earlier = agreement.version - 1
        yield f"Once all have signed, it takes the place of agreement {earlier} from its first day on."


def definitions(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    """Every definition in the file, then the types of information that it adds."""
    del labels
    forms = {form.word: form_phrase(form) for form in Form if form}
    for word, meaning in agreement.clauses.get("definitions", {}).items():
        said = f"{plain(word)}” or “{forms[word]}" if word in forms else plain(word)
        yield f"“{capital(said)}” means: {stopped(meaning)}"
    for word, meaning in agreement.types.items():
        yield f"{capital(type_phrase(word))} is information of this kind: {stopped(meaning)}"


def consent(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    """The quorum, and what signing consents to."""
    for key, parties in agreement.consent.items():
        who = listing("whoever gave it" if party == "source" else labels.role(party) for party in parties)
        yield f"To share {_KINDS[key]} takes the consent of {who}."
    window = agreement.settings.get("input-window")
    if window and not agreement.clauses.get("summary"):
        yield f"What the client is shown before others see it, she may answer within {window}."
    yield "This adds to the consent of whomever the information is about, belongs to or came from."
    yield "Whoever signs consents to what the clauses allow. Anything wider takes permission in writing."
    yield "Where one clause allows and another forbids, the one that forbids prevails."
    yield "What no clause allows is not shared."
    yield "No consent lifts this: no client is named in public, in a list, a recommendation or a testimony."


def adviser(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    """Whom to ask, and who sees that somebody was told no."""
    named = agreement.clauses.get("adviser", {})
    if party := named.get("party"):
        yield f"{capital(labels.role(party))} can be asked about confidentiality, and helps where something goes wrong."
    if named.get("open-to"):
        signs = named["open-to"] == ("signatories",)
        yield f"{'Everybody who signs' if signs else capital(labels.who(named['open-to']))} may ask."
    if why := named.get("none-because"):
        yield f"Nobody is named who advises on confidentiality, because: {quoted(why)}."
    requests = agreement.clauses.get("requests", {})
    if "visible-to" in requests:
        seen = labels.who(requests["visible-to"])
        yield f"That somebody asked for something and was told no can be seen by {seen or 'nobody but the coach'}."


def ending(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    """Who can end it, how, and what stays."""
    value: Mapping[str, Any] = agreement.clauses.get("ending", {})
    if value.get("by"):
        alone = ", each of them alone" if len(value["by"]) > 1 else ""
        notice = f", with {value['notice']} of notice" if value.get("notice") else ""
        yield f"{capital(labels.each(value['by']))} can end it before that day{alone}{notice}."
    elif value.get("notice"):
        yield f"Whoever ends it before that day gives {value['notice']} of notice."
    survives = [_SURVIVES[word] for word in value.get("survives", ())]
    if survives:
        yield f"After the end these bind on: {'; '.join(survives)}."
    yield f"Nothing {'else ' if survives else ''}is shared under it after its end."


def law(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    """Whose law, which other documents, which signatures."""
    yield f"The law that applies: {stopped(agreement.law)}"
    for document in agreement.clauses.get("instruments", ()):
        prevails = (
            f", and goes before this agreement {_PREVAILS[document['prevails']]}" if "prevails" in document else ""
        )
        yield f"The document registered as “{document['id']}” binds as well{prevails}."
    signatures = [signing_phrase(strength) for strength in agreement.accepted]
    yield f"{capital(labels.who(agreement.signatories))} sign this agreement. They may do so {either(signatures)}."
    if electronic := agreement.clauses.get("signing", {}).get("electronic-signing"):
        yield _WORKING[electronic]


def groups(circles: Mapping[str, int], labels: Neutral) -> str:
    """`the client’s peers (five people) and the board (one person)`."""
    said = (f"{labels.role(party)} ({count(size, 'person', 'people')})" for party, size in circles.items())
    return listing(said)
