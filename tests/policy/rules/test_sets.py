"""A rule is one file, one slug, one heading and one test; and a rule that cannot be evaluated is violated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from confide.model.problem import Malformed, Problem
from confide.model.record import Record
from confide.policy import rules
from confide.policy.check import violations
from confide.policy.rules import RULES
from tests.policy.small import NOW, disclosed, record

HERE = Path(__file__).parent
PROJECT = HERE.parents[2]


def slugs(directory: Path, prefix: str = "") -> set[str]:
    stems = (path.stem for path in directory.glob(f"{prefix}*.py") if not path.stem.startswith("__"))
    return {stem.removeprefix(prefix).replace("_", "-") for stem in stems}


def test_rules_files_headings_and_tests_are_the_same_set() -> None:
    """Whoever knows a slug finds its rule, its documentation and its test, and there is nothing else."""
    headings = re.findall(r"^## (.+)$", (PROJECT / "docs" / "RULES.md").read_text("utf-8"), re.MULTILINE)
    assert len(headings) == len(set(headings))
    assert list(RULES) == sorted(RULES)
    assert set(RULES) == slugs(Path(str(rules.__file__)).parent) == set(headings) == slugs(HERE, "test_") - {"sets"}


def test_each_rule_is_the_check_of_its_own_file() -> None:
    """The slug in the registry is the name of the module its function stands in, which says its S-id."""
    for slug, rule in RULES.items():
        module = getattr(rules, slug.replace("-", "_"))
        assert isinstance(module, ModuleType)
        assert rule is module.check
        assert re.match(r"S-\d\d", str(module.__doc__))


def test_a_violation_ends_with_the_slug_of_its_rule() -> None:
    """Whatever a rule reports names itself, so that a reader finds it."""
    known = disclosed(record(signed=False))
    for slug, rule in RULES.items():
        assert {problem.rule for problem in rule(known, NOW)} <= {slug}
    assert {p.rule for p in violations(known, NOW)} == {
        *("answers-every-type", "only-allowed", "adviser-or-reason", "careers-answered", "feedback-agreed"),
        *("open-points-settled", "retention-given"),
    }


@pytest.mark.parametrize(
    "error",
    [KeyError("x"), ValueError(), TypeError(), AttributeError(), NameError(), ZeroDivisionError(), AssertionError(),
     RecursionError(), NotImplementedError(), Malformed("broken")],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_a_rule_that_raises_is_violated(error: Exception) -> None:
    """It names the rule and the kind of error; what it had found, and what other rules find, is reported too."""

    def breaks(known: Record, now: datetime) -> Iterator[Problem]:
        yield Problem("found before", rule="breaks")
        raise error

    def sound(known: Record, now: datetime) -> Iterator[Problem]:
        yield Problem("found after", rule="sound")

    found = violations(record(), NOW, {"breaks": breaks, "sound": sound})
    assert [p.rule for p in found] == ["breaks", "breaks", "sound"]
    assert found[1].what == f"the rule could not be evaluated ({type(error).__name__})"


def test_no_rules_is_an_error() -> None:
    """Nothing checked is not a pass."""
    assert [p.rule for p in violations(record(), NOW, {})] == ["no-rules"]


def test_faults_are_violations() -> None:
    """What verification found is reported with everything else, and keeps its own slug."""
    fault = Problem("a signature does not verify", rule="bad-signature")
    known = Record(record().partnership, record().agreements, record().events, (fault,))
    assert fault in violations(known, NOW)
