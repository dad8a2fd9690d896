"""What a source is told before they say anything: the terms of the agreement, in words of theirs (S-20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from confide.model.agreement import Agreement
from confide.model.words import Attribution, Form
from confide.policy import feedback, feedback_clock
from confide.policy.groups import smallest_group

_FORMS = {
    Form.VERBATIM: "word for word, if that helps, or in summary",
    Form.SUMMARY: "in summary, in my own words: conclusions, no quotation, no incident",
    Form.AGGREGATE: "as one result over everybody who spoke, never on its own",
    Form.TOPIC: "only that a subject came up, and nothing about it",
    Form.NONE: "not at all",
}
_CALLED = {
    Attribution.NAME: "by your name, as you allow it",
    Attribution.CATEGORY: "by your group, and never by name",
    Attribution.NONE: "not at all: neither by name nor by group",
}
_GROUNDS = {
    "compelled": "a court or a regulator orders me to",
    "threat": "somebody is in danger",
    "illegal": "a law was broken",
    "unethical": "something unethical of the kind the agreement names took place",
}


def wording(agreement: Agreement, form: Form, attribution: Attribution, *, standing: bool = False) -> str:
    """The whole text, without any name: what is rendered is what is fixed, and what is fixed stays as it is."""
    return "\n".join(_lines(agreement, form, attribution, standing)) + "\n"


def _lines(agreement: Agreement, form: Form, attribution: Attribution, standing: bool) -> Iterator[str]:
    said = feedback.clause(agreement)
    yield "What becomes of feedback that you give me about somebody I coach"
    yield ""
    if standing:
        yield "This holds for whatever you send me without being asked for it."
    else:
        yield "I ask you for feedback. Before you give any, please read what becomes of it."
    yield "It stays as it is for all you tell me under it, whatever is agreed with others later."
    yield ""
    yield "1. Who learns of it: the person I coach, and nobody else."
    yield f"2. In what form: {_FORMS[form]}."
    yield f"3. How you are called: {_CALLED[attribution]}."
    if attribution is Attribution.CATEGORY:
        instead = said.get("too-small")
        yield f"   A group of fewer than {smallest_group(agreement)} people is not named at all; you are then"
        yield f'   "{instead}", or nobody.' if instead else "   nobody in particular."
    yield f"4. When: within {feedback_clock.promptly(agreement)}, without the day on which you spoke"
    yield "   and without the number of those who did."
    yield "5. What the person I coach promised first: not to ask who it was, not to defend, not to get even."
    yield "6. Your name: I keep it encrypted where I need it to come back to you, otherwise not at all."
    yield "7. You can take it back until I have passed it on; what was heard cannot be recalled."
    yield f"8. {_limits(agreement)}"
    yield ""
    yield f"Agreement {agreement.version}, {agreement.digest}"


def _limits(agreement: Agreement) -> str:
    exceptions = agreement.clauses.get("exceptions")
    known = exceptions if isinstance(exceptions, Mapping) else {}
    grounds = [words for ground, words in _GROUNDS.items() if known.get(ground)]
    if not grounds:
        return "I know of no ground on which anybody else would learn of it."
    return f"What I cannot promise: I may have to tell somebody else where {'; or '.join(grounds)}."
