"""Where memory ends in the middle of a file, the list is refused for that: no row is lost, no damage is made up."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from ingestion.pricegrid import ListRefused, load_readers, open_book
from ingestion.reader import ProcessLimits, read_apart, refusals
from ingestion.reader.limits import MEGABYTE
from tests.ingestion.parsers.files import worksheet, write_ods, write_raw_xlsx

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
ROWS = 12_000
KILOBYTE = 1024
BLOCK = 64 * KILOBYTE
LIMITS = ProcessLimits(memory=32 * MEGABYTE, cpu_seconds=20)
LEFT = (*range(0, 4_000, 250), 6_000, 10_000, 20_000)  # KB


def html(folder: Path) -> Path:
    """Some rows have an attribute for which the parser has to take more memory."""
    path, some = folder / "list.html", dict.fromkeys(range(0, ROWS, 400), "x" * 100000)
    rows = "".join(f"<tr><td title='{some.get(n, 0)}'>A-{n}</td><td>2.5</td></tr>\n" for n in range(ROWS))
    path.write_text(f"<html><body><table>{rows}</table></body></html>")
    return path


def xlsx(folder: Path) -> Path:
    """A row that only the XML parser takes."""
    odd = "<c><v>1</v></c>" * 16_000
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, ROWS + 1))
    return write_raw_xlsx(folder / "list.xlsx", worksheet(f'<row r="1">{odd}</row>{rows}'))


def ods(folder: Path) -> Path:
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    row = f"<table:table-row>{cell * 2}</table:table-row>"
    wide = f"<table:table-row>{cell * 16_000}</table:table-row>"
    return write_ods(folder / "list.ods", f"<table:table>{wide}{row * (ROWS - 1)}</table:table>")


@pytest.mark.parametrize("build", [html, xlsx, ods])
def test_a_list_is_read_whole_or_refused_for_its_memory(tmp_path: Path, build: Callable[[Path], Path]) -> None:
    load_readers()  # as a worker has, before it forks
    path = build(tmp_path)
    outcomes = {outcome(path, left) for left in LEFT}
    assert refusals.MEMORY.code in outcomes
    assert outcomes <= {ROWS, refusals.MEMORY.code}


def outcome(path: Path, left: int) -> int | str:
    """How many rows there were, or why the list was refused."""

    def work() -> int:
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        held = all_memory()
        resource.setrlimit(resource.RLIMIT_AS, (min(soft + left * KILOBYTE, hard), hard))
        del held[: max(left - 4_000, 0) * KILOBYTE // BLOCK]  # the limit cannot be raised by more
        return sum(1 for _ in open_book(path).sheets[0].rows())

    try:
        return int(read_apart(work, limits=LIMITS))
    except ListRefused as refused:
        return refused.message.code


def all_memory() -> list[bytearray]:
    """Of this process, also what was free before; the first of it in blocks."""
    held: list[bytearray] = []
    for size in (BLOCK, 4 * KILOBYTE, 512, 64):
        with suppress(MemoryError):
            while True:
                held.append(bytearray(size))
    return held
