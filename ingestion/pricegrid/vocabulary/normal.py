"""One form for words that people write in many: case, accents, punctuation, line breaks, CamelCase."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_LONGEST_KEPT = 60  # characters
_LETTERS_WITH_CASE = [chr(code) for code in range(0x590)]  # Latin, Greek, Cyrillic, Armenian
_LOWER = "".join(filter(str.islower, _LETTERS_WITH_CASE))
_UPPER = "".join(filter(str.isupper, _LETTERS_WITH_CASE))
# Each begins with the rarer of the two characters at the seam, for which a text is searched fast.
_SEAM_BEFORE = re.compile(rf"[{_UPPER}](?<=[{_LOWER}].)|\d(?<=[^\W\d_].)")  # unitPrice, опт1
_SEAM_BEHIND = re.compile(r"\d(?=[^\W\d_])")  # 10шт
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿가-힣฀-๿]")  # scripts that put no space between words
_NOT_A_WORD = re.compile(r"[^\w%+<>\n]|_")
_SIGNS = re.compile(r"[%+<>]")
_PLAIN = re.compile(r"[a-z]+(?: [a-z]+)*")
_NUMBER_SIGNS = (("№", " no "), ("#", " no "), ("°", "o"), ("º", "o"), ("MwSt", "Mwst"))
_LETTERS = {"ł": "l", "å": "aa", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"}

_TRADITIONAL, _SIMPLIFIED = (
    "價單貨經銷編號條碼庫規裝數備註說類別圖產廠進報優實總訂購額稅幣現發際網質顏淨批項應終頁檔賣買會員級團組體積產國軟長寬徑爾壓電線燈鋼鐵銅",
    "价单货经销编号条码库规装数备注说类别图产厂进报优实总订购额税币现发际网质颜净批项应终页档卖买会员级团组体积产国软长宽径尔压电线灯钢铁铜",
)
_LETTERS |= dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))

_BOTH_ALPHABETS = re.compile(r"[a-z][^\Wa-zа-яё]*[а-яё]|[а-яё][^\Wa-zа-яё]*[a-z]")
_MIXED = re.compile(r"\b(?=\w*[a-z])(?=\w*[а-яё])\w+")  # a Latin "a" in a Cyrillic word looks right to people
_LOOKALIKES = str.maketrans("aceopxykmhtbi", "асеорхукмнтві")


def normalise(text: str) -> str:
    """`"Art.-Nr."` -> `"art nr"`, `"Désignation"` -> `"designation"`, `"单价"` -> `"单 价"`."""
    if text.isascii() and text.islower() and text.isalpha():
        return text
    return _normalised(text) if len(text) <= _LONGEST_KEPT else " ".join(_folded(text).split())


@lru_cache(maxsize=32_768)
def _normalised(text: str) -> str:
    """Headers are asked for again and again, of a wide sheet tens of thousands."""
    return " ".join(_folded(text).split())


def normalise_all(texts: Iterable[str]) -> dict[str, str]:
    """`normalise` for thousands of texts: a few passes over one long text take a fifth of the time."""
    forms = {text: text for text in texts}
    odd = [text for text in forms if not _PLAIN.fullmatch(text)]
    lines = _folded("\n".join(text.replace("\n", " ") for text in odd)).split("\n")
    forms.update(zip(odd, (" ".join(line.split()) for line in lines), strict=False))
    return forms


def _folded(text: str) -> str:
    """The words of a text in their one form, with spaces and line breaks between them."""
    composed = unicodedata.normalize("NFKC", _replaced(text, _NUMBER_SIGNS))
    seamed = _SEAM_BEHIND.sub(r"\g<0> ", _SEAM_BEFORE.sub(r" \g<0>", composed))
    folded = _UNSPACED.sub(r" \g<0> ", seamed).casefold()
    if _BOTH_ALPHABETS.search(folded):
        folded = _MIXED.sub(lambda word: word[0].translate(_LOOKALIKES), folded)
    return folded.translate(_FORMS)


def _replaced(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


class _Forms(dict[int, str]):
    """What a character of a folded text becomes: without accents, a sign or blank apart from the words around it."""

    def __missing__(self, code: int) -> str:
        char = _LETTERS.get(chr(code), chr(code))
        letters = unicodedata.normalize("NFKD", char)
        if letters != char or not char.isalnum():
            bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
            char = _SIGNS.sub(r" \g<0> ", _NOT_A_WORD.sub(" ", unicodedata.normalize("NFC", bare)))
        self[code] = char
        return char


_FORMS = _Forms()
