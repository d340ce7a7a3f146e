import pytest

from ingestion.pricegrid.values.currency import find_currency, find_format_currency, home_of
from ingestion.pricegrid.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Цена с НДС, BYN", "BYN"),
        ("Цена, руб.", "RUB"),
        ("Цена, бел. руб.", "BYN"),
        ("Цена RUR", "RUB"),
        ("Цена BYR", "BYN"),
        ("цена в у.е.", "USD"),
        ("Price USD", "USD"),
        ("Price (€)", "EUR"),
        ("Ціна, грн", "UAH"),
        ("Cena netto [PLN]", "PLN"),
        ("Cena bez DPH Kč", "CZK"),
        ("Ár (Ft)", "HUF"),
        ("Preț lei", "RON"),
        ("Цена лв. без ДДС", "BGN"),
        ("Price (R)", "ZAR"),
        ("Preço R$", "BRL"),
        ("Precio en pesos argentinos", "ARS"),
        ("Fiyat TL", "TRY"),
        ("单价（元）", "CNY"),
        ("Baht", "THB"),
        ("Peso (kg)", None),
        ("Guarantee", None),
        ("Garantía", None),
        ("Piso", None),
        ("Colour", None),
        ("kr", None),
        ("Price", None),
        ("EUR / USD", None),
        ("Rapid", None),
        ("Prix", None),
    ],
)
def test_texts(text, code):
    assert find_currency(text) == code


@pytest.mark.parametrize(
    ("number_format", "code"),
    [
        ("#,##0.00 [$₽-419]", "RUB"),
        ('0.00" грн."', "UAH"),
        ("[$$-409]#,##0.00", "USD"),
        ("[$$-80A]#,##0.00", "MXN"),
        ('#,##0.00\\ "€"', "EUR"),
        ("#,##0.00_р_.", None),
        ("[$kr-41D] 0.00", "SEK"),
        ("[$BYN] #,##0.00;[Red]-0.00", "BYN"),
        ("[Red]0.00", None),
        ("General", None),
        ("0%", None),
        (None, None),
    ],
)
def test_number_formats(number_format, code):
    assert find_format_currency(number_format) == code


@pytest.mark.parametrize(
    ("text", "default", "code"),
    [("$", "CAD", "CAD"), ("$", "EUR", "USD"), ("руб", "BYN", "BYN"), ("kr", "NOK", "NOK"), ("pesos", "CLP", "CLP")],
)
def test_shared_signs(text, default, code):
    assert find_currency(text, default) == code


@pytest.mark.parametrize(
    ("text", "tax"),
    [
        ("Цена с НДС", "included"),
        ("Цена без НДС", "excluded"),
        ("Price incl. VAT", "included"),
        ("Price excl VAT", "excluded"),
        ("Prix TTC", "included"),
        ("PU HT", "excluded"),
        ("Precio con IVA", "included"),
        ("Precio sin IVA", "excluded"),
        ("Prezzo IVA esclusa", "excluded"),
        ("Cena z VAT", "included"),
        ("Cena bez DPH", "excluded"),
        ("Prijs excl. btw", "excluded"),
        ("KDV Dahil Fiyat", "included"),
        ("Preț fără TVA", "excluded"),
        ("Цена с ДДС", "included"),
        ("Pris inkl. moms", "included"),
        ("Pris eks. mva", "excluded"),
        ("Τιμή χωρίς ΦΠΑ", "excluded"),
        ("Cijena bez PDV", "excluded"),
        ("Price", None),
        ("НДС", None),
    ],
)
def test_the_words_of_tax(text, tax):
    meanings = vocabulary().phrases("tax").meanings(text) & {"included", "excluded"}
    assert meanings == ({tax} if tax else set())


@pytest.mark.parametrize("text", ["desk@bs-dealer.example", "www.eur-price.example", "Price usd-list.com", "eur@a.b"])
def test_letters_of_an_address_are_no_currency(text: str):
    assert find_currency(text) is None


@pytest.mark.parametrize(
    ("text", "own", "code"),
    [
        ("£", "EGP", "EGP"),
        ("£", "EUR", "GBP"),
        ("pounds", "LBP", "LBP"),
        ("ريال", "QAR", "QAR"),
        ("riyals", "OMR", "OMR"),
        ("ريال", "EUR", None),
        ("ريال سعودي", "QAR", "SAR"),
        ("درهم", "MAD", "MAD"),
        ("dirhams", None, None),
        ("دينار", "KWD", "KWD"),
        ("dinara", "RSD", "RSD"),
        ("Rs.", "MUR", "MUR"),
        ("rupees", "EUR", None),
        ("¥", None, None),
        ("lira", "LBP", "LBP"),
        ("manat", "TMT", "TMT"),
        ("PRIX LE KG", None, None),
    ],
)
def test_what_several_currencies_share(text, own, code):
    assert find_currency(text, own) == code


@pytest.mark.parametrize(
    ("own", "texts", "header", "sign", "code"),
    [
        (None, ["えんぴつ"], ["価格"], "¥", "JPY"),
        (None, ["铅笔"], ["单价"], "¥", "CNY"),
        ("EUR", ["铅笔 ノート"], [], "¥", "JPY"),
        ("CNY", ["ノート"], [], "¥", "CNY"),
        ("TWD", ["铅笔"], [], "$", "TWD"),
        (None, [], ["Precio", "Código"], "$", None),
        ("EUR", [], ["Precio"], "$", None),
        ("CLP", [], ["Precio"], "$", "CLP"),
        (None, [], ["Precio"], "US$", "USD"),
        (None, [], ["Price"], "$", "USD"),
    ],
)
def test_what_is_at_home_in_a_list(own, texts, header, sign, code):
    assert find_currency(sign, home_of(own, texts, header)) == code
