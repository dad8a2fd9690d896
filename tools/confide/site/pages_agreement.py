"""One version of the agreement: its state, who signed, the table of who may learn what, clause by clause, the rest."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from confide.model.agreement import Term
from confide.model.view import AgreementView
from confide.site.changes import changes
from confide.site.markup import NOTHING, Anchor, Page, facts, folded, html, items, join
from confide.site.pages_clauses import rest_of
from confide.site.pages_matrix import table
from confide.site.reading import Reading
from confide.site.sentences import conditions, lead
from confide.site.signing import ask_id, path_of
from confide.site.words import capital, count, listing, number, strength_phrase

_ICON = "material/file-sign"


def agreement_page(shown: AgreementView, reading: Reading, title: str, listed: bool) -> Page:
    """The page of one version. `title` is what the navigation calls it."""
    agreement = shown.agreement
    sections = [
        ("changes", "What this version changes", changes(shown, reading)),
        ("signatures", "Signatures", _signatures(shown, reading)),
        ("matrix", "Who may learn what", table(shown, reading)),
        ("clauses", "Clause by clause", _clauses(shown, reading)),
        *rest_of(agreement, reading),
        ("proof", "For checking", _proof(shown)),
    ]
    if len(reading.agreements) > 1:
        sections.append(("versions", "Other versions", _other_versions(shown, reading)))
    if shown.statement:
        sections.append(("sign", "Your signature", _sign(shown)))
    sections = [section for section in sections if section[2]]
    body = join(
        html('<section class="tc-section"><h2 id="{}">{}</h2>{}</section>', name, heading, content)
        for name, heading, content in sections
    )
    anchors = tuple(Anchor(name, heading) for name, heading, _ in sections)
    head = html('<h1 id="content">{}</h1>{}', f"Agreement {agreement.version}", _state(shown, reading))
    return Page(path_of(agreement.version), title, html("{}{}", head, body), anchors, _ICON, listed)


def _state(shown: AgreementView, reading: Reading) -> Markup:
    agreement = shown.agreement
    start = reading.in_force_from(agreement.version)
    signed = len(agreement.signatories) - len(shown.missing)
    if start is None:
        sentence = html(
            "<strong>Not in force yet.</strong> {} of {} {} signed. Nothing is shared under this agreement until "
            "everybody has.",
            capital(number(signed)),
            number(len(agreement.signatories)),
            "has" if signed == 1 else "have",
        )
        call = html(' <a href="#sign">Go to your signature</a>') if shown.statement else NOTHING
        return html('<div class="tc-state tc-state--open"><p>{}{}</p></div>', sentence, call)
    later = {v: at for v, at in reading.view.in_force_from if v > agreement.version}
    if later:
        period = f"In force from {reading.day(start)} until agreement {min(later)} replaced it on "
        period += f"{reading.day(later[min(later)])}."
    else:
        period = f"In force from {reading.day(start)} to {reading.day(agreement.until)}."
    ended = html(" The coaching ended on {}.", reading.day(reading.view.ended)) if reading.view.ended else NOTHING
    return html(
        '<div class="tc-state"><p><strong>Signed by all {}.</strong> {}{}</p></div>',
        number(len(agreement.signatories)),
        period,
        ended,
    )


def _signatures(shown: AgreementView, reading: Reading) -> Markup:
    return html('<ul class="tc-signatures">{}</ul>', join(_signers(shown, reading)))


def _signers(shown: AgreementView, reading: Reading) -> Iterator[Markup]:
    for party in shown.agreement.signatories:
        who = capital(reading.labels.full(party))
        signed = [s for s in shown.signatures if s.party == party]
        for one in signed:
            how = strength_phrase(one.strength, own=party == reading.view.party)
            yield html('<li><span>{}</span> <span class="tc-quiet">{}, {}</span></li>', who, reading.day(one.at), how)
        if not signed:
            word = "have not signed yet" if party == reading.view.party else "has not signed yet"
            yield html('<li class="tc-unsigned"><span>{}</span> <span class="tc-quiet">{}</span></li>', who, word)


def _clauses(shown: AgreementView, reading: Reading) -> Markup:
    lines = (_clause(n, term, shown, reading) for n, term in enumerate(shown.agreement.terms, 1))
    return html(
        '<ol class="tc-clauses">{}</ol><p class="tc-otherwise">Whatever no clause allows is not shared.</p>',
        join(lines),
    )


def _clause(position: int, term: Term, shown: AgreementView, reading: Reading) -> Markup:
    kind = "share" if term.shares else "withhold"
    more = items(html("{}", sentence) for sentence in conditions(term, shown.agreement, reading.labels))
    return html(
        '<li class="tc-clause tc-clause--{kind}" id="clause-{number}"><span class="tc-number">{number}</span>'
        '<div><p><span class="tc-mark tc-mark--{kind}">{word}</span> {lead}</p>{more}</div></li>',
        kind=kind,
        number=position,
        word="May be shared" if term.shares else "Stays private",
        lead=lead(term, reading.labels),
        more=more,
    )


def _proof(shown: AgreementView) -> Markup:
    agreement = shown.agreement
    entries = listing(f"{s.party} {s.number}: {s.event} ({s.strength})" for s in shown.signatures)
    exact = facts(
        (
            ("Fingerprint of the agreement", html("<code>{}</code>", agreement.digest)),
            ("Fingerprint of the list of people", html("<code>{}</code>", agreement.people)),
            ("Proposal", html("<code>{}</code>", shown.event)),
            ("Signatures", entries),
        )
    )
    source = html("<pre><code>{}</code></pre>", shown.source) if shown.source else NOTHING
    return html(
        "<p>This page is made from the signed text. That text, and what fixes it for good, is folded below. "
        '<a href="../receipts/">How to check it</a>.</p>{}{}',
        folded("Fingerprints", exact),
        folded("The signed text, as it was signed", source, "tc-fold tc-source") if source else NOTHING,
    )


def _sign(shown: AgreementView) -> Markup:
    return html(
        '<div class="tc-ask"><p>Signing says that you agree to every clause on this page. You can print it first, ask '
        "whoever you trust, and take your time.</p>"
        '<p><a class="tc-button" href="../_/sign/{}">Sign this agreement</a></p></div>',
        ask_id(shown.agreement.version),
    )


def missing_phrase(shown: AgreementView, reading: Reading) -> str:
    """`Still missing: your signature and your manager's.` as plain words."""
    return f"Still to sign: {reading.labels.who(shown.missing)}."


def versions(reading: Reading) -> Iterator[Page]:
    """A page for every version: the one that counts, then what is proposed, then what came before."""
    current = reading.current
    for shown in sorted(reading.agreements, key=lambda shown: (shown is not current, shown.complete)):
        if shown is current:
            title, listed = "Your agreement", True
        elif not shown.complete:
            title, listed = "Proposed change", True
        else:
            title, listed = f"Agreement {shown.agreement.version}", False
        yield agreement_page(shown, reading, title, listed)


def _other_versions(shown: AgreementView, reading: Reading) -> Markup:
    """Links to all versions but this one, newest first."""
    links = (
        html(
            '<a href="../agreement-{0}/">Agreement {0}</a>, {1}',
            other.agreement.version,
            "signed by all"
            if other.complete
            else f"proposed, {count(len(other.missing), 'signature is', 'signatures are')} missing",
        )
        for other in reading.agreements
        if other is not shown
    )
    return items(links)
