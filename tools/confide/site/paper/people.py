"""The people of an agreement on paper: who signs and who advises, with name, title and authority. Nobody else is named.

Sources are never named here, whatever the schedule holds: everybody who signs reads this page (S-16, S-20).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from confide.model.agreement import Agreement
from confide.model.partnership import People, Person
from confide.site.markup import html, join
from confide.site.paper.labels import Neutral
from confide.site.words import capital

# Room for a name written by hand.
BLANK = Markup('<span class="blank"></span>')


@dataclass(frozen=True)
class Signer:
    """One person who signs; `person` is None where the schedule names nobody for the party yet."""

    party: str
    person: Person | None


def signers(agreement: Agreement, people: People) -> tuple[Signer, ...]:
    """Everybody who signs, in the agreement's order; several people in one role sign each for themselves."""
    return tuple(Signer(party, person) for party in agreement.signatories for person in (people.of(party) or (None,)))


def parties(agreement: Agreement, people: People, labels: Neutral) -> Markup:
    """The table of who is who: how each is called in this document, and by what right they sign."""
    rows = [_row(labels.role(one.party), one.person, "signs") for one in signers(agreement, people)]
    adviser = agreement.clauses.get("adviser", {}).get("party", "")
    if adviser and adviser not in agreement.signatories:
        rows += [_row(labels.role(adviser), person, "advises") for person in people.of(adviser)]
    return html(
        '<table class="people"><thead><tr><th>Called here</th><th>Name</th><th>Title and address</th>'
        "<th>Authority</th><th></th></tr></thead><tbody>{}</tbody></table>",
        join(rows),
    )


def _row(called: str, person: Person | None, does: str) -> Markup:
    name = html("{}", person.name) if person else BLANK
    about = join((html("{}", line) for line in _about(person)), "\n") if person else BLANK
    return html(
        '<tr><th scope="row">{}</th><td>{}</td><td class="lines">{}</td><td>{}</td><td>{}</td></tr>',
        capital(called),
        name,
        about,
        person.authority if person else "",
        does,
    )


def _about(person: Person) -> Iterator[str]:
    yield from filter(None, (person.title, person.address, person.email))


def blocks(agreement: Agreement, people: People, labels: Neutral) -> Markup:
    """A block to sign in for each person: name, title, authority; signature, place and date by hand."""
    return html('<div class="blocks">{}</div>', join(_block(one, labels) for one in signers(agreement, people)))


def _block(one: Signer, labels: Neutral) -> Markup:
    person = one.person
    known = (("Name", person.name), ("Title", person.title), ("Authority", person.authority)) if person else ()
    printed = [html("<div><dt>{}</dt><dd>{}</dd></div>", name, text) for name, text in known if text]
    missing = [name for name in ("Name", "Title", "Authority") if name not in {name for name, text in known if text}]
    by_hand = [
        html('<div class="hand"><dt>{}</dt><dd>{}</dd></div>', name, BLANK) for name in (*missing, "Place", "Date")
    ]
    signature = html('<div class="hand tall"><dt>Signature</dt><dd>{}</dd></div>', BLANK)
    body = join((*printed, *by_hand, signature))
    return html("<section><h3>{}</h3><dl>{}</dl></section>", capital(labels.role(one.party)), body)
