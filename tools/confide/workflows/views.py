"""The views of a partnership: for each party, everything their site is made of."""

from __future__ import annotations

from dataclasses import replace

from confide.model.view import View
from confide.policy import case_file, cases
from confide.policy.answers import answers
from confide.policy.visible import visible
from confide.records import tree
from confide.workflows import people, texts
from confide.workflows.practice import Practice
from confide.workflows.recording import case_steps


def view(practice: Practice, partnership: str, party: str, number: int = 1) -> View:
    """What this person may see now."""
    record = practice.record(partnership)
    steps = case_steps(practice, partnership)
    sources = {
        agreement.version: practice.read(tree.agreement(partnership, agreement.version)).decode()
        for agreement in record.agreements
    }
    return visible(
        record,
        party,
        texts.disclosed(practice, partnership),
        people.load(practice, partnership),
        sources,
        number,
        case_file.kept_back(record, cases.threads(steps), practice.now),
        answers(steps, party, number),
    )


def draft_only(whole: View) -> View:
    """What an invitation opens: the agreement to be signed, and nothing that was ever disclosed."""
    return replace(whole, shown=(), entries=(), others=(), reviews=(), offers=(), answers=())
