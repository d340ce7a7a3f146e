"""One way of writing: case, accents, Cyrillic letters and letters that look alike make no difference.

>>> latin("Холодильник"), latin("Żółty"), plain_code("СЕ-285А")
('holodilnik', 'zolty', 'ce285a')
"""

from __future__ import annotations

import re
import unicodedata

_SOUNDS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "j", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "ы": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sh",
    "ъ": "", "ь": "", "э": "e", "ю": "u", "я": "a", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "đ": "d", "ı": "i",
}  # fmt: skip
_TO_LATIN = str.maketrans(_SOUNDS)
_LOOKALIKES = "авекмнорстухіјѕ"
_LOOKS = str.maketrans(_LOOKALIKES, "abekmhopctyxijs")
_MARKS = re.compile("[\u0300-\u036f]")
_CHUNK = re.compile(r"\S*[а-яёіїєґјѕ]\S*")
_CYRILLIC = re.compile("[а-яёіїєґјѕ]")
_LATIN = re.compile("[a-z]")
_NO_SIGN = re.compile(r"[^\w]|_")


def latin(text: str) -> str:
    """Small Latin letters without accents."""
    text = text.lower()
    if text.isascii():
        return text
    text = _CHUNK.sub(_seen_through, unicodedata.normalize("NFKC", text)).translate(_TO_LATIN)
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))


def plain_code(text: str) -> str:
    """A code without signs, by which it is compared."""
    return _NO_SIGN.sub("", latin(text))


def _seen_through(chunk: re.Match[str]) -> str:
    """Cyrillic letters in a code, or in a word that is Latin otherwise, are what they look like."""
    text = chunk[0]
    is_code = any(map(str.isdigit, text)) or _LATIN.search(text)
    return text.translate(_LOOKS) if is_code and set(_CYRILLIC.findall(text)) <= set(_LOOKALIKES) else text
