"""How many worlds the laws are tried on: few on every run, many with `pytest --hypothesis-profile=thorough`."""

from __future__ import annotations

import hypothesis

hypothesis.settings.register_profile("thorough", deadline=None, max_examples=4000, print_blob=True)
