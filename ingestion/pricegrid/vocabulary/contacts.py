"""Addresses and telephone numbers, which stand above tables and say nothing of them.

The letters of `desk@bs-dealer.example` are no currency, its words no header. Each pattern is linear: what it has
taken it does not give back, and it begins only where nothing like it stands before.
"""

import re
from collections.abc import Iterator

_E_MAIL = r"(?<![\w.+-])[\w.+-]++@[\w.-]++"
_WEB = r"(?i:\b(?:https?://|www\.)\S++)"
_DOMAIN = (
    r"(?<![\w.-])(?:[a-z][a-z0-9-]*+\.)+(?:com|net|org|biz|info|shop|store|example|co|eu|ru|ua|by|kz|uz|ge|pl|de|"
    r"at|ch|fr|it|es|pt|br|ar|mx|cl|cn|jp|kr|vn|th|tr|ir|ae|sa|il|in|uk|ie|nl|be|dk|se|fi|cz|sk|hu|ro|bg|rs|hr|si|gr|"
    r"lt|lv|ee|za|au|nz)(?![\w.-])(?:/\S*+)?"
)
_ADDRESS = re.compile(f"{_E_MAIL}|{_WEB}|{_DOMAIN}")
_PHONE = re.compile(r"(?<![\w.,])(?:\+|(?=[\d ]{0,6}[(-])|(?=0\d{2,4} ))[(]?\d[\d \u00a0()-]{7,20}\d(?![\w.,]\d)")
_FEWEST_DIGITS = 9  # of a telephone number
_DIALLED = re.compile(r"(?<![\w.,+])(?:\+|00)[ ]?([1-9][\d ()\u00a0./-]{6,20}\d)")
_LAST_LABEL = re.compile(r"\.([a-z]{2})\.?(?=[/:?#]|$)", re.IGNORECASE)


def without_addresses(text: str) -> str:
    """The text with a blank in place of e-mail and web addresses."""
    if "." not in text and "@" not in text and "//" not in text:
        return text
    return _ADDRESS.sub(" ", text)


def is_contact(text: str) -> bool:
    """Whether an address or a telephone number stands in it."""
    if _ADDRESS.search(text):
        return True
    return any(sum(map(str.isdigit, match[0])) >= _FEWEST_DIGITS for match in _PHONE.finditer(text))


def domains_in(text: str) -> Iterator[str]:
    """The domains of two letters that its addresses end with."""
    for address in _ADDRESS.finditer(text):
        host = address[0].rpartition("//")[2].rpartition("@")[2]
        if found := _LAST_LABEL.search(host):
            yield found[1]


def numbers_dialled(text: str) -> Iterator[str]:
    """The digits of its telephone numbers that begin with a country's, without a sign before them."""
    for match in _DIALLED.finditer(text):
        yield "".join(filter(str.isdigit, match[1]))
