"""What every list needs is loaded once, before the first list comes."""

from __future__ import annotations

import gc
from functools import cache

from ingestion.parsers.registry import parsers
from ingestion.sheet.vocabulary import match_header


@cache
def warm_up() -> None:
    """Loads the parsers and the vocabulary, and takes them out of the garbage collector's rounds.

    They live as long as the process: walking over them costs a third of the loading and a tenth of the time of a large
    list, and in a forked worker every walk copies their memory.
    """
    gc.disable()
    try:
        parsers()
        match_header("price")
    finally:
        gc.enable()
    gc.freeze()
