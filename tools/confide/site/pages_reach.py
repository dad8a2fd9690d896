"""For the client: who could ever learn what, drawn and in words, by the agreement alone (POLICY, analysis 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from confide.model.agreement import Agreement
from confide.model.words import Form
from confide.policy.analysis.closure import PERMISSION, Known, Step
from confide.policy.analysis.exceptions import exemptions
from confide.site.markup import NOTHING, Anchor, Page, html, items, join
from confide.site.pages_clauses import GROUNDS
from confide.site.picture_reach import reach_picture
from confide.site.reach import Topic, topics
from confide.site.reading import Reading, clause_link
from confide.site.words import capital, form_phrase, listing, type_title

PATH = "reach.md"
TITLE = "Who could ever learn what"


def reach(reading: Reading) -> Iterator[Page]:
    """The page, once there is an agreement to work it out from. Not in the navigation: other pages lead here."""
    shown = reading.current
    if shown is None:
        return
    agreement = shown.agreement
    known = topics(agreement)
    spread = [topic for topic in known if topic.known or topic.permitted]
    kept = [what for topic in known if topic not in spread for what in topic.kinds]
    sections = [
        (Anchor(f"topic-{number}", listing(map(type_title, topic.kinds))), _topic(number, topic, agreement, reading))
        for number, topic in enumerate(spread, 1)
    ]
    if kept:
        sections.append(
            (Anchor("kept", "What reaches nobody else"), html("<p>{}.</p>", listing(map(type_title, kept))))
        )
    sections.append((Anchor("exceptions", "If an exception applies"), _exceptions(agreement, reading)))
    body = join(
        html('<section class="tc-section"><h2 id="{}">{}</h2>{}</section>', anchor.id, anchor.title, content)
        for anchor, content in sections
    )
    lead = html(
        '<h1 id="content">{}</h1><p class="tc-lead">Everybody to whom something could travel under your agreement, '
        "step by step, and how much of it at most. It says what could happen, not what did: that stands in the "
        '<a href="../history/">history</a>.</p>',
        TITLE,
    )
    yield Page(PATH, TITLE, html("{}{}", lead, body), tuple(anchor for anchor, _ in sections), listed=False)


def _topic(number: int, topic: Topic, agreement: Agreement, reading: Reading) -> Markup:
    lines = list(_lines(topic.known, agreement, reading))
    asked = list(_lines(topic.permitted, agreement, reading))
    none = html("<p>The agreement lets nobody else learn it.</p>") if not lines else NOTHING
    more = html("<p>If it is permitted in writing first, also:</p>{}", items(asked)) if asked else NOTHING
    words = html("<div><p>{}</p>{}{}{}</div>", _origins(topic, reading), items(lines), none, more)
    picture = reach_picture(number, topic, listing(map(type_title, topic.kinds)), reading)
    return html('<div class="tc-reach">{}{}</div>', picture, words)


def _origins(topic: Topic, reading: Reading) -> str:
    """`You know it, and so does your coach.`"""
    others = [party for party in topic.origins if party != reading.view.party]
    who = reading.labels.who(others)
    if reading.view.party in topic.origins:
        return f"You know it, and so {'do' if len(others) > 1 else 'does'} {who}."
    return f"To begin with {who} {'know' if len(others) > 1 else 'knows'} it."


def _lines(known: tuple[Known, ...], agreement: Agreement, reading: Reading) -> Iterator[Markup]:
    """`Your manager and your sponsor, in summary: from you (clause 2).` Those who learn it alike share a line."""
    alike: dict[tuple[Form, tuple[Step, ...]], list[str]] = {}
    for one in known:
        steps = tuple(replace(step, recipient="") if step is one.path[-1] else step for step in one.path)
        alike.setdefault((one.form, steps), []).append(one.party)
    for (form, path), parties in alike.items():
        way = join((_step(step, agreement, reading) for step in path), ", then ")
        yield html("<strong>{}</strong>, {}: {}.", capital(reading.labels.who(parties)), form_phrase(form), way)


def _step(step: Step, agreement: Agreement, reading: Reading) -> Markup:
    number = agreement.clause_number(step.by)
    clause = clause_link("../", agreement.version, number) if number else html("the agreed summary")
    stays = "until then withheld by " if step.kind == PERMISSION else ""
    return html("from {} ({}{})", reading.labels.role(step.sender), stays, clause)


def _exceptions(agreement: Agreement, reading: Reading) -> Markup:
    """An exception may reach anybody it names, whatever the subject: said once, not in every picture."""
    lines = [
        html(
            "<strong>{}</strong>: {}{}.",
            GROUNDS.get(one.ground, capital(one.ground)),
            reading.labels.who(one.recipients, "or"),
            ", whatever the order names" if one.whole else ", only the sentences that are needed",
        )
        for one in exemptions(agreement)
        if one.recipients
    ]
    said = items(lines) or html("<p>Your agreement names nobody who could be told under an exception.</p>")
    return html('{}<p><a href="../how/exceptions/">What has to happen before that</a>.</p>', said)
