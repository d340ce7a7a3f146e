"""Traits of the whole source: who reads the environment, how long modules and functions are, what stays at home."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

PACKAGES = ("config", "suppliers", "catalog", "ingestion", "demo")
MAY_READ_ENVIRONMENT = {
    "config/settings.py",
    "config/services.py",  # names the embedded servers in it, before the settings are read
    "config/pytest_services.py",
    "config/wsgi.py",  # names the settings
    "demo/children.py",  # hands it on to the web server and the worker
}
# An import there is worth its milliseconds at every start: whoever does without pays nothing for it.
IMPORTS_LATE = {"catalog/comparison.py", "ingestion/parsers/google_sheets.py"}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (path for path in (settings.BASE_DIR / package).rglob("*.py") if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(settings.BASE_DIR).as_posix()


def reads_of_the_environment(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}:
            yield f"{name_of(path)}:{node.lineno}"


def test_only_the_settings_read_the_environment() -> None:
    others = [path for path in sources() if name_of(path) not in MAY_READ_ENVIRONMENT]
    assert not [place for path in others for place in reads_of_the_environment(path)]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_modules_stay_short() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_MODULE}


def test_functions_stay_short() -> None:
    lengths = {
        f"{name_of(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in sources()
        for node in functions(path)
    }
    assert not {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}


def test_no_import_hides_in_a_function() -> None:
    late = {
        name_of(path)
        for path in sources()
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert late == IMPORTS_LATE


def test_private_names_stay_in_their_module() -> None:
    assert not [
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PACKAGES
        if any(alias.name.startswith("_") for alias in node.names)
    ]


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "helpers", "misc", "common", "manager", "util", "helper"}
    assert not [name_of(path) for path in sources() if path.stem in drawers or path.parent.name in drawers]
