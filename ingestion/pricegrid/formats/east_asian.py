"""Encodings of Japan, Korea, Taiwan and China: how much a text that one of them makes of bytes looks like language.

Bytes above ASCII come in pairs in all of them, and most pairs mean something in each: what they mean is usual in one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

_USUAL, _RARE, _NONE = 1.0, 0.2, -0.5
_SIGNS = "、。「」『』【】〒・ー〜～（）／＋－＝％＆＃＊：；！？，．￥＄→←↑↓■□●○◆◇★☆※①②③④⑤⑥⑦⑧⑨⑩㎜㎝㎏㎡Φφ"
_FEWEST_HANZI = 8
_SECOND_HALF = 0.1
_AS_IN_KOREAN = 0.6
_WITHOUT_KANA = 0.8  # Chinese characters alone say little about Japan


def _is_in(char: str, encoding: str, first: bytes, last: bytes) -> bool:
    """Whether it stands in a range of a character set: the usual characters stand first in all of them."""
    raw = char.encode(encoding, "ignore")
    return len(raw) == len(first) and first <= raw <= last


def _is_kana(char: str) -> bool:
    return "\u3041" <= char <= "\u30ff"


def _is_sign(char: str) -> bool:
    return char in _SIGNS or "\uff01" <= char <= "\uff5e" or char == "\u3000"


def _japanese(char: str) -> float:
    if _is_kana(char) or _is_sign(char):
        return _USUAL
    if "\uff61" <= char <= "\uff9f":
        return _RARE  # katakana of half width: what other encodings look like
    if not char.isalpha():
        return 0
    return _USUAL if _is_in(char, "euc_jp", b"\xb0\xa1", b"\xcf\xd3") else _RARE


def _korean(char: str) -> float:
    if _is_sign(char):
        return _USUAL
    if "\uac00" <= char <= "\ud7a3":
        return _USUAL if _is_in(char, "euc_kr", b"\xb0\xa1", b"\xc8\xfe") else _NONE
    return _RARE if "\u4e00" <= char <= "\u9fff" else _NONE


def _chinese(char: str, *, encoding: str, first: bytes, last: bytes) -> float:
    if _is_sign(char):
        return _USUAL
    if _is_kana(char) or not "\u4e00" <= char <= "\u9fff":
        return _NONE
    return _USUAL if _is_in(char, encoding, first, last) else _RARE


_WORTH: Mapping[str, Callable[[str], float]] = MappingProxyType(
    {
        "cp932": _japanese,
        "euc_jp": _japanese,
        "cp949": _korean,
        "cp950": partial(_chinese, encoding="big5", first=b"\xa4\x40", last=b"\xc6\x7e"),
        "gb18030": partial(_chinese, encoding="gb2312", first=b"\xb0\xa1", last=b"\xd7\xf9"),
    }
)
EAST_ASIAN = tuple(_WORTH)


def worth_of(letters: Mapping[str, int], encoding: str) -> float:
    """Of all the letters beyond ASCII, which stand there so many times."""
    worth = _WORTH[encoding]
    total: float = sum(worth(char) * times for char, times in letters.items())
    if encoding == "gb18030" and _might_be_korean(letters):
        total *= _AS_IN_KOREAN
    if worth is _japanese and not any(map(_is_kana, letters)):
        total *= _WITHOUT_KANA
    return total


def _might_be_korean(letters: Mapping[str, int]) -> bool:
    """Korean syllables fill the first half of where Chinese has its usual characters, which use both halves."""
    hanzi = {char: times for char, times in letters.items() if "\u4e00" <= char <= "\u9fff"}
    second = sum(times for char, times in hanzi.items() if _is_in(char, "gb2312", b"\xc9\xa1", b"\xd7\xf9"))
    total = sum(hanzi.values())
    return total >= _FEWEST_HANZI and second < _SECOND_HALF * total
