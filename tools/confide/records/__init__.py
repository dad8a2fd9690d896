"""Text on disk ⇄ model: YAML, notes, events, the tree. Nothing here decides, and what cannot be read is refused."""
