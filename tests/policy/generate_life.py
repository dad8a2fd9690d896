"""What happens in a generated partnership, step by step: agreements, disclosures, duties, withdrawals, readers."""

from __future__ import annotations

from hypothesis import strategies as st

from confide.model.agreement import Agreement
from confide.model.commitment import digest
from confide.model.event import Site
from confide.model.words import Attribution, Form
from tests.policy.generate_step import Life, Step
from tests.policy.generate_terms import HERS, READERS, SECTIONS, SENDERS, TYPES, few, some
from tests.policy.generate_words import WORDS


def sign(draw: st.DrawFn, life: Life, agreement: Agreement) -> None:
    others = tuple(p for p in agreement.signatories if p != "coach")
    about = {"agreement": agreement.version, "document": agreement.digest}
    lacking = draw(some([0] * 40 + [1, 2, 10, 11, 12]))
    if lacking != 1:
        life.add("proposed", "coach", to=others, **about)
    for n, party in enumerate(agreement.signatories):
        to = tuple(p for p in agreement.signatories if p != party)
        if lacking == 10 + n:
            continue
        life.add("signed", party, to=to, strength="paper" if lacking == 2 else "portal", number=1, **about)


def _disclose(draw: st.DrawFn, life: Life) -> None:
    """Mostly what a share term of the newest agreement seems to allow, named as resting on it."""
    signed = {event.agreement for event in life.record.of_kind("signed")}
    versions = [a for a in life.record.agreements if a.version in signed] or life.record.agreements
    agreement = draw(some([versions[-1]] * 3 + [versions[0]]))
    shares = [t for t in agreement.terms if t.shares]
    term = draw(some(shares)) if shares else None
    fitting = [s for s in SECTIONS if term is not None and term.about(s.what) and s.form <= (term.form or Form.NONE)]
    permits = [e for e in life.record.of_kind("permitted") if e.sections]
    if permits and draw(some([True, False])):
        _as_permitted(draw, life, agreement)
        return
    hers = [s for s in fitting if (s.subject, s.source, s.owner, s.flags) == (*HERS, ())]
    pool = draw(some([hers, hers, hers, fitting])) or fitting or SECTIONS
    sections = tuple(draw(st.lists(some(pool), min_size=1, max_size=draw(some([1, 1, 2])), unique=True)))
    to = draw(few(*(term.recipients or READERS if term else READERS), most=draw(some([1, 1, 2]))))
    life.add(
        "disclosed",
        draw(some(term.senders or SENDERS)) if term else "coach",
        to=to,
        what=tuple(dict.fromkeys(s.what for s in sections)),
        form=max(s.form for s in sections),
        channel=(term.channel or ("site",))[0] if term else "site",
        sections=sections,
        terms=(term.id,) if term else (),
        agreement=agreement.version,
        attribution=draw(some([None, None, None, None, Attribution.CATEGORY])),
    )


def _as_permitted(draw: st.DrawFn, life: Life, agreement: Agreement) -> None:
    """What somebody has permitted in writing, naming the permissions, or all but one of them."""
    permits = [e for e in life.record.of_kind("permitted") if e.sections]
    permit = draw(some(permits))
    named = [e.id for e in permits if e.sections == permit.sections]
    life.add(
        "disclosed",
        "coach",
        to=permit.to[:1],
        what=permit.what,
        form=permit.sections[0].form,
        channel=permit.channel or "site",
        sections=permit.sections,
        terms=tuple(t.id for t in agreement.terms if t.shares),
        agreement=agreement.version,
        because=tuple(draw(some([named, named, named, named[1:]]))),
    )


def _give_back(draw: st.DrawFn, life: Life) -> None:
    """What is the client's own, told to her."""
    section = draw(some([s for s in SECTIONS if (s.subject, s.source, s.owner) == HERS]))
    life.add(
        "disclosed",
        "coach",
        to=("client",),
        what=(section.what,),
        form=section.form,
        channel="site",
        sections=(section,),
        agreement=draw(some(life.record.agreements)).version,
    )


def _withdraw(draw: st.DrawFn, life: Life) -> None:
    told = life.record.of_kind("disclosed", "permitted", "public")
    if told and draw(st.booleans()):
        event = draw(some(told))
        to = draw(some([event.to, event.to[:1]]))
        life.add("withdrawn", draw(some(["client", "payer"])), to=to, target=f"event/{event.id}", evidence="signed")
        return
    agreement = draw(some(life.record.agreements))
    term = draw(some(agreement.terms)) if agreement.terms else None
    life.add(
        "withdrawn",
        draw(some(["client", "payer"])),
        to=draw(some([(term.recipients or ("payer",)) if term else ("payer",), ("payer",)])),
        target=f"term/{term.id if term else 'share-1'}",
        agreement=draw(some([agreement.version, agreement.version, 0])),
        evidence="signed",
    )


def _refuse(draw: st.DrawFn, life: Life) -> None:
    life.add("refused", "coach", to=(draw(some(READERS)),), what=(draw(some(TYPES)),), agreement=1)


def _inform(draw: st.DrawFn, life: Life) -> None:
    section = draw(some(SECTIONS))
    sections = draw(some([(), (section,)]))
    life.add("informed", "coach", to=("client",), what=(section.what,), sections=sections, evidence="attested")


def _attest(draw: st.DrawFn, life: Life) -> None:
    agreement = draw(some(life.record.agreements))
    terms = tuple(t.id for t in agreement.terms)[:2] or ("share-1",)
    by = draw(some(["coach", "coach", "payer"]))
    evidence = draw(some(["attested", "attested", "attested", "denied"]))
    life.add("attested", by, to=("client",), terms=terms, agreement=agreement.version, evidence=evidence)


def _access(draw: st.DrawFn, life: Life) -> None:
    kind = draw(some(["invited", "enrolled", "revoked"]))
    key = {"key": "A" * 40} if kind == "enrolled" else {}
    life.add(kind, "coach", to=(draw(some(READERS)),), number=1, reader=f"r{len(life.record.events):09}", **key)


def _publish(draw: st.DrawFn, life: Life) -> None:
    life.add("published", "coach", sites=(Site("r000000001", draw(st.integers(1, 3)), digest(b"site")),))


def _end(draw: st.DrawFn, life: Life) -> None:
    """Rarely the end: most of what follows it is denied."""
    if draw(some([False] * 5 + [True])):
        agreement = draw(some(life.record.agreements))
        to = tuple(p for p in agreement.signatories if p != "client")
        life.add("ended", "client", to=to, agreement=agreement.version)
    else:
        life.add("began", "coach", to=("client",), agreement=1, hours=24)


STEPS: tuple[Step, ...] = (
    *(_disclose,) * 8,
    *WORDS,
    *(_give_back,) * 2,
    *(_withdraw, _refuse, _inform, _attest, _access, _publish, _end),
)
