"""One clause of a draft, and how it is written: a facet a line, and behind the id the sentence it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from confide.records.scalars import write

_COMMENT = 31
PURPOSES = ("pay", "promotion", "dismissal")


@dataclass(frozen=True)
class Row:
    """One term. `why` is the comment beside its id; a facet left empty is left out, but for `onward` of a share."""

    id: str
    why: str
    effect: str
    what: tuple[str, ...]
    recipients: tuple[str, ...]
    senders: tuple[str, ...] = ()
    when: str = ""
    form: str = ""
    attribution: str = ""
    circumstances: str = ""
    channel: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    onward: bool = False
    unless: str = ""

    def __str__(self) -> str:
        facets = (
            ("effect", self.effect),
            ("what", flow(self.what)),
            ("with", flow(self.recipients)),
            ("by", flow(self.senders) if self.senders else ""),
            ("when", f"[{self.when}]" if self.when else ""),
            ("form", self.form),
            ("attribution", self.attribution),
            ("circumstances", self.circumstances),
            ("channel", flow(self.channel) if self.channel else ""),
            ("not-for", flow(self.not_for) if self.not_for else ""),
            ("onward", "[]" if self.onward else ""),
            ("unless", self.unless),
        )
        lines = "".join(f"    {key}: {value}\n" for key, value in facets if value)
        return f"{f'  - id: {self.id}':<{_COMMENT}} # {self.why}\n{lines}"


def share(name: str, why: str, what: Iterable[str], to: tuple[str, ...], by: tuple[str, ...], form: str) -> Row:
    """A share without conditions, at any time; `replace` says the rest."""
    return Row(name, why, "share", tuple(what), to, by, "always", form, circumstances="always")


def withhold(name: str, why: str, what: Iterable[str], to: tuple[str, ...], unless: str = "") -> Row:
    """A withhold from these people by anybody; whose written permission lifts it, if anybody's."""
    return Row(name, why, "withhold", tuple(what), to, unless=unless)


def flow(words: Iterable[str]) -> str:
    """A list on one line, each word so that every YAML reader takes it for the same."""
    return "[" + ", ".join(map(write, words)) + "]"
