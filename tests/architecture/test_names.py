"""One name, one meaning: no two modules of `ingestion` define the same public name for different things."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = settings.BASE_DIR / "ingestion"
OURS = ("catalog", "config", "demo", "ingestion", "suppliers")
IDIOMS = {"Command", "SQL", "logger", "T"}  # what Django, or everybody's habit, calls so in each module
REGISTERS = ("ingestion.pricegrid.problems.",)  # names of theirs are said with their module: `prices.ZERO`
# Still to be told apart. Only ever shorter.
ALLOWED: set[str] = {
    "AMOUNTS",
    "COLUMNS",
    "Change",
    "Difference",
    "ERROR_TYPES",
    "EXPORT",
    "FIELDS",
    "Kind",
    "Message",
    "NO_ERROR",
    "Part",
    "Refused",
    "SHARED",
    "Settings",
    "TOO_MUCH",
    "answer",
    "as_json",
    "ask",
    "bind_anew",
    "cancel",
    "compare",
    "correct",
    "count",
    "counts",
    "differences",
    "facts",
    "fail",
    "finish",
    "first_look",
    "from_json",
    "go_back",
    "groups",
    "head_of",
    "heed_again",
    "histogram",
    "hold",
    "ingest",
    "name_causes",
    "name_of",
    "put_back",
    "read",
    "record",
    "refuse",
    "rows",
    "start",
    "summary",
    "text_of",
    "told",
    "value_of",
}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in ROOT.rglob("*.py"):
        if "migrations" not in path.parts:
            parts = path.relative_to(settings.BASE_DIR).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def definitions(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The names that a module gives at its top, with what tells two meanings apart: a value is what it is made of."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, str(id(node))
        elif isinstance(node, ast.Assign):
            names = [each.id for target in node.targets for each in ast.walk(target) if isinstance(each, ast.Name)]
            yield from ((name, ast.dump(node.value)) for name in names)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, ast.dump(node.value or node)


def test_a_public_name_has_one_meaning() -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    places: dict[str, list[str]] = defaultdict(list)
    for module, tree in sources():
        if not module.startswith(REGISTERS):
            for name, meaning in definitions(tree):
                meanings[name].add(meaning)
                places[name].append(module)
    several = {name: places[name] for name in meanings if len(meanings[name]) > 1 and not name.startswith("_")}
    several = {name: modules for name, modules in several.items() if name not in IDIOMS}
    assert not {name: modules for name, modules in several.items() if name not in ALLOWED}
    assert not ALLOWED - several.keys(), "they have one meaning now: take them off the list"


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
