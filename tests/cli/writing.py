"""Verbs that write, for refusals that concern every one of them."""

from __future__ import annotations

from tests.cli.house import House

NOTE = b"## A {what=discussions}\nUmbrella talk.\n"


# Verbs that write, each in another way: a note, an event, a file that is no event.
WRITING: tuple[tuple[str, ...], ...] = (
    ("note", "2026-01-05", "--file", "-"),
    ("disclose", "{day}#s3", "--to", "client"),
    ("agree", "draft", "--yes"),
)


def refuses_all(house: House, *, code: int, what: str, why: str, hint: str, where: str = "") -> None:
    for verb in WRITING:
        filled = (part.format(day=house.session) for part in verb)
        house.refuses(
            *(*filled, "--in", house.partnership), stdin=NOTE, code=code, what=what, why=why, hint=hint, where=where
        )
