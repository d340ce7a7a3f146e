# ruff: noqa: E501
"""What lists say of further prices in each language: a margin, a price for somebody, a price that counts no more."""

from __future__ import annotations

from typing import NamedTuple

from tests.ingestion.pricegrid.zoo.languages import Language


class FurtherWords(NamedTuple):
    """Several ways of saying one thing are parted by "|"."""

    markup: str
    client: str
    yours: str
    old: str
    new: str

    def say(self, field: str, variant: int = 0) -> str:
        ways = str(getattr(self, field)).split("|")
        return ways[variant % len(ways)]


FURTHER_WORDS = {
    "ru": FurtherWords("Наценка, %|Наценка", "Цена для клиента", "Ваша цена", "Старая цена", "Новая цена"),
    "uk": FurtherWords("Націнка, %|Націнка", "Ціна для клієнта", "Ваша ціна", "Стара ціна", "Нова ціна"),
    "be": FurtherWords("Нацэнка, %|Нацэнка", "Цана для кліента", "Ваша цана", "Старая цана", "Новая цана"),
    "en": FurtherWords("Markup %|Margin", "Price for the client", "Your net price|Your price", "Old price", "New price"),
    "de": FurtherWords("Aufschlag %|Marge", "Kundenpreis|Preis für Kunden", "Ihr Nettopreis|Ihr Preis", "Alter Preis", "Neuer Preis"),
    "fr": FurtherWords("Marge %|Marge", "Prix pour le client|Prix client", "Votre prix net|Votre prix", "Ancien prix", "Nouveau prix"),
    "es": FurtherWords("Margen %|Recargo", "Precio para el cliente|Precio cliente", "Su precio neto|Su precio", "Precio anterior", "Precio nuevo"),
    "pt": FurtherWords("Margem %|Margem", "Preço para o cliente|Preço cliente", "Seu preço", "Preço antigo", "Preço novo"),
    "it": FurtherWords("Ricarico %|Margine", "Prezzo per il cliente|Prezzo cliente", "Vostro prezzo|Il vostro netto", "Vecchio prezzo", "Nuovo prezzo"),
    "pl": FurtherWords("Marża %|Narzut", "Cena dla klienta", "Twoja cena netto|Twoja cena", "Stara cena", "Nowa cena"),
    "cs": FurtherWords("Marže %|Přirážka", "Cena pro zákazníka", "Vaše cena", "Stará cena|Původní cena", "Nová cena"),
    "sk": FurtherWords("Marža %|Prirážka", "Cena pre zákazníka", "Vaša cena", "Stará cena|Pôvodná cena", "Nová cena"),
    "nl": FurtherWords("Marge %|Opslag", "Prijs voor de klant|Klantprijs", "Uw nettoprijs|Uw prijs", "Oude prijs", "Nieuwe prijs"),
    "tr": FurtherWords("Kâr Marjı %|Kar Oranı", "Müşteri Fiyatı", "Sizin Fiyatınız|Size Özel Fiyat", "Eski Fiyat", "Yeni Fiyat"),
    "ro": FurtherWords("Adaos %|Adaos comercial", "Preț pentru client|Preț client", "Prețul dvs.", "Preț vechi", "Preț nou"),
    "bg": FurtherWords("Надценка %|Марж", "Цена за клиента|Клиентска цена", "Вашата цена", "Стара цена", "Нова цена"),
    "hu": FurtherWords("Árrés %|Haszonkulcs", "Vevői ár|Ügyfél ár", "Az Ön ára", "Régi ár", "Új ár"),
    "sv": FurtherWords("Marginal %|Påslag", "Kundpris|Pris till kund", "Ert nettopris|Ert pris", "Gammalt pris", "Nytt pris"),
    "da": FurtherWords("Avance %|Dækningsgrad", "Kundepris|Pris til kunden", "Jeres pris|Din pris", "Gammel pris", "Ny pris"),
    "no": FurtherWords("Avanse %|Påslag", "Kundepris|Pris til kunde", "Deres pris|Din pris", "Gammel pris", "Ny pris"),
    "fi": FurtherWords("Kate %|Kateprosentti", "Asiakashinta|Hinta asiakkaalle", "Teidän hintanne|Teidän hinta", "Vanha hinta", "Uusi hinta"),
    "el": FurtherWords("Περιθώριο %|Περιθώριο κέρδους", "Τιμή πελάτη|Τιμή για τον πελάτη", "Η τιμή σας", "Παλιά τιμή", "Νέα τιμή"),
    "lt": FurtherWords("Antkainis %|Marža", "Kaina klientui", "Jūsų kaina", "Sena kaina", "Nauja kaina"),
    "lv": FurtherWords("Uzcenojums %|Marža", "Cena klientam", "Jūsu cena", "Vecā cena", "Jaunā cena"),
    "et": FurtherWords("Juurdehindlus %|Marginaal", "Kliendihind|Hind kliendile", "Teie hind", "Vana hind", "Uus hind"),
    "sr": FurtherWords("Маржа %|Маржа", "Цена за купца", "Ваша цена", "Стара цена", "Нова цена"),
    "hr": FurtherWords("Marža %|Marža", "Cijena za kupca", "Vaša cijena", "Stara cijena", "Nova cijena"),
    "sl": FurtherWords("Marža %|Marža", "Cena za kupca|Cena za stranko", "Vaša cena", "Stara cena", "Nova cena"),
    "zh": FurtherWords("加价率|毛利率", "客户价|给客户的价格", "贵司价格|您的价格", "旧价|原价", "新价|新价格"),
    "ja": FurtherWords("利益率|粗利率", "お客様価格", "貴社価格|御社価格", "旧価格", "新価格"),
    "ko": FurtherWords("마진율|마진", "고객가|고객 가격", "귀사 가격|귀사 공급가", "기존 가격|이전 가격", "신규 가격|변경 가격"),
    "vi": FurtherWords("Tỷ lệ lợi nhuận|Lợi nhuận %", "Giá cho khách hàng|Giá khách hàng", "Giá của bạn", "Giá cũ", "Giá mới"),
    "id": FurtherWords("Margin %|Keuntungan", "Harga untuk pelanggan|Harga pelanggan", "Harga Anda", "Harga lama", "Harga baru"),
    "th": FurtherWords("กำไร %|อัตรากำไร", "ราคาสำหรับลูกค้า|ราคาลูกค้า", "ราคาของคุณ", "ราคาเดิม|ราคาเก่า", "ราคาใหม่"),
    "ar": FurtherWords("هامش الربح|نسبة الربح", "السعر للعميل|سعر العميل", "سعرك|السعر لكم", "السعر القديم", "السعر الجديد"),
    "he": FurtherWords("אחוז רווח|רווח %", "מחיר ללקוח", "המחיר שלך|מחיר עבורך", "מחיר ישן|מחיר קודם", "מחיר חדש"),
    "kk": FurtherWords("Үстеме баға %|Үстеме", "Клиент бағасы|Клиентке баға", "Сіздің баға|Сіздің бағаңыз", "Ескі баға", "Жаңа баға"),
}  # fmt: skip


def further(language: Language, field: str, variant: int = 0) -> str:
    return FURTHER_WORDS[language.key].say(field, variant)
