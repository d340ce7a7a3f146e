"""Traits that lists of every language have; each builder makes one list in the words of a language."""

from __future__ import annotations

from collections.abc import Callable

from ingestion.pricegrid.cells.grid import Style
from tests.ingestion.pricegrid.zoo.languages import Language
from tests.ingestion.pricegrid.zoo.listing import Listing

Builder = Callable[[Language, int], Listing]
TRAITS: dict[str, Builder] = {}
COUNT = 16
BOLD = Style(bold=True, fill="FFD9D9D9")


def trait(builder: Builder) -> Builder:
    TRAITS[builder.__name__] = builder
    return builder


def things(language: Language, count: int = COUNT) -> list[tuple[int, str, str]]:
    """Numbers, codes and names of made-up items."""
    return [
        (i, f"{language.key.upper()}-{i * 37:04d}", f"{language.say('things', i)} {i * 5}x{i}")
        for i in range(1, count + 1)
    ]


@trait
def plain(language: Language, variant: int) -> Listing:
    """Code, name, unit, price as numbers, stock as quantities."""
    made = Listing()
    made.row(*(language.say(field, variant) for field in ("code", "name", "unit", "price", "stock")))
    for i, code, name in things(language):
        price = language.amount(i)
        cells = (code, name, language.say("piece", i), float(price), i * 3)
        made.item(*cells, code=code, name=name, price=price, quantity=i * 3)
    return made


@trait
def texts(language: Language, variant: int) -> Listing:
    """The same as text, in the notation of the country, with its currency; below a title, above terms."""
    made = Listing(is_text=True)
    made.row(language.title)
    made.row()
    made.row(*(language.say(field, variant) for field in ("code", "name", "price", "stock")))
    for i, code, name in things(language):
        stock = "there" if i % 3 else "gone"
        price, said = language.amount(i), "in_stock" if i % 3 else "out_of_stock"
        cells = (code, name, language.pay(price), language.say(stock, variant))
        made.item(*cells, code=code, name=name, price=price, currency=language.said_currency, availability=said)
    made.row()
    made.row(language.terms)
    return made


@trait
def two_prices(language: Language, variant: int) -> Listing:
    """A retail price before the dealer's, behind a column of line numbers; other codes, brand and barcode."""
    made = Listing()
    fields = ("brand", "code", "name", "barcode", "retail", "dealer", "unit")
    made.row("№", *(language.say(field, variant) for field in fields))
    for i, code, name in things(language):
        price = language.amount(i)
        cells = ("Vexo", code, name, 4006381333900 + i, float(price * 2), float(price), language.say("piece", i))
        made.item(i, *cells, code=code, name=name, price=price, retail=price * 2)
    return made


@trait
def sequential_codes(language: Language, variant: int) -> Listing:
    """Codes that count up and are padded with zeros, in the first column; only the header names the currency."""
    made = Listing(is_text=True)
    made.row(
        *(language.say(field, variant) for field in ("code", "name")), f"{language.say('price')} ({language.currency})"
    )
    for i, _, name in things(language):
        price = language.amount(i)
        made.item(f"{i:05d}", name, language.write(price), code=f"{i:05d}", name=name, price=price)
    return made


@trait
def sections(language: Language, variant: int) -> Listing:
    """Groups in rows of their own, bold, without codes; totals and prices on request between."""
    made = Listing()
    made.row(language.title)
    made.row(*(language.say(field, variant) for field in ("name", "unit", "price")), style=BOLD)
    group = ""
    for i, _, name in things(language):
        if i % 8 == 1:
            group = language.say("groups", i // 8)
            made.title(group, BOLD)
        price = None if i % 7 == 0 else language.amount(i)
        cell = language.say("ask", variant) if price is None else float(price)
        made.item(name, language.say("piece"), cell, name=name, price=price, category=(group,))
    made.row(language.total, None, 12345.0, style=BOLD)
    return made


@trait
def nothing_but_words_first(language: Language, variant: int) -> Listing:
    """The first items have words in place of prices and of stock: they are no headers and no groups."""
    made = Listing()
    made.row(*(language.say(field, variant) for field in ("code", "name", "unit", "price", "stock")))
    for i, code, name in things(language):
        price = None if i < 4 else language.amount(i)
        cell = language.say("ask", variant) if price is None else float(price)
        stock = language.say("gone" if price is None else "there", variant)
        made.item(code, name, language.say("piece"), cell, stock, code=code, name=name, price=price)
    return made


@trait
def quiet_sections(language: Language, variant: int) -> Listing:
    """The same in a text file: nothing but emptiness tells a group."""
    made = Listing(is_text=True)
    made.row(*(language.say(field, variant) for field in ("code", "name", "unit", "price")))
    group = ""
    for i, code, name in things(language):
        if i % 8 == 1:
            group = language.say("groups", i // 8)
            made.row("", group, "", "")
        price = language.amount(i)
        cells = (code, name, language.say("piece"), language.pay(price))
        made.item(*cells, code=code, name=name, price=price, category=(group,))
    made.row(language.total, "", "", language.pay(language.amount(5)))
    return made


@trait
def two_header_rows(language: Language, variant: int) -> Listing:
    """ "Price" merged over a dealer's and a retail price; everything else merged downwards."""
    made = Listing()
    made.row(
        language.say("code", variant), language.say("name", variant), language.say("price"), None, language.say("stock")
    )
    made.row(None, None, language.say("dealer", variant), language.say("retail", variant), None)
    for column in (1, 2, 5):
        made.merge(1, column, 2, column)
    made.merge(1, 3, 1, 4)
    for i, code, name in things(language):
        price = language.amount(i)
        made.item(code, name, float(price), float(price * 2), i, code=code, name=name, price=price, retail=price * 2)
    return made


@trait
def categories(language: Language, variant: int) -> Listing:
    """A column of categories, a currency in the title of the price, no unit."""
    made = Listing()
    heads = [language.say(field, variant) for field in ("category", "brand", "code", "name")]
    made.row(*heads, f"{language.say('price')}, {language.currency}")
    for i, code, name in things(language):
        price, group = language.amount(i), language.say("groups", i // 9)
        made.item(
            group, f"Vexo {i % 3}", code, name, float(price),
            code=code, name=name, price=price, category=(group,), currency=language.currency,
        )  # fmt: skip
    return made


@trait
def without_header(language: Language, variant: int) -> Listing:
    """No header: code, name, price with its currency."""
    made = Listing(is_text=True)
    for i, code, name in things(language):
        price = language.amount(i)
        made.item(code, name, language.pay(price), code=code, name=name, price=price, currency=language.said_currency)
    return made


@trait
def capitals(language: Language, variant: int) -> Listing:
    """A header in capitals, accents and all."""
    made = Listing()
    made.row(*(language.say(field, variant).upper() for field in ("code", "name", "unit", "price", "stock")))
    for i, code, name in things(language):
        price = language.amount(i)
        cells = (code, name, language.say("piece", i), float(price), i * 3)
        made.item(*cells, code=code, name=name, price=price, quantity=i * 3)
    return made
