"""YAML: a strict reading with lines, a round trip that changes nothing, and no input that ends in a traceback."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from confide.model.problem import Malformed
from confide.records import yaml
from confide.records.build import DEEPEST, plain
from tests.records.reasons import DATA, everything_in, line_of, only_problem, problems_of

FILE = "records/p-7t4m/some.yml"


def load(text: str | bytes) -> yaml.Document:
    return yaml.load(text.encode() if isinstance(text, str) else text, FILE)


@pytest.mark.parametrize(
    ("text", "line", "what", "hint"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "the key `a` stands here for the second time", ""),
        ("x: {a: 1,\n  a: 2}\n", 2, "the key `a` stands here for the second time", ""),
        ("a: &here 1\n", 1, "found an anchor (`&`)", "write the value out: each line stands for itself"),
        ("a: 1\nb: *a\n", 2, "found an alias (`*`)", "write the value out: each line stands for itself"),
        ("a: {b: 1}\n<<: {c: 2}\n", 2, "found a merge key (`<<`)", "write the entries out"),
        ("a: !!str 1\n", 1, "found a tag (`!`)", "remove it: the kind of a value follows from its key"),
        ("a: !odd {b: 1}\n", 1, "found a tag (`!`)", "remove it: the kind of a value follows from its key"),
        ("%YAML 1.1\n---\na: no\n", 2, "found a directive (`%`)", "remove the line"),
        ("a: 1\n---\nb: 2\n", 2, "found a second document", "one file holds one document"),
        ("a: 1\nb:\t2\n", 2, "found a tab", "indent and separate with spaces"),
        (b"\xef\xbb\xbfa: 1\n", 1, "found a byte order mark", ""),
        (b"a: 1\nb: \xff\n", 2, "expected UTF-8 text, found other bytes", ""),
        ("a: 1\n\nb: \0\n", 3, "found the invisible character U+0000", ""),
        ("a: harmless \u202etxet\n", 1, "found the invisible character U+202E", ""),
        ("a: 1\u2028b: 2\n", 1, "found the invisible character U+2028", ""),
        ("a: 1\rb: 2\n", 1, "found a carriage return without a line feed", ""),
        ("1: a\n", 1, "expected a word as a key", "put a number or date used as a key in quotes"),
        ("? [a]\n: b\n", 1, "expected a word as a key, found a list or mapping", ""),
        ("a: 2026-02-30\n", 1, "found a day or time that does not exist", ""),
        ("a: 1.10\n", 1, "found a number or time in an unusual spelling", ""),
        ("a: 010\n", 1, "found a number or time in an unusual spelling", ""),
        ("a: 0x1F\n", 1, "found a number or time in an unusual spelling", ""),
        ("a: 2026-02-10 09:30:00\n", 1, "found a number or time in an unusual spelling", ""),
        ("a: 1\nb: [2\n", 3, "expected well-formed YAML", ""),
    ],
)
def test_what_a_record_has_no_use_for_is_refused_at_its_line(
    text: str | bytes, line: int, what: str, hint: str
) -> None:
    """Each of these is one problem with the line it stands on."""
    problem = only_problem(lambda: load(text))
    assert (problem.what, line_of(problem)) == (what, line)
    assert problem.place is not None and problem.place.file == FILE
    assert problem.hint.startswith(hint)


def test_all_problems_are_told_at_once() -> None:
    """Reading goes on behind a problem, so that one look at the file mends it."""
    found = problems_of(lambda: load("a: &x 1\nb: !y 2\na: 3\n<<: {}\nc: 1.5\n"))
    assert [line_of(problem) for problem in found] == [1, 2, 3, 4, 5]


def test_a_repeated_key_names_the_first() -> None:
    """Whoever repeats a key sees both places."""
    assert only_problem(lambda: load("a: 1\nb: 2\na: 3\n")).why == "first on line 1"


def test_deep_nesting_is_refused_before_it_costs_anything() -> None:
    """The limit counts levels, in block and flow style, and the deepest allowed is allowed."""
    assert load("[" * DEEPEST + "]" * DEEPEST)
    for text in ("[" * 100_000, "- " * 5_000, "{a: " * 50_000):
        assert only_problem(lambda text=text: load(text)).what == f"found more than {DEEPEST} levels of nesting"


def test_a_large_file_is_refused_unread() -> None:
    """One byte more than a mebibyte is too much."""
    assert load(b"a: " + b"x" * (yaml.LARGEST - 3))
    problem = only_problem(lambda: load(b"a: " + b"x" * (yaml.LARGEST - 2)))
    assert problem.what == "expected at most 1024 KiB, found 1024"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("off", "off"),
        ("yes", "yes"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("2026-01-12", date(2026, 1, 12)),
        ("2026-02-10T09:30:00Z", datetime(2026, 2, 10, 9, 30, tzinfo=UTC)),
        ("2026-02-03-2", "2026-02-03-2"),
        ("12:30", "12:30"),
        ("'12'", "12"),
        ('"2026-01-12"', "2026-01-12"),
        ("72 hours", "72 hours"),
        ("Europe/Dublin", "Europe/Dublin"),
    ],
)
def test_values_are_those_of_yaml_1_2(text: str, value: object) -> None:
    """Words stay words; days and UTC times are themselves; quotes make text."""
    assert plain(load(f"a: {text}\n").root) == {"a": value}


def test_lines_are_those_of_keys_and_items() -> None:
    """A value's line is its key's; an item's is its own; a missing thing's is its container's."""
    document = load("a: 1\nb:\n  - x\n  - c: {d: 1,\n      e: 2}\n")
    assert document.line("b") == 2
    assert document.line("b", 1) == 4
    assert document.line("b", 1, "c", "e") == 5
    assert document.line("b", 7, "c") == 2
    assert document.line("nothing") == 1


def test_an_edit_keeps_order_comments_and_wording() -> None:
    """What was not edited stands in the result as it stood, line by line."""
    source = (DATA / "agreement.yml").read_bytes()
    document = load(source)
    document.data["law"] = "Northern Ireland"
    before, after = source.decode().splitlines(), yaml.dump(document).decode().splitlines()
    assert "law: Northern Ireland # where the trust has its seat" in [" ".join(line.split()) for line in after]
    untouched = [line for line in before if line.strip().startswith("#")]
    assert untouched and set(untouched) <= set(after)
    assert list(plain(load(yaml.dump(document)).root)) == list(plain(load(source).root))


@pytest.mark.parametrize("look", [False, True])
def test_an_unchanged_file_is_written_byte_for_byte(look: bool) -> None:
    """Also where ruamel would break lines elsewhere, and also when somebody looked at the mapping."""
    source = (DATA / "agreement.yml").read_bytes() + b"# no line end at the end"
    document = load(source)
    if look:
        assert document.data["agreement"] == 2
        document.data["agreement"] = 2
    assert yaml.dump(document) == source


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.dates(date(1000, 1, 1)),
    st.sampled_from(["no", "1.5", "a: b", "- x", "# y", " z", "'", '"', "~", "<<", "&a", "*a", "!t", "{", "2026-1-1"]),
    st.text(max_size=20),
)
mappings = st.dictionaries(
    st.text(min_size=1, max_size=8),
    st.recursive(
        scalars,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.text(min_size=1, max_size=5), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    max_size=5,
)


@given(mappings)
def test_whatever_is_rendered_is_read_back(mapping: dict[str, object]) -> None:
    """`render` writes what `load` accepts and takes for the same, and an unchanged document gives the same bytes."""
    source = yaml.render(mapping)
    document = yaml.load(source, FILE)
    assert (plain(document.root) or {}) == mapping
    assert document.data is not None or not mapping
    assert yaml.dump(document) == source


@given(mappings)
def test_both_readings_agree(mapping: dict[str, object]) -> None:
    """The strict reading and ruamel's round trip mean the same, so that editing one edits the other."""
    document = yaml.load(yaml.render(mapping), FILE)
    assert _bare(document.data) == plain(document.root)


def _bare(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _bare(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_bare(item) for item in value]
    if isinstance(value, str):
        return str(value)
    return value


yaml_like = st.text(st.sampled_from("ab01:-,?[]{}#&*!|>'\"%@`~<=. \n\t\\uUx"), max_size=60)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=80).map(str.encode), yaml_like.map(str.encode)))
@example(b'a: "\\UFFFFFFFF"')
@example(b"%YAML a.b\n---\na: 1\n")
@example(b"%YAML 1.1.1\n---\na: 1\n")
@example(b"%TAG ! !\n---\n")
@example(b"? |-\n a\n: b\n")
@example(b"--- >\n")
@example(b"a: |99\n")
@example(b"%\xc2\xa0")
def test_no_bytes_end_in_a_traceback(data: bytes) -> None:
    """Whatever is read is either a document that is written back byte for byte, or refused with a file and a line."""
    try:
        document = yaml.load(data, FILE)
    except Malformed as refused:
        assert refused.problems
        assert all(problem.place and problem.place.file == FILE for problem in refused.problems)
        return
    assert yaml.dump(document) == data


@given(yaml_like.map(lambda text: text.replace("\t", " ")))
def test_what_is_accepted_can_be_edited(text: str) -> None:
    """A document that passed the strict reading is one that ruamel reads too, with the same values."""
    try:
        document = load(text)
    except Malformed:
        return
    assert _bare(document.data) == plain(document.root)
    assert yaml.dump(document) == text.encode()


@pytest.mark.parametrize("quiet", [False, True])
def test_problems_do_not_quote_the_file(quiet: bool) -> None:
    """A name in a broken file does not come out of it through a parser's message."""
    canary = "Marguerite"
    for text in (
        f"a: *{canary}\n",
        f"a: '{canary}\n",
        f"a: {canary}: b: c\n",
        f"{canary}: 1\n{canary}: 2\n",
        f"a: @{canary}",
    ):
        for problem in problems_of(lambda text=text: yaml.load(text.encode(), FILE, quiet=quiet)):
            assert canary not in everything_in(problem)


def test_a_quiet_reading_repeats_no_key() -> None:
    """Even a key that looks like an identifier may be a name in a file full of names."""
    problem = only_problem(lambda: yaml.load(b"anna: 1\nanna: 2\n", FILE, quiet=True))
    assert problem.what == "a key stands here for the second time"
