"""The whole line, played once with real keys, commits and browsers; the claims about it stand in three files.

They are collected here, in one file, so that workers who share out tests by file (`--dist loadfile`) play it once.
"""

from __future__ import annotations

import pytest

from tests.e2e.coach_side import *  # noqa: F403 - every claim in it is collected here
from tests.e2e.left_behind import *  # noqa: F403 - the same
from tests.e2e.readers_side import *  # noqa: F403 - the same

pytestmark = [pytest.mark.gpg, pytest.mark.browser]
