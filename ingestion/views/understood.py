"""What a mapping is made of: what some settings make of a list's columns, and how those look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ingestion.errors import ConfigurationError
from ingestion.lists.opened import open_with
from ingestion.models import PriceList
from ingestion.pricegrid import ListRefused, SheetUnderstanding
from ingestion.pricegrid.memory import fingerprint, key_of, mapping_of, times_of
from ingestion.pricegrid.verdict import Examined
from ingestion.texts import text_of


class Understood(NamedTuple):
    """What a profile needs to know of a list: the mapping that was seen, what it calls the columns, how they look."""

    mapping: dict[str, str]
    letters: dict[str, str]
    fingerprint: dict[str, Any]


def understood(
    price_list: PriceList, settings: Mapping[str, Any], on_wait: Callable[[], None] | None = None
) -> Understood:
    """Raises ConfigurationError where the list cannot be read with these settings."""
    try:
        return Understood(**open_with(price_list, settings).examine_apart(understood_facts, on_wait))
    except ListRefused as refusal:
        raise ConfigurationError(text_of(refusal.message)) from refusal


def understood_facts(examined: Examined) -> dict[str, Any]:
    """Raises ListRefused."""
    if examined.refusal is not None:
        raise examined.refusal
    sheets = examined.sheets
    return Understood(mapping_of(sheets), letters_of(sheets), fingerprint(sheets))._asdict()


def letters_of(sheets: Sequence[SheetUnderstanding]) -> dict[str, str]:
    """What a mapping calls the columns of the only sheet that is read, by their letters."""
    chosen = [sheet for sheet in sheets if sheet.chosen]
    if len(chosen) != 1:
        return {}
    headers = times_of(guess.header for guess in chosen[0].columns)
    return {guess.letter: key_of(guess.letter, guess.header, headers) for guess in chosen[0].columns}
