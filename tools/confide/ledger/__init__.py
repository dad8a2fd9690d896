"""Git: signed commits that carry events, and what proves afterwards that none was changed, moved or dropped."""
