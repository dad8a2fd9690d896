"""What people say and show in a generated partnership: permissions, reviews, consultations, documents, promises."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from confide.model.commitment import digest
from confide.model.event import Event, Exact
from confide.model.words import Attribution, Form
from tests.policy.generate_step import Life, Step
from tests.policy.generate_terms import INSTRUMENTS, READERS, SECTIONS, TYPES, few, some

PERMITTED_FORMS = (*[Form.VERBATIM] * 4, Form.SUMMARY, Form.SUMMARY, Form.TOPIC)


def whose(exact: Exact) -> tuple[str, ...]:
    """Everybody whose text it is, other than the coach."""
    return tuple(p for p in dict.fromkeys((exact.subject, exact.owner, exact.source)) if p != "coach")


def permit(draw: st.DrawFn, life: Life) -> None:
    """Mostly all whose text it is permit it, in writing; now and then one of them, in speech, less, or for a type."""
    section = draw(some([*SECTIONS, *(s for s in SECTIONS if s.what == "feedback" or s.flags)]))
    everybody = whose(section)
    people = draw(some([everybody, everybody, everybody, everybody[:1], ("client",), ("payer",)]))
    to = draw(few("payer", "client", *READERS, most=2))
    by_text = draw(some([True, True, False]))
    form = draw(some(PERMITTED_FORMS))
    named = draw(some([None, Attribution.CATEGORY, Attribution.CATEGORY, Attribution.NAME]))
    how = draw(some([*["signed"] * 6, "attested", "attested", "accepted", "notice"]))
    for person in people:
        life.add(
            "permitted",
            person,
            hours=draw(some([1, 1, 7])),
            to=to,
            what=(section.what,) if by_text else draw(some([(section.what,), few_types(draw)])),
            sections=(section,) if by_text else (),
            form=form,
            attribution=named,
            channel=draw(some(["", "", "", "site", "in-person"])),
            evidence=how,
            strength=draw(some(["portal", "portal", "portal", "", "paper"])) if how == "signed" else "",
            document=digest(b"terms") if how in ("accepted", "notice") else "",
        )


def few_types(draw: st.DrawFn) -> tuple[str, ...]:
    return draw(few(*TYPES, most=2))


def review(draw: st.DrawFn, life: Life) -> None:
    """The client is shown a text and answers, or somebody answers for her, or answers something else."""
    section = draw(some(SECTIONS[:6]))
    shown = life.add(
        "shown", "coach", to=draw(some([("client",)] * 4 + [("payer",)])), what=(section.what,), sections=(section,)
    )
    if draw(some([True, True, True, False])):
        target = shown if draw(some([True] * 5 + [False])) else draw(some(life.record.events))
        answer(draw, life, target)


def answer(draw: st.DrawFn, life: Life, target: Event) -> None:
    by, evidence = draw(
        some(
            [("client", "given")] * 3
            + [("client", "declined"), ("coach", "waived"), ("coach", "given"), ("client", "")]
        )
    )
    life.add("input", by, to=("coach",), target=f"event/{target.id}", evidence=evidence)


def consult(draw: st.DrawFn, life: Life) -> None:
    section = draw(some(SECTIONS))
    to = draw(some([("supervisor",)] * 4 + [("payer",)]))
    by_text = draw(st.booleans())
    life.add(
        "consulted", "coach", to=to, what=(section.what,), sections=(section,) if by_text else (), evidence="attested"
    )


def public(draw: st.DrawFn, life: Life) -> None:
    """Mostly a publication that counts: cited, no breach, before anything was told."""
    section = draw(some(SECTIONS))
    life.add(
        "public",
        draw(some(["coach", "payer"])),
        to=draw(some([("client",), ("payer", "client")])),
        what=(section.what,),
        sections=(section,),
        document=draw(some([digest(b"newspaper")] * 4 + [""])),
        day=draw(some([date(2025, 12, 1)] * 3 + [date(2026, 1, 15), date(2026, 1, 17), date(2027, 1, 1), None])),
        evidence=draw(some(["no-breach"] * 5 + ["attested"])),
    )


def register(draw: st.DrawFn, life: Life) -> None:
    """An instrument is registered: mostly one that is there."""
    name = draw(some([*(i.id for i in INSTRUMENTS), *(i.id for i in INSTRUMENTS), "lost" if draw(rarely) else "nda"]))
    life.add("instrument", "coach", to=("payer",), target=f"instrument/{name}", document=digest(name.encode()))


rarely = some([False] * 5 + [True])


def promise(draw: st.DrawFn, life: Life) -> None:
    life.add("acknowledged", draw(some(("client", *READERS))), to=("coach",), evidence="signed", agreement=1)


def promises(draw: st.DrawFn, life: Life) -> None:
    """At the beginning most who sign nothing promise to keep what they learn."""
    for reader in draw(some([READERS, READERS, READERS[:4], ()])):
        life.add("acknowledged", reader, hours=0, to=("coach",), evidence="signed", agreement=1)


WORDS: tuple[Step, ...] = (permit, permit, permit, permit, review, review, consult, public, public, register, promise)
