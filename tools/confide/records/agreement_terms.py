"""The terms of an agreement: six facets each, read without mercy (S-28).

A share term says all six. In a withhold term a facet that is left out means *any*, so that forgetting one narrows what
may be told and never widens it; an empty list there would match nothing and is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from confide.model.agreement import ALWAYS, DUTIES_BEFORE, EVERY, ON, PROMPTLY, Circumstances, Moment, Term
from confide.model.words import Attribution, Effect, Form
from confide.records.fields import Fields, Report
from confide.records.nodes import Node
from confide.records.shapes import ATTRIBUTION, CHANNEL, FORM, PARTY, PURPOSE, TERM, Shape, information_type, one_of
from confide.records.wording import meant, shown

FACETS = ("what", "with", "by", "when", "form", "circumstances")
MORE = ("attribution", "channel", "onward", "not-for", "unless")
PERIODS = ("session", "week", "month", "quarter", "year")
_WHEN_WORDS = (ALWAYS, PROMPTLY, *DUTIES_BEFORE)
_WHEN = "`always`, `promptly`, a duty, `{every: month}` or a day"
_SHARE_ONLY = ("onward", "not-for")


def read_terms(fields: Fields, types: Iterable[str]) -> tuple[Term, ...]:
    """Every term under `terms`, in order; `types` are the known types of information."""
    return _read(fields, "terms", types, tuple(effect.value for effect in Effect))


def read_restrictions(fields: Fields, types: Iterable[str]) -> tuple[Term, ...]:
    """Every term under `restricts`: withhold terms, said or not, because nothing else may stand there."""
    return _read(fields, "restricts", types, (Effect.WITHHOLD.value,))


def _read(fields: Fields, key: str, types: Iterable[str], effects: tuple[str, ...]) -> tuple[Term, ...]:
    what = information_type(types)
    terms = tuple(_term(Fields(node, fields.report, "a term"), what, effects) for node in fields.items(key))
    seen: dict[str, int] = {}
    for term in terms:
        if term.id in seen and term.id:
            fields.report.add(
                f"the term {shown(term.id)} stands here for the second time",
                term.place.line,
                why=f"first on line {seen[term.id]}",
                rule="S-28",
            )
        seen.setdefault(term.id, term.place.line)
    return terms


def _term(fields: Fields, types: Shape, effects: tuple[str, ...]) -> Term:
    """One term; with one effect alone possible, it need not be said."""
    term_id = fields.one("id", TERM)
    if term_id:
        fields.name = f"the term {shown(term_id)}"
    certain = len(effects) == 1
    effect = fields.one("effect", one_of(effects), required=not certain) or (effects[0] if certain else "")
    shares = effect == Effect.SHARE.value
    for facet in FACETS:
        if shares and not fields.has(facet):
            _missing(fields, facet)
    senders, together = _senders(fields, shares)
    form = fields.one("form", FORM, required=False)
    attribution = fields.one("attribution", ATTRIBUTION, required=False)
    term = Term(
        id=term_id,
        effect=Effect.SHARE if shares else Effect.WITHHOLD,
        what=_facet(fields, "what", types),
        recipients=_facet(fields, "with", PARTY),
        senders=senders,
        when=read_when(fields, required=False) if fields.has("when") else None,
        form=Form[form.upper()] if form else None,
        circumstances=_circumstances(fields),
        together=together,
        attribution=Attribution[attribution.upper()] if attribution else None,
        channel=_facet(fields, "channel", CHANNEL),
        onward=fields.many("onward", PARTY, required=False, may_be_empty=True) if fields.has("onward") else None,
        not_for=fields.many("not-for", PURPOSE, required=False),
        unless=fields.one("unless", one_of(("client-permits", "owner-permits")), required=False),
        place=fields.report.place(fields.place_line),
    )
    # Facets left out are known too: the hint for a misspelt one can name it.
    for key in (*FACETS, *MORE):
        if not fields.has(key):
            fields.node(key, required=False)
    _only_where_it_means_something(fields, effect)
    fields.finish()
    return term


def _missing(fields: Fields, facet: str) -> None:
    hint = {
        "circumstances": "`circumstances: always` if there is no condition",
        "when": "`when: [always]` if at any time",
    }
    fields.report.add(
        f"{fields.name}: expected the facet `{facet}`, found none",
        fields.place_line,
        why="a share term says all six facets",
        hint=hint.get(facet, ""),
        rule="S-28",
    )


def _facet(fields: Fields, key: str, shape: Shape) -> tuple[str, ...] | None:
    return fields.many(key, shape, required=False) if fields.has(key) else None


def _senders(fields: Fields, shares: bool) -> tuple[tuple[str, ...] | None, bool]:
    """`by: [coach]`, or `by: {together: [coach, client]}`."""
    node = fields.node("by", required=False)
    if node is None:
        return None, False
    if isinstance(node.value, tuple):
        return _facet(fields, "by", PARTY), False
    inner = fields.inner("by")
    parties = inner.many("together", PARTY) if inner else ()
    if inner:
        inner.finish()
    if not shares:
        fields.report.add(
            f"{fields.name}: expected a list of senders, found `together`",
            node.line,
            why="a withhold term binds each sender alone",
            rule="S-28",
        )
    return parties, True


def read_when(fields: Fields, *, required: bool = True) -> tuple[Moment, ...]:
    """The entries of `when`."""
    nodes = fields.items("when", required=required)
    if fields.has("when") and not nodes:
        fields.report.add("`when`: expected at least one entry", fields.line("when"), rule="S-28")
    return tuple(moment for node in nodes if (moment := _moment(fields.report, node)))


def _moment(report: Report, node: Node) -> Moment | None:
    if isinstance(node.value, str) and node.value in _WHEN_WORDS:
        return Moment(node.value)
    if isinstance(node.value, date) and not isinstance(node.value, datetime):
        return Moment(ON, node.value.isoformat())
    entries = dict(node.items())
    if len(entries) == 1:
        inner = Fields(node, report, "an entry of `when`")
        if EVERY in entries:
            period = inner.one(EVERY, one_of(PERIODS))
            return Moment(EVERY, period) if period else None
        if ON in entries:
            return Moment(ON, inner.day(ON).isoformat())
    hint = meant(node.value, _WHEN_WORDS)
    report.add(f"`when`: expected {_WHEN}, found {shown(node.value)}", node.line, hint=hint, rule="S-28")
    return None


def _circumstances(fields: Fields) -> Circumstances | None:
    """`always`, or who attests what: an empty `that` would mean always, so it has to say something."""
    node = fields.node("circumstances", required=False)
    if node is None:
        return None
    if node.value == ALWAYS:
        return Circumstances()
    if isinstance(node.value, str):
        fields.wrong("circumstances", node, "`always` or `{attested-by: …, that: …}`", rule="S-28")
        return None
    inner = fields.inner("circumstances")
    if inner is None:
        return None
    found = Circumstances(inner.one("attested-by", PARTY), inner.text("that"))
    inner.finish()
    return found


def _only_where_it_means_something(fields: Fields, effect: str) -> None:
    """A word that would be ignored is an error: somebody relies on it."""
    wrong = {Effect.SHARE.value: ("unless",), Effect.WITHHOLD.value: _SHARE_ONLY}
    other = {Effect.SHARE.value: "withhold", Effect.WITHHOLD.value: "share"}
    for key in wrong.get(effect, ()):
        if fields.has(key):
            fields.report.add(
                f"{fields.name}: `{key}` has a meaning in a {other[effect]} term only", fields.line(key), rule="S-28"
            )
