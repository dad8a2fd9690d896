"""The payer's summary in sentences: what it will and will not hold, when, how, and that the client reads it first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from confide.model.agreement import Agreement
from confide.model.words import Form
from confide.site.paper.labels import Neutral, either, quoted
from confide.site.words import channel_phrase, day, form_phrase, listing, plain, type_phrase

_HEADINGS = {
    "current-ability": "current ability",
    "potential-ability": "potential ability",
    "continue-coaching": "whether to go on with the coaching",
}
_WHEN = {
    "client-first": "It is given only after the client has read the exact text and had time to answer. Any change to "
    "the text after that starts anew.",
    "client-informed": "It is given only after the client was told that it will be.",
    "acknowledged": "It is given only after whoever receives it has promised to keep it confidential.",
    "consulted": "It is given only after the confidentiality adviser was asked.",
    "always": "It may be given at any time.",
    "promptly": "It is given promptly.",
}
_SILENT = {
    "hold": "If the client says nothing in that time, nothing is sent.",
    "send": "If the client says nothing in that time, it is sent as she last saw it.",
}


def says(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    """Nothing where no summary was agreed: that itself is said, so that nobody waits for one."""
    value: Mapping[str, Any] = agreement.clauses.get("summary", {})
    if not value:
        yield "No summary is given to anybody."
        return
    other = value.get("form", "summary") != "summary"
    form = f", {form_phrase(Form[value['form'].upper()])}" if other else ""
    to, by = labels.who(value["to"]), labels.each(value["by"])
    yield f"A summary of conclusions is given to {to} by {by}{form}."
    if value.get("due"):
        yield f"It is due on {listing(map(day, value['due']))}."
    yield f"It speaks of {listing(_HEADINGS[heading] for heading in value['headings'])}, and of nothing else."
    yield f"It may rest on {listing(map(type_phrase, value['includes']))}."
    yield f"It never holds {either(map(type_phrase, value['excludes']))}."
    if value.get("channel"):
        yield f"It is given {either(map(channel_phrase, value['channel']))}, and in no other way."
    for moment in value.get("when", ()):
        yield _moment(moment.kind, moment.value)
    if window := agreement.settings.get("input-window"):
        yield f"The client has {window} to answer."
    yield _SILENT[value["if-silent"]]
    if statement := value.get("client-statement"):
        yield f"What the client has to say about it is: {quoted(statement)}."
    if value.get("not-for"):
        yield f"It is never to be used for {either(map(plain, value['not-for']))}."


def _moment(kind: str, value: str) -> str:
    if kind == "every":
        return f"It is given every {value}."
    if kind == "on":
        return f"It is given from {day(date.fromisoformat(value))} on."
    return _WHEN[kind]
