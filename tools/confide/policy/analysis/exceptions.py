"""How far the exceptions reach: what the law or a threat could make the coach tell, to whom, and whether any clause
would otherwise have kept it from them (S-10, and the open points that every agreement has to settle)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from confide.model.agreement import Agreement
from confide.model.case import GROUNDS
from confide.model.words import ORGANISATIONAL_TYPES, base_type
from confide.policy.analysis import words
from confide.policy.analysis.answers import Answers, Standing
from confide.policy.analysis.assumed import COACH
from confide.policy.analysis.finding import Finding, Level

COMPELLED = "compelled"
_ORGANISATION, _CLIENT = "organisation", "client"


@dataclass(frozen=True)
class Exemption:
    """One ground. `about`: `organisation`, `client` or both; empty where the agreement does not say."""

    ground: str
    recipients: tuple[str, ...]
    about: tuple[str, ...]
    adviser: str = ""
    extent: str = ""

    @property
    def whole(self) -> bool:
        """Whether whole records may go: only what a court or regulator orders (POLICY, legal duty)."""
        return self.ground == COMPELLED

    def covers(self, what: str) -> bool:
        """Whether it could reach information of this type. What the agreement leaves unsaid counts as reached."""
        organisational = base_type(what) in ORGANISATIONAL_TYPES
        return not self.about or (_ORGANISATION if organisational else _CLIENT) in self.about


def exemptions(agreement: Agreement) -> tuple[Exemption, ...]:
    """The exceptions of the agreement, in the order of the grounds."""
    known = agreement.clauses.get("exceptions")
    return tuple(_read(known)) if isinstance(known, Mapping) else ()


def _read(known: Mapping[str, object]) -> Iterator[Exemption]:
    for ground in GROUNDS:
        said = known.get(ground)
        if not isinstance(said, Mapping):
            continue
        if ground == COMPELLED:
            yield Exemption(
                ground, tuple(said.get("by", ())), (_ORGANISATION, _CLIENT), extent=str(said.get("extent", ""))
            )
        else:
            yield Exemption(
                ground, tuple(said.get("to", ())), tuple(said.get("covers", ())), str(said.get("consult", ""))
            )


def reach(answers: Answers, types: tuple[str, ...]) -> Iterator[Finding]:
    """One finding for each ground, who could learn what; and one for each that leaves open whether it covers her."""
    agreement = answers.agreement
    for exemption in exemptions(agreement):
        if not exemption.recipients:
            continue
        kinds = tuple(what for what in types if exemption.covers(what))
        otherwise = tuple(r for r in exemption.recipients if any(_kept(answers, what, r) for what in kinds))
        against = f"; otherwise a clause withholds some of it from {words.parties(otherwise)}" if otherwise else ""
        consulted = f", after {words.party(exemption.adviser)} was consulted" if exemption.adviser else ""
        yield Finding(
            "exception",
            f"under the exception `{exemption.ground}` {words.parties(exemption.recipients)} could learn "
            f"{_extent(exemption)}{consulted}{against}",
            Level.NOTE,
            types=kinds,
            parties=exemption.recipients,
            sid="S-10",
            place=agreement.place,
        )
        if not exemption.about:
            yield Finding(
                "unsettled",
                f"the exception `{exemption.ground}` does not say whether it covers information about the client",
                parties=exemption.recipients,
                sid="S-10",
                place=agreement.place,
                hint="covers: [organisation], or covers: [organisation, client]",
            )


def _extent(exemption: Exemption) -> str:
    if exemption.whole:
        return "whatever an order names, whole records if it says so"
    if exemption.about == (_ORGANISATION,):
        about = "what concerns the organisation"
    elif exemption.about == (_CLIENT,):
        about = "what concerns the client"
    else:
        about = "anything, about the organisation or the client"
    return f"{about}, but no more than the sentences chosen for that case"


def _kept(answers: Answers, what: str, recipient: str) -> bool:
    said = [one for point, one in answers.grid(what, recipient).items() if point.sender == COACH]
    return any(one.withheld for one in said) and not any(one.standing is Standing.ALLOWED for one in said)
