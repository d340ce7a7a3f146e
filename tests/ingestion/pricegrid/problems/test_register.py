"""The register of problems: unique codes, texts that can be filled in, and every use gives what its text names."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import ingestion
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.problems import PROBLEMS, Problem, cause_of, field_of, prices, register
from ingestion.pricegrid.records import Message

ROOT = Path(ingestion.__file__).parent.parent
VALUE = re.compile(r"%\((\w+)\)s")
CALLS = {"message", "refused", "Refused"}


def values_of(problem: Problem) -> set[str]:
    return set(VALUE.findall(problem.template))


@cache
def modules() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text()) for path in (ROOT / "ingestion").rglob("*.py")}


@pytest.mark.parametrize("problem", PROBLEMS.values(), ids=list(PROBLEMS))
def test_every_text_can_be_filled_in(problem):
    names = values_of(problem)
    assert "%" not in VALUE.sub("", problem.template).replace("%%", "")
    message = problem.message(**{name: f"<{name}>" for name in names})
    assert message.code == problem.code
    assert all(f"<{name}>" in str(message) for name in names)


def test_codes_and_texts_are_unique():
    assert all(code == problem.code for code, problem in PROBLEMS.items())
    templates = [problem.template for problem in PROBLEMS.values()]
    assert len(set(templates)) == len(templates)


def test_a_code_is_a_slug_and_is_taken_once():
    with pytest.raises(ValueError, match="no code"):
        register("Price is zero", Field.PRICE, "The price is zero.")
    with pytest.raises(ValueError, match="taken"):
        register(prices.ZERO.code, Field.PRICE, "Another text.")
    assert register(*prices.ZERO) == prices.ZERO
    assert (field_of("price.zero"), field_of("Entry %(number)s is odd.")) == (Field.PRICE, None)


def test_the_cause_of_a_message():
    assert cause_of(prices.NEGATIVE.message(value=-5)) == "price.negative"
    assert cause_of(Message("Entry %(number)s is odd.", {"number": 7})) == "Entry %(number)s is odd."
    assert cause_of("A plug-in's own text") == "A plug-in's own text"


def uses() -> Iterator[tuple[str, Problem, set[str]]]:
    """Every call in which a problem becomes a message, with the values that it gives."""
    for path, tree in modules().items():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            subject = call.func.value if name == "message" and isinstance(call.func, ast.Attribute) else None
            subject = subject or (call.args[0] if name in CALLS and call.args else None)
            problem = known(module, subject) if subject else None
            if problem is not None and all(keyword.arg for keyword in call.keywords):
                yield f"{module}:{call.lineno}", problem, {str(keyword.arg) for keyword in call.keywords}


def known(module: str, subject: ast.expr) -> Problem | None:
    """The problem that an expression such as `prices.ZERO` names in a module."""
    names = ast.unparse(subject).split(".")
    found: object = importlib.import_module(module)
    for name in names:
        found = getattr(found, name, None)
    return found if isinstance(found, Problem) else None


def test_every_use_gives_what_its_text_names():
    found = list(uses())
    assert len(found) > 15
    assert not [(place, problem.code) for place, problem, given in found if values_of(problem) - given]


def test_the_text_of_a_problem_is_written_once():
    constants = (node.value for tree in modules().values() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    times = Counter(value for value in constants if isinstance(value, str))
    assert {problem.code: times[problem.template] for problem in PROBLEMS.values()} == dict.fromkeys(PROBLEMS, 1)


def test_texts_are_not_compared():
    """Whoever wants to know which problem it is asks for the code."""
    for path, tree in modules().items():
        compared = (part for node in ast.walk(tree) if isinstance(node, ast.Compare) for part in ast.walk(node))
        assert not [part for part in compared if isinstance(part, ast.Attribute) and part.attr == "template"], path
