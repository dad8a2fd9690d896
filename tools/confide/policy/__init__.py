"""The decisions: pure functions of the record, a request and a moment. No I/O, no clock, nothing to configure.

Invariants: silence is a no; a withhold that matches wins; what cannot be evaluated is denied; every answer carries
all of its reasons.
"""
