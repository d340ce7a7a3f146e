# ruff: noqa: E501
"""Whatever stands in a file, reading it takes time in proportion to its size."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from time import process_time

import pytest

from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.reading import understand
from ingestion.pricegrid.records import ListRefused
from ingestion.pricegrid.settings import Hints
from tests.attack.hostile_files import CONSTRUCTS, SHEET_PLACES, spreadsheetml, xlsx_construct
from tests.ingestion.parsers.files import opendocument

SMALL, LARGE = 60_000, 480_000
SOON = 1.0  # seconds: a pattern that goes over such a text again and again takes many times as long
CSV = "Code;Name;Price;Category\nA-1;{};2.50;{}\n"
TEXTS: dict[str, Callable[[str], tuple[str, str]]] = {
    "csv-name": lambda text: ("csv", CSV.format(text.replace(";", ",").replace("\n", " "), "Tools")),
    "csv-category": lambda text: ("csv", CSV.format("Bolt", text.replace(";", ",").replace("\n", " "))),
    "csv-lines": lambda text: ("csv", CSV.format("Bolt", "Tools") + text),
    "html-cell": lambda text: ("html", f"<table><tr><td>Code</td></tr><tr><td>{text}</td></tr></table>"),
    "html-tag": lambda text: ("html", f"<table><tr><td>Code</td></tr><tr><td {text}>x</td></tr></table>"),
    "xml-cell": lambda text: ("xml", spreadsheetml(f"<Worksheet><Table><Row><Cell><Data>{text}</Data></Cell></Row></Table></Worksheet>")),
    "fods-cell": lambda text: ("fods", opendocument(f"<office:body><office:spreadsheet><table:table><table:table-row><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>")),
}  # fmt: skip
MORE = {
    "digits": "1",
    "grouped": "1 ",
    "points": "1.",
    "tags": "<b ",
    "styles": "<style",
    "slashes": " / ",
    "open-quotes": 'a"b;"c\n',
    "brackets": "[",
}
FOREIGN = {"letters": "я", "words": "aя ", "mixed": "1я"}


def seconds(path: Path) -> float:
    """Of this process, to read the file to its end or until it is refused."""
    start = process_time()
    with suppress(ListRefused), closing(open_book(path)) as book:
        for _ in understand(book, Hints()):
            pass
    return process_time() - start


def check(write: Callable[[int], Path]) -> None:
    """Eight times as much may take 24 times as long; twice, for machines that are busy with other things."""
    for _ in range(2):
        small, large = seconds(write(SMALL)), seconds(write(LARGE))
        if large <= max(SOON, 24 * small):
            return
    pytest.fail(f"{SMALL} characters take {small:.2f} s, {LARGE} take {large:.2f} s")


@pytest.mark.parametrize("construct", CONSTRUCTS)
@pytest.mark.parametrize("place", [*SHEET_PLACES, "strings", "styles", "formats"])
def test_a_workbook(tmp_path: Path, construct: str, place: str) -> None:
    check(lambda size: xlsx_construct(tmp_path, construct, place, size))


@pytest.mark.parametrize("construct", [*CONSTRUCTS, *MORE, *FOREIGN])
@pytest.mark.parametrize("kind", TEXTS)
def test_texts(tmp_path: Path, construct: str, kind: str) -> None:
    unit = {**CONSTRUCTS, **MORE, **FOREIGN}[construct]

    def write(size: int) -> Path:
        suffix, content = TEXTS[kind](unit * (size // len(unit)))
        path = tmp_path / f"list.{suffix}"
        path.write_text(content, encoding="cp1251" if construct in FOREIGN and suffix == "csv" else "utf-8")
        return path

    check(write)
