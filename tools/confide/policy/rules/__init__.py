"""What `confide check` asks of every partnership: one file a rule, named by its slug.

A rule is a function `check(record, now)` that yields every violation it finds. One that raises counts as violated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.rules import (
    answers_every_type,
    client_signs,
    controlled_channels,
    known_parties,
    only_allowed,
    signed_before_coaching,
)

Rule = Callable[[Record, datetime], Iterator[Problem]]

RULES: dict[str, Rule] = {
    "answers-every-type": answers_every_type.check,
    "client-signs": client_signs.check,
    "controlled-channels": controlled_channels.check,
    "known-parties": known_parties.check,
    "only-allowed": only_allowed.check,
    "signed-before-coaching": signed_before_coaching.check,
}
