"""What may stand in records, generated: every shape of word, every kind of event."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from confide.model import ids
from confide.model.destruction import STATES, WHERE
from confide.model.event import KIND_FIELDS, NO_PREVIOUS, Copies, Event, Exact, Site
from confide.model.words import CHANNELS, DEPARTMENTS, FLAGS, KNOWN_TYPES, PARTY_ROLES, Attribution, Form, Strength
from confide.records.shapes import EVIDENCE

letters = st.text(ids.ALPHABET, min_size=1, max_size=12)


def _id(length: int) -> st.SearchStrategy[str]:
    return st.text(ids.ALPHABET, min_size=length, max_size=length).filter(lambda t: any(c.isdigit() for c in t))


event_ids = _id(8)
readers = _id(10)
sections = _id(3).map(lambda t: "s" + t)
partnerships = _id(4).map(lambda t: "p-" + t)
practices = _id(4).map(lambda t: "c-" + t)
hexadecimal = st.text("0123456789abcdef", min_size=64, max_size=64)
digests = hexadecimal.map(lambda t: "sha256:" + t)
fingerprints = st.text("0123456789ABCDEF", min_size=40, max_size=40)
terms = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,6}){0,3}", fullmatch=True)
parties = st.one_of(
    st.sampled_from(sorted(PARTY_ROLES)),
    st.builds("{}-{}".format, st.sampled_from(sorted(PARTY_ROLES)), st.integers(2, 9)),
    st.builds("{}.{}".format, st.sampled_from(["payer", "client"]), st.sampled_from(sorted(DEPARTMENTS))),
)
types = st.one_of(
    st.sampled_from(KNOWN_TYPES), st.builds("{}/{}".format, st.sampled_from(KNOWN_TYPES), st.just("shared"))
)
days = st.dates(datetime(2000, 1, 1).date(), datetime(2099, 12, 31).date())  # noqa: DTZ001 - only its day is taken
notes = st.builds("notes/{}{}".format, days, st.sampled_from(["", "-2", "-10"]))
refs = st.builds(
    "{}#{}".format,
    st.one_of(notes, event_ids.map(lambda t: "feedback/" + t), event_ids.map(lambda t: "summaries/" + t)),
    sections,
)
times = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda t: t.replace(microsecond=0)
)
forms = st.sampled_from([form for form in Form if form])
exacts = st.builds(
    Exact,
    refs,
    digests,
    types,
    forms,
    parties,
    parties,
    parties,
    st.lists(st.sampled_from(sorted(FLAGS)), unique=True).map(tuple),
)


def several(one: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(one, min_size=1, max_size=4, unique=True).map(tuple)


VALUES: dict[str, st.SearchStrategy[object]] = {
    "to": several(parties),
    "what": several(types),
    "form": forms,
    "attribution": st.sampled_from(list(Attribution)),
    "channel": st.sampled_from(CHANNELS),
    "sections": several(exacts),
    "terms": several(terms),
    "agreement": st.integers(1, 9999),
    "document": digests,
    "strength": st.sampled_from([strength.value for strength in Strength]),
    "number": st.integers(1, 99),
    "key": fingerprints,
    "reader": readers,
    "target": st.one_of(
        event_ids.map(lambda t: "event/" + t), terms.map(lambda t: "term/" + t), terms.map(lambda t: "instrument/" + t)
    ),
    "evidence": st.sampled_from(EVIDENCE),
    "because": several(event_ids),
    "sites": several(st.builds(Site, readers, st.integers(1, 10**9), digests)),
    "day": st.dates(),
    "scope": st.sampled_from(["everything", "notes"]) | notes,
    "copies": several(st.builds(Copies, st.sampled_from(WHERE), st.sampled_from(STATES), st.integers(1, 9))),
    "detail": digests,
}


@st.composite
def events(draw: st.DrawFn) -> Event:
    """An event of any kind that can be written, with everything it must have and some of what it may have."""
    kind = draw(st.sampled_from(sorted(KIND_FIELDS)))
    required, optional = KIND_FIELDS[kind]
    more = draw(st.sets(st.sampled_from(sorted(optional)))) if optional else set()
    return Event(
        id=draw(event_ids),
        kind=kind,
        partnership=draw(partnerships),
        at=draw(times),
        by=draw(parties),
        previous=draw(st.dictionaries(parties, st.one_of(st.just(NO_PREVIOUS), digests), max_size=4)),
        **{name: draw(VALUES[name]) for name in sorted(required | more)},
    )
