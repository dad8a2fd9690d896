"""A request to disclose, and the answer: allow, not yet, or deny, with every reason (POLICY, decide)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from confide.model.agreement import Term
from confide.model.event import Exact
from confide.model.problem import Place
from confide.model.words import Attribution, Form


class Verdict(Enum):
    ALLOW = "allow"
    NOT_YET = "not yet"
    DENY = "deny"


@dataclass(frozen=True)
class Request:
    """May `sender` tell `recipient` about `what`, in `form`? With `section` the question is about that exact text."""

    what: str
    sender: str
    recipient: str
    form: Form
    attribution: Attribution = Attribution.NONE
    purpose: str = ""
    channel: str = "site"
    section: Exact | None = None
    draft: bool = False


@dataclass(frozen=True)
class Reason:
    """Why: `rule` is the slug of a step or rule or the id of a term, `sid` the sentence of the founding text.

    `change` says what would alter the answer, `command` the command that would do it; both may be empty.
    """

    rule: str
    sid: str
    message: str
    place: Place | None = None
    change: str = ""
    command: str = ""


@dataclass(frozen=True)
class Decision:
    """The answer. `terms` are the share terms it rests on, `ceiling` the widest form they permit."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    terms: tuple[Term, ...] = ()
    agreement: int = 0
    ceiling: Form = Form.NONE
    attribution: Attribution = Attribution.NONE
    because: tuple[str, ...] = ()
    notes: tuple[Reason, ...] = field(default=())

    @property
    def allowed(self) -> bool:
        return self.verdict is Verdict.ALLOW
