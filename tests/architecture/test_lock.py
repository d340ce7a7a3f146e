"""The lock files fit the requirements: what is installed is what was tested, and nothing comes along unseen."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Path = settings.BASE_DIR
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
FILES = ("requirements", "requirements-dev")


def direct(name: str) -> list[Requirement]:
    lines = (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-r"))]


@cache
def locked(name: str) -> dict[str, list[Requirement]]:
    """By their names; more than one where Pythons differ."""
    found: dict[str, list[Requirement]] = {}
    for entry in entries(name):
        requirement = Requirement(entry.partition("--hash")[0].strip())
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def entries(name: str) -> list[str]:
    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def here(requirements: list[Requirement], extra: str = "") -> list[Requirement]:
    return [each for each in requirements if not each.marker or each.marker.evaluate({"extra": extra})]


@pytest.mark.parametrize("name", FILES)
def test_every_entry_has_hashes_and_no_address(name: str) -> None:
    assert len(entries(name)) > 50
    assert not [entry for entry in entries(name) if not HASH.search(entry)]
    assert not [entry for entry in entries(name) if "://" in entry or entry.startswith("-")]


@pytest.mark.parametrize("name", [*FILES, "requirements-splink"])  # the latter is never installed here
def test_what_is_required_is_locked_in_its_version(name: str) -> None:
    for requirement in direct(name):
        found = locked(name).get(canonicalize_name(requirement.name), [])
        assert found, f"{requirement} is not in {name}.lock. Run: make lock"
        assert all(each.specifier == requirement.specifier for each in found), f"{found[0]} is old. Run: make lock"


@pytest.mark.parametrize("name", FILES)
def test_what_is_not_required_any_more_is_not_locked(name: str) -> None:
    assert not set(locked(name)) - reached(name) - only_elsewhere(name), "Run: make lock"


def test_tests_run_with_what_production_installs() -> None:
    development = locked("requirements-dev")
    for name, requirements in locked("requirements").items():
        assert [str(each.specifier) for each in requirements] == [str(each.specifier) for each in development[name]]


@pytest.mark.parametrize("name", FILES)
def test_what_the_packages_need_in_turn_is_locked_too(name: str) -> None:
    missing = reached(name) - set(locked(name))
    assert not missing, f"{missing} would be installed unseen. Run: make lock"


@cache
def reached(name: str) -> frozenset[str]:
    """Every package that the requirements lead to on this machine, by what the installed ones say they need."""
    waiting = direct("requirements") + (direct(name) if name != "requirements" else [])
    seen: dict[str, set[str]] = {}
    while waiting:
        requirement = waiting.pop()
        package = canonicalize_name(requirement.name)
        new = {"", *requirement.extras} - seen.get(package, set())
        seen.setdefault(package, set()).update(new)
        needs = [Requirement(text) for text in distribution(package).requires or []]
        waiting += [each for extra in new for each in here(needs, extra)]
    return frozenset(seen)


def only_elsewhere(name: str) -> set[str]:
    """Locked for other Pythons or systems, and what these need in turn cannot be asked here."""
    return {package for package, requirements in locked(name).items() if not here(requirements)}
