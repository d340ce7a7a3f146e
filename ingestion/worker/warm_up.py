"""What every list needs is loaded once, before the first list comes."""

from __future__ import annotations

import gc
import tempfile
from functools import cache
from pathlib import Path

from ingestion.lists.opened import open_file
from ingestion.parsers.registry import get_parser, parsers
from ingestion.pipeline.read import told
from ingestion.pricegrid import Hints, load_readers

LIST = "Code;Name;Price EUR;Stock\n" + "".join(f"A-{row};Bolt {row} mm;{row}.25;{row}\n" for row in range(1, 30))


@cache
def warm_up() -> None:
    """Loads the parsers and the vocabulary, and takes them out of the garbage collector's rounds.

    They live as long as the process: walking over them costs a third of the loading and a tenth of the time of a large
    list, and in a forked worker every walk copies their memory. Every list is read in a process that starts with what
    this one knows: what a list of our own has made it look up need not be looked up again.
    """
    gc.disable()
    try:
        parsers()
        load_readers()
        read_our_own()
    finally:
        gc.enable()
    gc.freeze()


def read_our_own() -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.write(LIST)
        file.flush()
        for _part in told(open_file(Path(file.name), get_parser("csv"), {}, Hints()), Path(file.name)):
            pass
