"""The demo, looked at by somebody who trusts nothing; the claims about it stand in seven files.

They are collected here, in one file, so that workers who share out tests by file (`--dist loadfile`) make it once.
"""

from __future__ import annotations

import pytest

from tests.demo.docs_claims import *  # noqa: F403 - every claim in it is collected here
from tests.demo.export_claims import *  # noqa: F403 - the same
from tests.demo.open_claims import *  # noqa: F403 - the same
from tests.demo.plain_gpg_claims import *  # noqa: F403 - the same
from tests.demo.receipt_claims import *  # noqa: F403 - the same
from tests.demo.site_claims import *  # noqa: F403 - the same
from tests.demo.story_claims import *  # noqa: F403 - the same

pytestmark = pytest.mark.gpg
