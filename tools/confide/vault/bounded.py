"""Decrypting what strangers sent: a few kilobytes can unpack to many gigabytes, so the output has a ceiling.

The library offers none, but it can write to a file. The file is one in memory without a name, and the kernel's limit
on the size of files (setrlimit(2), RLIMIT_FSIZE) stops it. The limit is the process's: nothing else may be writing
files meanwhile, which holds for commands and not for the portal.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable


def output(data: bytes, most: int, convert: Callable[[str, str], object]) -> bytes:
    """What `convert(input path, output path)` writes, given `data`. OSError or RuntimeError once it is over `most`."""
    source, target = os.memfd_create("in"), os.memfd_create("out")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with open(source, "wb", closefd=False) as file:
            file.write(data)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
        convert(f"/proc/self/fd/{source}", f"/proc/self/fd/{target}")
        with open(target, "rb", closefd=False) as file:
            return file.read()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        os.close(source)
        os.close(target)
