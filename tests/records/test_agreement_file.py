"""A whole agreement: what stands in it, who it belongs to, and every problem at once."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.model.agreement import Agreement, Moment
from confide.model.commitment import digest
from confide.model.problem import Malformed
from confide.records.agreement_file import parse_agreement
from tests.records.reasons import DATA, everything_in, line_of, only_problem, problems_of

FILE = "records/p-7t4m/agreements/2.yml"
SOURCE = (DATA / "agreement.yml").read_text(encoding="utf-8")


def parse(text: str = SOURCE, file: str = FILE) -> Agreement:
    return parse_agreement(text.encode(), file)


def changed(old: str, new: str) -> str:
    assert SOURCE.count(old) >= 1, old
    return SOURCE.replace(old, new, 1)


def line(of: str) -> int:
    return next(number for number, text in enumerate(SOURCE.splitlines(), 1) if of in text)


def test_everything_in_it_is_read() -> None:
    """Each clause arrives typed, in the order of the file, and the digest is of its very bytes."""
    agreement = parse()
    assert (agreement.partnership, agreement.version, agreement.law) == ("p-7t4m", 2, "Ireland")
    assert agreement.digest == digest(SOURCE.encode())
    assert agreement.people == "sha256:5b1f0c6e2d9a4837c0de94ab17f2e85361b7d0f4a2c98e3516d7f0ab4c8e9213"
    assert agreement.signatories == ("coach", "client", "payer", "board")
    assert agreement.accepted == ("own-key", "portal")
    assert (agreement.effective, agreement.until) == (date(2025, 9, 1), date(2026, 8, 31))
    assert agreement.time_zone == "Europe/Dublin"
    assert agreement.consent == {
        "about-client": ("client",),
        "about-organisation": ("payer", "board"),
        "feedback": ("source",),
    }
    assert [term.id for term in agreement.terms] == ["meetings", "aims-in-brief", "hers", "closed-doors", "plans"]
    assert agreement.types == {"rota": "who is on duty when, and how the plan comes about"}
    assert agreement.channels == {"site": "controlled", "video": "receive-only", "e-mail": "not-used"}
    assert agreement.settings == {
        "calendar": "IE",
        "promptly": "2 working days",
        "input-window": "7 days",
        "smallest-group": 4,
    }
    assert str(agreement.place) == FILE


def test_the_clauses_beside_the_terms_are_kept() -> None:
    """What later steps read is there in plain frozen values."""
    clauses = parse().clauses
    assert set(clauses) == {
        *("signing", "ending", "instruments", "adviser", "definitions", "summary", "feedback", "requests"),
        *("exceptions", "data", "retention"),
    }
    assert clauses["ending"] == {"by": ("client", "coach"), "notice": "2 weeks", "survives": ("withheld", "onward")}
    assert clauses["instruments"] == ({"id": "trust-nda-7", "prevails": "where stricter"},)
    assert clauses["adviser"] == {"party": "supervisor", "open-to": ("coach", "client", "payer")}
    assert list(clauses["definitions"]) == ["confidential", "aggregate", "bystander"]
    assert clauses["summary"]["due"] == (date(2026, 2, 27),)
    assert clauses["summary"]["when"] == (Moment("client-first"), Moment("every", "quarter"))
    assert clauses["feedback"]["circles"] == {"peers": 6, "reports": 4}
    assert clauses["exceptions"]["threat"] == {"covers": ("client",), "to": ("police",), "consult": "supervisor"}
    assert clauses["retention"]["legal-hold"] == "kept"


def test_nothing_in_it_can_be_changed_afterwards() -> None:
    """Mappings are read-only and lists are tuples, at every depth."""

    def check(value: object) -> None:
        assert not isinstance(value, (list, dict))
        if isinstance(value, MappingProxyType):
            for inner in value.values():
                check(inner)
        if isinstance(value, tuple):
            for inner in value:
                check(inner)

    agreement = parse()
    for part in (agreement.clauses, agreement.settings, agreement.consent, agreement.types, agreement.channels):
        assert isinstance(part, MappingProxyType)
        check(part)


@pytest.mark.parametrize(
    ("key", "rest"),
    [
        ("partnership", "partnership: p-7t4m\n"),
        ("people", SOURCE.split("\n")[3] + "\n"),
        ("law", "law: Ireland                      # where the trust has its seat\n"),
        ("effective", "effective: 2025-09-01\n"),
        ("until", "until: 2026-08-31\n"),
        ("time-zone", "time-zone: Europe/Dublin\n"),
        ("otherwise", "otherwise: withhold\n"),
        ("signatories", "signatories: [coach, client, payer, board]\n"),
        ("signing", "signing: {accepted: [own-key, portal], electronic-signing: agreed}\n"),
        ("agreement", "agreement: 2\n"),
    ],
)
def test_what_every_agreement_says_cannot_be_left_out(key: str, rest: str) -> None:
    """A missing part is named, and it is the only problem."""
    problem = only_problem(lambda: parse(changed(rest, "")))
    assert problem.what == f"the file: expected the key `{key}`, found none"
    assert problem.rule == "missing-key"


@pytest.mark.parametrize(
    ("old", "new", "at", "what", "hint"),
    [
        ("law: Ireland", "laws: Ireland", "law:", "the file: found the unknown key `laws`", "did you mean `law`?"),
        ("  confidential:", "  confidental:", "definitions:", "`definitions`: expected the key `confidential`", ""),
        ("otherwise: withhold", "otherwise: share", "otherwise", "`otherwise`: expected `withhold`, found `share`", ""),
        ("otherwise: withhold", "otherwise:", "otherwise", "`otherwise`: expected a value, found nothing", ""),
        ("Europe/Dublin", "Europe/Dublim", "time-zone", "`time-zone`: expected a time zone", ""),
        ("Europe/Dublin", "../../etc/passwd", "time-zone", "`time-zone`: expected a time zone", ""),
        ("Europe/Dublin", "Europe", "time-zone", "`time-zone`: expected a time zone", ""),
        ("sha256:5b", "sha256:xx", "people:", "`people`: expected `sha256:` and 64 hexadecimal digits", ""),
        ("2026-08-31", "2025-08-31", "until", "`until` lies before `effective`", ""),
        ("2026-08-31", "next summer", "until", "`until`: expected a day such as `2026-01-12`, found a text", ""),
        ("agreement: 2\n", "agreement: two\n", "agreement: 2", "`agreement`: expected a whole number from 1 up", ""),
        ("[own-key, portal]", "[own-key, fax]", "signing", "`accepted`: expected one of `own-key`, `portal`", ""),
        ("[coach, client, payer, board]", "[coach, client, payor]", "signatories", "`signatories`: expected a p",
         "did you mean `payer`?"),
        ("[coach, client, payer, board]", "[coach, payer]", "signatories", "`signatories`: expected a client", ""),
        ("[coach, client, payer, board]", "[client]", "signatories", "`signatories`: expected a coach", ""),
        ("[coach, client, payer, board]", "[coach, client, client]", "signatories", "`signatories`: `client` st", ""),
        ("notice: 2 weeks", "notice: soon", "notice", "`notice`: expected a period such as", ""),
        ("survives: [withheld", "survives: [witheld", "survives", "`survives`: expected one of `withheld`",
         "did you mean `withheld`?"),
        ("smallest-group: 4", "smallest-group: 1", "smallest-group", "`smallest-group`: expected a whole", ""),
        ("calendar: IE", "calender: IE", "calendar", "`settings`: found the unknown key `calender`",
         "did you mean `calendar`?"),
        ("  rota: who", "  feedback: who", "  rota", "`types`: `feedback` is known already and keeps its meaning", ""),
        ("  rota: who", "  Rota: who", "  rota", "`types`: expected lower-case words joined by dashes", ""),
        ("[payer, board]\n", "[]\n", "about-organisation", "`about-organisation`: expected at least one entry", ""),
        ("  about-client: [client]", "  about: [client]", "consent", "`consent`: expected the key `about-client`", ""),
        ("video: receive-only", "video: open", "channels", "`video`: expected one of `controlled`, `receive-only`", ""),
        ("site: controlled", "fax: controlled", "channels", "`channels`: found the unknown key `fax`", ""),
        ("headings: [current-ability", "headings: [personality", "headings", "`headings`: expected one of", ""),
        ("excludes: [conflicts]", "excludes: [conflict]", "excludes", "`excludes`: expected a type of information",
         "did you mean `conflicts`?"),
        ("if-silent: hold", "if-silent: publish", "if-silent", "`if-silent`: expected one of `hold`, `send`", ""),
        ("due: [2026-02-27]", "due: [soon]", "due:", "`due`: expected a day such as `2026-01-12`, found `soon`", ""),
        ("peers: 6", "peers: many", "circles", "`peers`: expected a whole number from 1 up, found `many`", ""),
        ("peers: 6", "nurses: 6", "circles", "`circles`: expected a party, found `nurses`", ""),
        ("circles: {peers: 6, reports: 4}", "circles: [peers]", "circles", "`circles`: expected a mapping", ""),
        ("  bystander:", "  By Stander:", "bystander", "`definitions`: expected lower", ""),
        ("rota: who is on duty when,", "rota: |\n    who\n   ", "  rota:", "`types`: expected one line", ""),
        ("data: {controllers: [coach]", "data: {controllers: [client-\u06f2]", "data:", "`controllers`: exp", ""),
        ("due: [2026-02-27]", "due: 2026-02-27", "due:", "`due`: expected a list, found `2026-02-27`", ""),
        ("unsolicited: return", "unsolicited: burn", "unsolicited", "`unsolicited`: expected one of `accept`", ""),
        ("compelled: {by: [court]", "compelled: {from: [court]", "compelled", "`compelled`: expected the key `by`", ""),
        ("consult: supervisor}\n  illegal", "consult: friend}\n  illegal", "threat", "`consult`: expected a party", ""),
        ("covers: [client]", "covers: [everyone]", "threat", "`covers`: expected one of `organisation`, `client`", ""),
        ("held-in: IE", "held-in: ireland", "held-in", "`held-in`: expected a country code such as `GB`", ""),
        ("prevails: where stricter", "prevails: never", "prevails", "`prevails`: expected one of `where stricter`", ""),
        ("open-to: [coach, client, payer]", "open-to: everybody", "open-to", "`open-to`: expected `signatories`", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line_and_a_hint(old: str, new: str, at: str, what: str, hint: str) -> None:
    """Unknown keys, words outside the closed lists, values of another kind: nothing is guessed or skipped."""
    found = problems_of(lambda: parse(changed(old, new)))
    matching = [problem for problem in found if problem.what.startswith(what)]
    assert [line_of(problem) for problem in matching] == [line(at)], [str(problem) for problem in found]
    assert matching[0].hint.startswith(hint)


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    """A lawyer's draft is mended in one go."""
    broken = changed("payer, board]", "payor]").replace("Europe/Dublin", "Dublin").replace("otherwise:", "else:")
    found = problems_of(lambda: parse(broken.replace("form: topic", "form: whisper")))
    lines = [line_of(problem) for problem in found]
    assert lines == sorted(lines)
    assert {line("signatories"), line("time-zone"), line("otherwise"), line("form: topic")} <= set(lines)


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("records/p-7t4n/agreements/2.yml", "`partnership`: expected the directory's name, found another"),
        ("records/p-7t4m/agreements/3.yml", "`agreement`: expected the number in the file's name, found another"),
    ],
)
def test_an_agreement_stands_where_it_says(file: str, what: str) -> None:
    """A copy under another number or in another partnership is refused there."""
    assert only_problem(lambda: parse(file=file)).what == what


def test_a_draft_outside_the_tree_is_read_too() -> None:
    """`agree check --file` judges a file wherever it lies."""
    assert parse(file="draft.yml") == parse()


@pytest.mark.parametrize("text", ["", "[]", "agreement\n", "12\n", "a:\n"])
def test_something_else_is_no_agreement(text: str) -> None:
    """An empty file, a list, a word: refused with the file, never a traceback."""
    assert all(problem.place and problem.place.file == FILE for problem in problems_of(lambda: parse(text)))


def test_a_name_in_the_wrong_place_is_not_repeated() -> None:
    """Wherever somebody writes a name by mistake, the refusal points at the line and keeps the name to itself."""
    name = "Marguerite O'Neill"
    for old in (
        "client, payer, board",
        "Europe/Dublin",
        "2025-09-01",
        "payer, payer.finance",
        "topic",
        "p-7t4m",
        "2 weeks",
    ):
        for problem in problems_of(lambda old=old: parse(changed(old, f'"{name}"'))):
            assert "Marguerite" not in everything_in(problem)
    for problem in problems_of(lambda: parse(changed("law: Ireland", f'"{name}": Ireland'))):
        assert "Marguerite" not in everything_in(problem)


@given(st.integers(0, len(SOURCE) - 1), st.sampled_from([*"ab:,-[]{}#'\"0 \n\t&*!|>", ""]))
def test_a_slip_of_the_pen_is_read_or_refused(position: int, typed: str) -> None:
    """Any single character typed or left out gives an agreement with another digest, or problems with lines."""
    text = SOURCE[:position] + typed + SOURCE[position + 1 :]
    try:
        agreement = parse(text)
    except Malformed as refused:
        assert all(problem.place and problem.place.file == FILE for problem in refused.problems)
        return
    assert agreement.digest == digest(text.encode())
    assert (agreement.digest == parse().digest) is (text == SOURCE)
