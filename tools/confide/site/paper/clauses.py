"""Feedback, channels, data and records in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from confide.model.agreement import Agreement
from confide.site.paper.frame import groups
from confide.site.paper.labels import Neutral, either, quoted
from confide.site.words import capital, channel_phrase

_UNSOLICITED = {
    "accept": "Feedback that nobody asked for is accepted, under the terms of this agreement.",
    "return": "Feedback that nobody asked for is returned, and not used.",
}
_CONTROL = {
    "controlled": "Access is controlled, and information may be shared, {}.",
    "receive-only": "Information may come in, and none goes out, {}.",
    "not-used": "Nothing is shared {}.",
}


def feedback(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    """What becomes of feedback, and when a group is too small to be named."""
    value: Mapping[str, Any] = agreement.clauses.get("feedback", {})
    if unsolicited := value.get("unsolicited"):
        yield _UNSOLICITED[unsolicited]
    if value.get("circles"):
        yield f"Feedback may come from these groups, of the size that is said here: {groups(value['circles'], labels)}."
    least = agreement.settings.get("smallest-group")
    if least is not None:
        yield f"A group of fewer than {least} people is not named as the source of anything."
    if small := value.get("too-small"):
        yield f"Feedback from a group that is too small is said to come from {quoted(small)}."
    if promptly := agreement.settings.get("promptly"):
        yield f"What is to be passed on promptly is passed on within {promptly}."


def channels(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    """Every channel that the agreement speaks of; the others carry nothing."""
    del labels
    for control, words in _CONTROL.items():
        if chosen := [channel_phrase(one) for one, said in agreement.channels.items() if said == control]:
            yield words.format(either(chosen))
    yield "Nothing is shared electronically in a way to which access is not controlled. This binds everybody who signs."


def data(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    """Who answers for personal data, and how long records are kept."""
    value: Mapping[str, Any] = agreement.clauses.get("data", {})
    if controllers := value.get("controllers"):
        who = labels.who(controllers)
        yield f"{capital(who)} {'answers' if len(controllers) == 1 else 'answer'} for personal data."
    if held := value.get("held-in"):
        yield f"The data is kept in the country with the code {held}."
    if access := value.get("access-request"):
        yield f"Whoever asks to see the data about themselves gets an answer within {access}."
    if notice := value.get("incident-notice"):
        yield f"If access to data was not controlled, those concerned hear of it within {notice}."
    yield from _retention(agreement.clauses.get("retention", {}))


def _period(words: str) -> str:
    """`1 year after the end`."""
    return words.replace(" after end", " after the end")


def _retention(value: Mapping[str, Any]) -> Iterator[str]:
    if notes := value.get("notes"):
        yield f"Notes of sessions are kept for {_period(notes)}."
    if log := value.get("agreement-and-log"):
        yield f"The agreement, and the history of what was shared, are kept for {_period(log)}."
    if hold := value.get("legal-hold"):
        kept = "is kept for as long as that lasts" if hold == "kept" else "is not kept any longer for that reason"
        yield f"What a court or an authority may still need {kept}."
