"""What an amendment changes beside its terms: period, signatures, channels, exceptions, the summary, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from confide.model.agreement import Agreement
from confide.model.words import Form
from confide.policy.analysis import words
from confide.policy.analysis.change import Change, Direction
from confide.policy.analysis.space import controlled
from confide.policy.groups import circles_of, smallest_group

W, N, C = Direction.WIDENS, Direction.NARROWS, Direction.CHANGES
_NUMBER = re.compile(r"(\d+) (.+)")
# Lists of parties, types or words in a clause: more of them lets more be known, or fewer.
_MORE_WIDENS = {
    ("summary", "to"): "reads the summary",
    ("summary", "includes"): "is part of the summary",
    ("summary", "headings"): "is a heading of the summary",
    ("threat", "to"): "may be told under the exception `threat`",
    ("threat", "covers"): "is covered by the exception `threat`",
    ("illegal", "to"): "may be told under the exception `illegal`",
    ("illegal", "covers"): "is covered by the exception `illegal`",
    ("unethical", "to"): "may be told under the exception `unethical`",
    ("unethical", "covers"): "is covered by the exception `unethical`",
    ("compelled", "by"): "may compel a disclosure",
    ("requests", "visible-to"): "sees requests that were refused",
}
_FEWER_WIDENS = {
    ("summary", "excludes"): "is kept out of the summary",
    ("summary", "not-for"): "is a purpose the summary must not be used for",
}
_GROUNDS = ("compelled", "threat", "illegal", "unethical")
_PARTY_LISTS = frozenset({"to", "by", "visible-to"})


def clause_changes(old: Agreement, new: Agreement) -> Iterator[Change]:
    """Every change beside the terms; numbers and digests of the versions are none."""
    yield from _period(old, new)
    yield from _people(old, new)
    yield from _channels(old, new)
    yield from _groups(old, new)
    yield from _lists(old, new)
    yield from _rest(old, new)


def _change(kind: str, direction: Direction, sentence: str) -> Change:
    return Change(kind, sentence, direction)


def _period(old: Agreement, new: Agreement) -> Iterator[Change]:
    if old.effective != new.effective:
        yield _change("period", C, f"it applies from {new.effective} instead of from {old.effective}")
    if old.until != new.until:
        yield _change("period", W if new.until > old.until else N, f"it ends on {new.until} instead of on {old.until}")
    if old.time_zone != new.time_zone:
        yield _change("period", C, f"days begin in {new.time_zone} instead of in {old.time_zone}")


def _people(old: Agreement, new: Agreement) -> Iterator[Change]:
    """Fewer who sign or are asked widens; so does a weaker kind of signature."""
    yield from _sets("signatories", old.signatories, new.signatories, "signs the agreement", False)
    yield from _sets("signing", old.accepted, new.accepted, "is a signature that counts", True)
    for key in dict.fromkeys((*old.consent, *new.consent)):
        asked = f"is asked for consent ({words.plain(key)})"
        yield from _sets("consent", old.consent.get(key, ()), new.consent.get(key, ()), asked, False)
    if old.people != new.people:
        yield _change("people", C, "it is bound to another schedule of people")


def _sets(kind: str, was: Iterable[str], now: Iterable[str], role: str, more_widens: bool) -> Iterator[Change]:
    named = kind in ("signatories", "consent") or kind in _PARTY_LISTS
    word = (lambda w: words.party(w) if w != "source" else "the source") if named else words.what
    for one in dict.fromkeys(now):
        if one not in was:
            yield _change(kind, W if more_widens else N, f"{word(one)} {role} now")
    for one in dict.fromkeys(was):
        if one not in now:
            yield _change(kind, N if more_widens else W, f"{word(one)} {_no_longer(role)}")


def _no_longer(role: str) -> str:
    """`may be told` → `may no longer be told`, `signs` → `no longer signs`."""
    verb, _, rest = role.partition(" ")
    return f"{verb} no longer {rest}" if verb in ("may", "is") else f"no longer {role}"


def _channels(old: Agreement, new: Agreement) -> Iterator[Change]:
    was, now = controlled(old), controlled(new)
    for channel in dict.fromkeys((*was, *now)):
        if (channel in was) != (channel in now):
            counts = "now counts" if channel in now else "no longer counts"
            yield _change("channel", W if channel in now else N, f"`{channel}` {counts} as controlled")


def _groups(old: Agreement, new: Agreement) -> Iterator[Change]:
    was, now = smallest_group(old), smallest_group(new)
    if was != now:
        yield _change("small-group", W if now < was else N, f"the smallest group has {now} people instead of {was}")
    before, after = circles_of(old), circles_of(new)
    for circle in dict.fromkeys((*before, *after)):
        if before.get(circle) != after.get(circle):
            sizes = f"has {after.get(circle, 0)} people instead of {before.get(circle, 0)}"
            yield _change("small-group", C, f"the circle of {words.plain(circle)} {sizes}")


def _lists(old: Agreement, new: Agreement) -> Iterator[Change]:
    for ground in _GROUNDS:
        had, has = bool(_clause(old, ground)), bool(_clause(new, ground))
        if had != has:
            yield _change("exceptions", W if has else N, f"the exception `{ground}` is {'new' if has else 'gone'}")
    for table, more_widens in ((_MORE_WIDENS, True), (_FEWER_WIDENS, False)):
        for (name, key), role in table.items():
            was, now = _clause(old, name).get(key, ()), _clause(new, name).get(key, ())
            if key in _PARTY_LISTS:
                yield from _sets(key, was, now, role, more_widens)
            else:
                yield from _sets(name, was, now, role, more_widens)


def _clause(agreement: Agreement, name: str) -> Mapping[str, Any]:
    within = agreement.clauses.get("exceptions", {}) if name in _GROUNDS else agreement.clauses
    found = within.get(name) if isinstance(within, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _rest(old: Agreement, new: Agreement) -> Iterator[Change]:
    """Everything else, value by value; for a few it is known which way they go."""
    was, now = dict(_leaves(old)), dict(_leaves(new))
    for key in dict.fromkeys((*was, *now)):
        if was.get(key) == now.get(key):
            continue
        direction = _direction(key, was.get(key, ""), now.get(key, ""))
        name = " of ".join(f"`{part}`" for part in reversed(key))
        if key not in was:
            yield _change(key[0], direction, f"{name} is new: {now[key]}")
        elif key not in now:
            yield _change(key[0], direction, f"{name} is gone: it was {was[key]}")
        else:
            yield _change(key[0], direction, f"{name} is {now[key]} instead of {was[key]}")


def _direction(key: tuple[str, ...], was: str, now: str) -> Direction:
    if key == ("summary", "if-silent"):
        return W if now == "send" else N
    if key == ("summary", "form"):
        return W if Form[now.upper() or "NONE"] > Form[was.upper() or "NONE"] else N
    if key == ("summary", "when"):
        return W if was and was not in now else N
    if key[-1] == "consult":
        return N if now and not was else W if was and not now else C
    if key == ("settings", "input-window"):
        before, after = _NUMBER.match(was), _NUMBER.match(now)
        if before and after and before[2].rstrip("s") == after[2].rstrip("s"):
            return W if int(after[1]) < int(before[1]) else N
    return C


def _leaves(agreement: Agreement) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every value that no other analysis speaks of, by its keys."""
    yield ("law",), agreement.law
    for word, meaning in agreement.types.items():
        yield ("types", word), meaning
    for key, value in agreement.settings.items():
        if key != "smallest-group":
            yield ("settings", key), str(value)
    for key, value in agreement.channels.items():
        if value != "controlled":
            yield ("channels", key), str(value)
    for key, value in agreement.clauses.items():
        yield from _within((key,), value)


def _within(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    if (path[-2:] in _SPOKEN_OF) or path in (("signing", "accepted"), ("feedback", "circles")):
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _within((*path, str(key)), inner)
    elif isinstance(value, (tuple, list)):
        for number, item in enumerate(item for item in value if isinstance(item, Mapping)):
            yield from _within((*path, str(item.get("id", number))), item)
        plain = [str(item) for item in value if not isinstance(item, Mapping)]
        if plain or not value:
            yield path, words.listing(plain) or "nobody"
    else:
        yield path, str(value)


_SPOKEN_OF = frozenset({*_MORE_WIDENS, *_FEWER_WIDENS})
