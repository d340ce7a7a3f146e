"""What each of the made-up suppliers sells."""

from samples.goods import Goods, amount, assortment

OFFICE = assortment(
    11,
    {
        "Paper": (
            ["Copier paper A4", "Copier paper A3", "Coloured card A4", "Laid paper A4", "Photo paper 10x15"],
            [
                "80 gsm, 500 sheets",
                "90 gsm, 500 sheets",
                "100 gsm, 250 sheets",
                "120 gsm, 250 sheets",
                "160 gsm, 100 sheets",
            ],
        ),
        "Writing": (
            ["Ballpoint pen", "Gel pen", "Permanent marker", "Highlighter", "Whiteboard marker", "Mechanical pencil"],
            ["black, box of 12", "blue, box of 12", "red, box of 12", "green, box of 12", "assorted, box of 4"],
        ),
        "Filing": (
            ["Lever arch file", "Ring binder", "Suspension file", "Box file", "Document wallet", "Index dividers"],
            ["A4 black", "A4 blue", "A4 red", "A4 grey", "foolscap buff"],
        ),
        "Desk": (
            ["Stapler", "Hole punch", "Tape dispenser", "Letter tray", "Calculator", "Desk lamp"],
            ["standard", "heavy duty", "compact", "recycled", "premium"],
        ),
    },
    count=96,
    code="NG-{number}{letter}",
    prices=(1.2, 48),
    stocks=["0", "4", "12", "36", "120", "250"],
    extras=["each", "pack", "box"],
    markup=1.6,
)
OFFICE_NEW = [
    Goods("NG-9001X", "Gel pen violet, box of 12", amount("9.40"), amount("15.04"), "24", "Writing", "box"),
    Goods("NG-9002X", "Desk mat felt, grey", amount("14.25"), amount("22.80"), "12", "Desk", "each"),
]

BUILDING = assortment(
    12,
    {
        "Сухие строительные смеси": (
            ["Штукатурка гипсовая", "Шпаклёвка финишная", "Клей плиточный", "Наливной пол", "Кладочная смесь"],
            ["5 кг", "10 кг", "25 кг", "30 кг"],
        ),
        "Крепёж": (
            ["Саморез по дереву", "Саморез по металлу", "Дюбель-гвоздь", "Анкерный болт", "Шпилька резьбовая"],
            ["3,5х35 (200 шт.)", "4,2х50 (100 шт.)", "6х40 (100 шт.)", "8х80 (50 шт.)", "М10х1000"],
        ),
        "Лакокрасочные материалы": (
            ["Краска интерьерная", "Эмаль ПФ-115", "Лак паркетный", "Грунтовка глубокого проникновения", "Колер"],
            ["белая 1 л", "белая 3 л", "база А 9 л", "база С 2,7 л", "матовая 5 л"],
        ),
        "Инструмент малярный": (
            ["Валик", "Кисть плоская", "Шпатель фасадный", "Ванночка"],
            ["50 мм", "100 мм", "180 мм", "250 мм"],
        ),
    },
    count=78,
    code="{number}-{letter}",
    prices=(28, 4200),
    stocks=["есть", ">100", "под заказ", "нет", "14", "260"],
    extras=["шт", "меш", "уп"],
)
BUILDING_NEW = [
    Goods("9001-N", "Затирка эпоксидная 2 кг", amount("1890.00"), None, "есть", "Сухие строительные смеси", "шт")
]

TOOLS = assortment(
    13,
    {
        "Elektrowerkzeuge": (
            ["Akku-Bohrschrauber", "Winkelschleifer", "Stichsäge", "Bohrhammer", "Exzenterschleifer", "Oberfräse"],
            ["12 V Set", "18 V Solo", "18 V Set 2x4,0 Ah", "650 W", "900 W", "1400 W"],
        ),
        "Handwerkzeuge": (
            [
                "Schraubendreher-Satz",
                "Gabelschlüssel-Satz",
                "Kombizange",
                "Seitenschneider",
                "Schlosserhammer",
                "Wasserwaage",
            ],
            ["6-teilig", "8-teilig", "12-teilig", "160 mm", "200 mm", "600 mm"],
        ),
        "Messtechnik": (
            ["Kreuzlinienlaser", "Laser-Entfernungsmesser", "Multimeter", "Rollbandmaß", "Feuchtemessgerät"],
            ["Basic", "Plus", "Pro", "Kompakt", "mit Stativ"],
        ),
        "Zubehör": (
            ["Bohrer HSS-G", "Trennscheibe", "Schleifpapier", "Bit-Box", "Sägeblatt Holz", "Lochsäge Bi-Metall"],
            ["3 mm", "5 mm", "8 mm", "125 mm", "190 mm", "K 120", "31-teilig"],
        ),
    },
    count=132,
    code="WK {number}.{letter}",
    prices=(3.5, 640),
    stocks=["0", "3", "8", "25", "110"],
    extras=["Rheintal", "Bergmann", "Nordwerk"],
    markup=1.45,
)
TOOLS_NEW = [
    Goods(
        "WK 9001.X",
        "Akku-Heckenschere 18 V Solo",
        amount("118.90"),
        amount("172.41"),
        "8",
        "Elektrowerkzeuge",
        "Rheintal",
    ),
    Goods("WK 9002.X", "Schleifpapier K 240", amount("4.10"), amount("5.95"), "110", "Zubehör", "Nordwerk"),
]

PLUMBING = assortment(
    14,
    {
        "Смесители": (
            ["Смеситель для кухни", "Смеситель для ванны", "Смеситель для умывальника", "Душевая стойка"],
            ["хром", "чёрный", "белый", "сатин", "бронза"],
        ),
        "Трубы и фитинги": (
            ["Труба полипропиленовая", "Муфта комбинированная", "Угол 90°", "Тройник", "Кран шаровой"],
            ["20 мм", "25 мм", "32 мм", "40 мм"],
        ),
        "Сифоны и слив": (
            ["Сифон бутылочный", "Сифон для ванны", "Трап душевой", "Арматура сливная"],
            ['1 1/4"', '1 1/2"', "50 мм", "с гофрой"],
        ),
    },
    count=54,
    code="ВК{number}",
    prices=(2.1, 690),
    stocks=["+", "-", "10+", "3", "под заказ"],
    extras=["шт.", "м"],
    markup=1.35,
)
PLUMBING_NEW = [
    Goods("ВК9001", "Сифон бутылочный телескопический", amount("17.30"), amount("23.36"), "+", "Сифоны и слив", "шт.")
]

ELECTRONICS = assortment(
    15,
    {
        "Cables": (
            [
                "HDMI cable",
                "USB-C cable",
                "Patch cable Cat6",
                "DisplayPort cable",
                "Audio cable 3.5 mm",
                "Extension lead",
            ],
            [
                f"{length} m {colour}"
                for length in ("0.5", "1", "2", "3", "5")
                for colour in ("black", "white", "grey", "blue")
            ],
        ),
        "Chargers": (
            ["USB-C charger", "Wireless charger", "Car charger", "Power bank", "Travel adapter"],
            [f"{watts} W {colour}" for watts in (10, 20, 30, 45, 65, 100) for colour in ("black", "white", "silver")],
        ),
        "Storage": (
            ["USB stick", "SD card", "microSD card", "Portable SSD"],
            [f"{size} GB {grade}" for size in (32, 64, 128, 256, 512) for grade in ("Basic", "Plus", "Pro", "Max")],
        ),
        "Smart home": (
            ["Smart plug", "Smart bulb E27", "Motion sensor", "Door sensor", "Radiator valve", "Wall switch"],
            [
                f"{radio} {pack}"
                for radio in ("Zigbee", "Wi-Fi", "Thread")
                for pack in ("single", "pack of 2", "pack of 4", "pack of 6")
            ],
        ),
    },
    count=320,
    code="{number:06d}",
    prices=(1.5, 210),
    stocks=["0", "5", "18", "60", "240", "1000"],
    extras=["Voltara", "Lumenic", "Nexbyte", "Orbitel"],
)

WINE = assortment(
    16,
    {
        "Vins rouges": (
            ["Domaine du Tilleul", "Château Bellecombe", "Clos des Hirondelles", "Les Trois Meuniers"],
            ["2021 75 cl", "2022 75 cl", "2023 75 cl", "2022 magnum"],
        ),
        "Vins blancs": (
            ["Domaine de la Fontaine Claire", "Cave des Coteaux", "Clos Sainte-Agathe"],
            ["2022 75 cl", "2023 75 cl", "2024 75 cl", "2023 37,5 cl"],
        ),
        "Épicerie": (
            ["Huile d'olive vierge", "Moutarde à l'ancienne", "Confiture d'abricot", "Miel de lavande"],
            ["20 cl", "250 g", "500 g", "1 l"],
        ),
    },
    count=42,
    code="MV{number}",
    prices=(3.2, 64),
    stocks=["en stock", "sur commande", "rupture", "48"],
    extras=["carton de 6", "carton de 12", "unité"],
    markup=1.7,
)

GARDEN = assortment(
    17,
    {
        "Насіння": (["Томат", "Огірок", "Морква", "Кріп", "Базилік"], ["ранній 1 г", "середній 2 г", "пізній 5 г"]),
        "Інвентар": (["Лопата", "Граблі", "Секатор", "Шланг поливний"], ["стандарт", "посилена серія", "міні"]),
    },
    count=24,
    code="SD-{number}",
    prices=(18, 1450),
    stocks=["є", "немає", "очікується", "35"],
)
