"""One form for words that people write in many: case, accents, punctuation, line breaks, CamelCase."""

import re
import unicodedata

_LETTERS_WITH_CASE = [chr(code) for code in range(0x590)]  # Latin, Greek, Cyrillic, Armenian
_LOWER = "".join(filter(str.islower, _LETTERS_WITH_CASE))
_UPPER = "".join(filter(str.isupper, _LETTERS_WITH_CASE))
_SEAMS = re.compile(
    rf"(?<=[{_LOWER}])(?=[{_UPPER}])"  # unitPrice
    r"|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"  # опт1, 10шт
)
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿가-힣฀-๿]")  # scripts that put no space between words
_NOT_A_WORD = re.compile(r"[^\w%+<>]+|_+")
_SIGNS = re.compile(r"[%+<>]")
_NUMBER_SIGNS = str.maketrans({"№": " no ", "#": " no ", "°": "o", "º": "o"})
_LETTERS = str.maketrans({"ł": "l", "å": "aa", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})

_MIXED = re.compile(r"(?=\w*[a-z])(?=\w*[а-яё])\w+")  # a Latin "a" in a Cyrillic word looks right to people
_LOOKALIKES = str.maketrans("aceopxykmhtbi", "асеорхукмнтві")


def normalise(text: str) -> str:
    """`"Art.-Nr."` -> `"art nr"`, `"Désignation"` -> `"designation"`, `"单价"` -> `"单 价"`."""
    if text.isascii() and text.islower() and text.isalpha():
        return text
    composed = unicodedata.normalize("NFKC", text.translate(_NUMBER_SIGNS).replace("MwSt", "Mwst"))
    spaced = _UNSPACED.sub(r" \g<0> ", _SEAMS.sub(" ", composed))
    folded = _MIXED.sub(lambda word: word[0].translate(_LOOKALIKES), spaced.casefold())
    decomposed = unicodedata.normalize("NFKD", folded.translate(_LETTERS))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_SIGNS.sub(r" \g<0> ", _NOT_A_WORD.sub(" ", unicodedata.normalize("NFC", bare))).split())
