"""How many examples the generated tests try: few on every run, `CONFIDE_EXAMPLES` times as many where that is set.

`make test` has to stay short; `make laws` sets it, and so may whoever changes what a law is about.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("CONFIDE_EXAMPLES", "1"))


def examples(few: int) -> settings:
    """Settings of one generated test. Its worlds are large and slow to draw by nature: that is no finding."""
    return settings(
        max_examples=few * TIMES,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
