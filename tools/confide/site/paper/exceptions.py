"""The only cases in which confidentiality may be set aside, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from confide.model.agreement import Agreement
from confide.site.paper.labels import Neutral, quoted
from confide.site.words import capital, listing

_GROUNDS = {
    "threat": "If somebody, or an organisation, is in danger",
    "illegal": "If something illegal comes up",
    "unethical": "If something unethical comes up",
}
_COVERS = {"organisation": "what belongs to the organisation", "client": "what is about the client"}


def says(agreement: Agreement, labels: Neutral) -> Iterator[str]:
    """Each ground with what it means, whose information it reaches, who may be told, and who is asked first."""
    value: Mapping[str, Any] = agreement.clauses.get("exceptions", {})
    if not value:
        yield "There are no exceptions."
        return
    yield "Confidentiality may be set aside only in the cases named here, and then no further than the case requires."
    if "compelled" in value:
        yield from _compelled(value["compelled"], labels)
    for ground, when in _GROUNDS.items():
        if ground in value:
            yield _ground(ground, when, value[ground], labels)
    if waived := value.get("input-waived-when"):
        yield f"The client’s answer to a text is not waited for in this case: {quoted(waived)}."
    if body := value.get("credentialing-body"):
        yield f"What the coach’s professional body may learn: {quoted(body)}."


def _compelled(value: Mapping[str, Any], labels: Neutral) -> Iterator[str]:
    yield f"If {labels.each(value['by'])} orders it by law, what is ordered may be told."
    if extent := value.get("extent"):
        yield f"The extent of that is: {quoted(extent)}."
    if client := value.get("client"):
        yield f"For the client this holds then: {quoted(client)}."


def _ground(ground: str, when: str, value: Mapping[str, Any], labels: Neutral) -> str:
    covers = listing(_COVERS[word] for word in value.get("covers", ()))
    said = f"{when}, {covers or 'what is needed'} may be told to {labels.each(value['to'])}."
    if means := value.get("means"):
        said += f" {capital(ground)} means: {quoted(means)}."
    if adviser := value.get("consult"):
        said += f" {capital(labels.role(adviser))} is asked first."
    if second := value.get("second"):
        said += f" Nobody decides this alone: {labels.role(second)} looks at it too."
    return said
