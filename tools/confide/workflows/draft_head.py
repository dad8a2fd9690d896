"""The first part of a draft: who agrees, for how long, under which law, and what the words mean."""

from __future__ import annotations

from confide.records.scalars import write
from confide.workflows.draft_rows import flow
from confide.workflows.draft_sides import Sides

# From records/p-…/agreements/ to the root of a practice, where `confide init` puts the schemas.
MODELINE = "# yaml-language-server: $schema=../../../schemas/agreement.json\n"


def head(s: Sides) -> str:
    """Everything above the clauses."""
    a = s.answers
    electronic = "agreed" if set(a.accepted) - {"paper"} else "not-agreed"
    survives = ("withheld", "onward", "retention", *(("final-summary",) if a.summary and s.payers else ()))
    return f"""\
{MODELINE}\
# The agreement of one partnership. Signed as it stands: every byte counts.
agreement: 1
partnership: {a.partnership}
people: {a.people}
signatories: {flow(s.signatories)}                # S-14, S-27: everybody signs before coaching begins
signing: {{accepted: {flow(a.accepted)}, electronic-signing: {electronic}}}
effective: {a.effective}
until: {a.until}
time-zone: {a.time_zone}
ending: {{by: {flow(s.signatories)}, notice: {a.notice}, survives: {flow(survives)}}}
law: {write(a.law)}
{_instruments(s)}\
adviser: {_adviser(s)}      # S-38: whom to ask about confidentiality
settings: {{calendar: {a.calendar}, promptly: {a.promptly}, input-window: {a.input_window}, \
smallest-group: {a.smallest_group}}}
definitions:
  confidential: whatever could harm the standing of the person or organisation it came from, were it known  # S-01
  topic: that a subject came up, and nothing about it
  aggregate: taken over at least the smallest group
  summary: conclusions only, without quotation, incident or third person
consent: {{about-client: {flow(s.quorum)}, about-organisation: {flow(s.owners)}, feedback: [source]}}
otherwise: withhold               # S-03: silence never permits
terms:
"""


def _instruments(s: Sides) -> str:
    """S-07: other binding documents stand as they are; of two rules the stricter counts."""
    if not s.answers.instruments:
        return ""
    rows = (f"{{id: {name}, prevails: where stricter}}" for name in s.answers.instruments)
    return f"instruments: [{', '.join(rows)}]      # S-07\n"


def _adviser(s: Sides) -> str:
    if s.adviser:
        return f"{{party: {s.adviser}, open-to: signatories}}"
    return f"{{none-because: {write(s.answers.adviser_none)}}}"
