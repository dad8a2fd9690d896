"""A view as its reader meets it: which agreement counts, what they agreed to and when, and how a page says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from confide.model.view import AgreementView, Shown, View
from confide.site.labels import Labels
from confide.site.markup import html, join
from confide.site.matrix import Matrix, matrix_of
from confide.site.sentences import lead
from confide.site.words import day


class Reading:
    """Everything the pages of one site share. Built once from the view; holds nothing else."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.labels = Labels(view)
        self.is_client = view.role == "client"
        self._by_version = {shown.agreement.version: shown for shown in view.agreements}
        self._matrices: dict[int, Matrix] = {}
        newest = self._by_version[max(self._by_version)] if self._by_version else None
        self._zone = newest.agreement.time_zone if newest else "UTC"

    @property
    def agreements(self) -> tuple[AgreementView, ...]:
        """All versions put to the reader, newest first."""
        return tuple(self._by_version[version] for version in sorted(self._by_version, reverse=True))

    @property
    def current(self) -> AgreementView | None:
        """The newest version that everybody has signed; before that the newest proposed; None if there is none."""
        signed = [version for version, _ in self.view.in_force_from if version in self._by_version]
        version = max(signed or self._by_version, default=None)
        return self._by_version[version] if version is not None else None

    @property
    def asked(self) -> tuple[AgreementView, ...]:
        """What the reader is asked to sign, oldest first."""
        return tuple(shown for shown in reversed(self.agreements) if shown.statement)

    def part(self, name: str) -> Mapping[str, Any]:
        """A part of the agreement that counts, beside its clauses (`summary`); empty if it has none."""
        value = self.current.agreement.clauses.get(name) if self.current is not None else None
        return value if isinstance(value, Mapping) else {}

    def version(self, number: int) -> AgreementView | None:
        return self._by_version.get(number)

    def matrix(self, shown: AgreementView) -> Matrix:
        version = shown.agreement.version
        if version not in self._matrices:
            self._matrices[version] = matrix_of(shown.agreement)
        return self._matrices[version]

    def day(self, when: date | datetime) -> str:
        """The day where the agreement applies: `12 January 2026`."""
        return day(when, self._zone)

    @property
    def zone(self) -> str:
        return self._zone

    def in_force_from(self, version: int) -> datetime | None:
        return next((at for known, at in self.view.in_force_from if known == version), None)

    def agreed(self, version: int) -> str:
        """`You agreed on 12 January 2026`; where the reader did not sign, when everybody else had."""
        shown = self.version(version)
        if shown is None:
            return "It was agreed in writing"
        own = [s.at for s in shown.signatures if s.party == self.view.party]
        if own:
            return f"You agreed on {self.day(min(own))}"
        if not shown.signatures:
            return "It was agreed in writing"
        return f"It was agreed on {self.day(max(s.at for s in shown.signatures))}"

    def because(self, shown: Shown, up: str) -> Markup:
        """Why the text may be read: when the reader agreed, and the clauses in words, each with its place."""
        if not shown.terms:
            return html("It is your own: what comes from you alone you may always read.")
        agreement, numbers = self.version(shown.agreement), [number for number in shown.clauses if number > 0]
        if agreement is None or not numbers:
            # The number of a clause would say how many others there are, in an agreement that is not theirs to read.
            return html("{}. Only those who sign the agreement can read all of it.", self.agreed(shown.agreement))
        links = join((clause_link(up, shown.agreement, number) for number in numbers), " and ")
        terms = (agreement.agreement.terms[number - 1] for number in numbers)
        sentences = join((html("<q>{}</q>", lead(term, self.labels)) for term in terms), " ")
        return html("{}, {}. {}", self.agreed(shown.agreement), links, sentences)


def clause_link(up: str, version: int, number: int) -> Markup:
    """A link to a clause of an agreement that the reader can open, from a page that lies `up` below the root."""
    return html('<a href="{}agreement-{}/#clause-{}">clause {}</a>', up, version, number, number)
