# ruff: noqa: E501
"""Lists of further trades and countries; nobody needs to be asked about most. Companies and goods are made up."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from tests.ingestion.pricegrid.zoo.listing import Listing
from tests.ingestion.pricegrid.zoo.oddities import BOLD, amount

TRADES: dict[str, Callable[[], Listing]] = {}
ASKED = {"polish_furniture_by_fabric", "italian_fabrics"}  # the fabric, or how much is cut, is not known beforehand
COUNT = 24


def trade(made: Callable[[], Listing]) -> Callable[[], Listing]:
    TRADES[made.__name__] = made
    return made


def comma(value: Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")


@trade
def polish_furniture_by_fabric() -> Listing:
    """A matrix: the groups of fabric are columns, and the first is the least that the sofa costs."""
    made = Listing()
    made.row("MEBLE DĄBROWA Sp. z o.o. - cennik hurtowy netto PLN 2026", style=BOLD)
    made.row()
    made.row("Model", "Element", "Wymiary (cm)", "Grupa I", "Grupa II", "Grupa III", "Skóra")
    for model in ("OSLO", "TORINO", "MALMO", "PORTO"):
        for at, part in enumerate(("Sofa 3-os.", "Sofa 2-os.", "Fotel", "Pufa", "Narożnik"), 1):
            price = amount(at * 7 + len(model)) + 400
            price = price.quantize(Decimal(1))
            made.row(
                model,
                part,
                f"{90 + at * 20}x{80 + at}x{75 + at}",
                *(float(price + step) for step in (0, 150, 320, 900)),
            )
    return made


@trade
def french_wines() -> Listing:
    made = Listing()
    made.row("Domaine des Trois Chênes - Tarif professionnel HT départ cave - janvier 2026", style=BOLD)
    made.row("Réf.", "Appellation", "Millésime", "Couleur", "Format", "Colisage", "Prix HT/bt", "Prix public TTC")
    for i in range(1, COUNT):
        price = (amount(i) / 60 + 4).quantize(Decimal("0.01"))
        name, public = f"Chinon Clos n° {i}", (price * 2).quantize(Decimal("0.1"))
        made.item(
            f"TC{i:03d}", name, 2017 + i % 8, ("Rouge", "Blanc")[i % 2], "75 cl", 6, float(price), float(public),
            code=f"TC{i:03d}", name=name, price=price, retail=public,
        )  # fmt: skip
    return made


@trade
def dutch_nursery() -> Listing:
    """Latin names in two columns, the pot and the price per plant and per tray."""
    made = Listing()
    made.row("Kwekerij Van der Meulen, voorjaar 2026, prijzen excl. BTW")
    made.row(
        "Artikelnr", "Botanische naam", "Cultivar", "Potmaat", "Aantal per tray", "Prijs per stuk", "Prijs per tray"
    )
    for i in range(1, COUNT):
        price = (amount(i) / 300 + 1).quantize(Decimal("0.01"))
        latin = ("Salvia nemorosa", "Hosta sieboldiana", "Geranium cantabrigiense", "Sedum spectabile")[i % 4]
        made.item(
            10200 + i * 7,
            latin,
            f"'Cult {i}'",
            "P9",
            8,
            comma(price),
            comma(price * 8),
            code=str(10200 + i * 7),
            name=latin,
            price=price,
        )
    return made


@trade
def german_fasteners() -> Listing:
    """Prices per hundred, with the price unit in a column, and a discount group."""
    made = Listing()
    made.row("Art.-Nr.", "Bezeichnung", "Abmessung", "VPE", "PE", "Brutto €", "RG")
    for i in range(1, COUNT):
        price = amount(i)
        made.item(
            f"00{93300 + i}", f"Sechskantschraube DIN 933 8.8 M{4 + i}", f"M{4 + i}x{10 + i}", 200, 100, float(price), "A12",
            code=f"00{93300 + i}", name=f"Sechskantschraube DIN 933 8.8 M{4 + i}", price=price,
        )  # fmt: skip
    return made


@trade
def brazilian_coffee_and_sweets() -> Listing:
    made = Listing()
    made.row("TABELA DE PREÇOS - ATACADO - Válida até 31/12/2026")
    made.row("Cód.", "Produto", "Embalagem", "Preço Unit. (R$)", "Preço Caixa (R$)", "Validade (meses)")
    for i in range(1, COUNT):
        price = (amount(i) / 40).quantize(Decimal("0.01"))
        if i % 8 == 1:
            made.title(("CAFÉS", "DOCES", "BISCOITOS")[i // 8], BOLD)
        made.item(
            str(100 + i), f"Produto artesanal {i * 3} g", "cx c/ 12", comma(price), comma(price * 12), 6 + i % 6,
            code=str(100 + i), name=f"Produto artesanal {i * 3} g", price=price,
            category=(("CAFÉS", "DOCES", "BISCOITOS")[(i - 1) // 8],),
        )  # fmt: skip
    return made


@trade
def turkish_steel() -> Listing:
    made = Listing()
    made.row("DEMİR ÇELİK FİYAT LİSTESİ", style=BOLD)
    made.row("Stok Kodu", "Ürün Adı", "Kalınlık (mm)", "Ağırlık (kg)", "Birim", "Liste Fiyatı (TL)", "KDV (%)")
    for i in range(1, COUNT):
        price = amount(i) * 10
        made.item(
            f"PRF.{i:03d}.{40 + i}", f"Kutu profil {20 + i}x{20 + i}", 1.5 + i % 4, round(4.3 + i * 0.37, 2), "Adet", float(price), 20,
            code=f"PRF.{i:03d}.{40 + i}", name=f"Kutu profil {20 + i}x{20 + i}", price=price,
        )  # fmt: skip
    return made


@trade
def italian_fabrics() -> Listing:
    """A price by the metre when cut, and a lower one by the whole piece."""
    made = Listing()
    made.row("Articolo", "Descrizione", "Composizione", "Altezza cm", "Prezzo pezza €/mt", "Prezzo taglio €/mt")
    for i in range(1, COUNT):
        price = (amount(i) / 50 + 3).quantize(Decimal("0.01"))
        made.row(
            f"{4100 + i}/V{i}",
            f"Velluto {('liscio', 'a coste')[i % 2]} {i}",
            "100% CO",
            140,
            comma(price),
            comma(price * Decimal("1.2")),
        )
    return made


@trade
def japanese_stationery() -> Listing:
    made = Listing()
    made.row("品番", "品名", "JANコード", "入数", "税抜価格", "税込価格", "備考")
    for i in range(1, COUNT):
        price = 100 + i * 37 % 900 + i
        made.item(
            f"ST-{i:04d}",
            f"ボールペン {i}色 0.5mm",
            f"49012345{i:05d}",
            10,
            price,
            int(price * 1.1),
            "",
            code=f"ST-{i:04d}",
            name=f"ボールペン {i}色 0.5mm",
            price=price,
        )
    return made


@trade
def indian_spices() -> Listing:
    made = Listing()
    made.row("S.No", "Item", "HSN Code", "Pack", "MRP (Rs)", "Rate (Rs)", "GST %")
    for i in range(1, COUNT):
        rate = 40 + i * 17 % 400
        made.item(
            i,
            f"Masala blend {i}",
            "09109100",
            f"{(100, 200, 500)[i % 3]} g",
            rate + 15 + i,
            rate,
            5,
            name=f"Masala blend {i}",
            price=rate,
            retail=rate + 15 + i,
        )
    return made


@trade
def greek_hardware() -> Listing:
    made = Listing()
    made.row("ΤΙΜΟΚΑΤΑΛΟΓΟΣ ΧΟΝΔΡΙΚΗΣ 2026")
    made.row("Κωδικός", "Περιγραφή", "Συσκευασία", "Τιμή χονδρικής", "Τιμή λιανικής")
    for i in range(1, COUNT):
        price = (amount(i) / 10).quantize(Decimal("0.01"))
        made.item(
            f"{i:02d}.{i * 31:03d}", f"Κατσαβίδι ίσιο {i} mm", 12, comma(price), comma(price * 2),
            code=f"{i:02d}.{i * 31:03d}", name=f"Κατσαβίδι ίσιο {i} mm", price=price, retail=price * 2,
        )  # fmt: skip
    return made


@trade
def swedish_cleaning() -> Listing:
    made = Listing()
    made.row("Art.nr", "Benämning", "Volym", "Antal/krt", "Pris/st", "Pris/krt", "Lager")
    for i in range(1, COUNT):
        price = (amount(i) / 20 + 9).quantize(Decimal("0.01"))
        made.item(
            str(70000 + i * 3), f"Allrengöring citron {i}", "1 L", 12, float(price), float(price * 12), i * 5 % 40,
            code=str(70000 + i * 3), name=f"Allrengöring citron {i}", price=price,
        )  # fmt: skip
    return made


@trade
def czech_cables() -> Listing:
    """Two headers above one another, groups as titles, prices per metre."""
    made = Listing()
    made.row("Ceník kabelů a vodičů", style=BOLD)
    made.row("Obj. číslo", "Typ", "Průřez", "Cena bez DPH", "Cena s DPH")
    made.row(None, None, "mm2", "Kč/m", "Kč/m")
    for i in range(1, COUNT):
        price = (amount(i) / 20 + 5).quantize(Decimal("0.01"))
        if i % 8 == 1:
            made.title(("Silové kabely", "Ovládací kabely", "Vodiče")[i // 8], BOLD)
        made.item(
            f"K{1000 + i}", f"CYKY-J {2 + i % 4}x{i}", 1.5 + i % 5, float(price), float((price * Decimal("1.21")).quantize(Decimal("0.01"))),
            code=f"K{1000 + i}", name=f"CYKY-J {2 + i % 4}x{i}", price=price,
        )  # fmt: skip
    return made


@trade
def norwegian_fish() -> Listing:
    made = Listing()
    made.row("Varenr", "Produkt", "Størrelse", "Pris pr kg", "Min. bestilling (kg)")
    for i in range(1, COUNT):
        price = (amount(i) / 10 + 30).quantize(Decimal("0.01"))
        made.item(
            2000 + i,
            f"Laksefilet porsjon {i}",
            "150-180 g",
            float(price),
            5,
            code=str(2000 + i),
            name=f"Laksefilet porsjon {i}",
            price=price,
        )
    return made


@trade
def hungarian_bakery_without_header() -> Listing:
    """No header: code, name, unit, price in whole forints, stock."""
    made = Listing(is_text=True)
    for i in range(1, COUNT):
        price = 190 + i * 97 % 2400
        made.item(
            f"PEK{i:03d}",
            f"Kenyér félbarna {i} dkg",
            "db",
            str(price),
            str(i % 7),
            code=f"PEK{i:03d}",
            name=f"Kenyér félbarna {i} dkg",
            price=price,
        )
    return made


@trade
def spanish_tiles() -> Listing:
    """Square metres, pieces and boxes: the price is for a square metre."""
    made = Listing()
    made.row("Código", "Serie", "Modelo", "Formato", "m2/caja", "Piezas/caja", "Cajas/palet", "PVP €/m2")
    for i in range(1, COUNT):
        price = (amount(i) / 30 + 8).quantize(Decimal("0.01"))
        made.item(
            f"PB{i:04d}",
            ("Roma", "Siena", "Pisa")[i % 3],
            f"Porcelánico mate {i}",
            "60x60",
            1.44,
            4,
            32,
            comma(price),
            code=f"PB{i:04d}",
            price=price,
            name=f"Porcelánico mate {i}",
        )
    return made


@trade
def arabic_hotel_supplies() -> Listing:
    made = Listing()
    made.row("رقم الصنف", "اسم الصنف", "الوحدة", "السعر (درهم)", "السعر شامل الضريبة")
    for i in range(1, COUNT):
        price = (amount(i) / 10 + 5).quantize(Decimal("0.01"))
        made.item(
            f"HT-{i:03d}",
            f"منشفة قطن {i}",
            "قطعة",
            float(price),
            float((price * Decimal("1.05")).quantize(Decimal("0.01"))),
            code=f"HT-{i:03d}",
            name=f"منشفة قطن {i}",
            price=price,
        )
    return made


@trade
def finnish_floors() -> Listing:
    made = Listing()
    made.row("Tuotenumero", "Tuotenimi", "Väri", "Pakkaus m2", "Hinta alv 0 % €/m2", "Hinta alv 25,5 % €/m2", "Saldo")
    for i in range(1, COUNT):
        price = (amount(i) / 30 + 11).quantize(Decimal("0.01"))
        made.item(
            f"LA{5000 + i}", f"Laminaatti tammi {i}", ("Vaalea", "Tumma")[i % 2], 2.22, comma(price), comma(price * Decimal("1.255")), i * 3,
            code=f"LA{5000 + i}", name=f"Laminaatti tammi {i}", price=price,
        )  # fmt: skip
    return made


@trade
def korean_lamps() -> Listing:
    made = Listing()
    made.row("No", "모델명", "제품명", "규격", "소비자가", "도매가", "비고")
    for i in range(1, COUNT):
        price = 5000 + i * 700
        made.item(
            i,
            f"LED-{i:03d}W",
            f"LED 평판등 {i}",
            "600x600",
            price * 2,
            price,
            "",
            code=f"LED-{i:03d}W",
            name=f"LED 평판등 {i}",
            price=price,
            retail=price * 2,
        )
    return made


@trade
def ukrainian_seeds_with_packs() -> Listing:
    """Prices by the size of the pack, in columns of their own."""
    made = Listing()
    made.row("Прайс-лист насіння овочів, грн з ПДВ")
    made.row("№", "Назва", "Виробник", "Фасовка", "Ціна, грн", "Наявність")
    for i in range(1, COUNT):
        price = 20 + i * 13
        made.item(
            i,
            f"Томат Ранній {i}",
            "Насіння Плюс",
            f"{i % 3 + 1} г",
            price,
            ("є", "немає")[i % 2],
            name=f"Томат Ранній {i}",
            price=price,
        )
    return made


@trade
def serbian_tools() -> Listing:
    made = Listing()
    made.row("Šifra", "Naziv artikla", "JM", "VP cena", "MP cena", "Rabat %")
    for i in range(1, COUNT):
        price = amount(i)
        made.item(
            f"{100200 + i}",
            f"Bušilica udarna {500 + i} W",
            "kom",
            comma(price),
            comma(price * Decimal("1.2")),
            "",
            code=f"{100200 + i}",
            name=f"Bušilica udarna {500 + i} W",
            price=price,
        )
    return made


@trade
def american_restaurant_supply() -> Listing:
    made = Listing()
    made.row("Effective 01/15/2026")
    made.row("Item #", "Description", "Case Pack", "Case Price", "Each", "Brand")
    for i in range(1, COUNT):
        each = (amount(i) / 90 + 1).quantize(Decimal("0.01"))
        code, name = f"RS{i:05d}", f"Steam table pan {i} in"
        made.item(code, name, 6, float(each * 6), float(each), "Vollmex", code=code, name=name, price=each)
    return made


@trade
def german_paint_by_size() -> Listing:
    """Each size of tin has its own row and code; the name is written once."""
    made = Listing()
    made.row("Produkt", "Gebinde", "Artikelnummer", "EK netto", "UVP brutto")
    for i in range(1, COUNT):
        price = (amount(i) / 10 + 6).quantize(Decimal("0.01"))
        name = f"Wandfarbe Serie {'ABCDEFGH'[(i - 1) // 3]}"
        made.item(
            name if (i - 1) % 3 == 0 else None, ("1 l", "2,5 l", "10 l")[(i - 1) % 3], f"WF-{i:03d}", comma(price), comma(price * 2),
            code=f"WF-{i:03d}", name=name, price=price, retail=price * 2,
        )  # fmt: skip
    return made


@trade
def lithuanian_timber() -> Listing:
    """What a board costs, beside what a cubic metre does."""
    made = Listing()
    made.row("Prekė", "Matmenys, mm", "Ilgis, m", "Kiekis pak.", "Kaina EUR/m3 be PVM", "Kaina EUR/vnt be PVM")
    for i in range(1, COUNT):
        price, name = round(1.2 + i * 0.31, 2), f"Obliuota lenta {i}"
        made.item(name, f"{20 + i}x{100 + i}", 3.0, 40, 300 + i * 7, price, name=name, price=price)
    return made
