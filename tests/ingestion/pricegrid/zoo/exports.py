# ruff: noqa: E501
"""Lists as shops, accounting programs and whole trades export them, by their column names; the rows are made up."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

from ingestion.pricegrid.cells.grid import Cell, Style
from tests.ingestion.pricegrid.zoo.listing import Listing
from tests.ingestion.pricegrid.zoo.oddities import BOLD, HINTS, ODDITIES, amount, comma, items, odd

__all__ = ["HINTS", "ODDITIES"]  # all of them, these included


def table(*header: Cell, text: bool = False) -> Listing:
    made = Listing(is_text=text)
    made.row(*header)
    return made


# -- shops ------------------------------------------------------------------------------------------------------------


@odd
def shop_with_variants() -> Listing:
    """The title stands in the first row of every product; sizes follow in rows of their own."""
    made = table(
        "Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Option1 Name", "Option1 Value", "Variant SKU",
        "Variant Grams", "Variant Inventory Qty", "Variant Price", "Variant Compare At Price", "Image Src", text=True,
    )  # fmt: skip
    for i in range(1, 25):
        first, price = i % 3 == 1, amount(i)
        name = f"Linen shirt {(i - 1) // 3}"
        head = (name, "<p>Soft</p>", "Vexo", "Shirts", "linen, summer") if first else ("", "", "", "", "")
        cells = (
            "Size",
            "SML"[i % 3],
            f"LS-{i:03d}",
            "250",
            str(i),
            f"{price}",
            f"{price * 2}",
            "https://example.com/a.jpg",
        )
        made.item(f"linen-{(i - 1) // 3}", *head, *cells, code=f"LS-{i:03d}", name=name, price=price, quantity=i)
    return made


@odd
def shop_with_regular_and_sale_price() -> Listing:
    made = table(
        "ID",
        "Type",
        "SKU",
        "Name",
        "Published",
        "Short description",
        "In stock?",
        "Stock",
        "Sale price",
        "Regular price",
        "Categories",
        "Images",
        text=True,
    )
    for i, code, name, price in items(noun="Mug"):
        made.item(
            str(300 + i * 7),
            "simple",
            code,
            name,
            "1",
            "A mug",
            "1",
            str(i),
            "",
            f"{price}",
            "Kitchen > Mugs",
            "https://example.com/m.jpg",
            code=code,
            name=name,
            price=price,
            category=("Kitchen", "Mugs"),
        )
    return made


@odd
def shop_with_wholesale_price() -> Listing:
    made = table(
        "Product ID",
        "Active (0/1)",
        "Name *",
        "Categories (x,y,z...)",
        "Price tax excluded",
        "Wholesale price",
        "Reference #",
        "EAN13",
        "Quantity",
        text=True,
    )
    for i, code, name, price in items(noun="Candle"):
        made.item(
            str(i * 3),
            "1",
            name,
            "Home",
            f"{price * 2}",
            f"{price}",
            code,
            "4006381333931",
            str(i),
            code=code,
            name=name,
            price=price,
        )
    return made


@odd
def accounting_export() -> Listing:
    made = table(
        "External ID",
        "Internal Reference",
        "Name",
        "Sales Price",
        "Cost",
        "Product Category/Complete Name",
        "Quantity On Hand",
        "Unit of Measure",
        "Barcode",
    )
    for i, code, name, price in items(noun="Desk"):
        made.item(
            f"__export__.product_{i}",
            code,
            name,
            float(price * 2),
            float(price),
            "All / Saleable / Office",
            i,
            "Units",
            None,
            code=code,
            name=name,
            price=price,
            category=("All", "Saleable", "Office"),
        )
    return made


@odd
def shop_by_field_names() -> Listing:
    made = table(
        "product_id",
        "name(ru-ru)",
        "categories",
        "sku",
        "upc",
        "quantity",
        "model",
        "manufacturer",
        "image_name",
        "price",
        "points",
        "weight",
        text=True,
    )
    for i, code, name, price in items():
        made.item(
            str(50 + i * 2),
            name,
            "20,33",
            code,
            "",
            str(i),
            f"M{i}",
            "Vexo",
            "catalog/a.jpg",
            f"{price}",
            "0",
            "1.50",
            name=name,
            price=price,
        )
    return made


# -- accounting programs ------------------------------------------------------------------------------------------------


@odd
def price_and_unit_below_a_kind() -> Listing:
    """ "Оптовая" is merged over a price and a unit; the groups are rows of names."""
    made = Listing()
    made.row("Прайс-лист")
    made.row()
    made.row("Цены указаны на 12.03.2026")
    made.row()
    made.row("Артикул", "Номенклатура", "Оптовая", None)
    made.row(None, None, "Цена", "Ед.")
    made.merge(5, 1, 6, 1)
    made.merge(5, 2, 6, 2)
    made.merge(5, 3, 5, 4)
    for i, code, name, price in items():
        if i % 8 == 1:
            group = f"Группа {i // 8}"
            made.row(None, group, None, None, style=BOLD)
        made.item(code, name, float(price), "шт", code=code, name=name, price=price, category=(group,))
    return made


@odd
def stock_and_price_with_groups_in_totals() -> Listing:
    """Groups hold the sum of their stock, but no price."""
    made = Listing()
    made.row("Номенклатура", "Код", "Остаток", "Цена", style=BOLD)
    for i, code, name, price in items():
        if i % 8 == 1:
            group = f"Группа {i // 8}"
            made.row(group, None, 420 + i, None, style=BOLD)
        made.item(name, code, i, float(price), code=code, name=name, price=price, category=(group,))
    made.row("Итого", None, 1260, None, style=BOLD)
    return made


@odd
def groups_by_leading_spaces() -> Listing:
    made = Listing()
    made.row("Товар", "Ед.", "Цена, руб.")
    for i, _, name, price in items():
        if i % 12 == 1:
            made.row(f"Раздел {i // 12}")
        made.item(f"    {name}", "шт", float(price), name=name, price=price, category=(f"Раздел {(i - 1) // 12}",))
    return made


@odd
def dealer_list_with_rate() -> Listing:
    made = Listing()
    made.row(None, "Курс:", 41.5)
    made.row("Код", "Назва", "Ціна, $", "Ціна, грн", "Гарантія, міс.", "Наявність")
    for _, code, name, price in items():
        made.item(
            code,
            name,
            float(price),
            float(price) * 41.5,
            12,
            "+",
            code=code,
            name=name,
            price=price,
            currency="USD",
            availability="in_stock",
        )
    return made


@odd
def computers_with_warranty() -> Listing:
    made = table("Код", "Наименование", "Гарантия", "Розница, у.е.", "Дилер, у.е.", "Склад")
    for i, code, name, price in items():
        made.item(
            code,
            name,
            "36 мес",
            float(price * 2),
            float(price),
            ("+", "-", "1-2 дня")[i % 3],
            code=code,
            name=name,
            price=price,
            retail=price * 2,
        )
    return made


# -- trades -----------------------------------------------------------------------------------------------------------


@odd
def cart_of_components() -> Listing:
    made = table(
        "Index",
        "Quantity",
        "Part Number",
        "Manufacturer Part Number",
        "Description",
        "Customer Reference",
        "Available",
        "Backorder",
        "Unit Price",
        "Extended Price USD",
        text=True,
    )
    for i, code, name, price in items(noun="IC REG LINEAR"):
        made.item(
            str(i),
            "10",
            code,
            f"MP{i}",
            name,
            "",
            "10",
            "0",
            f"{price / 10:.5f}",
            f"${price:.2f}",
            code=code,
            name=name,
            price=f"{(price / 10).quantize(Decimal('0.0001'), 'ROUND_HALF_UP')}",
        )
    return made


@odd
def bill_of_materials() -> Listing:
    made = table(
        "Item", "Qty", "Reference(s)", "Value", "Footprint", "Manufacturer", "MPN", "Description", "Unit Price", "Total"
    )
    for i, code, name, price in items(noun="Resistor"):
        made.item(
            i,
            4,
            f"R{i}, R{i + 50}",
            "10k",
            "0402",
            "Vexo",
            code,
            name,
            float(price),
            float(price * 4),
            code=code,
            name=name,
            price=price,
        )
    made.row(None, None, None, None, None, None, None, "Total", None, 4000.0)
    return made


@odd
def indian_medicines() -> Listing:
    made = table("S.No", "Product Name", "Pack", "HSN", "GST %", "MRP", "PTR", "PTS")
    for i, _, name, price in items(noun="Paracetamol"):
        made.item(
            i, name, "10x10", 30049099, 12, float(price * 3), float(price * 2), float(price), name=name, price=price * 2
        )
    return made


@odd
def wines() -> Listing:
    made = table("Producer", "Wine", "Vintage", "Region", "Size", "Case", "Trade price (ex VAT)", "RRP (inc VAT)")
    for i, _, name, price in items(noun="Rioja"):
        made.item(
            "Bodega",
            name,
            2000 + i,
            "Rioja",
            "75cl",
            6,
            float(price),
            float(price * 2),
            name=name,
            price=price,
            retail=price * 2,
        )
    return made


@odd
def tyres() -> Listing:
    made = table("Бренд", "Модель", "Типоразмер", "Сезон", "Остаток", "Цена опт", "Цена розница")
    for i in range(1, 25):
        model = f"Viator {i * 3}"
        made.item(
            "Кама",
            model,
            f"185/65 R{13 + i % 5}",
            "зима",
            ">20",
            float(amount(i)),
            float(amount(i) * 2),
            name=model,
            price=amount(i),
        )
    return made


@odd
def metal_per_tonne() -> Listing:
    made = table("Наименование", "Размер", "Марка стали", "Длина, м", "Цена за тонну с НДС, руб.", "Наличие, т")
    for i, _, name, price in items(noun="Труба профильная"):
        made.item(name, f"{i * 10}х{i * 10}", "Ст3", 6, float(price * 100), 1.5, name=name, price=price * 100)
    return made


@odd
def seedlings() -> Listing:
    made = Listing()
    made.row("Питомник «Сад»")
    made.row("Наименование", "Высота, см", "Контейнер", "Цена, руб.")
    for i, _, name, price in items(noun="Туя западная"):
        if i % 12 == 1:
            made.title(("Хвойные", "Лиственные")[i // 12])
        made.item(
            name,
            f"{i * 5}-{i * 5 + 20}",
            "C3",
            float(price),
            name=name,
            price=price,
            category=(("Хвойные", "Лиственные")[(i - 1) // 12],),
        )
    return made


@odd
def phones_by_model() -> Listing:
    made = Listing(is_text=True)
    made.row("Прайс на 12.03.2026", "")
    for model in ("Телефон 13", "Телефон 14"):
        made.row(model, "")
        for i in range(1, 9):
            name, price = f"{model} {64 * i}GB чёрный", 45000 + i * 1500
            made.item(name, f"{price:,}".replace(",", " "), name=name, price=price)
    return made


@odd
def consumer_price_in_latin_america() -> Listing:
    made = Listing()
    made.row("DISTRIBUIDORA DEL SUR S.A.")
    made.row("Lista de Precios Vigente desde 01/03/2026")
    made.row("Cod.", "Descripcion", "U.x Bulto", "Precio s/IVA", "Precio c/IVA", "P.V.P. Sugerido", "Cod. Barras")
    for _, code, name, price in items(noun="YERBA MATE"):
        made.item(
            code,
            name,
            10,
            float(price),
            float(price) * 1.21,
            float(price * 2),
            7790001000001,
            code=code,
            name=name,
            price=price,
            retail=price * 2,
        )
    return made


@odd
def brazilian_medicines() -> Listing:
    made = Listing()
    for line in ("Lista de preços de medicamentos", "Atualizada em 10/03/2026"):
        made.row(line)
    made.row(
        "SUBSTÂNCIA",
        "LABORATÓRIO",
        "CÓDIGO GGREM",
        "EAN 1",
        "PRODUTO",
        "APRESENTAÇÃO",
        "PF Sem Impostos",
        "PF 18 %",
        "PMC 18 %",
    )
    for i, _, name, price in items(noun="ANALGEX"):
        ggrem = str(500100000 + i * 17)
        made.item(
            "DIPIRONA",
            "Labor",
            ggrem,
            7896004700000 + i,
            name,
            "10 MG COM CT BL",
            comma(price),
            comma(price * 2),
            comma(price * 3),
            name=name,
            price=price,
        )
    return made


@odd
def german_wholesale() -> Listing:
    made = Listing(is_text=True)
    made.row(
        "Artikel-Nr.",
        "Kurztext",
        "Langtext",
        "ME",
        "PE",
        "Bruttopreis",
        "Rabattgruppe",
        "Nettopreis",
        "EAN",
        "Warengruppe",
    )
    for i, code, name, price in items(noun="Kupferrohr"):
        cells = (
            f"{name} nach Norm, Ring {i} m",
            "M",
            "1",
            comma(price * 2).replace(" ", "."),
            "R12",
            comma(price).replace(" ", "."),
            "4006381333931",
            "Rohre",
        )
        made.item(code, name, *cells, code=code, price=price, name=name, category=("Rohre",))
    return made


@odd
def bicycles_with_consumer_price() -> Listing:
    made = table(
        "Artikelnr.", "EAN", "Merk", "Omschrijving", "Adviesverkoopprijs incl. btw", "Inkoopprijs excl. btw", "Voorraad"
    )
    for i, code, name, price in items(noun="Ketting"):
        made.item(
            code,
            8712345678900 + i,
            "Vexo",
            name,
            float(price * 2),
            float(price),
            i,
            code=code,
            name=name,
            price=price,
            retail=price * 2,
        )
    return made


@odd
def chinese_quotation() -> Listing:
    made = Listing()
    made.row("深圳市某某科技有限公司")
    made.row("报价单 QUOTATION")
    made.row("客户:", None, None, "日期:", "2026-03-12")
    made.row(
        "序号", "产品图片", "产品型号", "产品描述", "颜色", "MOQ", "FOB单价(USD)", "装箱数", "外箱尺寸(cm)", "毛重(kg)"
    )
    for i, code, name, price in items(noun="蓝牙音箱"):
        made.item(
            i,
            None,
            code,
            name,
            "黑色",
            500,
            float(price),
            20,
            "50*40*30",
            12.5,
            code=code,
            name=name,
            price=price,
            currency="USD",
        )
    made.row("备注: 1. 以上价格不含税")
    return made


@odd(default_currency="VND")
def vietnamese_computers() -> Listing:
    made = Listing()
    made.row("STT", "Tên sản phẩm", "Bảo hành", "Giá bán lẻ", "Giá đại lý", "Tình trạng")
    for i, _, name, _ in items(noun="Chuột không dây"):
        made.item(
            i,
            name,
            "12 tháng",
            f"{i * 25000 + 100000:,}".replace(",", "."),
            f"{i * 20000 + 90000:,}".replace(",", "."),
            "Còn hàng",
            name=name,
            price=i * 20000 + 90000,
        )
    return made


@odd
def japanese_parts() -> Listing:
    made = Listing()
    made.row("メーカー", "型番", "品名", "定価(税抜)", "仕切価格(税抜)", "納期")
    for i, code, name, _ in items(noun="近接センサ"):
        made.item(
            "メーカー名", code, name, 1000 + i * 50, 600 + i * 30, "即納", code=code, name=name, price=600 + i * 30
        )
    return made


@odd
def cash_and_carry() -> Listing:
    made = table(
        "Product Code", "Product Description", "Pack Size", "RSP", "POR %", "WSP", "VAT", "Promo WSP", text=True
    )
    for _, code, name, price in items(noun="CRISPS"):
        made.item(
            code, name, "24x32.5g", f"£{price * 2}", "28.5", f"£{price}", "Z", "", code=code, name=name, price=price
        )
    return made


@odd
def turkish_wholesale() -> Listing:
    made = Listing()
    made.row(
        "S.No",
        "Stok Kodu",
        "Stok Adı",
        "Birim",
        "Liste Fiyatı (KDV Hariç)",
        "İskonto %",
        "Net Fiyat (KDV Hariç)",
        "KDV %",
        "Döviz",
    )
    for i, code, name, price in items(noun="Kontaktör"):
        made.item(
            i,
            code,
            name,
            "ADET",
            float(price * 2),
            50,
            float(price),
            20,
            "TRY",
            code=code,
            name=name,
            price=price,
            currency="TRY",
        )
    return made


@odd
def polish_shop() -> Listing:
    made = table(
        "Symbol",
        "Nazwa",
        "Producent",
        "Kod kreskowy",
        "Stan",
        "Cena zakupu netto",
        "Cena sprzedaży brutto",
        "Stawka VAT",
        text=True,
    )
    for i, code, name, price in items(noun="Klocki"):
        made.item(
            code,
            name,
            "Vexo",
            "5901234123457",
            str(i),
            comma(price),
            comma(price * 2),
            "23",
            code=code,
            name=name,
            price=price,
            quantity=i,
        )
    return made


@odd
def clothes_matrix() -> Listing:
    made = table("Style", "Style name", "Colour", "XS", "S", "M", "L", "Total", "WHS EUR", "RRP EUR")
    for _, code, name, price in items(noun="Parka"):
        made.item(
            code,
            name,
            "navy",
            1,
            2,
            3,
            0,
            6,
            float(price),
            float(price * 2),
            code=code,
            name=name,
            price=price,
            retail=price * 2,
        )
    return made


@odd
def auto_parts_with_crosses() -> Listing:
    made = table("Бренд", "Артикул", "Наименование", "Применимость", "OEM", "Кратность", "Кол-во", "Цена", text=True)
    for i, code, name, price in items():
        made.item(
            "LADA",
            code,
            name,
            "ВАЗ 2101-2107",
            f"2101-{i:07d}",
            "1",
            f">{i}",
            comma(price),
            code=code,
            name=name,
            price=price,
        )
    return made


@odd
def food_service() -> Listing:
    made = Listing()
    made.row("PRICE LIST - WEEK 11")
    made.row("CODE", "DESCRIPTION", "ORIGIN", "SIZE", "UNIT", "PRICE", "ORDER")
    for i, code, name, price in items(noun="TOMATO"):
        if i % 12 == 1:
            made.title(("VEGETABLES", "FRUIT")[i // 12], BOLD)
        made.item(
            code,
            name,
            "ES",
            "6kg",
            "BOX",
            float(price),
            None,
            code=code,
            name=name,
            price=price,
            category=(("VEGETABLES", "FRUIT")[(i - 1) // 12],),
        )
    return made


@odd
def menu_with_weights() -> Listing:
    made = Listing()
    made.row("Блюдо", "Выход, г", "Цена, руб.")
    weights = count(100, 10)
    for i, _, name, price in items(noun="Салат"):
        if i % 12 == 1:
            made.title(("Салаты", "Супы")[i // 12], Style(bold=True))
        made.item(
            name, next(weights), float(price), name=name, price=price, category=(("Салаты", "Супы")[(i - 1) // 12],)
        )
    return made


@odd
def bare_with_barcodes() -> Listing:
    """No header: barcode, code, name, pack, price, retail price."""
    made = Listing(is_text=True)
    for i, code, name, price in items(noun="Shampoo for dry hair"):
        made.item(str(5012345678900 + i * 11), code, name, "12", f"{price}", f"{price * 2}", name=name, price=price)
    return made


@odd
def bare_with_dates_and_currency() -> Listing:
    made = Listing(is_text=True)
    for _, code, name, price in items(noun="Printer cartridge black"):
        made.item("2026-03-12", code, name, f"{price}", "EUR", code=code, name=name, price=price, currency="EUR")
    return made


@odd
def tax_rate_before_the_price() -> Listing:
    made = table("Код", "Наименование", "НДС", "Цена")
    for _, code, name, price in items():
        made.item(code, name, 20, float(price), code=code, name=name, price=price)
    return made
