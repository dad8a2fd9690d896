"""One partnership for the coach: who is in it and what each sees, what is due, and its agreement as a picture."""

from __future__ import annotations

from markupsafe import Markup

from confide.model.partnership import Person
from confide.site.coach.pages_board import due_list
from confide.site.markup import NOTHING, Anchor, Page, html, join
from confide.site.pages_matrix import columns_of
from confide.site.picture_matrix import matrix_picture
from confide.site.reading import Reading
from confide.site.words import capital, day, listing
from confide.workflows.overview import COACH, Overview, Standing

UP = "../../"


def address_as(partnership: str, person: Person) -> str:
    """Where the site of one person stands, from a partnership's first page."""
    return f"{UP}as/{partnership}/{person.party}.{person.number}/"


def partnership(standing: Standing, seen: Overview, reading: Reading) -> Page:
    """The first page of the partnership."""
    sections = [
        (Anchor("people", "Who is in it, and what they see"), _people(standing, reading)),
        (Anchor("due", "What is due"), _due(standing, seen)),
        (Anchor("matrix", "Who may learn what"), _matrix(reading)),
    ]
    until = f"agreement {standing.version} until {day(standing.until)}" if standing.until else "no agreement in force"
    head = html(
        '<header class="tc-hero"><p class="tc-kicker">{}</p><h1 id="content">{}</h1><p class="tc-lead">{}</p></header>',
        standing.partnership,
        listing(standing.named("client")) or "A partnership",
        f"{capital(standing.state)}, {until}.",
    )
    body = join(
        html('<section class="tc-section"><h2 id="{}">{}</h2>{}</section>', anchor.id, anchor.title, content)
        for anchor, content in sections
    )
    anchors = tuple(anchor for anchor, _ in sections)
    return Page("index.md", "Partnership", html("{}{}", head, body), anchors, "material/account-group-outline")


def _people(standing: Standing, reading: Reading) -> Markup:
    lines = (
        html(
            "<li><span>{} <span class='tc-quiet'>{}</span></span> {}</li>",
            person.name,
            reading.labels.role(person.party),
            html('<a href="{}">see what they see</a>', address_as(standing.partnership, person))
            if person.party != COACH
            else NOTHING,
        )
        for person in standing.persons
    )
    return html('<ul class="tc-who">{}</ul>', join(lines))


def _due(standing: Standing, seen: Overview) -> Markup:
    return due_list((one for one in seen.due if one.partnership == standing.partnership), seen)


def _matrix(reading: Reading) -> Markup:
    shown = reading.current
    if shown is None:
        return html("<p>No agreement is proposed yet.</p>")
    matrix = reading.matrix(shown)
    path = f"agreement-{shown.agreement.version}/"
    return html(
        '{}<p><a href="{}">Clause by clause</a></p>',
        matrix_picture(matrix, columns_of(matrix, reading), reading, path),
        path,
    )
