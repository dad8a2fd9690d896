"""An instrument: another binding document (a contract, an NDA) that restricts what an agreement allows (S-07)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from confide.model.agreement import Term
from confide.model.problem import Place

INSTRUMENT_KINDS = ("contract", "nda", "works-agreement", "policy", "order")


@dataclass(frozen=True)
class Instrument:
    """One registered document. `restricts` holds withhold terms only: an instrument never permits anything.

    digest: of its own file, as the `instrument` event names it. document: of the sealed document, which is required.
    It restricts from the day it is registered, through `until` (None: for ever).
    """

    id: str
    partnership: str
    kind: str
    parties: tuple[str, ...]
    document: str
    effective: date
    until: date | None
    restricts: tuple[Term, ...]
    digest: str
    place: Place = field(default=Place(""), compare=False)
