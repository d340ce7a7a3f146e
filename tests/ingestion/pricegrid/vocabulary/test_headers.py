"""Headers of price lists in every language, and headers that must not be taken for what they are not."""

import pytest

from ingestion.pricegrid.vocabulary import match_header

FIELDS = ("supplier_sku", "name", "price", "retail_price", "stock", "unit", "category", "brand", "barcode")
HEADERS = """
en: Item No.|Product name|Unit price|RRP|In stock|UOM|Category|Brand|Barcode
ru: Артикул|Наименование товара|Цена, руб.|РРЦ|Остаток|Ед. изм.|Группа товаров|Бренд|Штрихкод
de: Artikel-Nr.|Bezeichnung|EK netto|UVP|Lagerbestand|Einheit|Warengruppe|Hersteller|EAN-Code
uk: Код товару|Найменування|Ціна, грн|Роздрібна ціна|Залишок|Од. вим.|Група товарів|Виробник|Штрихкод
be: Код тавару|Назва тавару|Цана, BYN|Рознічная цана|Астатак|Адз. вым.|Катэгорыя|Вытворца|Штрыхкод
fr: Réf. article|Désignation|PU HT|Prix public TTC|Qté en stock|Unité de vente|Famille|Marque|Code-barres
es: Cód. artículo|Descripción|Precio neto|PVP recomendado|Existencias|Ud.|Familia|Marca|Código de barras
pt: Código do artigo|Descrição|Preço unitário|PVP|Estoque|Unid.|Família|Fabricante|Código de barras
it: Cod. articolo|Descrizione|Prezzo netto|Prezzo al pubblico|Giacenza|U.M.|Categoria|Marca|Codice a barre
pl: Indeks|Nazwa towaru|Cena netto|Cena detaliczna|Stan magazynowy|J.m.|Grupa towarowa|Producent|Kod kreskowy
cs: Kód zboží|Název|Cena bez DPH|Doporučená cena|Skladem|MJ|Kategorie|Výrobce|Čárový kód
sk: Kód tovaru|Názov tovaru|Cena bez DPH|MOC s DPH|Na sklade|M.j.|Kategória|Výrobca|Čiarový kód
nl: Artikelnummer|Omschrijving|Nettoprijs|Adviesprijs|Voorraad|Eenheid|Productgroep|Merk|Barcode
tr: Stok Kodu|Ürün Adı|Birim Fiyat|Perakende Fiyatı|Stok Miktarı|Birim|Kategori|Marka|Barkod
ro: Cod produs|Denumire|Preț fără TVA|Preț recomandat|Stoc disponibil|U.M.|Categorie|Producător|Cod de bare
bg: Кат. номер|Наименование|Цена без ДДС|Цена на дребно|Наличност|Мярка|Категория|Производител|Баркод
hu: Cikkszám|Megnevezés|Nettó ár|Fogyasztói ár|Készlet|Me.|Termékcsoport|Gyártó|Vonalkód
sv: Art.nr|Benämning|Nettopris|Rek. pris|Lagersaldo|Enhet|Varugrupp|Varumärke|Streckkod
da: Varenr.|Varetekst|Nettopris|Vejl. pris|Lagerbeholdning|Enhed|Varegruppe|Mærke|Stregkode
no: Varenr|Varenavn|Nettopris eks. mva|Veil. pris|Lagerbeholdning|Enhet|Varegruppe|Produsent|Strekkode
fi: Tuotenumero|Nimike|Hinta alv 0 %|Ohjevähittäishinta|Varastosaldo|Yksikkö|Tuoteryhmä|Valmistaja|Viivakoodi
el: Κωδικός|Περιγραφή|Τιμή χονδρικής|Τιμή λιανικής|Απόθεμα|Μονάδα|Κατηγορία|Κατασκευαστής|Barcode
lt: Prekės kodas|Pavadinimas|Kaina be PVM|Mažmeninė kaina|Likutis|Mato vnt.|Prekių grupė|Gamintojas|Barkodas
lv: Preces kods|Nosaukums|Cena bez PVN|Mazumtirdzniecības cena|Atlikums|Mērvienība|Preču grupa|Ražotājs|Svītrkods
et: Tootekood|Nimetus|Hind km-ta|Jaehind|Laoseis|Ühik|Tootegrupp|Tootja|Ribakood
hr: Šifra artikla|Naziv|VPC bez PDV-a|MPC|Zaliha|JM|Grupa artikala|Proizvođač|Barkod
sl: Šifra izdelka|Naziv|Cena brez DDV|Maloprodajna cena|Zaloga|Enota mere|Skupina|Proizvajalec|Črtna koda
sr: Шифра артикла|Назив|Цена без ПДВ|Малопродајна цена|Залиха|Јединица мере|Група артикала|Произвођач|Баркод
kk: Тауар коды|Атауы|Бағасы|Бөлшек баға|Қалдық|Өлшем бірлігі|Санаты|Өндіруші|Штрихкоды
zh: 货号|商品名称|单价|零售价|库存|单位|分类|品牌|条码
ja: 品番|商品名|単価|希望小売価格|在庫|単位|カテゴリー|ブランド|JANコード
ko: 상품코드|상품명|단가|소비자가|재고수량|단위|카테고리|브랜드|바코드
ar: رمز الصنف|اسم الصنف|السعر|سعر المستهلك|المخزون|الوحدة|الفئة|الماركة|باركود
he: מק"ט|שם מוצר|מחיר|מחיר לצרכן|מלאי|יחידה|קטגוריה|מותג|ברקוד
"""
OTHERS = """
    Weight | Net weight, kg | Colour | Warranty | Dimensions | Country of origin | Date | Min. order | Voltage
    Gewicht | Farbe | Garantie | Abmessungen | Herkunftsland | Datum | Mindestbestellmenge | Lieferzeit
    Вес, кг | Цвет | Гарантия | Размер | Страна | Мин. заказ | Срок поставки | Год | Вага | Колір | Мін. замовлення
    Poids (kg) | Couleur | Pays d'origine | Minimum de commande | Délai de livraison | Tarif douanier | Puissance
    Peso | Peso (kg) | Color | Garantía | Medidas | País de origen | Fecha | Pedido mínimo | Plazo de entrega
    Cor | Garantia | Dimensões | País de origem | Data | Peso líquido | Colore | Garanzia | Paese d'origine
    Data | Ordine minimo | Peso lordo | Waga | Kolor | Gwarancja | Wymiary | Kraj pochodzenia | Minimalne zamówienie
    Hmotnost | Barva | Záruka | Rozměry | Země původu | Minimální odběr | Farba | Krajina pôvodu | Kleur | Afmetingen
    Minimale afname | Ağırlık | Renk | Menşei | Tarih | Minimum sipariş | En | Boy | Greutate | Culoare | Garanție
    Țara de origine | Comandă minimă | Тегло | Цвят | Страна на произход | Минимална поръчка | Súly | Szín | Méret
    Származási ország | Minimális rendelés | Vikt | Färg | Ursprungsland | Minsta order | Vægt | Farve | År | Paino
    Väri | Takuu | Alkuperämaa | Minimitilaus | Βάρος | Χρώμα | Εγγύηση | Χώρα προέλευσης | Svoris | Spalva | Svars
    Krāsa | Kaal | Värv | Težina | Boja | Zemlja porijekla | Minimalna narudžba | Тежина | Боја | 重量 | 颜色 | 尺寸
    最小起订量 | 색상 | 무게 | 원산지 | الوزن | اللون | الضمان | צבע | משקל | אחריות | Салмағы | Түсі
    PVC | Piso | Land | Pays | Side | Bar | Pal | Mal | DIN | Serie | Position | Lot | Por | De | Cap
"""
MONEY_AND_KEYS = {"price", "retail_price", "price_tier", "stock", "supplier_sku", "mpn", "barcode"}
SURE = 0.75


def lines() -> list[tuple[str, str, str]]:
    pairs = []
    for line in HEADERS.strip().splitlines():
        language, _, headers = line.partition(":")
        pairs += [(language, *pair) for pair in zip(FIELDS, headers.split("|"), strict=True)]
    return pairs


@pytest.mark.parametrize(("language", "field", "header"), lines())
def test_headers_of_every_language(language, field, header):
    best = match_header(header)[0]
    assert best.field == field
    assert best.score >= SURE
    assert str(best.reason)


@pytest.mark.parametrize("header", sorted({header.strip() for header in OTHERS.replace("\n", "|").split("|")} - {""}))
def test_other_headers_are_no_money_and_no_keys(header):
    sure = [match.field for match in match_header(header) if match.score >= SURE]
    assert MONEY_AND_KEYS.isdisjoint(sure)


@pytest.mark.parametrize(
    ("header", "field", "role"),
    [
        ("Цена / Опт", "price", "wholesale"),
        ("Цена\nс НДС, BYN", "price", "plain"),
        ("ЦЕНА БЕЗ НДС (РУБ.)", "price", "plain"),
        ("Цена розничная с НДС", "retail_price", "retail"),
        ("Ваша цена", "price", "yours"),
        ("Старая цена", "price_tier", "old"),
        ("Цена за кг", "price", "measure"),
        ("Цена за упаковку", "price", "pack"),
        ("Сумма", "ignore", "total"),
        ("Наценка, %", "characteristic", "markup"),
        ("unitPrice", "price", "plain"),
        ("dealer_price_usd", "price", "purchase"),
        ("Preisgruppe", "characteristic", "discount"),
        ("Prix au kg", "price", "measure"),
        ("Ancien prix", "price_tier", "old"),
        ("Remise %", "discount", "discount"),
        ("Precio caja", "price", "pack"),
        ("Precio oferta", "price_tier", "special"),
        ("Stara cena", "price_tier", "old"),
        ("Wartość netto", "ignore", "total"),
        ("Cena po slevě", "price", "purchase"),
        ("Toptan Fiyat", "price", "wholesale"),
        ("Gammalt pris", "price_tier", "old"),
        ("Akciós ár", "price_tier", "special"),
    ],
)
def test_kinds_of_prices(header, field, role):
    best = match_header(header)[0]
    assert (best.field, best.role) == (field, role)


@pytest.mark.parametrize(
    ("header", "minimum"),
    [("Цена от 10 шт", 10), ("Price 10+ pcs", 10), ("Cena od 10 szt.", 10), ("Prix à partir de 10", 10), ("10-49", 10)],
)
def test_tiers(header, minimum):
    best = match_header(header)[0]
    assert (best.field, best.minimum) == ("price_tier", minimum)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Код производителя", "mpn"),
        ("Наименование товара и характеристики", "name"),
        ("Категория товара (название)", "category"),
        ("Ваш заказ, шт", "ignore"),
        ("№ п/п", "ignore"),
        ("Order qty", "ignore"),
        ("Артикл", "supplier_sku"),
        ("Наименоваие", "name"),
        ("Bezeichung", "name"),
        ("Desciption", "name"),
    ],
)
def test_composed_and_misspelt_headers(header, field):
    assert match_header(header)[0].field == field


@pytest.mark.parametrize("header", ["", "   ", "?", "x" * 500, "Lorem ipsum dolor", "12.05.2024"])
def test_unknown_headers(header):
    assert list(match_header(header)) == []


def test_a_short_word_of_one_language_is_only_weakly_meant():
    assert all(match.score < SURE for match in match_header("PU") + match_header("PA"))
    assert {match.field for match in match_header("Art")} >= {"category"}


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("€/kg", "measure"), ("€/m²", "measure"), ("$ per lb", "measure"), ("€/pieza aprox.", "plain"),
        ("EUR/Stk", "plain"), ("руб./шт.", "plain"), ("¥/个", "plain"), ("TL/Adet", "plain"), ("Ft/db", "plain"),
        ("Ár/db", "plain"), ("Nettó ár/palack", "plain"), ("€/κιβ.", "pack"),
    ],
)  # fmt: skip
def test_a_currency_or_a_short_word_for_a_unit_is_a_price(header: str, role: str) -> None:
    assert match_header(header)[0][::3] == ("price", role)


@pytest.mark.parametrize("header", ["Kurs USD/PLN", "kg", "шт/уп", "pcs/ctn", "Stk/Karton", "Net weight / kg"])
def test_a_unit_or_a_rate_is_no_price(header: str) -> None:
    assert "price" not in {match.field for match in match_header(header)}


@pytest.mark.parametrize(
    ("header", "field"),
    [("Model\n型号", "supplier_sku"), ("Product name\n品名", "name"), ("Item No. / 货号", "supplier_sku")]
    + [(text, "supplier_sku") for text in ("Model/型号", "型号(Model)", "型号 Model", "Code|Código|编号")],
)
def test_a_header_in_several_languages_means_what_all_mean(header: str, field: str) -> None:
    assert match_header(header)[0].field == field


@pytest.mark.parametrize(("header", "role"), [("Retail / Розница", "retail"), ("Price (опт)", "wholesale")])
def test_a_price_in_two_languages_keeps_its_kind(header: str, role: str) -> None:
    assert match_header(header)[0].role == role


@pytest.mark.parametrize(
    ("header", "field", "role"),
    [
        ("P.T.R.", "price", "purchase"),
        ("M. R. P.", "retail_price", "retail"),
        ("Unit excl", "price", "plain"),
        ("Case incl VAT", "price", "pack"),
        ("Unit", "unit", ""),
        ("Cut length £/m", "price", "plain"),
        ("Weight kg/m", "weight", ""),
        ("Klinikeinstandspreis", "price", "plain"),
        ("Klinikpreisgruppe", None, ""),
        ("Kuponpris DKK", "price", "plain"),
        ("Regular price", "price_tier", "regular"),
        ("經銷價(NT$)", "price", "purchase"),
        ("قیمت همکار (ریال)", "price", "purchase"),
        ("Մեծածախ գին (դրամ)", "price", "wholesale"),
        ("Topdan qiymət", "price", "wholesale"),
        ("Chakana narx", "retail_price", "retail"),
        ("Ár Ft/100 db", "price", "plain"),
    ],
)
def test_other_ways_to_write_a_price(header, field, role):
    best = match_header(header)[:1]
    assert [(match.field, match.role) for match in best] == ([(field, role)] if field else [])
