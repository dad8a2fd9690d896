"""Two chapters of the story: a colleague is heard under terms told first, and the payer reads what she read before."""

from __future__ import annotations

from confide.model.words import Attribution
from confide.workflows import duties, feedback_terms, relay, summary_out
from confide.workflows import feedback as taken
from confide.workflows import summary as conclusions

from .stage import Stage

SAID = """\
She decides fast, and mostly well. What I miss is the why: she says no, nobody dares to ask again,
and we find out weeks later that she had a good reason.
"""
SHORT = "Quick, good decisions are valued. A reason given with each no would save guessing."
CONCLUSIONS = """\
## Current ability {what=current-ability form=summary}
Leads three teams through people who plan for themselves, and no longer by doing it for them.

## Potential ability {what=potential-ability form=summary}
A wider remit is within reach once the third team runs as the other two do.

## Whether to continue {what=continue-coaching form=summary}
Continuing to the agreed end is worthwhile.
"""
HERS = "I would put the third team first, and so would they."


def feedback(stage: Stage, partnership: str) -> None:
    """A peer is told the terms, speaks, and the client hears it in summary, from nobody in particular but a peer."""
    practice = stage.practice
    stage.day(95)
    offered = feedback_terms.offer(practice, partnership, "peers")
    feedback_terms.accepted(practice, partnership, offered, practice.now.date(), "phone")
    stage.day(95, "16:00")
    duties.acknowledge(practice, partnership, "client")
    day = stage.day(96)
    arrived = taken.Arrival(*(SAID, day, "phone", True, "peers", Attribution.CATEGORY), summary=SHORT, threat="no")
    taken.add(practice, partnership, arrived)
    stage.day(97)
    relay.relay(practice, partnership)


def summary(stage: Stage, partnership: str) -> None:
    """Drafted, shown to her, answered with a sentence of her own, and only then released to the payer."""
    practice = stage.practice
    stage.day(108, "17:00")
    conclusions.draft(practice, partnership, CONCLUSIONS)
    stage.day(109)
    conclusions.share(practice, partnership)
    stage.day(110)
    summary_out.answer(practice, partnership, "given", "It is fair.", HERS)
    stage.day(111)
    summary_out.release(practice, partnership)
