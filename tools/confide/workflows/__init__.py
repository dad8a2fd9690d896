"""What a coach does: one file a verb, each of them check → decide → record, or nothing at all."""
