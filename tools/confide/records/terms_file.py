"""A file of terms that nobody has agreed: what `may --if` supposes. Read as strictly as an agreement.

`terms` holds terms as an agreement does; one with the id of a clause takes its place. `without` names clauses that are
supposed to be gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from confide.model.agreement import Term
from confide.records import yaml
from confide.records.agreement_terms import read_terms
from confide.records.fields import Fields, Report
from confide.records.shapes import one_of


@dataclass(frozen=True)
class Supposed:
    """The terms of the file, and the ids of the clauses supposed to be gone."""

    terms: tuple[Term, ...]
    without: tuple[str, ...]


def parse_terms(data: bytes, file: str, types: Iterable[str], clauses: Iterable[str]) -> Supposed:
    """The terms in `data`. `types` are the known types of information, `clauses` the ids there are to leave out.

    Raises Malformed with every problem of the file, each with its line; a file that supposes nothing is one.
    """
    document = yaml.load(data, file)
    report = Report(file)
    fields = Fields(document.root, report)
    terms = read_terms(fields, types) if fields.has("terms") or not fields.has("without") else ()
    without = fields.many("without", one_of(clauses), required=False) if fields.has("without") else ()
    if fields.has("terms") and not terms:
        report.add("`terms`: expected at least one term, found an empty list", fields.line("terms"))
    for word in ("terms", "without"):
        if not fields.has(word):
            fields.node(word, required=False)
    fields.finish()
    report.stop()
    return Supposed(terms, without)
