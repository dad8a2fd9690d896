"""open-points-settled (S-10): what the founding text leaves open is settled."""

from __future__ import annotations

import pytest

from confide.policy.rules.open_points_settled import check
from tests.policy.small import NOW, agreement, record

SETTLED = {
    "exceptions": {
        "threat": {"covers": ("organisation",), "to": ("police",)},
        "unethical": {"means": "fraud", "to": ("payer.legal",)},
        "credentialing-body": "nothing",
        "input-waived-when": "never",
    },
    "summary": {"to": ("payer",)},
}


def test_an_answer_to_each_is_clean() -> None:
    """Threats, what is unethical, her input, who agrees beside her, a credentialing body."""
    assert list(check(record(agreement(clauses=SETTLED)), NOW)) == []


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("threat", "whether a threat lets her own information go too"),
        ("credentialing-body", "what a credentialing body may learn"),
        ("input-waived-when", "when the summary may go without her answer"),
    ],
)
def test_each_that_is_left_open_is_a_violation(key: str, what: str) -> None:
    """Named one by one."""
    exceptions = {name: value for name, value in SETTLED["exceptions"].items() if name != key}
    known = agreement(clauses=SETTLED | {"exceptions": exceptions})
    (found,) = check(record(known), NOW)
    assert found.what == f"agreement 1 leaves open {what}"
    assert found.place == known.place
    assert found.rule == "open-points-settled"


def test_what_is_no_exception_needs_no_meaning() -> None:
    """Where nothing unethical is an exception, nobody has to say what it is; where it is, somebody has."""
    without = {name: value for name, value in SETTLED["exceptions"].items() if name != "unethical"}
    assert list(check(record(agreement(clauses=SETTLED | {"exceptions": without})), NOW)) == []
    vague = {**without, "unethical": {"to": ("payer.legal",)}}
    (found,) = check(record(agreement(clauses=SETTLED | {"exceptions": vague})), NOW)
    assert found.what == "agreement 1 leaves open what counts as unethical"
