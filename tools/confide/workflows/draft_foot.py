"""The last part of a draft: the summary, feedback, channels, exceptions, data and how long records are kept."""

from __future__ import annotations

from confide.model.words import CHANNELS, NINE_TYPES
from confide.records.scalars import write
from confide.workflows.draft_rows import PURPOSES, flow
from confide.workflows.draft_shared import GOALS, preferred, private_goals
from confide.workflows.draft_sides import Sides

_BODY = {
    "nothing": "nothing",
    "hours": "hours of coaching, for the credential alone; never a name, and nothing published",
    "name-and-hours": "name and hours of coaching, for the credential alone; nothing published",
}


def foot(s: Sides) -> str:
    """Everything below the clauses."""
    a = s.answers
    to = flow(s.representatives)
    consult = f", consult: {s.adviser}" if s.adviser else ""
    covers = flow(("organisation", "client") if a.threat_covers_client else ("organisation",))
    circles = ", ".join(f"{name}: {size}" for name, size in a.circles)
    return f"""\
{_summary(s)}\
# S-16 to S-20: fixed before any of it is collected
feedback: {{unsolicited: {a.unsolicited}, circles: {{{circles}}}, too-small: someone you work with}}
# S-26: nothing electronic unless its access is controlled
channels: {_channels(a.channels)}
requests: {{visible-to: {flow(s.clients)}}}
exceptions:                       # S-10; there are no others
  compelled: {{by: [court, regulator], extent: what the order names, client: told first unless forbidden}}
  threat: {{covers: {covers}, to: {to}{consult}}}
  illegal: {{to: {to}{consult}}}
  unethical: {{means: {write(a.unethical)}, to: {to}{consult}}}
  input-waived-when: {write(a.input_waived)}      # S-13
  credentialing-body: {_BODY[a.credentialing] if "," not in _BODY[a.credentialing] else write(_BODY[a.credentialing])}
data: {{controllers: {flow(a.controllers or s.coaches)}, held-in: {a.calendar}, access-request: 1 month, \
incident-notice: {a.incident_notice}}}
retention: {{notes: {a.keep_notes}, agreement-and-log: {a.keep_log}, legal-hold: kept}}
"""


def _channels(controlled: tuple[str, ...]) -> str:
    """Each channel as controlled or not; e-mail that is not may still arrive."""
    rest = {"e-mail": "receive-only"}
    words = (f"{one}: {'controlled' if one in controlled else rest.get(one, 'not-used')}" for one in CHANNELS)
    return "{" + ", ".join(words) + "}"


def _summary(s: Sides) -> str:
    """S-12 to S-14: on or off; what it holds and what it never holds, when it is due, and that she reads it first."""
    a = s.answers
    if not (a.summary and s.payers):
        return ""
    includes = GOALS if a.goals != "none" else "engagement"
    private = private_goals(s) if a.goals != "none" else ("partnership-goals",)
    excludes = (*private, *(what for what in NINE_TYPES if what != "partnership-goals"))
    due = ", ".join(map(str, a.summary_due or (a.until,)))
    return f"""\
summary:                          # S-12 to S-14: she reads it first; nothing outside these headings
  to: {flow(s.payers)}
  by: {flow(s.coaches)}
  form: summary
  channel: {flow(preferred(a.channels)[:1])}
  due: [{due}]
  headings: [current-ability, potential-ability, continue-coaching]
  includes: [{includes}]
  excludes: {flow(excludes)}
  when: [client-first]
  if-silent: {a.if_silent}
  client-statement: attached unedited
  not-for: {flow(PURPOSES)}
"""
