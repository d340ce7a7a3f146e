"""Headers of what buyers compare by, in every language; and those in which a word of theirs means something else."""

import pytest

from ingestion.pricegrid.vocabulary import match_header

FIELDS = (
    "minimum_order",
    "order_multiple",
    "per_quantity",
    "discount",
    "tax_rate",
    "valid_from",
    "valid_until",
    "country",
    "lead_time",
    "weight",
)
HEADERS = """
en: Min order|Multiple|Pricing unit|Discount|Vat rate|Price valid from|Valid until|Country|Lead time|Weight
ru: Минимальная партия|Кратность|Единица цены|Скидка|Ставка ндс|Действует с|Действует до|Страна|Срок поставки|Вес нетто
de: Mindestbestellmenge|Bestellintervall|Preiseinheit|Rabatt %|Mwst|Gültig ab|Gültig bis|Land|Lieferzeit|Gewicht
fr: Minimum de commande|Multiple de commande|Base de prix|Remise|T.V.A.|Valable du|Valable jusqu'au|Pays|Délai|Poids
es: Pedido mínimo|Múltiplo|Unidad de precio|Descuento|Iva %|Válido desde|Válido hasta|País|Plazo|Peso
it: Ordine minimo|Multipli|Unità di prezzo|Sconto|Iva %|Decorrenza|Valido fino al|Paese|Tempi di consegna|Peso
pt: Pedido mínimo|Múltiplo|Unidade de preço|Desconto|Iva %|Válido desde|Válido até|País|Prazo|Peso
nl: Minimum bestelhoeveelheid|Veelvoud|Prijseenheid|Korting|Btw %|Ingangsdatum|Geldig tot|Land|Levertijd|Gewicht
pl: Minimalne zamówienie|Wielokrotność|Jednostka ceny|Rabat %|Stawka vat|Ważne od|Ważne do|Kraj|Termin dostawy|Waga
cs: Minimální odběr|Násobek|Cenová jednotka|Sleva|Dph %|Platnost od|Platnost do|Země|Dodací lhůta|Váha
sk: Minimálny odber|Násobok|Cenová jednotka|Zľava|Dph %|Platnosť od|Platnosť do|Krajina|Dodacia lehota|Váha
hu: Minimális rendelés|Többszörös|Áregység|Kedvezmény|Áfa %|Érvényes ettől|Érvényes eddig|Ország|Szállítási idő|Súly
ro: Comandă minimă|Multiplu|Unitate de preț|Discount|Tva %|Valabil de la|Valabil până la|Țară|Termen livrare|Masă
bg: Минимална поръчка|Кратност|Ценова единица|Отстъпка|Ддс %|Валидно от|Валидно до|Държава|Срок на доставка|Тегло
sl: Minimalno naročilo|Večkratnik|Cenovna enota|Rabat|Ddv %|Velja od|Velja do|Država|Dobavni rok|Teža kg
hr: Minimalna narudžba|Višekratnik|Jedinica cijene|Rabat %|Pdv %|Vrijedi od|Vrijedi do|Zemlja|Rok isporuke|Težina
sr: Минимална поруџбина|Вишекратник|Јединица цене|Рабат|Пдв %|Важи од|Важи до|Земља|Рок испоруке|Тежина кг
uk: Мінімальне замовлення|Кратність|Одиниця ціни|Знижка|Ставка пдв|Діє з|Діє до|Країна|Термін поставки|Вага
be: Мінімальная партыя|Кратнасць|Адзінка цаны|Зніжка|Стаўка пдв|Дзейнічае з|Дзейнічае да|Краіна|Тэрмін пастаўкі|Вага
kk: Ең аз тапсырыс|Еселік|Баға бірлігі|Жеңілдік|Ққс %|Басталу күні|Аяқталу күні|Шығарылған елі|Жеткізу мерзімі|Салмағы
da: Minimumsordre|Multiplum|Prisenhed|Rabat %|Moms|Gyldig fra|Gyldig til|Land|Leveringstid|Vægt
no: Minimumsordre|Multiplum|Prisenhet|Rabatt %|Mva %|Gyldig fra|Gyldig til|Land|Leveringstid|Vekt
sv: Minsta order|Multipel|Prisenhet|Rabatt %|Moms|Giltig från|Giltig till|Land|Leveranstid|Vikt
fi: Minimitilaus|Kerrannainen|Hintayksikkö|Alennus %|Alv %|Voimassa alkaen|Voimassa asti|Alkuperämaa|Toimitusaika|Paino
et: Miinimumtellimus|Kordne|Hinnaühik|Allahindlus|Käibemaks|Kehtib alates|Kehtib kuni|Riik|Tarneaeg|Kaal
lt: Minimalus užsakymas|Kartotinis|Kainos vienetas|Nuolaida|Pvm %|Galioja nuo|Kaina galioja iki|Šalis|Pristatymas|Svoris
lv: Minimālais pasūtījums|Daudzkārtnis|Cenas vienība|Atlaide|Pvn %|Spēkā no|Spēkā līdz|Valsts|Piegādes laiks|Svars
el: Ελάχιστη παραγγελία|Πολλαπλάσιο|Μονάδα τιμής|Έκπτωση|Φ.π.α.|Ισχύει από|Ισχύει έως|Χώρα|Χρόνος παράδοσης|Βάρος
tr: Minimum sipariş|Katları|Fiyat miktarı|Iskonto|Kdv %|Başlangıç tarihi|Geçerlilik bitişi|Ülke|Teslim süresi|Ağırlık
ar: الحد الأدنى للطلب|مضاعفات الطلب|وحدة السعر|الخصم|الضريبة|ساري من|صالح حتى|بلد المنشأ|مدة التوصيل|الوزن
he: מינימום הזמנה|כפולות|יחידת מחיר|הנחה|מע"מ|בתוקף מ|בתוקף עד|ארץ ייצור|זמן אספקה|משקל
zh: 最小起订量|订购倍数|价格单位数量|您的折扣|增值税率|生效日期|有效期至|原产国家|交货周期|重量kg
ja: 最小ロット|発注単位|単価基準数|値引き率|消費税率|適用開始日|適用終了日|原産国名|納期日数|正味重量
ko: 최소주문수량|주문배수|단가수량|할인율%|부가가치세|적용시작일|적용종료일|제조국가|배송기간|무게kg
vi: Tối thiểu|Bội số|Đơn vị giá|Chiết khấu|Thuế|Hiệu lực từ|Hiệu lực đến|Xuất xứ|Thời gian giao hàng|Trọng lượng
id: Min. order|Kelipatan|Satuan harga|Diskon|Pajak|Berlaku dari|Berlaku sampai|Asal|Waktu pengiriman|Berat
th: สั่งขั้นต่ำ|จำนวนทวีคูณ||ส่วนลด|ภาษี|มีผลตั้งแต่|ใช้ได้ถึง|ประเทศ|ระยะเวลาจัดส่ง|น้ำหนัก
ka: Მინიმალური შეკვეთა|Ჯერადობა|Ფასის ერთეული|Ფასდაკლება|Დღგ %|Მოქმედებს დან|Მოქმედებს მდე|Ქვეყანა|Მიწოდების ვადა|Წონა
"""
CASES = [
    pytest.param(header, field, id=f"{language}-{field}")
    for language, headers in (line.split(": ") for line in HEADERS.strip().split("\n"))
    for field, header in zip(FIELDS, headers.split("|"), strict=True)
    if header
]


@pytest.mark.parametrize(("header", "field"), CASES)
def test_header_in_its_language(header: str, field: str) -> None:
    assert match_header(header)[0].field == field


@pytest.mark.parametrize(("header", "field"), CASES)
def test_header_in_capitals(header: str, field: str) -> None:
    assert match_header(header.upper())[0].field == field


@pytest.mark.parametrize(
    "header",
    [
        *("Weight of pack", "Gewicht Karton", "Вес упаковки", "Poids emballage", "Regione"),
        *("Rabattgruppe", "Discount code", "VAT amount", "Tax class"),
        *("Expiry date", "Best before", "Срок годности", "Срок", "Haltbarkeit"),
    ],
)
def test_what_is_none_of_it(header: str) -> None:
    assert match_header(header)[0].field == "characteristic"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Country of the manufacturer", "country"),
        ("Min. order (pcs)", "minimum_order"),
        ("Minimum order unit", "minimum_order"),
        ("Item weight, kg", "weight"),
        ("Preis gültig ab 01.03.2031", "valid_from"),
        ("Price with VAT", "price"),
        ("Price after discount", "price"),
        ("Prix à partir de 10", "price_tier"),
    ],
)
def test_beside_other_words(header: str, field: str) -> None:
    assert match_header(header)[0].field == field
