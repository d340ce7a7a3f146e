"""What a column header means: `match_header("Цена с НДС, BYN")` -> price, with a score and the reason in words.

The header as a whole is looked up first; then without what it says of currency and tax; then by the phrases inside it
("Цена / Опт"); last by likeness, for misspellings. A price header also gets a role (purchase, retail, tier, ...).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from ingestion.pricegrid.fields import ALONE, CODES, FIELDS, OF_MAKER, PRICES, TOGETHER, Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.vocabulary.contacts import without_addresses
from ingestion.pricegrid.vocabulary.currencies import currency_finder
from ingestion.pricegrid.vocabulary.normal import normalise
from ingestion.pricegrid.vocabulary.phrases import Hit, Phrases, patterns
from ingestion.pricegrid.vocabulary.price_kinds import PRICE_KINDS
from ingestion.pricegrid.vocabulary.store import Vocabulary, vocabulary
from ingestion.pricegrid.vocabulary.tiers import Tier, find_tier


class HeaderMatch(NamedTuple):
    """A field that a header may stand for; `role` is the kind of price, `minimum` the least quantity or sum for it."""

    field: Field
    score: float
    reason: Message
    role: str = ""
    minimum: int | None = None


SURROGATE = "surrogate"  # the role of a code that only a database needs
_EXACT = gettext_noop("“%(header)s” is a usual header for it.")
WEAK = gettext_noop("“%(header)s” may be a header for it.")
BARE = gettext_noop("Without currency and tax, “%(header)s” is a usual header for it.")
CONTAINS = gettext_noop("The header contains “%(words)s”.")
PRICE_KIND = gettext_noop("The header contains “%(words)s”: a price of the kind “%(role)s”.")
ALIKE = gettext_noop("The header is written nearly like “%(words)s”.")
MONEY_ONLY = gettext_noop("The header names only a currency or a tax, as above prices.")
TAX_ONLY = gettext_noop("The header names only a tax.")
PER_UNIT = gettext_noop("The header names a currency for a unit, as above prices.")
TAXED_UNIT = gettext_noop("The header names a unit and a tax, as above prices.")
QUANTITY = gettext_noop("The header names a quantity, as above price tiers.")

_LONGEST_HEADER = 160
_LONGEST_FUZZY = 45
_SHORTEST_FUZZY = 5
_SHORT = 2
_LONGEST_UNIT = 3
_DOTTED = re.compile(r"(?:[^\W\d_]\. ?){2,}[^\W\d_]?")
_SAID_AGAIN = re.compile(r"[\n/|()（）［］\[\]]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 .#-]*")
_FIRST_IDEOGRAPH = "\u2e80"
_ALIKE = 88.0
_WEAK = 0.7
_NUMBERED = 0.98
_LAST_PLACE = 9  # "Цена 1" .. "Цена 9" are numbered, a larger number is a quantity


def match_header(text: str) -> Sequence[HeaderMatch]:
    """The fields a header may stand for, best first; empty where it says nothing known."""
    return _match(text, vocabulary())


def best_match(text: str) -> HeaderMatch | None:
    """What a header most likely stands for; None where it says nothing known."""
    return next(iter(match_header(text)), None)


@lru_cache(maxsize=16384)
def _match(text: str, words: Vocabulary) -> tuple[HeaderMatch, ...]:
    text = without_addresses(text)
    if not text.strip() or len(text) > _LONGEST_HEADER:
        return ()
    reader = _reader(words)
    bare = reader.without_money(text)
    found = (
        reader.per_unit(text)
        or reader.from_least(text)
        or reader.whole(text, bare)
        or reader.in_several_languages(text)
        or reader.abbreviated(text)
        or reader.numbered(bare)
        or reader.money_per_unit(text)
        or reader.inside_of(text, bare)
        or reader.compound(text, bare)
        or reader.alike(bare)
    )
    if not words.listed("surrogates").isdisjoint(bare.split()):
        # A number of somebody's database is the code only where the list has no better one.
        found = [_as_surrogate(match) if match.field is Field.SUPPLIER_SKU else match for match in found]
    return tuple(sorted(found, key=lambda match: (-match.score, match.field not in CODES)))


def _as_surrogate(match: HeaderMatch) -> HeaderMatch:
    return match._replace(score=match.score * 0.9, role=SURROGATE)


@lru_cache(maxsize=4)
def _reader(words: Vocabulary) -> "_HeaderReader":
    return _HeaderReader(words)


class _Meaning(NamedTuple):
    field: Field
    role: str = ""


class _HeaderReader:
    """The header words of one vocabulary, made ready for looking up."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.inside: Phrases[_Meaning] = Phrases()
        self.strong: Phrases[_Meaning] = Phrases()
        self.weak: Phrases[_Meaning] = Phrases()
        self.kinds = Phrases([(word, kind) for kind, more in words.topics("price_kinds") for word in more])
        self.passed_over = words.phrases(
            "fillers", "units", "tax", "price_label", "from", "from_behind", "least_quantity"
        )
        self.ends = tuple(map(normalise, words.listed("price_ends")))
        self.spelt: dict[str, dict[str, _Meaning]] = {}  # by first letter: hardly anybody gets that one wrong
        inside, alone, weak = (_patterns(words, topic) for topic in ("headers", "headers_alone", "headers_weak"))
        for means, texts in inside:
            self.inside.add(means, [text for text in texts if not _is_short(text)])
        for means, texts in inside + alone:
            self.strong.add(means, texts)
            for text in texts:
                if len(text) >= _SHORTEST_FUZZY and "*" not in text:
                    self.spelt.setdefault(text[0], {})[text] = means
        for means, texts in weak:
            self.weak.add(means, texts)

    def whole(self, text: str, bare: str) -> list[HeaderMatch]:
        """The header is known as it stands, or without its currency and tax."""
        if self._is_taxed_unit(text, bare):
            return []
        for candidate, template, worth in ((text, _EXACT, 1.0), (bare, BARE, 0.98)):
            words = normalise(candidate).split()
            known = Message(template, {"header": text.strip()})
            found = [_said(means, worth, known) for means in self.strong.exact_words(words)]
            weak = Message(WEAK, {"header": text.strip()})
            found += [_said(means, worth * _WEAK, weak) for means in self.weak.exact_words(words)]
            if found:
                return found
        return []

    def _is_taxed_unit(self, text: str, bare: str) -> bool:
        """ "Case incl" is what a case costs: units have no tax."""
        is_unit = self.words.phrases("units").exact(bare) and bare != normalise(text)
        return bool(is_unit) and not self.words.phrases("tax").meanings(text).isdisjoint({"included", "excluded"})

    def abbreviated(self, text: str) -> list[HeaderMatch]:
        """ "P.T.R." is written "PTR" as well."""
        joined = text.replace(".", "").replace(" ", "")
        return self.whole(joined, joined) if _DOTTED.fullmatch(text.strip()) else []

    def money_per_unit(self, text: str) -> list[HeaderMatch]:
        """A currency for a unit behind other words that are no price: "Cut length £/m", "Roll €/m2"."""
        rest, slash, unit = currency_finder().without(text).rpartition("/")
        is_unit = self.words.phrases("units").exact(unit.strip(" )]"))
        if not slash or not is_unit or currency_finder().find(text) is None:
            return []
        words = normalise(rest).split()
        if not words or any(_is_money(hit.means) for hit in self.strong.find(words)):
            return []
        kinds = {hit.means for hit in self.kinds.find(normalise(f"{rest}/{unit}").split())} or {"plain"}
        role = next(kind for kind in PRICE_KINDS if kind in kinds)
        return [HeaderMatch(PRICE_KINDS[role].field, PRICE_KINDS[role].worth * 0.9, Message(PER_UNIT), role)]

    def compound(self, text: str, bare: str) -> list[HeaderMatch]:
        """Languages that write nouns together end them with the price: "Apothekenverkaufspreis"."""
        parted = [
            f"{word[: -len(end)]} {end}" if end else word
            for word in bare.split()
            for end in [next((end for end in self.ends if word.endswith(end) and len(word) > len(end) + 2), "")]
        ]
        apart = " ".join(parted)
        return self.inside_of(text, apart) if apart != bare else []

    def per_unit(self, text: str) -> list[HeaderMatch]:
        """A currency for a unit is a price without the word: "€/kg", "руб./шт.", "EUR per pc"."""
        unit = currency_finder().without(text).strip()
        words = normalise(unit).split()
        is_per = unit.startswith("/") or self.words.phrases("per").starts(unit)
        if unit == text.strip() or not is_per or not 0 < len(words) <= _LONGEST_UNIT:
            return []
        kinds = {hit.means for hit in self.kinds.find(words)}
        role = next((kind for kind in ("measure", "pack") if kind in kinds), "plain")
        return [HeaderMatch(Field.PRICE, PRICE_KINDS[role].worth, Message(PER_UNIT), role)]

    def from_least(self, text: str) -> list[HeaderMatch]:
        """The least quantity to order and how many that are, as above prices: "MOQ 50"."""
        first, _, number = normalise(text).rpartition(" ")
        if (
            not number.isdecimal()
            or int(number) <= _LAST_PLACE
            or not self.words.phrases("least_quantity").exact(first)
        ):
            return []
        return [HeaderMatch(Field.PRICE_TIER, 0.5, Message(QUANTITY), "tier", int(number))]

    def in_several_languages(self, text: str) -> list[HeaderMatch]:
        """The same said again, "Model / 型号", "型号(Model)": what the words of each language may mean.

        Not of prices, of which one part may say for whom they are.
        """
        first, *others = _said_again(text)
        if not others:
            return []
        again = [{match.field for match in self.whole(part, self.without_money(part))} for part in others]
        found = [match for match in self.whole(first, self.without_money(first)) if match.field not in PRICES]
        return [match for match in found if all(match.field in each for each in again)]

    def numbered(self, bare: str) -> list[HeaderMatch]:
        """A known header with a place behind it, "description 1"; prices have kinds and places of their own."""
        first, _, place = bare.rpartition(" ")
        if not first or not place.isdigit() or int(place) > _LAST_PLACE:
            return []
        found = [match for match in self.whole(first, first) if match.field not in PRICES]
        return [match._replace(score=match.score * _NUMBERED - 0.01 * int(place)) for match in found]

    def without_money(self, text: str) -> str:
        """The header without the currency and tax it names: "Цена с НДС, BYN" -> "цена"."""
        words = normalise(currency_finder().without(text)).split()
        for hit in reversed(self.words.phrases("tax").find(words)):
            del words[hit.start : hit.end]
        return " ".join(words)

    def inside_of(self, text: str, bare: str) -> list[HeaderMatch]:
        """The header holds known phrases among other words."""
        words = bare.split()
        if not words:
            return self._money_only(text)
        if self._is_taxed_unit(text, bare):
            kind = "pack" if "pack" in {hit.means for hit in self.kinds.find(words)} else "plain"
            return [HeaderMatch(Field.PRICE, PRICE_KINDS[kind].worth, Message(TAXED_UNIT), kind)]
        hits, kinds = self.inside.find(words), self.kinds.find(words)
        covered = _places([*hits, *kinds, *self.passed_over.find(words)]) | {
            i for i, w in enumerate(words) if w.isdigit() or w in "+<>"
        }
        share = len(covered) / len(words)
        hits = self._without_adjectives(words, hits)
        if any(_is_money(hit.means) for hit in hits):
            return [self._price(text, words, hits, kinds, share)]
        if not hits:
            return self._short_price(text, words, kinds, covered) or self._quantity(text, share)
        if all(hit.means.field is Field.UNIT for hit in hits) and (quantity := self._quantity(text, share)):
            return quantity  # "desde 10 unidades"
        return _fields(words, hits, share)

    def _money_only(self, text: str) -> list[HeaderMatch]:
        """ "EUR" and "without VAT" stand above prices, "VAT" above rates."""
        if not normalise(text):
            return []
        if currency_finder().find(text) is None and not self.words.phrases("tax").meanings(text) - {"tax"}:
            return [HeaderMatch(Field.TAX_RATE, PRICE_KINDS["vat"].worth, Message(TAX_ONLY), "vat")]
        return [HeaderMatch(Field.PRICE, 0.5, Message(MONEY_ONLY), "plain")]

    def _without_adjectives(self, words: list[str], hits: list[Hit[_Meaning]]) -> list[Hit[_Meaning]]:
        """ "Net" and "dealer" speak of prices, but not beside another noun: "net weight", "dealer code"."""
        nouns = [hit for hit in hits if not _is_money(hit.means)]
        money = (" ".join(words[hit.start : hit.end]) for hit in hits if _is_money(hit.means))
        return nouns if nouns and all(map(self.kinds.exact, money)) else hits

    def _price(
        self, text: str, words: list[str], hits: list[Hit[_Meaning]], kinds: list[Hit[str]], share: float
    ) -> HeaderMatch:
        said = [hit for hit in hits if _is_money(hit.means) and not any(_holds(kind, hit) for kind in kinds)]
        roles = {hit.means.role or hit.means.field.traits.price_kind for hit in said} | {h.means for h in kinds}
        tier = find_tier(text, self.words)
        place = 0
        if tier and tier.plain and tier.minimum <= _LAST_PLACE:
            place, tier = tier.minimum, None
        if tier and tier.minimum > 1:
            roles.add("tier")
        role = next(kind for kind in PRICE_KINDS if kind in _settled(roles, tier))
        field, worth, _ = PRICE_KINDS[role]
        field = next((hit.means.field for hit in said if hit.means.role == role), field)
        score = worth * (0.7 + 0.28 * share) - 0.01 * place
        reason = Message(PRICE_KIND, {"words": _spell(words, [*hits, *kinds]), "role": role})
        return HeaderMatch(field, score, reason, role, tier.minimum if tier else None)

    def _short_price(self, text: str, words: list[str], kinds: list[Hit[str]], covered: set[int]) -> list[HeaderMatch]:
        """A price word of two letters counts where all the others are known: "Ár/db"."""
        for place, word in enumerate(words):
            means = self.strong.exact_words([word]) if _is_short(word) else []
            if means and all(map(_is_money, means)) and len(covered | {place}) == len(words):
                return [self._price(text, words, [Hit(place, place + 1, means[0])], kinds, 1.0)]
        return []

    def _quantity(self, text: str, share: float) -> list[HeaderMatch]:
        tier = find_tier(text, self.words) if share == 1 else None
        if tier is None or tier.plain:
            return []
        return [HeaderMatch(Field.PRICE_TIER, 0.5, Message(QUANTITY), "tier", tier.minimum)]

    def alike(self, bare: str) -> list[HeaderMatch]:
        """The header is a known one, misspelt."""
        if not _SHORTEST_FUZZY <= len(bare) <= _LONGEST_FUZZY:
            return []
        spelt = self.spelt.get(bare[0], {})
        as_long = [text for text in spelt if 0.78 < len(text) / len(bare) < 1.28]  # no other can be so much alike
        best = process.extractOne(bare, as_long, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if best is None:
            return []
        spelling, ratio, _ = best
        return [_said(spelt[spelling], 0.85 * ratio / 100, Message(ALIKE, {"words": spelling}))]


def _said_again(text: str) -> list[str]:
    """The parts of a header between signs; or what is in Latin letters, and what is in others."""
    parts = [part for part in _SAID_AGAIN.split(text) if part.strip()]
    if len(parts) == 1 and not text.isascii():
        parts = [part for part in (_LATIN.sub(" ", text), " ".join(_LATIN.findall(text))) if part.strip()]
    return parts or [text]


def _holds(phrase: Hit[Any], other: Hit[Any]) -> bool:
    """ "After discount" says more than "discount"."""
    is_longer = phrase.end - phrase.start > other.end - other.start
    return is_longer and phrase.start <= other.start and other.end <= phrase.end


def _settled(roles: set[str], tier: Tier | None) -> set[str]:
    """A retail price "for you" or "for the client" is a kind of its own; "public list 1" is no tier for its number."""
    if "retail" not in roles:
        return roles - {"client"}
    if not roles.isdisjoint({"yours", "client"}):
        return roles - {"retail", "yours"} | {"client"}
    return roles - {"tier"} if tier is None or tier.plain else roles


def _is_short(text: str) -> bool:
    """One word of one or two letters ("de", "kg", "VE"): a header of its own, but anything inside a longer one."""
    return len(text) <= _SHORT and text < _FIRST_IDEOGRAPH


def _patterns(words: Vocabulary, topic: str) -> list[tuple[_Meaning, list[str]]]:
    """The headers of a topic as patterns, by what they stand for."""
    topics = list(words.topics(topic))
    forms = patterns(word for _, more in topics for word in more)
    return [(_meaning(name), [forms[word] for word in more]) for name, more in topics]


def _meaning(name: str) -> _Meaning:
    """ "price" is a field, "price:purchase" a field and the kind of price."""
    field, _, role = name.partition(":")
    return _Meaning(FIELDS[field], role)


def _said(means: _Meaning, worth: float, reason: Message) -> HeaderMatch:
    role = means.role or means.field.traits.price_kind
    return HeaderMatch(means.field, worth * (PRICE_KINDS[role].worth if role in PRICE_KINDS else 1.0), reason, role)


def _is_money(means: _Meaning) -> bool:
    return means.field in PRICES or means.role in PRICE_KINDS


def _fields(words: list[str], hits: list[Hit[_Meaning]], share: float) -> list[HeaderMatch]:
    """One field, two that mean a third together, or the first before the others."""
    fields = list(dict.fromkeys(hit.means.field for hit in hits))
    together = Field.CHARACTERISTIC if Field.CHARACTERISTIC in fields else TOGETHER.get(frozenset(fields))
    if len(fields) > 1 and OF_MAKER.issuperset(fields):
        together = Field.MPN
    if len(fields) > 1 and together is None and not ALONE.isdisjoint(fields):
        together = Field.CHARACTERISTIC
    if together:
        fields = [together]
    reason = Message(CONTAINS, {"words": _spell(words, hits)})
    best = 0.5 + 0.45 * share
    return [HeaderMatch(field, best * 0.75**place, reason) for place, field in enumerate(fields)]


def _places(hits: Sequence[Hit[Any]]) -> set[int]:
    return {place for hit in hits for place in range(hit.start, hit.end)}


def _spell(words: list[str], hits: Sequence[Hit[Any]]) -> str:
    return " ".join(words[place] for place in sorted(_places(hits)))
