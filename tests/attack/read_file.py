"""Reads one file to its end in a process with limits, and prints what came of it as JSON: `python -m ... FILE`."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ingestion.pricegrid import Hints, ListRefused, Reading, open_book, parts_of, understand

SECONDS = 20
ADDRESS_SPACE = 1024 * 1024 * 1024
MEGABYTE = 1024 * 1024


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def outcome(path: Path) -> dict[str, Any]:
    try:
        book = open_book(path)
        reading = understand(book, Hints())
        records = sum(checked(reading))
    except ListRefused as refused:
        return {"refused": str(refused), "template": refused.message.template}
    return {"records": records, "notes": [str(note) for note in book.notes]}


def checked(reading: Reading) -> Iterator[int]:
    """How many records each part holds; texts that no database takes are an error here."""
    for part in parts_of(reading):
        for text in texts_of(part):
            text.encode("utf-8")
        yield len(getattr(part, "numbers", (1,)))


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from texts_of(list(value))
        yield from texts_of(list(value.values()))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_of(inner)


def peak_megabytes() -> int:
    """Of this program; what getrusage() says begins with the memory of the process that started it."""
    said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return int(said["VmHWM"].split()[0]) // 1024


def main(path: str) -> None:
    limited()
    found = outcome(Path(path))
    used = resource.getrusage(resource.RUSAGE_SELF)
    found |= {"megabytes": peak_megabytes(), "seconds": round(used.ru_utime + used.ru_stime, 2)}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
