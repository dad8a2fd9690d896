"""The client's view once a second version of the sample agreement is proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from confide.model.words import Form
from tests.site.sample import CLIENT, SIGNED, moment, proposed
from tests.site.sample_agreement import AGREEMENT, ALONE, SPONSORS, TERMS, share, withhold

# A second version, proposed: the manager may learn of assessments no more, and of private goals in summary.
SECOND = replace(
    AGREEMENT,
    version=2,
    digest="sha256:" + "4e2a8d" * 10 + "66b1",
    until=date(2027, 6, 30),
    terms=(
        *(term for term in TERMS if term.id not in {"assessment-by-client", "career"}),
        withhold("career-only", "career-aspirations", SPONSORS, unless="client-permits"),
        share("private-goals", "partnership-goals/private", "manager", "coach", Form.SUMMARY, **ALONE),
    ),
)
AMENDED = replace(
    CLIENT, agreements=(SIGNED, replace(proposed("client"), agreement=SECOND, proposed=moment(6, 10), event="y5z6a7b8"))
)
