"""The payer's summary (S-12, S-13): when to show it to the client, until when she may answer, when it is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from confide.model.due import Due
from confide.policy.clocks.desk import Desk
from confide.policy.summary_clock import ANSWER, SHARE, owed
from confide.policy.voices import CLIENT

SLUG = "summaries"
# Long enough to write it, and to talk about it before she reads it.
AHEAD = timedelta(days=28)


def clock(desk: Desk) -> Iterator[Due]:
    """One line for each summary that is still owed; while she may answer it waits for her."""
    for one in owed(desk.record, desk.now, desk.working):
        whose = "" if one.client == CLIENT else f" --client {one.client}"
        if one.step == SHARE and one.by - desk.today > AHEAD:
            continue
        if one.step == SHARE:
            yield desk.due(SLUG, one.by, f"show the summary, last day for {one.due:%d %b}", f"confide summary{whose}")
        elif one.step == ANSWER and not one.late:
            yield desk.due(SLUG, one.by, "her time to answer the summary ends", "", f"the {one.client}")
        elif one.step == ANSWER:
            yield desk.due(SLUG, one.due, "she has not answered the summary", f"confide summary input{whose}")
        else:
            yield desk.due(SLUG, one.by, "the summary to the payer", f"confide summary release{whose}")
