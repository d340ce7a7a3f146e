from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.pricegrid.formats.encodings import look_at_bytes

RUSSIAN = "Артикул;Наименование;Цена\r\n15-1;Болт оцинкованный М8;12,50 руб.\r\n15-2;Гайка шестигранная;3,10 руб.\r\n"
UKRAINIAN = "Код;Найменування;Ціна\r\n1;Щоденник шкільний;10 грн\r\n2;Її блокнот;20 грн\r\n"
GERMAN = "Nummer;Bezeichnung;Stückpreis\r\n1;Käse für Müller;12,50 €\r\n2;Größe ändern;3,10 €\r\n"
FRENCH = "Référence;Désignation;Prix à l'unité\r\n1;Crème brûlée;12,50\r\n2;Thé glacé;3,10\r\n"
SPANISH = "Código;Descripción;Precio\r\n1;Jamón ibérico;12,50\r\n2;Piña del año;3,10\r\n"
POLISH = "Kod;Nazwa;Ilość\r\n1;Żarówka świetlna;5\r\n2;Łożysko kulkowe;7\r\n"
CZECH = "Kód;Název;Množství\r\n1;Žárovka příčná;5\r\n2;Řídicí jednotka;7\r\n"
TURKISH = "Kod;Ürün adı;Açıklama\r\n1;Işık şişesi;5\r\n2;İnce ağaç;7\r\n"
GREEK = "Κωδικός;Περιγραφή;Τιμή\r\n1;Καφές ελληνικός;5\r\n2;Γάλα φρέσκο;7\r\n"
CHINESE = "编号;名称;价格\r\n1;不锈钢螺丝;5\r\n2;十二角螺母;7\r\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RUSSIAN, encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")),
        *((RUSSIAN, encoding) for encoding in ("cp1251", "cp866", "koi8-r")),
        *((RUSSIAN.upper(), encoding) for encoding in ("cp1251", "cp866")),
        *((UKRAINIAN, encoding) for encoding in ("cp1251", "koi8-u")),
        (GERMAN, "cp1252"),
        (GERMAN.replace("€", "EUR"), "latin-1"),
        *((text, "cp1252") for text in (FRENCH, SPANISH)),
        *((text, "cp1250") for text in (POLISH, CZECH)),
        (TURKISH, "cp1254"),
        (GREEK, "cp1253"),
        (CHINESE, "gb18030"),
        ("plain;ascii\r\n1;2\r\n", "ascii"),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    assert path.read_bytes().decode(look_at_bytes(path).encoding) == text


def test_a_given_encoding_wins(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    assert look_at_bytes(path, "cp866").encoding == "cp866"


def test_one_broken_character_does_not_make_utf8_something_else(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(RUSSIAN.encode() + b"\xd0;\r\n")
    assert look_at_bytes(path).encoding == "utf-8"


def test_letters_that_come_late_count_too(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"1;bolt;2\r\n" * 200_000 + RUSSIAN.encode("cp1251"))
    facts = look_at_bytes(path)
    assert (facts.encoding, facts.lines) == ("cp1251", 200_004)


@pytest.mark.parametrize(
    ("content", "lines"), [(b"a;b\rc;d\r", 3), (b"a;b\r\nc;d\r\n", 3), (b"a;b\n" + b"c;d\r" * 1_000, 1_001)]
)
def test_old_line_ends_are_counted(tmp_path: Path, content: bytes, lines: int) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert look_at_bytes(path).lines == lines


def test_one_sign_behind_every_price_is_no_proof_of_another_alphabet(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Réf.;Désignation;Prix\r\n".encode("cp1252") + b"A1;Huile;12,50 \x80\r\n" * 200)
    assert look_at_bytes(path).encoding == "cp1252"
