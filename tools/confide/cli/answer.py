"""How a decision is told on a terminal: the answer, why, what would change it, what to say meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from confide.cli import answer_more as more
from confide.cli import out
from confide.cli.offered import offered
from confide.model.decision import Decision, Reason, Verdict
from confide.model.words import Form
from confide.site.words import capital, form_title

if TYPE_CHECKING:
    from confide.workflows.disclose import Asked

CODES = {Verdict.ALLOW: 0, Verdict.DENY: 1, Verdict.NOT_YET: 3}


def show(asked: Asked, partnership: str) -> None:
    """Print the answer to one question; nothing was recorded."""
    decision, request = asked.decision, asked.request
    subject = capital(more.subject(request.what)) if request.what else "A draft"
    to = f"the {request.recipient}"
    if decision.verdict is Verdict.DENY:
        out.heading(f"NO. {subject} may not go to {to}.", partnership, fg="red")
        # What a clause says comes before the fact that no other clause says otherwise.
        _reasons("why", tuple(sorted(decision.reasons, key=lambda reason: reason.rule == "default-deny")))
        _in_force(asked)
        if request.recipient != "client":
            out.row("say", more.say(asked))
        _changes(decision)
        if request.what:
            out.row("log it", f"confide refuse --tell {request.recipient} --about {request.what}", more.seen(asked))
        if more.hers(asked):
            out.row("or", "she tells them herself, whenever she likes")
    elif decision.verdict is Verdict.NOT_YET:
        steps = len(decision.reasons)
        step = "step is" if steps == 1 else "steps are"
        out.heading(f"NOT YET. {subject} may go to {to}; {steps} {step} open.", partnership, fg="yellow")
        _reasons("because", decision.notes)
        if done := more.done(asked):
            out.row("done", done)
        for number, reason in enumerate(decision.reasons, 1):
            out.row(f"open {number}", reason.message, offered(reason.command), reason.sid)
        _terms(asked)
    else:
        out.heading(f"YES. {subject} may go to {to}.", partnership, fg="green")
        _reasons("because", decision.reasons)
        _in_force(asked)
        _terms(asked)
        if request.section is not None:
            section = request.section.section.removeprefix("notes/")
            out.row("next", f"confide disclose {section} --to {request.recipient}")
    out.say(f"{'Nothing was recorded.':<{out.WIDTH - 6}}exit {CODES[decision.verdict]}", dim=True)


def _reasons(label: str, reasons: tuple[Reason, ...]) -> None:
    for number, reason in enumerate(reasons):
        place = reason.place
        where = f"{place.file.partition('/p-')[2][5:] or place.file}:{place.line}" if place and place.line else ""
        out.row(label if number == 0 else "also", reason.message, where, reason.sid)


def _in_force(asked: Asked) -> None:
    if asked.decision.agreement:
        agreement = asked.record.agreement(asked.decision.agreement)
        if agreement is not None:
            signed = len(agreement.signatories)
            until = out.day(agreement.until)
            out.row("in force", f"agreement {agreement.version}, signed {signed} of {signed}, until {until}")


def _changes(decision: Decision) -> None:
    told = (offered(": ".join(part for part in (r.change, r.command) if part)) for r in decision.reasons)
    for number, change in enumerate(dict.fromkeys(text for text in told if text)):
        out.row("yes if" if number == 0 else "and", change)


def _terms(asked: Asked) -> None:
    decision = asked.decision
    if decision.ceiling:
        form = form_title(decision.ceiling).lower()
        out.row("form", form if decision.ceiling in (Form.TOPIC, Form.VERBATIM) else f"{form} at most")
    for term in decision.terms:
        if how := more.how(term):
            out.row("how", how)
        if term.not_for:
            out.row("not for", ", ".join(term.not_for))
        if term.onward is not None and not term.onward:
            out.row("onward", "may be told to nobody else")
        elif term.onward:
            out.row("onward", f"may be told on to {', '.join(term.onward)}")
    for kept in more.kept_beside(asked):
        out.row("private", kept)
