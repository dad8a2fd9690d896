"""The coach's first page: what is due over all partnerships, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from confide.model.due import Due
from confide.site.markup import NOTHING, Anchor, Page, html, join
from confide.site.words import capital, count, day, listing, plain
from confide.workflows.overview import Overview, Standing

_DUE, _ALL = Anchor("due", "What is due"), Anchor("partnerships", "Partnerships")


def board(seen: Overview) -> Page:
    """Everything on one page."""
    open_now = [one for one in seen.due if one.command]
    lead = f"{capital(count(len(seen.standings), 'partnership', 'partnerships'))}. "
    lead += (
        f"{capital(count(len(open_now), 'thing is', 'things are'))} for you to do." if open_now else "Nothing is due."
    )
    names = {standing.partnership: listing(standing.named("client")) for standing in seen.standings}
    body = html(
        '<header class="tc-hero"><p class="tc-kicker">{}</p><h1 id="content">Your practice</h1>'
        '<p class="tc-lead">{}</p></header><section class="tc-section"><h2 id="{}">{}</h2>{}</section>'
        '<section class="tc-section"><h2 id="{}">{}</h2><div class="tc-tiles tc-tiles--two">{}</div></section>',
        day(seen.today),
        lead,
        _DUE.id,
        _DUE.title,
        due_list(seen.due, seen, names),
        _ALL.id,
        _ALL.title,
        join(map(_tile, seen.standings)),
    )
    return Page("index.md", "Practice", body, (_DUE, _ALL), "material/home-outline")


def due_list(due: Iterable[Due], seen: Overview, names: dict[str, str] | None = None) -> Markup:
    """By day: when, whom it is about, what, and the command that settles it or whom it waits for."""
    rows = join(_due(one, seen, names or {}) for one in due)
    if not rows:
        return html('<p class="tc-calm">Nothing is due.</p>')
    return html('<ul class="tc-ahead tc-due">{}</ul>', rows)


def _due(one: Due, seen: Overview, names: dict[str, str]) -> Markup:
    late = one.day is None or (one.late(seen.today) and bool(one.command))
    return html(
        '<li><span class="tc-day">{late}{day}</span> <span>{who}{what}</span> <span class="tc-quiet">{how}</span></li>',
        late=html('<span class="tc-mark tc-mark--refused">Late</span> ') if late else NOTHING,
        day=day(one.day) if one.day else "",
        who=html('<a href="p/{}/">{}</a>: ', one.partnership, names[one.partnership])
        if names.get(one.partnership)
        else NOTHING,
        what=one.what,
        how=html("<code>{}</code>", one.command) if one.command else f"waiting for {one.waiting_for}",
    )


def _tile(standing: Standing) -> Markup:
    until = f"Agreement {standing.version} until {day(standing.until)}." if standing.until else "No agreement in force."
    waits = f" Waiting for {listing(map(plain, standing.waits))}." if standing.waits else ""
    last = f" Last entry {day(standing.last)}." if standing.last else ""
    return html(
        '<a class="tc-tile" href="p/{}/"><span class="tc-tile__title">{} · {}</span>'
        '<span class="tc-tile__value">{}</span><span class="tc-tile__note">{}</span></a>',
        standing.partnership,
        standing.partnership,
        standing.state if standing.sound else "does not verify",
        listing(standing.named("client")) or "nobody named yet",
        f"{until}{waits}{last}",
    )
