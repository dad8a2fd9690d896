"""The nouns: frozen values without I/O, clock or third-party packages. Everything else speaks in them."""
