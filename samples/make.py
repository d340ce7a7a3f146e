"""Writes the sample price lists and, beside them, what each must give: `python -m samples.make`.

The lists look like those that real suppliers send; suppliers, goods and prices are invented. `expected.json` follows from how the lists
were made, not from what the system reads.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
import xlwt

from samples import resellers, suppliers
from samples.goods import Goods, next_week

FOLDER = Path(__file__).parent
WRITTEN_AT = datetime(2026, 11, 2)  # noqa: DTZ001  (a workbook's property: without a zone)
Layout = Callable[[Sequence[Goods], str], bytes]
NORTHGATE, STROYDVOR = "Northgate Office Supplies", "Стройдвор-Опт"
WERKZEUG, VODOLEY = "Werkzeug-Kontor Süd", "Водолей Комплект"


def by_category(goods: Sequence[Goods]) -> Iterator[tuple[str, list[Goods]]]:
    for category, group in groupby(goods, key=lambda item: item.category):
        yield category, list(group)


def text(rows: Sequence[Sequence[object]], *, encoding: str, delimiter: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode(encoding)


def comma(value: object, *, thousands: str = "") -> str:
    return f"{value:,.2f}".replace(",", thousands or "").replace(".", ",")


def office_csv(goods: Sequence[Goods], valid_from: str) -> bytes:
    """English: a title block above the header, trade price beside recommended retail price, a category column."""
    rows: list[Sequence[object]] = [
        ["Northgate Office Supplies Ltd"],
        ["Unit 4, Mill Lane Trading Estate", "", "", "Tel. 01632 960418"],
        [f"Trade price list, valid from {valid_from}"],
        [],
        ["Item code", "Description", "Category", "Sold by", "Trade price, GBP", "RRP, GBP", "In stock"],
        *([g.code, g.name, g.category, g.extra, f"{g.price:.2f}", f"{g.retail:.2f}", g.stock] for g in goods),
        [],
        ["All prices exclude VAT. Errors and omissions excepted."],
    ]
    return text(rows, encoding="utf-8", delimiter=",")


def building_csv(goods: Sequence[Goods], valid_from: str) -> bytes:
    """Russian, cp1251, semicolons, decimal commas, sections as categories; two prices only on request."""
    rows: list[Sequence[object]] = [
        ["ООО «Стройдвор-Опт»", "", "", "", ""],
        [f"Прайс-лист от {valid_from}", "", "", "", ""],
        ["Тел. (000) 000-00-00, заказы до 15:00", "", "", "", ""],
        ["", "", "", "", ""],
        ["Артикул", "Наименование", "Ед. изм.", "Цена, руб.", "Остаток"],
    ]
    for category, group in by_category(goods):
        rows.append([category, "", "", "", ""])
        rows += [[g.code, g.name, g.extra, comma(g.price, thousands=" "), g.stock] for g in group]
    rows += [["8801-Z", "Смеситель строительный", "шт", "по запросу", "под заказ"]]
    rows += [["8802-Z", "Бетономешалка 120 л", "шт", "звоните", "под заказ"]]
    return text(rows, encoding="cp1251", delimiter=";")


def wine_csv(goods: Sequence[Goods], valid_from: str) -> bytes:
    """French: UTF-8 with a byte order mark, the euro sign in the cells, bought without and sold with tax."""
    rows: list[Sequence[object]] = [
        ["Maison Verdeuil - vins et épicerie fine"],
        [f"Tarif professionnel au {valid_from}"],
        [],
        ["Référence", "Désignation", "Conditionnement", "Prix d'achat HT", "Prix public TTC", "Disponibilité"],
    ]
    for category, group in by_category(goods):
        rows.append([category])
        rows += [[g.code, g.name, g.extra, f"{comma(g.price)} €", f"{comma(g.retail)} €", g.stock] for g in group]
    rows += [["MV8801", "Champagne cuvée spéciale 75 cl", "carton de 6", "nous consulter", "", "sur commande"]]
    return text(rows, encoding="utf-8-sig", delimiter=";")


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": WRITTEN_AT})
    fill(book)
    book.close()
    return buffer.getvalue()


def tools_xlsx(goods: Sequence[Goods], valid_from: str) -> bytes:
    """German: two header rows with merged cells, coloured section rows across the table, prices as numbers with a euro format."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Preisliste")
        title = book.add_format({"bold": True, "font_size": 18})
        head = book.add_format(
            {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#D9E1F2", "border": 1}
        )
        section = book.add_format({"bold": True, "bg_color": "#FFE699"})
        euro = book.add_format({"num_format": "#,##0.00 €"})
        sheet.set_column("A:A", 14)
        sheet.set_column("B:B", 44)
        sheet.merge_range("A1:F1", "Werkzeug-Kontor Süd GmbH", title)
        sheet.write("A2", f"Preisliste gültig ab {valid_from} · Telefon 0000 / 000 000")
        for column, words in (("A", "Artikelnummer"), ("B", "Bezeichnung"), ("C", "Marke"), ("F", "Lagerbestand")):
            sheet.merge_range(f"{column}4:{column}5", words, head)
        sheet.merge_range("D4:E4", "Preis in EUR", head)
        sheet.write_row("D5", ["Händler-EK", "UVP"], head)
        row = 5
        for category, group in by_category(goods):
            sheet.merge_range(row, 0, row, 5, category, section)
            row += 1
            for g in group:
                sheet.write_row(row, 0, [g.code, g.name, g.extra])
                sheet.write_number(row, 3, float(g.price), euro)
                sheet.write_number(row, 4, float(g.retail or 0), euro)
                sheet.write_number(row, 5, int(g.stock))
                row += 1
        sheet.write(row + 1, 0, "Alle Preise zzgl. gesetzlicher MwSt. Zwischenverkauf vorbehalten.")

    return workbook(fill)


def electronics_xlsx(goods: Sequence[Goods], valid_from: str) -> bytes:
    """English: several tabs, one of them hidden; codes whose leading zeros exist only in the number format; dollars in the format."""

    def fill(book: xlsxwriter.Workbook) -> None:
        code = book.add_format({"num_format": "000000"})
        dollar = book.add_format({"num_format": "[$$-409]#,##0.00"})
        bold = book.add_format({"bold": True})
        notes = book.add_worksheet("Read me")
        notes.write_column(
            "A1", ["How to order", "Send the filled form to orders@brightwire.example", "Minimum order 150 USD"]
        )
        sheet = book.add_worksheet("Price list")
        sheet.write("A1", "Brightwire Distribution", bold)
        sheet.write("A2", f"Dealer price list {valid_from}")
        sheet.write_row("A4", ["Part no.", "Product", "Category", "Brand", "Dealer price", "Qty available"], bold)
        for row, g in enumerate(goods, start=4):
            sheet.write_number(row, 0, int(g.code), code)
            sheet.write_row(row, 1, [g.name, g.category, g.extra])
            sheet.write_number(row, 4, float(g.price), dollar)
            sheet.write_number(row, 5, int(g.stock))
        old = book.add_worksheet("Archive")
        old.write_row("A1", ["Part no.", "Product", "Dealer price"])
        for row, g in enumerate(goods[:30], start=1):
            old.write_number(row, 0, int(g.code), code)
            old.write_row(row, 1, [g.name, 1.11])
        old.hide()
        sheet.activate()

    return workbook(fill)


# Each kind of bad row: code, name, price, stock. The first is the twin of a duplicate, and is stored.
BAD_ROWS: list[tuple[object, object, object, object]] = [
    ("SD-7001", "Лійка садова 10 л", 189.5, "є"),
    ("SD-7001", "Лійка садова 10 л", 199.5, "є"),  # the same code, another price
    ("SD-7002", "Компостер 300 л", "за запитом", "очікується"),  # words for a price
    ("SD-7003", "Тачка двоколісна", None, "є"),  # no price
    ("SD-7004", "Подарунковий каталог", 0, "є"),  # zero
    ("SD-7005", "Повернення тари", -25, ""),  # below zero
    ("SD-7006", "Оприскувач 5 л", "#DIV/0!", "є"),  # an error in the cell
    ("SD-7007", None, 75.2, "є"),  # no name
    ("8,71E+12", "Грунт універсальний 20 л", 96.0, "є"),  # a code that a spreadsheet rounded
]
BAD_OF_THEM = 8


def garden_xlsx(goods: Sequence[Goods], valid_from: str) -> bytes:
    """Ukrainian: bad rows of each kind below the good ones, and one exact repetition, which is taken once."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Прайс")
        bold = book.add_format({"bold": True})
        sheet.write("A1", "Насіння та інвентар «Садиба»", bold)
        sheet.write("A2", f"Ціни дійсні з {valid_from}")
        sheet.write_row("A4", ["Артикул", "Найменування", "Ціна, грн", "Наявність"], bold)
        row = 4
        for category, group in by_category(goods):
            sheet.write(row, 0, category, bold)
            for g in group:
                row += 1
                sheet.write_row(row, 0, [g.code, g.name, float(g.price), g.stock])
            row += 1
        last = goods[-1]
        for code, name, price, stock in [*BAD_ROWS, (last.code, last.name, float(last.price), last.stock)]:
            sheet.write_row(row, 0, [code, name, price, stock])
            if price == "#DIV/0!":
                sheet.write_formula(row, 2, "=1/0", None, "#DIV/0!")
            row += 1

    return workbook(fill)


def plumbing_xls(goods: Sequence[Goods], valid_from: str) -> bytes:
    """Russian, the old binary format: two header rows, wholesale beside retail in Belarusian roubles, bold section rows."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Прайс-лист")
    bold, money = xlwt.easyxf("font: bold on"), xlwt.easyxf(num_format_str="#,##0.00")
    sheet.write(0, 0, "ЧТУП «Водолей Комплект»", bold)
    sheet.write(1, 0, f"Прайс-лист на {valid_from}. Сантехника оптом.")
    for column, words in ((0, "Код"), (1, "Товар"), (2, "Ед."), (5, "Наличие")):
        sheet.write_merge(3, 4, column, column, words, bold)
    sheet.write_merge(3, 3, 3, 4, "Цена с НДС, BYN", bold)
    sheet.write(4, 3, "Опт", bold)
    sheet.write(4, 4, "Розница", bold)
    row = 5
    for category, group in by_category(goods):
        sheet.write_merge(row, row, 0, 5, category, bold)
        for row, g in enumerate(group, start=row + 1):  # noqa: B020  (goes on where the section begins)
            for column, value in enumerate([g.code, g.name, g.extra]):
                sheet.write(row, column, value)
            sheet.write(row, 3, float(g.price), money)
            sheet.write(row, 4, float(g.retail or 0), money)
            sheet.write(row, 5, g.stock)
        row += 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def counts(goods: Sequence[Goods], before: Sequence[Goods], *, failed: int = 0, others: int = 0) -> dict[str, int]:
    known = {item.code: item for item in before}
    now = {item.code for item in goods}
    return {
        "total_rows": len(goods) + others + failed,
        "successful_rows": len(goods) + others,
        "failed_rows": failed,
        "new_items": others + sum(item.code not in known for item in goods),
        "changed_items": sum(item.code in known and item != known[item.code] for item in goods),
        "unchanged_items": sum(item == known.get(item.code) for item in goods),
        "missing_items": len(known.keys() - now),
    }


def example(item: Goods, currency: str) -> dict[str, str | None]:
    retail = f"{item.retail:.2f}" if item.retail else None
    return {
        "supplier_sku": item.code,
        "name": item.name,
        "price": f"{item.price:.2f}",
        "currency": currency,
        "retail_price": retail,
    }


class PriceList(NamedTuple):
    file: str
    supplier: str
    currency: str
    layout: Layout
    goods: Sequence[Goods]
    valid_from: str
    before: Sequence[Goods] = ()  # the supplier's list of the week before
    failed: int = 0  # rows that cannot be used
    others: int = 0  # good rows beside the goods


def first_week() -> Iterator[PriceList]:
    yield PriceList("office.csv", NORTHGATE, "GBP", office_csv, suppliers.OFFICE, "2 November 2026")
    yield PriceList("building.csv", STROYDVOR, "RUB", building_csv, suppliers.BUILDING, "02.11.2026", failed=2)
    yield PriceList("tools.xlsx", WERKZEUG, "EUR", tools_xlsx, suppliers.TOOLS, "02.11.2026")
    yield PriceList("plumbing.xls", VODOLEY, "BYN", plumbing_xls, suppliers.PLUMBING, "02.11.2026")
    yield PriceList(
        "electronics.xlsx", "Brightwire Distribution", "USD", electronics_xlsx, suppliers.ELECTRONICS, "November 2026"
    )
    yield PriceList("wine.csv", "Maison Verdeuil", "EUR", wine_csv, suppliers.WINE, "02/11/2026", failed=1)
    yield PriceList(
        "garden.xlsx", "Садиба", "UAH", garden_xlsx, suppliers.GARDEN, "02.11.2026", failed=BAD_OF_THEM, others=1
    )
    fairfax, kestrel = zip(*((tool.fairfax, tool.kestrel) for tool in resellers.TOOLS), strict=True)
    yield PriceList("fairfax.csv", resellers.FAIRFAX, "EUR", resellers.fairfax_csv, fairfax, "2 November 2026")
    yield PriceList("kestrel.csv", resellers.KESTREL, "EUR", resellers.kestrel_csv, kestrel, "2 November 2026")


def second_week() -> Iterator[PriceList]:
    """The first four suppliers again: prices changed, some goods new, some gone."""
    new = (suppliers.OFFICE_NEW, suppliers.BUILDING_NEW, suppliers.TOOLS_NEW, suppliers.PLUMBING_NEW)
    dates = ("9 November 2026", "09.11.2026", "09.11.2026", "09.11.2026")
    for number, (before, added, date) in enumerate(zip(first_week(), new, dates, strict=False)):
        goods = next_week(before.goods, 21 + number, new=added)
        yield before._replace(goods=goods, before=before.goods, valid_from=date)


def declaration(file: str, made: PriceList) -> dict[str, Any]:
    return {
        "file": file,
        "supplier": made.supplier,
        "shows": (made.layout.__doc__ or "").strip(),
        "run": counts(made.goods, made.before, failed=made.failed, others=made.others),
        "errors": {"ValidationError": made.failed} if made.failed else {},
        "category_of_first": made.goods[0].category,
        "items": [example(item, made.currency) for item in (made.goods[0], made.goods[-1])],
    }


def make(folder: Path = FOLDER) -> None:
    declared = []
    for week, lists in (("week-1", first_week()), ("week-2", second_week())):
        (folder / week).mkdir(parents=True, exist_ok=True)
        for made in lists:
            file = f"{week}/{made.file}"
            (folder / file).write_bytes(made.layout(made.goods, made.valid_from))
            declared.append(declaration(file, made))
    (folder / "expected.json").write_text(json.dumps(declared, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make()
