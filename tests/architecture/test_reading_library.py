"""The reading library stands by itself, and everybody else keeps to its public names."""

import ast
import doctest
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from ingestion import pricegrid

LIBRARY = "ingestion.pricegrid"
MODULES = (
    "building",
    "cells",
    "contract",
    "memory",
    "printing",
    "problems",
    "settings",
    "verdict",
)
OUTSIDE = ("benchmarks", "catalog", "config", "containers", "demo", "ingestion", "samples", "suppliers", "tests")
INSIDE = ("ingestion/pricegrid/", "tests/ingestion/pricegrid/")
NOT_YET = {
    "benchmarks/inspect_csv.py",  # measures one function of it
}


WITHOUT_THE_REST = """
import runpy, sys

class Wall:
    def find_spec(self, name, path=None, target=None):
        top, _, rest = name.partition(".")
        inside = top != "ingestion" or rest.split(".")[0] in ("", "pricegrid")
        if not inside or top in "catalog config suppliers demo django psycopg redis rq gspread requests".split():
            raise ImportError(f"{name} is not for the reading library")

sys.meta_path.insert(0, Wall())
runpy.run_module("ingestion.pricegrid", run_name="__main__", alter_sys=True)
"""


def names_of(module: str) -> set[str]:
    """What a public module offers, without loading it."""
    folder = settings.BASE_DIR / "ingestion/pricegrid"
    path = next(path for path in (folder / f"{module}.py", folder / module / "__init__.py") if path.exists())
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
            return set(ast.literal_eval(node.value))
    raise AssertionError(f"{path} has no __all__")


def imports_of(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, module and name of each import of the library; the name is empty where a module is imported as a whole."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(f"{LIBRARY}."):
            yield from ((node.lineno, str(node.module), alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names if alias.name.startswith(f"{LIBRARY}."))


def test_everybody_else_imports_public_names_only() -> None:
    allowed = {LIBRARY: {*pricegrid.__all__, *MODULES}} | {f"{LIBRARY}.{name}": names_of(name) for name in MODULES}
    wrong = []
    for path in (path for folder in OUTSIDE for path in (settings.BASE_DIR / folder).rglob("*.py")):
        place = path.relative_to(settings.BASE_DIR).as_posix()
        if place.startswith(INSIDE) or place in NOT_YET:
            continue
        for line, module, name in imports_of(path):
            if module not in allowed or (name and name not in allowed[module]):
                wrong.append(f"{place}:{line} {module} {name}")
    assert not wrong


@pytest.mark.parametrize("name", pricegrid.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(pricegrid, name) is not None
    assert name in dir(pricegrid)


def test_the_readme_names_every_public_name() -> None:
    readme = (settings.BASE_DIR / "ingestion/pricegrid/README.md").read_text(encoding="utf-8")
    assert not [name for name in (*pricegrid.__all__, *MODULES) if not re.search(rf"\b{name}\b", readme)]


def test_what_is_not_there_is_said_as_python_says_it() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        pricegrid.nonsense  # noqa: B018


def test_the_example_at_the_top_works() -> None:
    assert doctest.testmod(pricegrid).attempted
    assert not doctest.testmod(pricegrid).failed


def test_the_records_alone_load_neither_readers_nor_vocabulary() -> None:
    """The web process imports them at its start."""
    code = f"import sys; from {LIBRARY} import Book, Hints, Item, ListRefused, Message, open_book; print(*sys.modules)"
    loaded = run("-c", code).split()
    assert not {"lxml.html", "xlrd", "openpyxl", "numpy", "rapidfuzz", f"{LIBRARY}.vocabulary"} & {*loaded}


def test_it_runs_where_there_is_no_django(tmp_path: Path) -> None:
    """Nor anything else of this repository: what it imports is on the list, indirectly too."""
    path = tmp_path / "list.csv"
    path.write_text("Code;Name;Price EUR\n" + "".join(f"A-{n};Bolt {n} mm;{n}.25\n" for n in range(1, 101)))
    lines = run("-c", WITHOUT_THE_REST, "--json", str(path)).splitlines()
    assert len(lines) == 101
    assert json.loads(lines[0])["supplier_sku"] == "A-1"
    assert json.loads(lines[-1])["items"] == 100


def run(*words: str) -> str:
    done = subprocess.run([sys.executable, *words], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
