"""What `confide check` asks of every partnership: one file a rule, named by its slug.

A rule is a function `check(record, now)` that yields every violation it finds. One that raises counts as violated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.rules import (
    adviser_or_reason,
    answers_every_type,
    careers_answered,
    client_signs,
    controlled_channels,
    destroyed_as_announced,
    facets_said,
    feedback_agreed,
    flags_waived,
    grounds_before,
    groups_fixed,
    instruments_registered,
    known_parties,
    never_testimonials,
    no_gap_between_versions,
    only_allowed,
    onward_as_agreed,
    open_points_settled,
    permissions_signed,
    public_before,
    retention_given,
    signatures_accepted,
    signed_before_coaching,
    summary_consistent,
    talks_never_verbatim,
    withdrawn_stays,
)

Rule = Callable[[Record, datetime], Iterator[Problem]]

RULES: dict[str, Rule] = {
    "adviser-or-reason": adviser_or_reason.check,
    "answers-every-type": answers_every_type.check,
    "careers-answered": careers_answered.check,
    "client-signs": client_signs.check,
    "controlled-channels": controlled_channels.check,
    "destroyed-as-announced": destroyed_as_announced.check,
    "facets-said": facets_said.check,
    "feedback-agreed": feedback_agreed.check,
    "flags-waived": flags_waived.check,
    "grounds-before": grounds_before.check,
    "groups-fixed": groups_fixed.check,
    "instruments-registered": instruments_registered.check,
    "known-parties": known_parties.check,
    "never-testimonials": never_testimonials.check,
    "no-gap-between-versions": no_gap_between_versions.check,
    "only-allowed": only_allowed.check,
    "onward-as-agreed": onward_as_agreed.check,
    "open-points-settled": open_points_settled.check,
    "permissions-signed": permissions_signed.check,
    "public-before": public_before.check,
    "retention-given": retention_given.check,
    "signatures-accepted": signatures_accepted.check,
    "signed-before-coaching": signed_before_coaching.check,
    "summary-consistent": summary_consistent.check,
    "talks-never-verbatim": talks_never_verbatim.check,
    "withdrawn-stays": withdrawn_stays.check,
}
