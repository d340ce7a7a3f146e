"""How many pieces a pack may hold, as a name and the words beside it tell: "Screws 100 pcs", "Nails, pack of 50"."""

import re
from collections.abc import Mapping
from functools import lru_cache

from ingestion.pricegrid.vocabulary.store import Vocabulary, vocabulary

_NUMBER = re.compile(r"(?<![\d.,])(\d{1,4})(?![\d.,]*\d)")
_LEAST = 2


def pack_sizes(name: str, characteristics: Mapping[str, str]) -> dict[int, bool]:
    """Numbers that may be the size of a pack, and whether the words around them say so."""
    sizes = {int(number): False for number in _NUMBER.findall(name)}
    for first, second in _in_words(vocabulary()).findall(name):
        sizes[int(first or second)] = True
    for label, value in characteristics.items():
        is_telling = _labels(vocabulary()).search(label) is not None
        for number in _NUMBER.findall(str(value)):
            sizes[int(number)] = sizes.get(int(number), False) or is_telling
    return {size: is_telling for size, is_telling in sizes.items() if size >= _LEAST}


@lru_cache(maxsize=4)
def _in_words(words: Vocabulary) -> re.Pattern[str]:
    """A number with the word that it counts behind it, or with a sign or a word before it."""
    counted, before = words.pattern("packs.counted"), words.pattern("packs.before")
    return re.compile(
        rf"(?<!\d)(\d{{1,4}})\s*(?:{counted})\b|(?:[x×хX*]|(?<![^\W\d_])(?:{before}))\s*(\d{{1,4}})(?!\d)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4)
def _labels(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(words.pattern("packs.label"), re.IGNORECASE)
