"""What a version changes against the one before it: the policy's own comparison, in this reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from confide.model.agreement import Agreement
from confide.model.view import AgreementView
from confide.policy.analysis import words
from confide.policy.analysis.change import Change, Direction
from confide.policy.analysis.diff import diff
from confide.site.markup import NOTHING, html, join
from confide.site.reach import partnership_of
from confide.site.reading import Reading
from confide.site.words import capital, day, plain

_HEADINGS = {
    Direction.WIDENS: "More may be told than before",
    Direction.NARROWS: "Less may be told than before",
    Direction.CHANGES: "Neither more nor less, but otherwise",
}
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_KEY = re.compile(r"`([^`]*)`")
_KEPT = 32
_known: dict[tuple[str, str], tuple[Change, ...]] = {}


def changes(shown: AgreementView, reading: Reading) -> Markup:
    """The changes under up to three headings, or nothing for a first version."""
    before = reading.version(shown.agreement.version - 1)
    if before is None:
        return NOTHING
    found = _compared(before.agreement, shown.agreement)
    if not found:
        return html("<p>It says the same as agreement {}.</p>", before.agreement.version)
    lead = html(
        '<p>Against <a href="../agreement-{0}/">agreement {0}</a>. What was shared before stays as it was agreed then.'
        "</p>",
        before.agreement.version,
    )
    return html("{}{}", lead, join(_group(way, found, shown, before, reading) for way in Direction))


def _compared(old: Agreement, new: Agreement) -> tuple[Change, ...]:
    """Remembered: the same two texts stand on the site of everybody who signs them."""
    key = (f"{old.partnership} {old.digest}", f"{new.partnership} {new.digest}")
    if key not in _known:
        if len(_known) >= _KEPT:
            _known.clear()
        # Another schedule of people is bound to every new version of it; who signs stands beside this.
        _known[key] = diff(replace(old, people=""), replace(new, people=""), partnership_of(old, new))
    return _known[key]


def _group(
    way: Direction, found: tuple[Change, ...], shown: AgreementView, before: AgreementView, reading: Reading
) -> Markup:
    said = tuple(dict.fromkeys(change.sentence for change in found if change.direction is way))
    if not said:
        return NOTHING
    parties = dict.fromkeys((*before.agreement.parties, *shown.agreement.parties))
    lines = join(
        html('<li class="tc-change tc-change--{}">{}</li>', way.value, _in_words(sentence, tuple(parties), reading))
        for sentence in said
    )
    return html('<h3>{}</h3><ul class="tc-changes">{}</ul>', _HEADINGS[way], lines)


def _in_words(sentence: str, parties: tuple[str, ...], reading: Reading) -> str:
    """The sentence with its people called as this reader calls them, days as days, and keys as words."""
    for party, called in _calls(parties):
        role = reading.labels.role(party)
        if role == "you":
            sentence = sentence.replace(f"{called} has ", "you have ").replace(f"{called} is ", "you are ")
        sentence = re.sub(rf"(?<!\w){re.escape(called)}(?![\w.'])", role, sentence)
    sentence = _DAY.sub(lambda found: day(date.fromisoformat(found[0])), sentence)
    return f"{capital(_KEY.sub(lambda found: plain(found[1]), sentence))}."


def _calls(parties: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """party and what the comparison calls it; longer names first, for `the payer` begins `the payer's HR`."""
    yield from sorted(((party, words.party(party)) for party in parties), key=lambda one: -len(one[1]))
