"""One name, one meaning: no two modules of `ingestion` define the same public name for different things."""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

ROOT = settings.BASE_DIR / "ingestion"
OURS = ("catalog", "config", "demo", "ingestion", "suppliers")


class Contract(NamedTuple):
    """What several modules define under one name because somebody looks for it there: one meaning, many forms of it."""

    reason: str
    keeps: Callable[[str, ast.stmt], bool]  # whether a definition, of a module, is one of its forms


def is_call_of(maker: str) -> Callable[[str, ast.stmt], bool]:
    def keeps(_module: str, node: ast.stmt) -> bool:
        made = getattr(node, "value", None)
        return isinstance(made, ast.Call) and isinstance(made.func, ast.Name) and made.func.id == maker

    return keeps


def is_command(module: str, node: ast.stmt) -> bool:
    return ".management.commands." in module and isinstance(node, ast.ClassDef) and node.name == "Command"


CONTRACTS = (
    Contract("Django looks for the class `Command` in each module of management commands", is_command),
    Contract("a problem is said with the module of its area: `prices.ZERO`, `lists.EMPTY`", is_call_of("register")),
)


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in ROOT.rglob("*.py"):
        if "migrations" not in path.parts:
            parts = path.relative_to(settings.BASE_DIR).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def definitions(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """What a module gives at its top, by name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            names = [each.id for target in node.targets for each in ast.walk(target) if isinstance(each, ast.Name)]
            yield from ((name, node) for name in names)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node


def meaning_of(node: ast.stmt) -> str:
    """A value is what it is made of; a function or a class is itself."""
    return ast.dump(getattr(node, "value", None) or node, include_attributes=not hasattr(node, "value"))


def test_a_public_name_has_one_meaning() -> None:
    """Whatever is defined twice is the same value, or each time a form of one contract."""
    found: dict[str, list[tuple[str, ast.stmt]]] = defaultdict(list)
    for module, tree in sources():
        for name, node in definitions(tree):
            if not name.startswith("_"):
                found[name].append((module, node))
    twice = {name: places for name, places in found.items() if len({meaning_of(node) for _, node in places}) > 1}
    kept = {
        name: [each for each in CONTRACTS if all(each.keeps(module, node) for module, node in places)]
        for name, places in twice.items()
    }
    assert not {name: [module for module, _ in twice[name]] for name, contracts in kept.items() if not contracts}
    needed = {contract.reason for contracts in kept.values() for contract in contracts}
    assert needed == {contract.reason for contract in CONTRACTS}, "no name needs the others: take them out"


def test_no_module_imports_what_another_keeps_to_itself() -> None:
    taken = [
        f"{path.relative_to(settings.BASE_DIR)}:{node.lineno} {alias.name}"
        for package in OURS
        for path in (Path(settings.BASE_DIR) / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in OURS
        for alias in node.names
        if alias.name.startswith("_")
    ]
    assert not taken
