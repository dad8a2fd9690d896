"""The tool's own spelling: safe for every YAML reader, and read back without one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.records import canonical, yaml
from confide.records.nodes import Node
from confide.records.scalars import Ambiguous, resolve, write
from tests.records.test_yaml import mappings


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("goals-to-sponsors", "goals-to-sponsors"),
        ("notes/2026-02-03#s2", "notes/2026-02-03#s2"),
        ("sha256:00ff", "sha256:00ff"),
        ("3 working days", "3 working days"),
        ("no", '"no"'),
        ("On", '"On"'),
        ("true", '"true"'),
        ("12345678", '"12345678"'),
        ("1e345678", '"1e345678"'),
        ("0x12abcd", '"0x12abcd"'),
        ("2026-02-03", '"2026-02-03"'),
        ("2026-13-41", '"2026-13-41"'),
        ("", '""'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("a, b", '"a, b"'),
        ("{a}", '"{a}"'),
        ("Zoë", '"Zoë"'),
        ("a\nb", '"a\\nb"'),
        ("a\u2028b\u202ec\x85", '"a\\u2028b\\u202ec\\u0085"'),
        (None, "null"),
        (True, "true"),
        (7, "7"),
        (datetime(2026, 2, 10, 9, 30, tzinfo=UTC), "2026-02-10T09:30:00Z"),
        (datetime(2026, 2, 10, 10, 30, tzinfo=timezone(timedelta(hours=1))), "2026-02-10T09:30:00Z"),
        (datetime(2026, 2, 10).date(), "2026-02-10"),  # noqa: DTZ001 - only its day is taken
    ],
)
def test_a_value_is_bare_only_where_every_reader_takes_it_for_itself(value: object, written: str) -> None:
    """What another reader could take for a number, a time or a truth is quoted, and so is what could end early."""
    assert write(value) == written  # type: ignore[arg-type]


def test_a_time_without_a_zone_or_with_a_fraction_is_not_written() -> None:
    """Rounding or guessing a zone would change what was said."""
    for time in (datetime(2026, 2, 10), datetime(2026, 2, 10, microsecond=1, tzinfo=UTC)):  # noqa: DTZ001
        with pytest.raises(ValueError, match="a time has a zone and no fraction of a second"):
            write(time)


@given(st.text(max_size=30))
def test_bare_text_means_itself(text: str) -> None:
    """Whatever is written without quotes resolves to the same text."""
    written = write(text)
    if not written.startswith('"'):
        assert resolve(written) == text == written


@given(st.text(alphabet="0123456789abcdefTZ:-+._xoeE ~nul<=", max_size=20))
def test_a_plain_word_has_one_meaning_or_none(text: str) -> None:
    """What is taken for a text is one for ruamel as well: nothing changes its kind between two readers."""
    try:
        value = resolve(text)
    except Ambiguous:
        return
    seen = yaml.load(f'["{text}"]'.encode(), "f").root
    if isinstance(value, str):
        assert seen == Node((Node(value, 1),), 1)


@given(mappings)
def test_the_shortcut_reads_what_the_parser_reads(mapping: dict[str, object]) -> None:
    """For everything `render` writes, `read` gives the same nodes with the same lines, or declines."""
    data = canonical.render(mapping)
    shortcut = canonical.read(data)
    assert shortcut is None or shortcut == yaml.load(data, "f").root


def test_the_shortcut_is_taken_for_the_tool_s_own_files() -> None:
    """A flat file with lists and rows is not declined: else the shortcut would be none."""
    data = canonical.render(
        {
            "event": 1,
            "at": datetime(2026, 2, 10, 9, 30, tzinfo=UTC),
            "to": ["payer", "payer.hr"],
            "sections": [{"section": "notes/2026-02-03#s2", "flags": ["privileged"]}, {"section": "x", "flags": []}],
            "previous": {"payer": "none", "1": "sha256:00"},
            "empty": {},
        }
    )
    assert canonical.read(data) == yaml.load(data, "f").root


@given(st.one_of(st.binary(max_size=80), st.text('ab1: {}[],"\\-\n', max_size=40).map(str.encode)))
def test_the_shortcut_never_fails(data: bytes) -> None:
    """Anything else is declined, not an error."""
    assert canonical.read(data) is None or isinstance(canonical.read(data), Node)


@pytest.mark.parametrize(
    "text",
    ["a: 1 # x\n", "a:  1\n", "a: [1,2]\n", "a: 'x'\n", "a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "a: [1\n", "  - {a: 1}\n"],
)
def test_what_is_not_canonical_is_declined(text: str) -> None:
    """A comment, another spacing, other quotes, a repeated key: the parser has to say what it is."""
    assert canonical.read(text.encode()) is None


def test_deep_brackets_are_declined() -> None:
    """Nesting that would exhaust the stack is left to the parser, which has a limit."""
    assert canonical.read(b"a: " + b"[" * 100_000) is None
