"""What a record is about, taken from its words once: `thing_of(record)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from catalog.matching.codes import codes_of, is_code
from catalog.matching.keys import barcode_key
from catalog.matching.quantities import Quantities, quantities_of
from catalog.matching.records import Record
from catalog.matching.vocabulary import words
from catalog.matching.writing import latin, plain_code

_NO_SIGN = re.compile("[^a-z0-9]")
_BETWEEN = re.compile(r"[\s()\[\],;]+")
_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_DESCRIPTION = 1000
_BEGINNING = 300
_ENDS_FITTED = ("-", "–", "—", "(", "[", "|")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_CASED_LETTER = re.compile(r"\d[\w/-]*[\s,(-]+(C|M|Y|K|Bk|BK|С|М|К)(?![\w'])")

Traits = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Thing:
    id: str
    name: str  # in Latin letters
    text: str  # the name with the beginning of the description
    words: frozenset[str]
    head: str  # the first word: mostly what kind of thing it is
    numbers: frozenset[str]
    codes: frozenset[str]  # in the name
    own_codes: frozenset[str]  # those that are not only of what it fits, unless it has no others
    fitted_codes: frozenset[str]  # those that are only of what it fits
    part_numbers: frozenset[str]  # said in a column of their own
    squeezed: str  # the name's letters and digits in a row
    edges: frozenset[int]  # where a word begins or ends in it
    wide_edges: frozenset[int]  # where something between blanks or brackets does
    quantities: Quantities  # in the name
    more_quantities: Quantities  # in characteristics and description
    pack: float | None
    traits: Traits  # colour, size, with or without a chip ... as the name or a characteristic says
    more_traits: Traits  # as the description says
    brand: str
    described: frozenset[str]  # words of description and characteristics
    described_codes: frozenset[str]
    price: float | None
    currency: str | None
    barcode: str | None
    category: frozenset[str]
    is_cyrillic: bool


def thing_of(record: Record) -> Thing:
    quantities, rest = quantities_of(record.name)
    name = latin(record.name)
    found = _WORD.findall(name)
    beside = _beside(record)
    more_quantities, _ = quantities_of(beside)
    described = latin(beside)
    codes = frozenset(codes_of(rest))
    fitted = _fitted(rest, codes)
    known = words()
    brand = plain_code(record.brand) if record.brand else ""
    return Thing(
        id=record.id,
        name=name,
        text=f"{name} {latin((record.description or '')[:_BEGINNING])}",
        words=frozenset(found) - known.fillers,
        head=found[0] if found else "",
        numbers=frozenset(_numbers(latin(rest))),
        codes=codes,
        own_codes=codes - fitted or codes,
        fitted_codes=fitted,
        part_numbers=frozenset(filter(is_code, map(plain_code, filter(None, (record.mpn,))))),
        squeezed="".join(found),
        edges=frozenset(accumulate(map(len, found), initial=0)),
        wide_edges=frozenset(accumulate((len(_NO_SIGN.sub("", chunk)) for chunk in _BETWEEN.split(name)), initial=0)),
        quantities=quantities,
        more_quantities=more_quantities,
        pack=_pack(record, quantities, name),
        traits=_traits(record, name),
        more_traits=_traits_in(described[:_LONGEST_DESCRIPTION]),
        brand=brand,
        described=frozenset(_WORD.findall(described)) - known.fillers,
        described_codes=frozenset(codes_of(beside)),
        price=float(record.price) if record.price else None,
        currency=record.currency,
        barcode=barcode_key(record.barcode),
        category=frozenset(_WORD.findall(latin(record.category))) if record.category else frozenset(),
        is_cyrillic=any("а" <= letter <= "я" for letter in record.name.lower()),
    )


def _beside(record: Record) -> str:
    """What is said beside the name; a unit in a characteristic's label belongs to its number."""
    parts = [(record.description or "")[:_LONGEST_DESCRIPTION]]
    for label, value in record.characteristics.items():
        unit = re.search(r"[(,]\s*([^\W\d_]{1,4})\)?$", label)
        parts.append(f"{value} {unit[1]}" if unit and re.fullmatch(r"[\d\s.,]+", value) else value)
    return " / ".join(filter(None, parts))[: 2 * _LONGEST_DESCRIPTION]


def _fitted(rest: str, codes: frozenset[str]) -> frozenset[str]:
    """The codes that stand only behind "for", up to a dash or a bracket."""
    own: list[str] = []
    is_fitted = False
    for place, chunk in enumerate(rest.split()):
        is_fitted = (is_fitted and not chunk.startswith(_ENDS_FITTED)) or (place > 0 and latin(chunk) in words().fits)
        own += [] if is_fitted else [chunk]
    return codes - frozenset(codes_of(" ".join(own)))


def _numbers(text: str) -> Iterator[str]:
    """ "2.0" is 2, "v3" is 3, and "III" is 3."""
    for word in _WORD.findall(text):
        number = _ROMAN.get(word) or word.removeprefix("v")
        if number.isdigit() and number.strip("0"):
            yield number.lstrip("0")


def _pack(record: Record, quantities: Quantities, name: str) -> float | None:
    if "pack" in quantities:
        return quantities["pack"][0]
    if found := words().pack_before.search(name):
        return float(found[1])
    return float(record.pack_size) if record.pack_size else None


def _traits(record: Record, name: str) -> Traits:
    """A column says it better than a name; and a letter behind a code only where nothing else does."""
    said = dict(_traits_in(name))
    for value in record.characteristics.values():
        if len(value) <= 30:
            for kind, values in _traits_in(latin(value)).items():
                said[kind] = said.get(kind, frozenset()) | values if kind == "colour" else said.get(kind, values)
    if "colour" not in said and (letter := _CASED_LETTER.search(record.name)):
        said["colour"] = frozenset({words().letters[letter[1].lower()]})
    return said


def _traits_in(text: str) -> Traits:
    known = words()
    found: dict[str, frozenset[str]] = {}
    for word in known.phrase.findall(text):
        kind, value = known.traits.get(word) or next(v for k, v in known.traits.items() if _opens(k, word))
        found[kind] = found.get(kind, frozenset()) | {value}
    return found


def _opens(pattern: str, word: str) -> bool:
    return pattern.endswith("*") and word.startswith(pattern[:-1])
