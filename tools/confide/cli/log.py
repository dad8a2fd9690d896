"""`confide log`: the accounting of disclosures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from confide.cli import options, out, register
from confide.cli.session import session

if TYPE_CHECKING:
    from confide.workflows.accounting import Line


@click.command()
@click.option("--to", "party", metavar="PARTY", help="Only what this party may know of.")
@click.option("--about", "what", metavar="TYPE", help="Only one type of information.")
@click.option("--all", "everything", is_flag=True, help="Every event, not only disclosures, refusals and withdrawals.")
@click.option("--from", "since", metavar="DAY", callback=options.day, help="The first day that counts: 2026-01-31.")
@click.option("--until", metavar="DAY", callback=options.day, help="The last day that counts.")
@click.option("--names", is_flag=True, help="With your keys: name the recipients, with their address if known.")
@click.option("--csv", "as_csv", is_flag=True, help="Every field as comma-separated values.")
@click.option("--html", "as_html", is_flag=True, help="Every field as a page to print.")
@options.in_partnership
@options.json_output
@click.pass_context
def log(
    ctx: click.Context,
    party: str | None,
    what: str | None,
    everything: bool,
    since: date | None,
    until: date | None,
    names: bool,
    as_csv: bool,
    as_html: bool,
    within: str | None,
    as_json: bool,
) -> int:
    """Show who was told what, when, and under which clause."""
    from confide.workflows import account_fields, people
    from confide.workflows.accounting import register as lines_of

    found = session(ctx)
    partnership = found.partnership(within)
    practice = found.practice
    lines = lines_of(practice, partnership, party=party, what=what, everything=everything, since=since, until=until)
    if as_csv or as_html or as_json or names:
        known = people.load(practice, partnership) if names else None
        full = account_fields.account(practice, partnership, lines, known, party)
        if as_json:
            out.as_json([{**_plain(line), **_full(row)} for line, row in zip(lines, full, strict=True)])
        elif as_html:
            out.raw(register.printed(partnership, full, _asked(party, what, since, until), out.day(found.now)))
        else:
            out.raw(register.values(full))
        return found.faults(partnership)
    out.heading("Accounting of disclosures" if not everything else "Every event", partnership)
    if not lines:
        asked = " that you ask for" if party or what else ""
        out.say(f"Nothing{asked} has been disclosed, refused or withdrawn." if not everything else "No events yet.")
        return found.faults(partnership)
    rows = []
    year = 0
    for line in lines:
        event = line.event
        if event.at.year != year:
            year = event.at.year
            rows.append((str(year), *[""] * 6))
        about = ", ".join(event.what) or event.target or event.scope
        about = about or (f"agreement {event.agreement}" if event.agreement else "")
        after = f"; withdrawn {line.withdrawn:%d %b}" if line.withdrawn else ""
        clauses = ", ".join(f"{n}" for n in line.clauses if n)
        # What a party told others themselves names nobody whom it was not told to, in a log for them.
        to = ", ".join(event.to) if event.to and event.kind != "signed" else f"by {event.by}"
        form = event.form.word if event.form else ""
        rows.append((f"{event.at:%d\N{NO-BREAK SPACE}%b}", event.kind, about + after, to, form, clauses, event.id))
    out.table(("", "", "what", "to", "form", "cl.", "event"), rows)
    return found.faults(partnership)


def _plain(line: Line) -> dict[str, Any]:
    event = line.event
    return {
        "event": event.id,
        "kind": event.kind,
        "at": event.at.isoformat(),
        "by": event.by,
        "to": list(event.to),
        "what": list(event.what),
        "form": event.form.word if event.form else None,
        "channel": event.channel or None,
        "agreement": event.agreement or None,
        "terms": list(event.terms),
        "target": event.target or None,
        "withdrawn": line.withdrawn.isoformat() if line.withdrawn else None,
    }


def _full(row: Mapping[str, str]) -> dict[str, str | None]:
    """The fields that `_plain` does not have, as they stand in every other form."""
    more = ("recipient", "address", "texts", "purpose", "attribution", "keys", "commit", "because", "subject_told",
            "corrects")  # fmt: skip
    return {name: row[name] or None for name in more}


def _asked(party: str | None, what: str | None, since: date | None, until: date | None) -> str:
    parts = [f"what {party} may know of" if party else "for everybody", f"about {what}" if what else ""]
    parts += [f"from {out.day(since)}" if since else "", f"until {out.day(until)}" if until else ""]
    return ", ".join(filter(None, parts))
