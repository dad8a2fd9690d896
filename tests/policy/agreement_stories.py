"""What happened before a question of the six agreements is asked, told as the events of a record.

A table tells in the words of people (`edited`, `source-terms`); here stands what each is on record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from confide.model.agreement import Agreement
from confide.model.commitment import digest
from confide.model.event import Event, Exact
from confide.model.instrument import Instrument
from confide.model.partnership import Partnership
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy.force import in_force
from tests.policy.vectors import Unknown, take
from tests.policy.working_days import last_day

# How a publication came about, and what the record says of it: a breach is no publication (S-09).
THROUGH = {"publication": "no-breach", "breach": "attested"}


@dataclass(frozen=True)
class Papers:
    """What stands before all questions of a file."""

    partnership: Partnership
    agreements: tuple[Agreement, ...]
    instruments: tuple[Instrument, ...]
    signed: datetime
    given: tuple[Mapping[str, Any], ...]


class Story:
    """The record of one question. Events after `now` have not happened."""

    def __init__(
        self, papers: Papers, asked: Mapping[str, Any], section: Mapping[str, Any] | None, now: datetime
    ) -> None:
        self.papers = papers
        self.asked = asked
        self.now = now
        self.facets = None if section is None else take(section, "session", "subject source owner flags draft")
        self.events: list[Event] = []
        self.edits = 0
        self.named: dict[str, str] = {}

    @property
    def draft(self) -> bool:
        return bool(self.facets and self.facets.get("draft", False))

    def text(self, which: str = "this") -> Exact | None:
        """The text asked about, as it stands now; another of its kind; None where a type is asked about."""
        if self.facets is None:
            return None
        if which not in ("this", "other"):
            raise Unknown(f"section {which}")
        place = "summaries/50000001" if "part-of" in self.asked else f"notes/{self.facets['session']}"
        return Exact(
            section=f"{place}#s{1 if which == 'this' else 2}",
            commitment=digest(f"{which} {self.edits}".encode()),
            what=self.asked["what"],
            form=Form[self.asked["form"].upper()],
            subject=self.facets.get("subject", "client"),
            source=self.facets.get("source", "client"),
            owner=self.facets.get("owner", "client"),
            flags=tuple(self.facets.get("flags", ())),
        )

    def record(self, rows: Iterable[Mapping[str, Any]], without: frozenset[str]) -> Record:
        """Everything up to `now`, in the order in which it happened."""
        found: list[tuple[datetime, str, Any]] = []
        signers = self.papers.agreements[0].signatories
        for row in (*(r for r in self.papers.given if not without & set(r)), *rows):
            ((kind, said),) = row.items()
            if kind == "signed-by":
                signers = tuple(said)
            else:
                found.append((_when(kind, said), kind, said))
        first = {"number": 1, "at": self.papers.signed, "signed-by": signers}
        found.append((self.papers.signed, "version", first))
        for at, kind, said in sorted(found, key=lambda one: one[0]):
            if at <= self.now:
                self._happened(kind, said, at)
        return self._now()

    def _now(self) -> Record:
        proposed = {event.agreement for event in self.events if event.kind == "proposed"}
        agreements = tuple(a for a in self.papers.agreements if a.version in proposed)
        return Record(self.papers.partnership, agreements, tuple(self.events), (), self.papers.instruments)

    def _happened(self, kind: str, said: Any, at: datetime) -> None:
        if kind == "edited":
            take(said, "section at")
            self.edits += 1
        elif kind == "version":
            self._version(said, at)
        elif kind in ("begun", "ended"):
            self._add("began" if kind == "begun" else kind, at, to=self.papers.agreements[0].signatories)
        elif kind in _HAPPENED:
            required, optional, tell = _HAPPENED[kind]
            tell(self, take(said, required, optional), at)
        else:
            raise Unknown(f"event {kind}")

    def _add(self, kind: str, at: datetime, *, by: str = "coach", **fields: Any) -> str:
        event_id = f"{len(self.events) + 1:08}"
        fields.setdefault("agreement", self._version_at(at))
        self.events.append(Event(event_id, kind, self.papers.partnership.id, at, by, **fields))
        return event_id

    def _version_at(self, at: datetime) -> int:
        agreement = in_force(self._now(), at)
        return agreement.version if agreement else 1

    def _version(self, said: Mapping[str, Any], at: datetime) -> None:
        data = take(said, "number at", "signed-by")
        agreement = self.papers.agreements[data["number"] - 1]
        about: dict[str, Any] = {"agreement": agreement.version, "document": agreement.digest}
        self._add("proposed", at, to=agreement.signatories, **about)
        for party in data.get("signed-by", agreement.signatories):
            self._add("signed", at, by=party, to=("coach",), strength=agreement.accepted[0], number=1, **about)

    def _about(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """`what`, or the text: exactly one of them."""
        if ("what" in data) == ("section" in data):
            raise Unknown("an event is about a type or about a text")
        if "what" in data:
            return {"what": (data["what"],)}
        exact = self.text(data["section"])
        if exact is None:
            raise Unknown("an event about a text of a question about a type")
        return {"what": (exact.what,), "sections": (exact,)}

    # What each word of a table is on record

    def acknowledged(self, data: Mapping[str, Any], at: datetime) -> None:
        self._add("acknowledged", at, by=data["by"], to=("coach",), evidence="attested")

    def informed(self, data: Mapping[str, Any], at: datetime) -> None:
        self._add("informed", at, to=(data.get("to", "client"),), evidence="attested", **self._about(data))

    def shown(self, data: Mapping[str, Any], at: datetime) -> None:
        agreement = self.papers.agreements[self._version_at(at) - 1]
        self._add("shown", at, to=(data["to"],), day=last_day(agreement, at), **self._about(data))

    def input(self, data: Mapping[str, Any], at: datetime) -> None:
        """An answer to the text as it was shown last."""
        exact = self.text(data["section"])
        seen = [e.id for e in self.events if e.kind == "shown" and data["by"] in e.to and exact in e.sections]
        target = f"event/{seen[-1] if seen else '00000000'}"
        self._add("input", at, by=data["by"], to=("coach",), target=target, evidence=data["answer"])

    def attested(self, data: Mapping[str, Any], at: datetime) -> None:
        evidence = "attested" if data.get("holds", True) else "denied"
        self._add("attested", at, by=data["by"], to=("client",), terms=(data["term"],), evidence=evidence)

    def consulted(self, data: Mapping[str, Any], at: datetime) -> None:
        self._add("consulted", at, to=("adviser",), evidence="attested", **self._about(data))

    def permitted(self, data: Mapping[str, Any], at: datetime) -> None:
        self._permission(data, (data["to"],), at, form=data["form"], **self._about(data))

    def waived(self, data: Mapping[str, Any], at: datetime) -> None:
        """On record a waiver is a permission for this very text, to whom it is to go."""
        self._permission(data, (self.asked["recipient"],), at, form="verbatim", **self._about(data))

    def source_terms(self, data: Mapping[str, Any], at: datetime) -> None:
        """On record the terms of a source are what it permitted, whatever anybody else agrees."""
        said = {**data, "by": data["source"], "evidence": "signed"}
        self._permission(said, tuple(data["to"]), at, form=data["form"], what=("feedback",))

    def _permission(
        self, data: Mapping[str, Any], to: tuple[str, ...], at: datetime, *, form: str, **about: Any
    ) -> None:
        attribution = Attribution[data["attribution"].upper()] if "attribution" in data else None
        signed: dict[str, Any] = {"number": 1, "strength": self.papers.agreements[0].accepted[0]}
        event_id = self._add(
            "permitted", at, by=data["by"], to=to, form=Form[form.upper()], attribution=attribution,
            evidence=data["evidence"], **about, **(signed if data["evidence"] == "signed" else {}),
        )  # fmt: skip
        if "id" in data:
            self.named[data["id"]] = event_id

    def withdrawn(self, data: Mapping[str, Any], at: datetime) -> None:
        if ("term" in data) == ("permission" in data):
            raise Unknown("a withdrawal takes back a term or a permission")
        if "term" in data:
            target = f"term/{data['term']}"
            terms = [a.term(data["term"]) for a in self.papers.agreements]
            to = tuple(dict.fromkeys(r for term in terms if term for r in term.recipients or ()))
        else:
            target = f"event/{self.named[data['permission']]}"
            to = next(event.to for event in self.events if f"event/{event.id}" == target)
        to = tuple(data.get("from", to))
        self._add("withdrawn", at, by=data["by"], to=to, target=target, evidence=data.get("evidence", "attested"))

    def public(self, data: Mapping[str, Any], at: datetime) -> None:
        self._add(
            "public", at, to=("client",), document=digest(b"archived"), day=data["since"],
            evidence=THROUGH[data["through"]], **self._about({"section": data["section"]}),
        )  # fmt: skip

    def disclosed(self, data: Mapping[str, Any], at: datetime) -> None:
        self._add("disclosed", at, to=(data["to"],), form=Form[data["form"].upper()], **self._about(data))

    def instrument(self, data: Mapping[str, Any], at: datetime) -> None:
        known = next(one for one in self.papers.instruments if one.id == data["id"])
        self._add("instrument", at, to=known.parties, target=f"instrument/{known.id}", document=known.digest)

    def case(self, data: Mapping[str, Any], at: datetime) -> None:
        self._add("case", at, to=(data["to"],))


Tell = Callable[[Story, Mapping[str, Any], datetime], None]
_HAPPENED: Mapping[str, tuple[str, str, Tell]] = {
    "acknowledged": ("by at", "", Story.acknowledged),
    "informed": ("at", "to what section", Story.informed),
    "shown": ("to section at", "", Story.shown),
    "input": ("by section answer at", "", Story.input),
    "attested": ("term by at", "holds", Story.attested),
    "consulted": ("at", "what section", Story.consulted),
    "permitted": ("by to form evidence at", "id what section attribution", Story.permitted),
    "withdrawn": ("by at", "term permission from evidence", Story.withdrawn),
    "waived": ("by section evidence at", "", Story.waived),
    "source-terms": ("source to form attribution at", "", Story.source_terms),
    "public": ("section since through at", "", Story.public),
    "disclosed": ("to form at", "what section", Story.disclosed),
    "instrument": ("id at", "", Story.instrument),
    "case": ("ground to at", "", Story.case),
}


def _when(kind: str, said: Any) -> datetime:
    found = said.get("at") if isinstance(said, Mapping) else said
    if isinstance(found, datetime):
        return found
    if isinstance(found, date):
        return datetime.combine(found, time(9), UTC) + timedelta()
    raise Unknown(f"event {kind} without a time")
