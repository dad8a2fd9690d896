"""`confide log`: the accounting of disclosures."""

from __future__ import annotations

import click

from confide.cli import options, out
from confide.cli.session import session


@click.command()
@click.option("--to", "party", metavar="PARTY", help="Only what this party may know of.")
@click.option("--about", "what", metavar="TYPE", help="Only one type of information.")
@click.option("--all", "everything", is_flag=True, help="Every event, not only disclosures, refusals and withdrawals.")
@options.in_partnership
@options.json_output
@click.pass_context
def log(
    ctx: click.Context, party: str | None, what: str | None, everything: bool, within: str | None, as_json: bool
) -> int:
    """Show who was told what, when, and under which clause."""
    from confide.workflows.accounting import register

    found = session(ctx)
    partnership = found.partnership(within)
    lines = register(found.practice, partnership, party=party, what=what, everything=everything)
    if as_json:
        out.as_json(
            [
                {
                    "event": line.event.id,
                    "kind": line.event.kind,
                    "at": line.event.at.isoformat(),
                    "by": line.event.by,
                    "to": list(line.event.to),
                    "what": list(line.event.what),
                    "form": line.event.form.word if line.event.form else None,
                    "channel": line.event.channel or None,
                    "agreement": line.event.agreement or None,
                    "terms": list(line.event.terms),
                    "target": line.event.target or None,
                    "withdrawn": line.withdrawn.isoformat() if line.withdrawn else None,
                }
                for line in lines
            ]
        )
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
        to = ", ".join(event.to) if event.kind != "signed" else f"by {event.by}"
        form = event.form.word if event.form else ""
        rows.append((f"{event.at:%d\N{NO-BREAK SPACE}%b}", event.kind, about + after, to, form, clauses, event.id))
    out.table(("", "", "what", "to", "form", "cl.", "event"), rows)
    return found.faults(partnership)
