"""What is read from a file or standard input, because it must not stand on the command line."""

from __future__ import annotations

import io
from typing import BinaryIO, TextIO

import click


def text(ctx: click.Context, parameter: click.Parameter, source: BinaryIO | None) -> TextIO | None:
    """Callback of an option that takes a file: the whole text, read at once. Text that is not UTF-8 is refused."""
    if source is None:
        return None
    try:
        return io.StringIO(source.read().decode("utf-8"))
    except UnicodeDecodeError:
        raise click.BadParameter("the text is not UTF-8: save it as UTF-8 and try again", ctx, parameter) from None
