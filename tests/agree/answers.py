"""Answers of every kind to the interview, most of which an agreement can be made of."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from confide.model.words import CHANNELS, Strength
from confide.records.shapes import PERIOD
from confide.workflows.draft import Answers
from confide.workflows.draft_answers import CHOICES, SHAPES

PEOPLE = "sha256:" + "5d" * 32
# Beside coach and client, who take part in every partnership.
MORE = (
    *("payer", "payer-2", "payer.hr", "manager", "manager-2", "board", "association", "works-council", "team", "hr"),
    *("sources", "peers", "reports", "adviser", "supervisor", "adviser-2", "authority", "police", "court"),
    *("credentialing-body", "client-2", "client-3", "coach-2", "stakeholder"),
)
DAY = date(2026, 1, 12)
PERIODS = st.sampled_from(["1 hour", "3 working days", "2 weeks", "1 month", "6 years", "1 year after end"])
# Lines that would mean something else in YAML if they were not written with care.
LINES = st.one_of(
    st.sampled_from(["no", "2026-01-12", "a: b", "a, b]", "# c", "*x", '"', "'", "'': {", "- x", "null", "~", "x\\y"]),
    st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=40),
).filter(lambda line: line.isprintable() and line.strip())


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    """Any combination of parties and answers that is not refused for its shape alone."""
    more = tuple(draw(st.lists(st.sampled_from(MORE), unique=True, max_size=9)))
    parties = tuple(draw(st.permutations(("coach", "client", *more))))
    until = DAY + timedelta(days=draw(st.integers(0, 800)))
    due = draw(st.lists(st.dates(DAY, until), unique=True, max_size=3))
    words = {field: draw(st.sampled_from(choices)) for field, choices in CHOICES.items()}
    if "credentialing-body" not in parties:
        words["credentialing"] = "nothing"
    return Answers(
        partnership="p-k7f3",
        people=PEOPLE,
        parties=parties,
        effective=DAY,
        until=until,
        time_zone=draw(st.sampled_from(["UTC", "Europe/London", "Asia/Kolkata"])),
        law=draw(LINES),
        calendar=draw(st.sampled_from(["GB", "DE", "GB-SCT"])),
        signatories=draw(st.one_of(st.just(()), signing(parties))),
        accepted=tuple(draw(st.sets(st.sampled_from([s.value for s in Strength]), min_size=1))),
        instruments=tuple(draw(st.sets(st.sampled_from(["msa-2025", "nda"])))),
        quorum=draw(st.sampled_from([(), ("client",), ("coach",)])),
        summary=draw(st.booleans()),
        summary_due=tuple(due),
        circles=tuple(draw(st.dictionaries(st.sampled_from(["peers", "reports", "board"]), st.integers(1, 9))).items()),
        smallest_group=draw(st.integers(2, 9)),
        channels=tuple(draw(st.sets(st.sampled_from(CHANNELS), min_size=1))),
        threat_covers_client=draw(st.booleans()),
        representatives=draw(st.sampled_from([(), ("police",), ("payer.legal", "authority")])),
        controllers=draw(st.sampled_from([(), ("coach", "payer")])),
        **{field: draw(LINES) for field in ("input_waived", "unethical", "adviser_none")},
        **{field: draw(PERIODS) for field, shape in SHAPES.items() if shape is PERIOD},
        **words,
    )  # fmt: skip


def signing(parties: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Who signs: coaches, clients and whoever pays always; the others perhaps."""
    bound = tuple(p for p in parties if p.partition("-")[0] in {"coach", "client", "payer"})
    free = [p for p in parties if p not in bound]
    if not free:
        return st.just(bound)
    return st.sets(st.sampled_from(free)).map(lambda more: (*bound, *(p for p in free if p in more)))
