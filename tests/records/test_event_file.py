"""Event files: one event, one file, one digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.model.commitment import digest
from confide.model.event import KIND_FIELDS, Event, Exact, Site
from confide.model.problem import Malformed
from confide.model.words import Attribution, Form
from confide.records import yaml
from confide.records.build import plain
from confide.records.event_file import parse_event, render_event
from tests.records.reasons import everything_in, line_of, only_problem, problems_of
from tests.records.strategies import events

D = "sha256:" + "0f" * 32
SHARED = Event(
    id="x7k2m9qd",
    kind="disclosed",
    partnership="p-7t4m",
    at=datetime(2026, 2, 10, 9, 30, tzinfo=UTC),
    by="coach",
    to=("board", "payer.hr"),
    what=("partnership-goals/shared",),
    form=Form.SUMMARY,
    attribution=Attribution.NONE,
    channel="site",
    sections=(
        Exact("notes/2026-02-03#s2", D, "partnership-goals/shared", Form.SUMMARY),
        Exact("notes/2026-02-03-2#s7k", D, "strategy", Form.TOPIC, "client", "payer", "payer", ("trade-secret",)),
    ),
    terms=("aims-in-brief",),
    agreement=2,
    because=("a83dw5hn",),
    previous={"client": D, "board": "none"},
)
FILE = f"records/p-7t4m/events/{SHARED.name}.yml"
TEXT = f"""\
event: 1
id: x7k2m9qd
kind: disclosed
partnership: p-7t4m
at: 2026-02-10T09:30:00Z
by: coach
to: [board, payer.hr]
what: [partnership-goals/shared]
form: summary
attribution: none
channel: site
sections:
  - {{section: notes/2026-02-03#s2, commitment: {D}, what: partnership-goals/shared, form: summary}}
  - {{section: notes/2026-02-03-2#s7k, commitment: {D}, what: strategy, form: topic, source: payer, owner: payer, \
flags: [trade-secret]}}
terms: [aims-in-brief]
agreement: 2
because: [a83dw5hn]
previous: {{client: {D}, board: none}}
"""


def test_the_file_reads_as_it_should() -> None:
    """These are the bytes of this event: fixed order, one section a line, defaults left out."""
    assert render_event(SHARED).decode() == TEXT
    read = parse_event(TEXT.encode(), FILE)
    assert read == SHARED
    assert (read.digest, str(read.place)) == (digest(TEXT.encode()), FILE)


@given(events())
def test_what_is_written_is_read_back(event: Event) -> None:
    """parse(render(e)) == e for every kind and every set of fields, and the file is YAML like any other."""
    data = render_event(event)
    file = f"records/{event.partnership}/events/{event.name}.yml"
    read = parse_event(data, file)
    assert read == event
    assert read.digest == digest(data)
    assert render_event(read) == data
    assert plain(yaml.load(data, file).root)["kind"] == event.kind


@given(events(), st.data())
def test_every_change_of_a_byte_shows(event: Event, data: st.DataObject) -> None:
    """A changed file is refused, or is another event: no two files are the same one."""
    source = bytearray(render_event(event))
    source[data.draw(st.integers(0, len(source) - 1))] = data.draw(st.integers(0, 255))
    changed, file = bytes(source), f"{event.name}.yml"
    try:
        read = parse_event(changed, file)
    except Malformed:
        return
    assert render_event(read) == changed
    assert (read == event) is (changed == render_event(event))


@pytest.mark.parametrize(
    "spelling",
    [
        TEXT.replace("by: coach", "by: coach # Marguerite asked"),
        TEXT + "# Marguerite asked\n",
        TEXT.replace("to: [board, payer.hr]", "to: [board,  payer.hr]"),
        TEXT.replace("form: summary\n", "form: 'summary'\n"),
        TEXT.replace("agreement: 2\nbecause: [a83dw5hn]\n", "because: [a83dw5hn]\nagreement: 2\n"),
        TEXT.replace("form: topic,", "form: topic, subject: client,"),
        TEXT.replace("\n", "\r\n"),
        TEXT.rstrip("\n"),
    ],
)
def test_another_spelling_of_an_event_is_refused(spelling: str) -> None:
    """No comment, order, quote, spelled-out default or line end is possible in which something could hide."""
    problem = only_problem(lambda: parse_event(spelling.encode(), FILE))
    assert problem.what == "expected the canonical form, found another spelling of the same event"
    assert str(problem.place) == FILE
    assert "Marguerite" not in everything_in(problem)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("kind: disclosed", "kind: disclosd", 3, "`kind`: expected one of `invited`"),
        ("kind: disclosed", "kind: amended", 3, "`kind`: expected one of `invited`"),
        ("channel: site\n", "channel: site\nchanel: site\n", 12, "the event: found the unknown key `chanel`"),
        ("form: summary\natt", "att", 1, "the event: expected the key `form`, found none"),
        ("channel: site\n", "channel: site\nstrength: paper\n", 12, "the event: found the unknown key `strength`"),
        ("to: [board, payer.hr]", "to: []", 7, "`to`: expected at least one entry, found an empty list"),
        ("to: [board, payer.hr]", "to: [board, anna]", 7, "`to`: expected a party, found `anna`"),
        ("to: [board, payer.hr]", "to: [board, board]", 7, "`to`: `board` stands there more than once"),
        ("to: [board, payer.hr]", "to: board", 7, "`to`: expected a list, found `board`"),
        ("id: x7k2m9qd", "id: Marguerite", 2, "`id`: expected an event id of eight letters, found another text"),
        ("agreement: 2", "agreement: 0", 16, "`agreement`: expected a whole number from 1 up, found `0`"),
        ("agreement: 2", "agreement: true", 16, "`agreement`: expected a whole number from 1 up, found `true`"),
        ("09:30:00Z", "09:30:00+01:00", 5, "found a number or time in an unusual spelling"),
        ("notes/2026-02-03#s2", "notes/anna#s2", 13, "`section`: expected a section such as"),
        ("notes/2026-02-03#s2", "2026-02-03#s2", 13, "`section`: expected a section such as"),
        ("form: summary}", "form: none}", 13, "`form`: expected one of `topic`, `aggregate`, `summary`, `verbatim`"),
        ("notes/2026-02-03#s2", "notes/\u0662\u0660\u0662\u0666-02-03#s2", 13, "`section`: expected a section such as"),
        ("to: [board, payer.hr]", "to: [client-\u0662]", 7, "`to`: expected a party, found another text"),
        ("board: none}", "anna: none}", 18, "`previous`: expected a party, found `anna`"),
        ("board: none}", "board: x}", 18, "`board`: expected a digest or `none`, found `x`"),
        ("event: 1", "event: 2", 1, "`event`: expected the format 1, found another"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old: str, new: str, line: int, what: str) -> None:
    """Unknown and missing fields, words outside the closed lists, and shapes that could be names."""
    assert old in TEXT
    found = problems_of(lambda: parse_event(TEXT.replace(old, new, 1).encode(), FILE))
    assert (line, True) in [(line_of(problem), problem.what.startswith(what)) for problem in found]


def test_all_problems_are_told_at_once() -> None:
    """A broken file is mended in one go."""
    broken = TEXT.replace("by: coach", "by: coch").replace("site\n", "sight\n").replace("event: 1", "evnt: 1")
    found = problems_of(lambda: parse_event(broken.encode(), FILE))
    assert [line_of(problem) for problem in found] == [1, 1, 6, 11]
    assert [problem.hint for problem in found][1:3] == ["did you mean `event`?", "did you mean `coach`?"]


@pytest.mark.parametrize(
    "name",
    [
        "2026-02-11-disclosed-x7k2m9qd.yml",
        "2026-02-10-refused-x7k2m9qd.yml",
        "2026-02-10-disclosed-x7k2m9qe.yml",
        "x.yml",
    ],
)
def test_the_file_s_name_has_to_agree(name: str) -> None:
    """An event under another day, kind or id is refused: a listing of the directory tells the truth."""
    problem = only_problem(lambda: parse_event(TEXT.encode(), f"records/p-7t4m/events/{name}"))
    assert problem.what == "the file's name does not agree with `id`, `kind` and `at`"


def test_an_event_does_not_move_between_partnerships() -> None:
    """A valid file that was copied into another directory is refused there."""
    problem = only_problem(lambda: parse_event(TEXT.encode(), FILE.replace("p-7t4m", "p-7t4n")))
    assert problem.what == "the file stands in another partnership's directory than `partnership` says"


@pytest.mark.parametrize(
    "event",
    [
        replace(SHARED, strength="paper"),
        replace(SHARED, kind="amended"),
        replace(SHARED, to=()),
        replace(SHARED, by="Marguerite"),
        replace(SHARED, channel="pigeon"),
        replace(SHARED, at=datetime(2026, 2, 10, 9, 30)),  # noqa: DTZ001 - no zone is the point
        replace(SHARED, at=datetime(2026, 2, 10, 9, 30, 0, 5, tzinfo=UTC)),
        replace(SHARED, sections=(replace(SHARED.sections[0], form=Form.NONE),)),
        replace(SHARED, previous={"nobody": "none"}),
    ],
)
def test_an_event_that_could_not_be_read_back_is_not_written(event: Event) -> None:
    """Neither a field its kind has no use for, nor a word outside the lists, nor an inexact time is ever written."""
    for problem in problems_of(lambda: render_event(event)):
        assert "Marguerite" not in everything_in(problem)


def test_a_time_of_another_zone_is_written_in_utc() -> None:
    """The same moment is the same event, whatever clock it was read from."""
    elsewhere = replace(SHARED, at=SHARED.at.astimezone(timezone(timedelta(hours=5))))
    assert render_event(elsewhere).decode() == TEXT


def test_every_kind_that_can_be_written_has_its_fields_read() -> None:
    """No kind of the model names a field that this room cannot read."""
    from confide.records.event_file import _ORDER, READ

    named = {name for required, optional in KIND_FIELDS.values() for name in required | optional}
    assert named <= set(READ)
    assert set(READ) | {"kind"} == set(_ORDER)


@given(st.one_of(st.binary(max_size=120), st.text(max_size=60).map(str.encode)))
def test_no_bytes_end_in_a_traceback(data: bytes) -> None:
    """Anything that is no event is refused with its file."""
    assert all(problem.place and problem.place.file == FILE for problem in problems_of(lambda: parse_event(data, FILE)))


def test_a_publication_lists_sites_one_a_line() -> None:
    """`published` is addressed to nobody and names each sealed site."""
    event = Event(
        "12345678",
        "published",
        "p-7t4m",
        SHARED.at,
        "coach",
        sites=(Site("abcdefgh2j", 1, D), Site("1234567890", 12, D)),
        previous={"client": "none"},
    )
    lines = render_event(event).decode().splitlines()
    assert lines[1] == 'id: "12345678"'
    assert lines[-4:] == [
        "sites:",
        f"  - {{reader: abcdefgh2j, sequence: 1, digest: {D}}}",
        f'  - {{reader: "1234567890", sequence: 12, digest: {D}}}',
        "previous: {client: none}",
    ]
