"""An agreement as data for other programs. The keys are stable: docs/AGREEMENT.md lists them."""

from __future__ import annotations

from typing import Any

from confide.model.agreement import Agreement
from confide.site.matrix import Cell, Matrix, matrix_of
from confide.site.paper.labels import Neutral
from confide.site.paper.parts import Clause, Part, after, before, clauses_of

FORMAT = 1


def data(agreement: Agreement) -> dict[str, Any]:
    """Facts, matrix, clauses, and everything else as sentences; ids and closed words wherever there are some."""
    labels = Neutral()
    return {
        "format": FORMAT,
        "facts": _facts(agreement),
        "matrix": _matrix(matrix_of(agreement)),
        "clauses": [_clause(clause, agreement) for clause in clauses_of(agreement, labels)],
        "parts": [_part(part) for part in (*before(agreement, labels), *after(agreement, labels))],
    }


def _facts(agreement: Agreement) -> dict[str, Any]:
    return {
        "agreement": agreement.version,
        "partnership": agreement.partnership,
        "digest": agreement.digest,
        "people": agreement.people,
        "signatories": list(agreement.signatories),
        "accepted": list(agreement.accepted),
        "effective": agreement.effective.isoformat(),
        "until": agreement.until.isoformat(),
        "time-zone": agreement.time_zone,
        "law": agreement.law,
    }


def _matrix(matrix: Matrix) -> dict[str, Any]:
    return {
        "types": list(matrix.types),
        "parties": list(matrix.parties),
        "cells": {what: {party: _cell(matrix.cells[what, party]) for party in matrix.parties} for what in matrix.types},
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "form": cell.form.word,
        "withheld": cell.withheld,
        "clauses": list(cell.clauses),
        "by": list(cell.senders),
        "conditional": cell.conditional,
        "unless": cell.unless,
        "own": cell.own,
    }


def _clause(clause: Clause, agreement: Agreement) -> dict[str, Any]:
    place = agreement.terms[clause.number - 1].place
    return {
        "number": clause.number,
        "id": clause.id,
        "effect": "share" if clause.shares else "withhold",
        "says": clause.says,
        "conditions": list(clause.conditions),
        "place": str(place),
    }


def _part(part: Part) -> dict[str, Any]:
    return {"key": part.key, "title": part.title, "says": list(part.says)}
