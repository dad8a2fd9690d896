"""How git is called: without what could run other programs, rewrite what is read, or take locks while reading."""

from __future__ import annotations

import os
import re

ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_PAGER": "cat",
}
OPTIONS = (
    *("--no-pager", "--literal-pathspecs"),
    *("-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.fsync=all", "-c", "color.ui=false", "-c", "core.commitGraph=false"),
)
CHUNK = 250
# What verification reads of a commit; sealed scans may be large and are few.
READ_AHEAD = re.compile(r"records/(?!.*document\.gpg\Z)")
DIFF_FORMAT = ("--raw", "-z", "-r", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv")

QUESTIONS = (
    *("--is-bare-repository", "--show-object-format", "--absolute-git-dir", "--git-common-dir", "--show-toplevel"),
)
