"""Lists that are each odd in their own way, from every trade; a builder makes the sheets of one book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import count

from ingestion.pricegrid.cells.grid import CellError, Formula, Style
from tests.ingestion.pricegrid.zoo.listing import Listing

Book = list[Listing]
ODDITIES: dict[str, Callable[[], Listing | Book]] = {}
HINTS: dict[str, dict[str, object]] = {}
BOLD = Style(bold=True, fill="FFD9D9D9")
LARGE = Style(bold=True, font_size=14)
RUB = Style(number_format="#,##0.00 [$₽-419]")


def odd(builder: Callable[[], Listing | Book] | None = None, **hints: object) -> Callable[..., object]:
    def register(made: Callable[[], Listing | Book]) -> Callable[[], Listing | Book]:
        ODDITIES[made.__name__] = made
        HINTS[made.__name__] = hints
        return made

    return register(builder) if builder else register


def amount(number: int, factor: int = 1) -> Decimal:
    return Decimal((number * 7919 * factor) % 90000 + 150) / 100


def items(
    first: int = 1, last: int = 24, noun: str = "Болт оцинкованный", prefix: str = "AB"
) -> Iterator[tuple[int, str, str, Decimal]]:
    for i in range(first, last + 1):
        yield i, f"{prefix}-{i * 13:04d}", f"{noun} {i * 5} мм", amount(i)


def comma(value: Decimal) -> str:
    return f"{value:,.2f}".replace(",", " ").replace(".", ",")


# -- prices -----------------------------------------------------------------------------------------------------------


@odd
def quantity_breaks_with_plus() -> Listing:
    made = Listing()
    made.row("Part Number", "Description", "1+", "10+", "100+", "Stock")
    for i, code, name, price in items(noun="Capacitor"):
        made.item(
            code, name, float(price), float(price) * 0.9, float(price) * 0.8, i, code=code, name=name, price=price
        )
    return made


@odd
def quantity_breaks_as_ranges() -> Listing:
    made = Listing()
    made.row("SKU", "Product", "MOQ", "1-9", "10-49", "50-99", "100+")
    for _, code, name, price in items(noun="Gear motor"):
        made.item(code, name, 1, *(float(price) * k for k in (1, 0.95, 0.9, 0.85)), code=code, name=name, price=price)
    return made


@odd
def quantity_breaks_under_a_title() -> Listing:
    made = Listing()
    made.row("Order code", "Product", "Unit price, EUR", None, None, None)
    made.row(None, None, 1, 10, 100, 1000)
    made.merge(1, 3, 1, 6)
    made.merge(1, 1, 2, 1)
    made.merge(1, 2, 2, 2)
    for _, code, name, price in items(noun="Relay"):
        made.item(
            code,
            name,
            *(float(price) * k for k in (1, 0.95, 0.9, 0.85)),
            code=code,
            name=name,
            price=price,
            currency="EUR",
        )
    return made


@odd
def tiers_by_words() -> Listing:
    made = Listing()
    made.row("Артикул", "Наименование", "Розница", "Опт от 5 шт", "Опт от 50 шт", "Крупный опт от 100 000 руб.")
    for _, code, name, price in items():
        cells = (float(price * 2), float(price), float(price) * 0.9, float(price) * 0.8)
        made.item(code, name, *cells, code=code, name=name, price=price, retail=price * 2)
    return made


@odd
def numbered_prices() -> Listing:
    made = Listing()
    made.row("Código", "Artículo", "Lista 1", "Lista 2", "Lista 3")
    for _, code, name, price in items(noun="Tornillo"):
        made.item(code, name, float(price), float(price) * 0.9, float(price) * 0.8, code=code, name=name, price=price)
    return made


@odd
def old_and_discounted() -> Listing:
    made = Listing(is_text=True)
    made.row("Арт.", "Название", "Старая цена", "Цена со скидкой", "Скидка, %")
    for _, code, name, price in items():
        made.item(code, name, comma(price * 2), comma(price), "50", code=code, name=name, price=price)
    return made


@odd
def discount_between() -> Listing:
    made = Listing()
    made.row("Artikelnr.", "Bezeichnung", "Listenpreis", "Rabatt %", "Ihr Preis", "MwSt.")
    for _, code, name, price in items(noun="Rohrschelle"):
        made.item(code, name, float(price * 2), 50, float(price), 19, code=code, name=name, price=price)
    return made


@odd
def tax_amounts() -> Listing:
    made = Listing()
    made.row("Код", "Наименование", "Цена без НДС", "Сумма НДС", "Цена с НДС")
    for _, code, name, price in items():
        net, tax = price * 5, price
        made.item(code, name, float(net), float(tax), float(net + tax), code=code, name=name, price=net)
    return made


@odd
def per_kilogram_beside_per_piece() -> Listing:
    made = Listing()
    made.row("Référence", "Produit", "Poids", "Prix au kg", "Prix pièce")
    for i, code, name, price in items(noun="Fromage"):
        made.item(code, name, f"{i * 50} g", float(price * 4), float(price), code=code, name=name, price=price)
    return made


@odd
def per_case_beside_per_bottle() -> Listing:
    made = Listing()
    made.row("Code", "Wine", "Vintage", "Case size", "Price per case", "Price per bottle")
    for i, code, name, price in items(noun="Rioja Reserva"):
        made.item(code, name, 2010 + i % 10, 6, float(price * 6), float(price), code=code, name=name, price=price)
    return made


@odd
def two_currencies_own_first(currency: str = "BYN") -> Listing:
    made = Listing()
    made.row("Код", "Товар", "Цена, USD", "Цена, BYN")
    for _, code, name, price in items():
        made.item(code, name, float(price) / 3, float(price), code=code, name=name, price=price, currency="BYN")
    return made


HINTS["two_currencies_own_first"] = {"default_currency": "BYN"}


@odd
def headed_by_currencies() -> Listing:
    made = Listing()
    made.row("Код", "Товар", "грн", "USD")
    for _, code, name, price in items():
        made.item(code, name, float(price * 40), float(price), code=code, name=name, price=price * 40, currency="UAH")
    return made


@odd
def a_currency_in_each_row() -> Listing:
    made = Listing()
    made.row("Артикул", "Наименование", "Цена", "Валюта")
    for i, code, name, price in items():
        currency = ("USD", "EUR", "RUB")[i % 3]
        made.item(code, name, float(price), currency, code=code, name=name, price=price, currency=currency)
    return made


@odd
def currency_in_each_cell() -> Listing:
    made = Listing(is_text=True)
    made.row("SKU", "Name", "Price")
    for i, code, name, price in items(noun="Router"):
        sign, currency = (("$", "USD"), ("€", "EUR"), ("£", "GBP"))[i % 3]
        made.item(code, name, f"{sign}{price:,.2f}", code=code, name=name, price=price, currency=currency)
    return made


@odd
def currency_in_the_number_format() -> Listing:
    made = Listing()
    made.row("Артикул", "Наименование", "Цена")
    for _, code, name, price in items():
        made.item(code, name, float(price), style=RUB, code=code, name=name, price=price, currency="RUB")
    return made


@odd
def currency_above_the_table() -> Listing:
    made = Listing()
    made.row("Общество «Ромашка», тел. +375 17 123-45-67")
    made.row("Цены указаны в белорусских рублях (BYN) с НДС")
    made.row()
    made.row("Артикул", "Наименование", "Цена")
    for _, code, name, price in items():
        made.item(code, name, float(price), code=code, name=name, price=price, currency="BYN")
    return made


@odd
def from_and_about() -> Listing:
    made = Listing(is_text=True)
    made.row("Код", "Услуга", "Стоимость")
    for i, code, name, price in items(noun="Гравировка таблички"):
        made.item(
            code,
            name,
            f"от {price:.0f} руб." if i % 2 else f"{price:.0f} руб./шт",
            code=code,
            name=name,
            price=f"{price:.0f}",
        )
    return made


@odd
def no_price_in_many_ways() -> Listing:
    made = Listing()
    made.row("Артикул", "Наименование", "Цена")
    words = (
        "по запросу",
        "-",
        "звоните",
        "н/д",
        "под заказ",
        CellError("#N/A"),
        Formula("=B2*C2"),
        0,
        "договорная",
        -5,
    )
    for i, code, name, price in items():
        if i % 2:
            made.item(code, name, words[i // 2 % 10], code=code, name=name, price=None)
        else:
            made.item(code, name, float(price), code=code, name=name, price=price)
    return made


@odd
def unrounded_numbers() -> Listing:
    made = Listing()
    made.row("Code", "Name", "Net price EUR", "RRP EUR")
    for i, code, name, price in items(noun="Valve"):
        exact = Decimal(str(float(price) / 3 + i / 1000))
        want = exact.quantize(Decimal("0.0001"), "ROUND_HALF_UP")
        made.item(code, name, float(exact), float(exact * 2), code=code, name=name, price=want)
    return made


@odd
def tiny_prices() -> Listing:
    made = Listing()
    made.row("P/N", "Description", "Qty", "Unit Price (USD)", "Ext. Price (USD)")
    for i, code, name, _ in items(noun="Resistor 0402"):
        made.item(code, name, 1000, i / 10000, i / 10, code=code, name=name, price=Decimal(i) / 10000, currency="USD")
    made.row(None, "Total", None, None, 30.0)
    return made


@odd
def order_form() -> Listing:
    """Empty columns for the quantity to order, sums of nought."""
    made = Listing()
    made.row("№", "Артикул", "Наименование", "Цена", "Заказ, шт", "Сумма")
    for i, code, name, price in items():
        made.item(i, code, name, float(price), None, 0, code=code, name=name, price=price)
    made.row(None, None, "Итого:", None, 0, 0)
    return made


@odd
def spaced_and_apostrophes() -> Listing:
    made = Listing(is_text=True)
    made.row("Art.-Nr.", "Bezeichnung", "Preis CHF")
    for _, code, name, price in items(noun="Bohrer"):
        text = f"{price * 100:,.2f}".replace(",", "'")
        made.item(code, name, text, code=code, name=name, price=price * 100, currency="CHF")
    return made


@odd
def swiss_whole_francs() -> Listing:
    made = Listing(is_text=True)
    made.row("Art.-Nr.", "Bezeichnung", "Preis")
    for i, code, name, _ in items(noun="Bohrer"):
        made.item(code, name, f"CHF {i * 15}.--", code=code, name=name, price=i * 15, currency="CHF")
    return made


@odd
def indian_grouping() -> Listing:
    made = Listing(is_text=True)
    made.row("Item Code", "Item Description", "Rate (INR)", "MRP (INR)")
    for i, code, name, _ in items(noun="Pump set"):
        made.item(
            code,
            name,
            f"{i},25,500.00",
            f"{i},50,000.00",
            code=code,
            name=name,
            price=i * 100000 + 25500,
            currency="INR",
        )
    return made


@odd
def ambiguous_thousands() -> Listing:
    made = Listing(is_text=True)
    made.row("Code", "Name", "Price")
    for i, code, name, _ in items(noun="Thing"):
        made.item(code, name, f"{i},{i * 13 % 900 + 100}", code=code, name=name, price=None)
    return made


@odd(default_decimal_sign=".")
def ambiguous_but_set() -> Listing:
    made = Listing(is_text=True)
    made.row("Code", "Name", "Price")
    for i, code, name, _ in items(noun="Thing"):
        made.item(code, name, f"{i},{i * 13 % 900 + 100}", code=code, name=name, price=f"{i}{i * 13 % 900 + 100}")
    return made


@odd
def rupiah_in_thousands() -> Listing:
    made = Listing()
    made.row("No", "Kode Barang", "Nama Barang", "Satuan", "Harga Satuan (Rp)")
    for i, code, name, _ in items(noun="Pipa"):
        made.item(
            i,
            code,
            name,
            "batang",
            f"{i * 12500:,}".replace(",", "."),
            code=code,
            name=name,
            price=i * 12500,
            currency="IDR",
        )
    return made


@odd
def only_retail() -> Listing:
    made = Listing()
    made.row("Артикул", "Наименование", "Розничная цена")
    for _, code, name, price in items():
        made.item(code, name, float(price), code=code, name=name, price=price)
    return made


@odd
def trade_names_of_prices() -> Listing:
    made = Listing()
    made.row("Item #", "Description", "UPC", "Case Pack", "MSRP", "MAP", "Dealer Cost", "Qty On Hand")
    for i, code, name, price in items(noun="Garden hose"):
        cells = ("036000291452", 12, float(price * 3), float(price * 2), float(price), i)
        made.item(code, name, *cells, code=code, name=name, price=price, retail=price * 3)
    return made


@odd
def deposit_apart() -> Listing:
    made = Listing()
    made.row("Art.-Nr.", "Artikelbezeichnung", "Gebinde", "Pfand", "EK netto", "UVP")
    for _, code, name, price in items(noun="Pils"):
        made.item(code, name, "20 x 0,5 l", 3.1, float(price), float(price * 2), code=code, name=name, price=price)
    return made


@odd
def price_change_columns() -> Listing:
    made = Listing()
    made.row("Code", "Description", "Old Price", "New Price", "% Change", "Effective Date")
    for _, code, name, price in items(noun="Bearing"):
        made.item(code, name, float(price) * 0.9, float(price), 0.11, "01/04/2026", code=code, name=name, price=price)
    return made


# -- codes ------------------------------------------------------------------------------------------------------------


@odd
def zeros_in_the_number_format() -> Listing:
    made = Listing()
    made.row("CODIGO", "DETALLE", "LISTA")
    for i, _, name, price in items(noun="CABLE"):
        made.item(
            i * 7, name, float(price), style=Style(number_format="00000"), code=f"{i * 7:05d}", name=name, price=price
        )
    return made


@odd
def codes_as_floats() -> Listing:
    made = Listing()
    made.row("Код", "Номенклатура", "Цена")
    for i, _, name, price in items():
        made.item(100200.0 + i * 3, name, float(price), code=str(100200 + i * 3), name=name, price=price)
    return made


@odd
def model_as_code() -> Listing:
    made = Listing()
    made.row("Brand", "Model", "Description", "Price EUR", "Availability")
    for i, _, name, price in items(noun="Cordless drill"):
        made.item(
            "Vexo",
            f"VX-{i * 10}",
            name,
            float(price),
            "in stock",
            code=f"VX-{i * 10}",
            name=name,
            price=price,
            currency="EUR",
        )
    return made


@odd
def own_code_beside_the_makers() -> Listing:
    made = Listing()
    made.row("Наш код", "Код производителя", "Штрихкод", "Товар", "Производитель", "Цена")
    for i, code, name, price in items():
        made.item(code, f"M{i * 7}X", 4601234567890 + i, name, "Завод", float(price), code=code, name=name, price=price)
    return made


@odd
def duplicated_codes() -> Listing:
    """Sizes of one article: the code repeats, every row is an item."""
    made = Listing()
    made.row("Артикул", "Наименование", "Размер", "Цена")
    for i, _, name, price in items():
        made.item(f"K-{(i + 1) // 2}", name, 40 + i % 2, float(price), code=f"K-{(i + 1) // 2}", name=name, price=price)
    return made


@odd
def counted_codes_under_code() -> Listing:
    made = Listing()
    made.row("Код", "Наименование", "Ед.", "Цена")
    for i, _, name, price in items():
        made.item(i, name, "шт", float(price), code=str(i), name=name, price=price)
    return made


@odd
def line_numbers_are_no_codes() -> Listing:
    made = Listing()
    made.row("№ п/п", "Наименование", "Ед.", "Цена")
    for i, _, name, price in items():
        made.item(i, name, "шт", float(price), name=name, price=price)
    return made


@odd
def scientific_codes() -> Listing:
    made = Listing(is_text=True)
    made.row("Barcode", "Article", "Product", "Price")
    for _, code, name, price in items(noun="Kettle"):
        made.item("4,60123E+12", code, name, f"{price:.2f}", code=code, name=name, price=price)
    return made


@odd
def no_codes_same_names() -> Listing:
    made = Listing()
    made.row("Наименование", "Фасовка", "Цена, руб.")
    for i in range(1, 25):
        name = f"Краска белая {(i + 1) // 2}"
        made.item(name, "1 кг" if i % 2 else "5 кг", float(amount(i)), name=name, price=amount(i))
    return made


# -- headers ----------------------------------------------------------------------------------------------------------


@odd
def deep_title_block() -> Listing:
    made = Listing()
    made.row("ООО «Торговый дом»", None, None, "Дата:", "12.03.2026")
    made.row("Адрес: г. Минск, ул. Примерная, 1")
    made.row("Телефон:", "+375 29 000-00-00", None, "Менеджер:", "Анна")
    made.row("Курс:", 3.25)
    made.row("Минимальный заказ", 500, "руб.")
    made.row()
    made.row("Уважаемые клиенты! Цены действительны при предоплате, скидка 5% от 1000 рублей.")
    made.row()
    made.row("Артикул", "Товар", "Ед.", "Цена", "Остаток")
    for i, code, name, price in items():
        made.item(code, name, "шт", float(price), i, code=code, name=name, price=price, quantity=i)
    return made


@odd
def bilingual_header() -> Listing:
    made = Listing()
    made.row("货号 Item No.", "品名 Description", "单位 Unit", "单价 Unit Price (USD)", "备注 Remark")
    for _, code, name, price in items(noun="LED strip"):
        made.item(code, name, "pc", float(price), None, code=code, name=name, price=price, currency="USD")
    return made


@odd
def header_in_two_languages_in_two_rows() -> Listing:
    made = Listing()
    made.row("Артикул", "Наименование", "Цена", "Остаток")
    made.row("Article", "Description", "Price", "Stock")
    for i, code, name, price in items():
        made.item(code, name, float(price), i, code=code, name=name, price=price)
    return made


@odd
def units_below_the_header() -> Listing:
    made = Listing()
    made.row("Code", "Description", "Length", "Weight", "Price", "Stock")
    made.row(None, None, "mm", "kg", "EUR", "pcs")
    for i, code, name, price in items(noun="Steel profile"):
        made.item(code, name, i * 100, i / 4, float(price), i, code=code, name=name, price=price, currency="EUR")
    return made


@odd
def column_numbers_below_the_header() -> Listing:
    made = Listing()
    made.row("№", "Наименование", "Ед. изм.", "Цена")
    made.row("1", "2", "3", "4")
    for i, _, name, price in items():
        made.item(i, name, "шт", float(price), name=name, price=price)
    return made


@odd
def three_header_rows() -> Listing:
    made = Listing()
    made.row("Артикул", "Наименование", "Цены", None, None)
    made.row(None, None, "Опт", None, "Розница")
    made.row(None, None, "до 10 шт", "от 10 шт", None)
    for merge in ((1, 1, 3, 1), (1, 2, 3, 2), (1, 3, 1, 5), (2, 3, 2, 4), (2, 5, 3, 5)):
        made.merge(*merge)
    for _, code, name, price in items():
        cells = (float(price), float(price) * 0.9, float(price * 2))
        made.item(code, name, *cells, code=code, name=name, price=price, retail=price * 2)
    return made


@odd
def header_repeated_at_page_breaks() -> Listing:
    made = Listing()
    for i, code, name, price in items():
        if i % 8 == 1:
            made.row("Артикул", "Наименование", "Цена")
        made.item(code, name, float(price), code=code, name=name, price=price)
    return made


@odd
def nameless_first_columns() -> Listing:
    """Nothing stands above the code and the name."""
    made = Listing()
    made.row(None, None, "Цена, руб.", "Наличие")
    for _, code, name, price in items():
        made.item(code, name, float(price), "есть", code=code, name=name, price=price, currency="RUB")
    return made


@odd
def abbreviations_only() -> Listing:
    made = Listing()
    made.row("Арт.", "Наим.", "Ед.", "Кол.", "Ц. опт.", "Ц. розн.")
    for i, code, name, price in items():
        made.item(code, name, "шт", i, float(price), float(price * 2), code=code, name=name, price=price)
    return made


@odd
def database_columns() -> Listing:
    made = Listing(is_text=True)
    made.row(
        "id_product", "product_name", "price_wholesale", "price_retail", "qty", "manufacturer", "category_name", "ean13"
    )
    for i, _, name, price in items(noun="Mouse"):
        cells = (name, f"{price}", f"{price * 2}", str(i), "Vexo", "Peripherals", "4006381333931")
        made.item(
            str(5000 + i * 3),
            *cells,
            code=str(5000 + i * 3),
            name=name,
            price=price,
            retail=price * 2,
            category=("Peripherals",),
        )
    return made


@odd
def camel_case_columns() -> Listing:
    made = Listing(is_text=True)
    made.row("VendorCode", "ProductName", "UnitPrice", "CurrencyCode", "StockQty")
    for i, code, name, price in items(noun="Keyboard"):
        made.item(code, name, f"{price}", "EUR", str(i), code=code, name=name, price=price, currency="EUR", quantity=i)
    return made


@odd
def misspelt_header() -> Listing:
    made = Listing()
    made.row("Артикль", "Наименованее", "Ценна", "Остатак")
    for i, code, name, price in items():
        made.item(code, name, float(price), i, code=code, name=name, price=price)
    return made


@odd
def lines_in_headers() -> Listing:
    made = Listing()
    made.row("Код\nтовара", "Наименование\nтовара", "Цена за ед.\nс НДС 20%,\nруб.", "Остаток\nна складе")
    for i, code, name, price in items():
        made.item(code, name, float(price), i, code=code, name=name, price=price, currency="RUB")
    return made


@odd
def empty_columns_between() -> Listing:
    made = Listing()
    made.row(None, "Артикул", None, None, "Наименование", None, "Цена")
    for _, code, name, price in items():
        made.item(None, code, None, None, name, None, float(price), code=code, name=name, price=price)
    return made


@odd
def header_in_an_unknown_language() -> Listing:
    made = Listing()
    made.row("Lambar", "Sunan kaya", "Farashi")
    for _, code, name, price in items(noun="Kujera"):
        made.item(code, name, float(price), code=code, name=name, price=price)
    return made


# -- no header --------------------------------------------------------------------------------------------------------


@odd
def bare_code_name_price_stock() -> Listing:
    made = Listing(is_text=True)
    for i, code, name, price in items(noun="Brake pad set, front axle"):
        made.item(code, name, f"{price:.2f}", str(i * 3), code=code, name=name, price=price, quantity=i * 3)
    return made


@odd
def bare_brand_code_name() -> Listing:
    made = Listing(is_text=True)
    for i, code, name, price in items(noun="Колодки тормозные передние"):
        made.item(
            ("BREMBO", "ATE", "TRW")[i % 3],
            code,
            name,
            f"{price:.2f}".replace(".", ","),
            str(i % 7),
            code=code,
            name=name,
            price=price,
        )
    return made


@odd
def bare_name_price() -> Listing:
    made = Listing()
    made.row('ООО "Ромашка"  тел. +7 495 123-45-67')
    made.row("Цветы и букеты")
    made.row()
    for i in range(1, 25):
        name = f"Роза кустовая сорт {i}"
        made.item(name, f"{amount(i):.0f} руб.", name=name, price=f"{amount(i):.0f}", currency="RUB")
    return made


@odd
def bare_numbered_codes() -> Listing:
    made = Listing()
    for i, _, name, price in items(noun="Filtro de aceite"):
        made.item(10450 + i * 7, name, float(price), code=str(10450 + i * 7), name=name, price=price)
    return made


# -- rows -------------------------------------------------------------------------------------------------------------


def _by_group(
    made: Listing, titles: Sequence[str], write: Callable[[Listing, str], object]
) -> Iterator[tuple[int, str, str, Decimal, str]]:
    per = 24 // len(titles)
    for i, code, name, price in items():
        if i % per == 1:
            write(made, titles[(i - 1) // per % len(titles)])
        yield i, code, name, price, titles[min((i - 1) // per, len(titles) - 1)]


@odd
def merged_sections() -> Listing:
    made = Listing()
    made.row("Код", "Наименование", "Ед.", "Цена")

    def write(made: Listing, title: str) -> None:
        row = made.title(title)
        made.merge(row, 1, row, 4)

    for _, code, name, price, group in _by_group(made, ("Инструмент", "Крепёж", "Сантехника"), write):
        made.item(code, name, "шт", float(price), code=code, name=name, price=price, category=(group,))
    return made


@odd
def filled_sections() -> Listing:
    made = Listing()
    made.row("Код", "Наименование", "Ед.", "Цена")
    fill = Style(fill="FFFFFF00")
    for _, code, name, price, group in _by_group(
        made, ("Инструмент", "Крепёж"), lambda m, t: m.row(None, t, None, None, style=fill)
    ):
        made.item(code, name, "шт", float(price), code=code, name=name, price=price, category=(group,))
    return made


@odd
def sections_with_codes() -> Listing:
    """A group has a code of its own, as accounting programs write it, but no price and no unit."""
    made = Listing()
    made.row("Код", "Номенклатура", "Ед.", "Цена", "Остаток")
    codes = iter(("00-01", "00-02", "00-03"))
    for i, code, name, price, group in _by_group(
        made, ("Инструмент", "Крепёж", "Краски"), lambda m, t: m.row(next(codes), t, None, None, None, style=BOLD)
    ):
        made.item(code, name, "шт", float(price), i, code=code, name=name, price=price, category=(group,))
    return made


@odd
def sections_with_numbers() -> Listing:
    made = Listing()
    made.row("№", "Наименование", "Ед.", "Цена", "Примечание")
    numbers = iter(("1", "2", "3"))
    places = count(1)
    for _, _, name, price, group in _by_group(
        made, ("Инструмент", "Крепёж", "Краски"), lambda m, t: m.row(next(numbers), t, None, None, None, style=BOLD)
    ):
        made.item(f"1.{next(places)}", name, "шт", float(price), "гост", name=name, price=price, category=(group,))
    return made


@odd
def three_levels_by_font() -> Listing:
    made = Listing()
    made.row("Артикул", "Наименование", "Цена")
    looks = (Style(bold=True, font_size=16), Style(bold=True, font_size=13), Style(bold=True, font_size=11))
    number = 0
    for top in ("Дом", "Сад"):
        made.title(top, looks[0])
        for middle in ("Мебель", "Свет"):
            made.title(middle, looks[1])
            for low in ("Белый", "Чёрный"):
                made.title(low, looks[2])
                for _ in range(3):
                    number += 1
                    code, name, price = f"T-{number:03d}", f"Изделие тип {number}", amount(number)
                    made.item(code, name, float(price), code=code, name=name, price=price, category=(top, middle, low))
    return made


@odd
def two_levels_by_indent() -> Listing:
    made = Listing()
    made.row("Номенклатура", "Ед.", "Цена")
    number = 0
    for top in ("Кабель", "Лампы"):
        made.title(top, Style(indent=0))
        for low in (f"{top} медные", f"{top} прочие"):
            made.title(low, Style(indent=1))
            for _ in range(5):
                number += 1
                name, price = f"Позиция {number} ГОСТ", amount(number)
                made.item(name, "шт", float(price), style=Style(indent=2), name=name, price=price, category=(top, low))
    return made


@odd
def two_levels_by_number() -> Listing:
    made = Listing(is_text=True)
    made.row("Name", "Unit", "Price, EUR")
    number = 0
    for top, title in enumerate(("Tools", "Fixings"), 1):
        made.row(f"{top}. {title}", "", "")
        for low in (1, 2):
            made.row(f"{top}.{low} {title} series {low}", "", "")
            for _ in range(5):
                number += 1
                name, price = f"Hammer model {number}", amount(number)
                made.item(
                    name,
                    "pc",
                    f"{price:.2f}",
                    name=name,
                    price=price,
                    category=(f"{top}. {title}", f"{top}.{low} {title} series {low}"),
                )
    return made


@odd
def sections_in_another_column() -> Listing:
    made = Listing()
    made.row("Артикул", "Наименование", "Цена", "Остаток")
    for i, code, name, price, group in _by_group(made, ("Посуда", "Текстиль"), lambda m, t: m.row(None, t)):
        made.item(code, name, float(price), i, code=code, name=name, price=price, category=(group,))
    return made


@odd
def section_repeated_in_every_cell() -> Listing:
    made = Listing(is_text=True)
    made.row("Артикул", "Наименование", "Ед.", "Цена")
    for _, code, name, price, group in _by_group(made, ("Посуда", "Текстиль"), lambda m, t: m.row(t, t, t, t)):
        made.item(code, name, "шт", comma(price), code=code, name=name, price=price, category=(group,))
    return made


@odd
def group_written_once() -> Listing:
    made = Listing()
    made.row("Группа", "Артикул", "Наименование", "Цена")
    for i, code, name, price in items():
        group = f"Группа {(i - 1) // 6}"
        made.item(
            group if i % 6 == 1 else None,
            code,
            name,
            float(price),
            code=code,
            name=name,
            price=price,
            category=(group,),
        )
    return made


@odd
def name_merged_over_packs() -> Listing:
    made = Listing()
    made.row("Наименование", "Фасовка", "Цена, руб.")
    for i in range(1, 13):
        name = f"Масло моторное марка {i}"
        for pack in (1, 2, 3):
            price = amount(i * 3 + pack)
            made.item(name if pack == 1 else None, f"{pack * 4} л", float(price), name=name, price=price)
        made.merge(len(made.cells) - 2, 1, len(made.cells), 1)
    return made


@odd
def continuation_rows() -> Listing:
    made = Listing()
    made.row("Code", "Medicine", "Ingredient", "Strength", "Price")
    for _, code, name, price in items(noun="Tablet"):
        made.item(code, name, "Paracetamol", "500 mg", float(price), code=code, name=name, price=price)
        made.row(None, None, "Caffeine", "65 mg", None)
    return made


@odd
def notes_between() -> Listing:
    made = Listing()
    made.row("Артикул", "Наименование", "Цена")
    for i, code, name, price in items():
        made.item(code, name, float(price), code=code, name=name, price=price)
        if i % 6 == 0:
            made.title("* цены указаны при условии предоплаты, доставка за счёт покупателя")
    return made


@odd
def totals_per_section() -> Listing:
    made = Listing()
    made.row("Артикул", "Наименование", "Кол-во", "Цена", "Сумма")
    for i, code, name, price, group in _by_group(made, ("Насосы", "Трубы"), lambda m, t: m.title(t, BOLD)):
        made.item(code, name, i, float(price), float(price * i), code=code, name=name, price=price, category=(group,))
        if i % 12 == 0:
            made.row(None, "Итого по разделу:", None, None, 9999.0, style=BOLD)
    made.row(None, "Всего:", None, None, 19999.0)
    return made


@odd
def totals_in_the_price_column() -> Listing:
    made = Listing()
    made.row("№", "Наименование", "Цена, руб.")
    for i, _, name, price in items():
        made.item(i, name, float(price), name=name, price=price)
    made.row(None, "ИТОГО:", 123456.0)
    made.row(None, None, 123456.0)
    made.row("Директор", "Иванов И. И.")
    return made


@odd
def blank_rows_everywhere() -> Listing:
    made = Listing(is_text=True)
    made.row("Code", "Name", "Price")
    made.row("", "", "")
    for i, code, name, price in items(noun="Lamp"):
        made.item(code, name, f"{price:.2f}", code=code, name=name, price=price)
        if i % 3 == 0:
            made.row("", "", "")
    return made


@odd
def codeless_rows_between() -> Listing:
    """A price and a name but no code, where all others have one."""
    made = Listing()
    made.row("Артикул", "Наименование", "Цена")
    for i, code, name, price in items():
        made.item(code, name, float(price), code=code, name=name, price=price)
        if i == 10:
            made.item(None, "Товар без артикула", 55.0, name="Товар без артикула", price=55)
    return made


@odd
def items_that_look_like_sections() -> Listing:
    """Bold items on offer are items."""
    made = Listing()
    made.row("Артикул", "Наименование", "Цена", style=BOLD)
    for i, code, name, price in items():
        made.item(code, name, float(price), style=BOLD if i % 5 == 0 else None, code=code, name=name, price=price)
    return made


# -- columns ----------------------------------------------------------------------------------------------------------


@odd
def several_warehouses() -> Listing:
    made = Listing()
    made.row("Код товара", "Номенклатура", "Склад Киев", "Склад Одесса", "Цена дилер, грн", "РРЦ, грн")
    for i, code, name, price in items():
        cells = (">10" if i % 2 else "0", "есть", float(price), float(price * 2))
        made.item(code, name, *cells, code=code, name=name, price=price, currency="UAH", availability="in_stock")
    return made


@odd
def category_path_in_a_cell() -> Listing:
    made = Listing(is_text=True)
    made.row("SKU", "Title", "Category", "Price")
    for i, code, name, price in items(noun="Spade"):
        made.item(
            code,
            name,
            f"Garden > Tools > Type {i % 3}",
            f"{price}",
            code=code,
            name=name,
            price=price,
            category=("Garden", "Tools", f"Type {i % 3}"),
        )
    return made


@odd
def category_in_two_columns() -> Listing:
    made = Listing()
    made.row("Категория", "Подкатегория", "Артикул", "Название", "Цена")
    for i, code, name, price in items():
        made.item(
            "Дом",
            f"Кухня {i % 2}",
            code,
            name,
            float(price),
            code=code,
            name=name,
            price=price,
            category=("Дом", f"Кухня {i % 2}"),
        )
    return made


@odd
def html_in_descriptions() -> Listing:
    made = Listing(is_text=True)
    made.row("sku", "name", "description", "price", "image", "url")
    for i, code, name, price in items(noun="Sofa"):
        cells = (
            f"<p>Soft &amp; <b>wide</b></p><ul><li>{i} seats</li></ul>",
            f"{price}",
            f"https://example.com/{i}.jpg",
            f"https://example.com/p/{i}",
        )
        made.item(code, name, *cells, code=code, name=name, price=price)
    return made


@odd
def triples_of_characteristics() -> Listing:
    made = Listing()
    head = ("Название_Характеристики", "Измерение_Характеристики", "Значение_Характеристики")
    made.row("Код_товара", "Название_позиции", "Цена", "Валюта", *head * 3)
    for i, code, name, price in items():
        triples = ("Вес", "кг", i, "Цвет", None, "белый", "Длина", "см", i * 2)
        made.item(code, name, float(price), "UAH", *triples, code=code, name=name, price=price, currency="UAH")
    return made


@odd
def sizes_across() -> Listing:
    """Clothes: a column of stock for every size, one price."""
    made = Listing()
    made.row("Артикул", "Модель", "Цвет", "Цена", "S", "M", "L", "XL")
    for i, code, name, price in items(noun="Футболка"):
        made.item(code, name, "белый", float(price), 1, 0, i, 2, code=code, name=name, price=price)
    return made


@odd
def many_measures() -> Listing:
    made = Listing()
    made.row(
        "SKU",
        "Name (EN)",
        "Name (DE)",
        "Colour",
        "EXW price, EUR",
        "RRP, EUR",
        "HS code",
        "Net weight kg",
        "MOQ",
        "Pcs/ctn",
        "CBM",
    )
    for i, code, name, price in items(noun="Oak table"):
        made.item(
            code, name, f"Eichentisch {i}", "natural", float(price), float(price * 2), "94036010", 12.5 + i, 5, 1, 0.12,
            code=code, name=name, price=price, currency="EUR",
        )  # fmt: skip
    return made


@odd
def books() -> Listing:
    made = Listing()
    made.row("ISBN", "Автор", "Название", "Год", "Стр.", "Цена")
    for i, _, name, price in items(noun="Повесть"):
        code = f"978-5-04-{100000 + i}-{i % 10}"
        made.item(code, "Иванов А.", name, 2020 + i % 6, 200 + i, float(price), name=name, price=price)
    return made


@odd
def medicines() -> Listing:
    made = Listing()
    made.row("Código Nacional", "Presentación comercial", "Laboratorio", "PVL", "PVP IVA", "Stock")
    for i, _, name, price in items(noun="IBUPROFENO"):
        made.item(
            650000 + i * 3,
            name,
            "Labor",
            float(price),
            float(price * 2),
            i,
            code=str(650000 + i * 3),
            name=name,
            price=price,
        )
    return made


@odd
def cosmetics_with_volume() -> Listing:
    made = Listing()
    made.row("Ref", "Product", "Size", "Cost ex VAT", "RRP inc VAT", "Barcode", "Min Qty")
    for i, code, name, price in items(noun="Hand cream"):
        made.item(
            code,
            name,
            "75 ml",
            float(price),
            float(price * 2),
            5012345678900 + i,
            6,
            code=code,
            name=name,
            price=price,
            retail=price * 2,
        )
    return made


@odd
def groceries_without_codes() -> Listing:
    made = Listing()
    made.row("Продукт", "Вес", "Срок годности", "Цена за кг", "Цена за шт")
    for i, _, name, price in items(noun="Сыр"):
        made.item(name, f"{i * 0.1:.1f} кг", "60 суток", float(price * 3), float(price), name=name, price=price)
    return made


@odd
def net_and_gross() -> Listing:
    made = Listing()
    made.row("Lp.", "Indeks", "Nazwa towaru", "J.m.", "Cena netto", "VAT", "Cena brutto", "EAN")
    for i, code, name, price in items(noun="Przewód"):
        made.item(
            i,
            code,
            name,
            "mb",
            float(price),
            "23%",
            round(float(price) * 1.23, 2),
            5901234123457,
            code=code,
            name=name,
            price=price,
        )
    return made


# -- kinds of list ----------------------------------------------------------------------------------------------------


@odd
def codes_and_prices_alone() -> Listing:
    made = Listing(is_text=True)
    made.row("Code", "Price")
    for _, code, _, price in items():
        made.item(code, f"{price:.2f}", code=code, name="", price=price)
    return made


@odd
def unknown_words_over_the_price() -> Listing:
    """Code, name and stock are known, the money stands under a word that nobody knows: never a stock list."""
    made = Listing(is_text=True)
    made.row("Code", "Name", "Farashi", "Stock")
    for i, code, name, price in items(noun="Chair"):
        made.item(code, name, f"€ {price:.2f}", str(i), code=code, name=name, price=price, currency="EUR")
    return made


# -- books ------------------------------------------------------------------------------------------------------------


def _simple(
    name: str,
    first: int = 1,
    last: int = 14,
    factor: int = 1,
    category: tuple[str, ...] | None = None,
    state: str = "visible",
    prefix: str = "AB",
) -> Listing:
    made = Listing(name, state)
    made.row("Артикул", "Наименование", "Цена")
    for _, code, title, price in items(first, last, prefix=prefix):
        made.item(code, title, float(price * factor), code=code, name=title, price=price * factor, category=category)
    return made


def _unread(listing: Listing) -> Listing:
    """A sheet that must not be read."""
    listing.wanted.clear()
    return listing


@odd
def tabs_as_categories() -> Book:
    contents = Listing("Оглавление")
    contents.row("Наш каталог")
    for title in ("Кабель", "Розетки"):
        contents.row(title)
    return [
        contents,
        _simple("Кабель", prefix="K", category=("Кабель",)),
        _simple("Розетки", prefix="R", category=("Розетки",)),
    ]


@odd
def archive_tabs() -> Book:
    return [
        _unread(_simple("Прайс 01.02.2026", factor=2)),
        _simple("Прайс 01.03.2026"),
        _unread(_simple("Архив", factor=3)),
    ]


@odd
def hidden_tabs() -> Book:
    return [
        _simple("Прайс"),
        _unread(_simple("Закупка", prefix="X", state="hidden")),
        _unread(_simple("Data", prefix="Y", state="very_hidden")),
    ]


@odd(default_currency="BYN")
def currency_tabs() -> Book:
    books = []
    for name, currency, factor in (("Прайс USD", "USD", 1), ("Прайс BYN", "BYN", 3)):
        made = Listing(name)
        made.row("Артикул", "Наименование", f"Цена, {currency}")
        for _, code, title, price in items():
            made.item(
                code, title, float(price * factor), code=code, name=title, price=price * factor, currency=currency
            )
        books.append(made)
    return [_unread(books[0]), books[1]]


@odd
def instructions_first() -> Book:
    first = Listing("Instructions")
    first.row("How to order")
    first.row("1", "Fill the yellow cells")
    return [first, _simple("Products"), Listing("Лист3")]


@odd
def empty_and_generic_tabs() -> Book:
    return [_simple("Лист1"), Listing("Лист2"), Listing("Лист3")]
