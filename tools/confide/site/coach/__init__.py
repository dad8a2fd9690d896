"""The coach's own site: all partnerships, what is due, and what each party sees. In memory, on this machine alone."""
