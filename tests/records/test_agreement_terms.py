"""Terms: six facets each, and no word in them that would be ignored (S-28)."""

from __future__ import annotations

import pytest

from confide.model.agreement import Agreement, Circumstances, Moment, Term
from confide.model.words import Attribution, Effect, Form
from confide.records.agreement_file import parse_agreement
from tests.records.reasons import line_of, only_problem, problems_of
from tests.records.test_agreement_file import FILE, SOURCE, parse

HEAD, _, REST = SOURCE.partition("terms:\n")
TAIL = "summary:\n" + REST.partition("\nsummary:\n")[2]
FIRST = len(HEAD.splitlines()) + 2
SHARE = {
    "id": "test",
    "effect": "share",
    "what": "[conflicts]",
    "with": "[payer]",
    "by": "[coach]",
    "when": "[always]",
    "form": "topic",
    "circumstances": "always",
}
WITHHOLD = {"id": "test", "effect": "withhold"}


def with_terms(*terms: dict[str, str]) -> Agreement:
    """The agreement with these terms only, one a line from line FIRST on."""
    rows = "".join("  - {" + ", ".join(f"{key}: {value}" for key, value in term.items()) + "}\n" for term in terms)
    return parse_agreement((HEAD + "terms:\n" + rows + TAIL).encode(), FILE)


def term(fields: dict[str, str]) -> Term:
    return with_terms(fields).terms[0]


def test_a_share_term_says_all_six_facets() -> None:
    """The smallest share term there is, with nothing assumed."""
    assert term(SHARE) == Term(
        id="test",
        effect=Effect.SHARE,
        what=("conflicts",),
        recipients=("payer",),
        senders=("coach",),
        when=(Moment("always"),),
        form=Form.TOPIC,
        circumstances=Circumstances(),
    )


@pytest.mark.parametrize("facet", ["what", "with", "by", "when", "form", "circumstances"])
def test_s_28_a_facet_left_out_of_a_share_term_is_an_error(facet: str) -> None:
    """Silence never permits: the missing facet is named at the term's line."""
    problem = only_problem(lambda: term({key: value for key, value in SHARE.items() if key != facet}))
    assert problem.what == f"the term `test`: expected the facet `{facet}`, found none"
    assert (problem.rule, line_of(problem)) == ("S-28", FIRST)


def test_s_28_a_facet_left_out_of_a_withhold_term_means_any() -> None:
    """None, which the policy reads as any: forgetting a facet narrows."""
    found = term(WITHHOLD)
    assert (found.what, found.recipients, found.senders, found.when) == (None, None, None, None)
    assert (found.form, found.circumstances, found.channel, found.onward) == (None, None, None, None)


@pytest.mark.parametrize("facet", ["what", "with", "by", "when", "channel"])
@pytest.mark.parametrize("fields", [SHARE, WITHHOLD], ids=["share", "withhold"])
def test_s_28_an_empty_facet_is_an_error(facet: str, fields: dict[str, str]) -> None:
    """An empty list would match nothing: of a withhold term it would take the protection away unseen."""
    found = problems_of(lambda: term({**fields, facet: "[]"}))
    assert all(f"`{facet}`: expected at least one entry" in problem.what for problem in found)


def test_nobody_may_pass_it_on_is_an_answer() -> None:
    """`onward: []` is not the same as leaving it out."""
    assert term({**SHARE, "onward": "[]"}).onward == ()
    assert term(SHARE).onward is None


def test_every_facet_arrives() -> None:
    """Together, dates, periods, conditions, channels, onward, purposes."""
    found = parse().term("aims-in-brief")
    assert found is not None
    assert (found.senders, found.together) == (("client", "coach"), True)
    assert found.when == (
        Moment("client-first"),
        Moment("acknowledged"),
        Moment("on", "2026-03-02"),
        Moment("on", "2026-07-06"),
    )
    assert found.circumstances == Circumstances("payer", "the half-year talk is in the diary: both dates")
    assert (found.form, found.attribution) == (Form.SUMMARY, Attribution.CATEGORY)
    assert (found.channel, found.onward, found.not_for) == (
        ("video", "paper"),
        ("works-council",),
        ("pay", "selection"),
    )
    assert str(found.place) == f"{FILE}:{SOURCE[: SOURCE.index('id: aims-in-brief')].count(chr(10)) + 1}"


@pytest.mark.parametrize(
    ("change", "what", "hint"),
    [
        ({"when": "[allways]"}, "`when`: expected `always`, `promptly`, a duty", "did you mean `always`?"),
        ({"when": "always"}, "`when`: expected a list, found `always`", ""),
        ({"when": "[{every: day}]"}, "`every`: expected one of `session`, `week`", ""),
        ({"when": "[{on: monday}]"}, "`on`: expected a day", ""),
        ({"when": "[{every: week, on: 2026-01-01}]"}, "`when`: expected `always`, `promptly`, a duty", ""),
        ({"when": "[[always]]"}, "`when`: expected `always`, `promptly`, a duty", ""),
        ({"circumstances": "sometimes"}, "`circumstances`: expected `always` or `{attested-by", ""),
        ({"circumstances": "[always]"}, "`circumstances`: expected a mapping, found a list", ""),
        ({"circumstances": "{attested-by: coach}"}, "`circumstances`: expected the key `that`, found none", ""),
        ({"circumstances": "{attested-by: coach, that: ' '}"}, "`that`: expected a text, found an empty text", ""),
        ({"circumstances": "{that: it rains}"}, "`circumstances`: expected the key `attested-by`, found none", ""),
        ({"with": "[payor]"}, "`with`: expected a party, found `payor`", "did you mean `payer`?"),
        ({"with": "[payer.hq]"}, "`with`: expected a party, found `payer.hq`", "did you mean `payer.hr`?"),
        ({"with": "payer"}, "`with`: expected a list, found `payer`", "put it in brackets"),
        ({"with": "[payer, payer]"}, "`with`: `payer` stands there more than once", ""),
        ({"by": "{together: [coach], or: [client]}"}, "`by`: found the unknown key `or`", "known here: together"),
        ({"by": "{}"}, "`by`: expected the key `together`, found none", ""),
        ({"by": "coach"}, "`by`: expected a mapping, found `coach`", ""),
        (
            {"what": "[conflict]"},
            "`what`: expected a type of information, found `conflict`",
            "did you mean `conflicts`?",
        ),
        ({"what": "[conflicts/a/b]"}, "`what`: expected a type of information, found `conflicts/a/b`", ""),
        ({"what": "[zzz]"}, "`what`: expected a type of information, found `zzz`", "known types: assessment-results, "),
        ({"form": "none"}, "`form`: expected one of `topic`, `aggregate`, `summary`, `verbatim`", ""),
        ({"attribution": "full"}, "`attribution`: expected one of `none`, `category`, `name`", ""),
        ({"channel": "[pigeon]"}, "`channel`: expected one of `site`, `in-person`", ""),
        ({"not-for": "[gossip]"}, "`not-for`: expected one of `development`, `pay`", ""),
        ({"unless": "client-permits"}, "the term `test`: `unless` has a meaning in a withhold term only", ""),
        ({"efect": "share"}, "the term `test`: found the unknown key `efect`", "did you mean `effect`?"),
        ({"id": "Marguerite"}, "`id`: expected lower-case words joined by dashes, found another text", ""),
        ({"effect": "maybe"}, "`effect`: expected one of `share`, `withhold`, found `maybe`", ""),
    ],
)
def test_what_is_wrong_in_a_term_is_named(change: dict[str, str], what: str, hint: str) -> None:
    """Each at the line of the term, with the nearest known word where there is one."""
    found = [p for p in problems_of(lambda: term({**SHARE, **change})) if p.what.startswith(what)]
    assert [line_of(problem) for problem in found] == [FIRST]
    assert found[0].hint.startswith(hint)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"onward": "[]"}, "the term `test`: `onward` has a meaning in a share term only"),
        ({"not-for": "[pay]"}, "the term `test`: `not-for` has a meaning in a share term only"),
        ({"by": "{together: [coach, client]}"}, "the term `test`: expected a list of senders, found `together`"),
        ({"unless": "payer-permits"}, "`unless`: expected one of `client-permits`, `owner-permits`"),
    ],
)
def test_a_withhold_term_holds_no_word_that_would_be_ignored(change: dict[str, str], what: str) -> None:
    """Somebody would rely on it."""
    assert only_problem(lambda: term({**WITHHOLD, **change})).what.startswith(what)


def test_an_id_stands_once() -> None:
    """Events name terms by id, so two terms never share one; the first is named."""
    other = {**WITHHOLD, "id": "test"}
    problem = only_problem(lambda: with_terms(SHARE, other))
    assert (problem.what, problem.why) == (
        "the term `test` stands here for the second time",
        f"first on line {FIRST}",
    )
    assert line_of(problem) == FIRST + 1


def test_types_of_the_agreement_count_as_known() -> None:
    """A declared type may be used, with a subtype too; an undeclared one may not."""
    assert term({**SHARE, "what": "[rota, rota/nights]"}).what == ("rota", "rota/nights")


def test_an_agreement_may_share_nothing() -> None:
    """No terms at all is an answer: everything is withheld."""
    assert parse_agreement((HEAD + "terms: []\n" + TAIL).encode(), FILE).terms == ()
