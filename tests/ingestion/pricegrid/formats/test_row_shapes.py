from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.problems import Problem, notes, rows
from ingestion.pricegrid.reading import understand
from ingestion.pricegrid.records import Item, RowError
from tests.ingestion.pricegrid.formats.damages import DAMAGES, goods_of, lines_of

Records = dict[int | None, Item | RowError]


def read(folder: Path, text: str) -> Records:
    path = folder / "list.csv"
    path.write_bytes(text.encode())
    return {record.row_number: record for record in understand(open_book(path))}


def list_with(line: str, *, delimiter: str = ",", end: str = "\n") -> str:
    """A list of bolts and nuts whose row 5 is something else."""
    goods = [(f"A-{number}", f"Bolt M{number}", f"{number}.50", number) for number in range(10, 40)]
    lines = [delimiter.join(map(str, row)) for row in (("Code", "Name", "Price", "Stock"), *goods)]
    lines[4] = line
    return end.join([*lines, ""])


def said(record: Item | RowError) -> list[str]:
    return [message.code for message in (record.notes if isinstance(record, Item) else [record.message])]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_damage_costs_a_row_at_most(tmp_path: Path, damage: Callable[..., str], delimiter: str) -> None:
    random = Random(f"{damage.__name__} {delimiter}")
    for _ in range(3):
        goods = goods_of(random, 25)
        lines = lines_of(goods, delimiter)
        at = random.randrange(1, len(lines))
        lines[at] = damage(lines[at], delimiter, random)
        found = read(tmp_path, "\n".join([*lines, ""]))
        for row, good in enumerate(goods, 2):
            record = found.pop(row + ("\r" in lines[at] and row > at + 1))
            if isinstance(record, Item):
                stock = record.stock and record.stock.quantity
                assert (record.supplier_sku, record.price, stock) == (good.code, Decimal(good.price), good.stock)
            else:
                assert row == at + 1
        assert not [record for record in found.values() if isinstance(record, Item)]


@pytest.mark.parametrize(
    ("line", "name", "price", "note"),
    [
        ("A-13,Washer, steel,7.25,3", "Washer, steel", "7.25", notes.ROW_JOINED),
        ("A-13,Washer,,7.25,3", "Washer", "7.25", notes.EXTRA_DELIMITER),
        ("A-13;Washer;7.25;3", "Washer", "7.25", notes.OTHER_DELIMITER),
        ("A-13,Washer;7.25,3", "Washer", "7.25", notes.OTHER_DELIMITER),
        ('A-13,"Washer 3"" wide",7.25,"3', 'Washer 3" wide', "7.25", notes.STRAY_MARK),
        ('A-13,"Washer 3" wide",7.25,3', 'Washer 3" wide', "7.25", notes.STRAY_MARK),
        ('"A-13,"Washer, wide",7.25,3', "Washer, wide", "7.25", notes.STRAY_MARK),
    ],
)
def test_what_only_one_repair_explains_is_mended_and_noted(
    tmp_path: Path, line: str, name: str, price: str, note: Problem
) -> None:
    record = read(tmp_path, list_with(line))[5]
    assert isinstance(record, Item)
    assert (record.name, record.price, said(record)) == (name, Decimal(price), [note.code])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("A-13,Washer,7,25,3", rows.TOO_MANY_CELLS),  # as well a name “Washer,7”
        ("A-13,Washer 7.25,3", rows.TOO_FEW_CELLS),
        ("A-13 Washer 7.25 3 pieces left", rows.RUN_TOGETHER),
    ],
)
def test_what_may_mean_several_things_is_an_error_that_says_so(tmp_path: Path, line: str, problem: Problem) -> None:
    found = read(tmp_path, list_with(line))
    assert said(found[5]) == [problem.code]
    assert sum(isinstance(record, Item) for record in found.values()) == 29


@pytest.mark.parametrize("line", ["A-13,Washer,7.25", "A-13,Washer,7.25,3,,,", "A-13,Washer,7.25,"])
def test_empty_cells_at_the_end_may_be_left_out(tmp_path: Path, line: str) -> None:
    text = list_with(line).replace("Bolt M20,20.50,20", "Bolt M20,20.50,")
    record = read(tmp_path, text)[5]
    assert (isinstance(record, Item), said(record)) == (True, [])


def test_titles_and_notes_stay_what_they_are(tmp_path: Path) -> None:
    found = read(tmp_path, list_with("Washers and rings"))
    assert 5 not in found
    item = found[6]
    assert isinstance(item, Item)
    assert item.category_path == ("Washers and rings",)


def test_an_entity_is_no_end_of_a_cell(tmp_path: Path) -> None:
    record = read(tmp_path, list_with("A-13;T&uuml;rgriff rund;7.25;3", delimiter=";"))[5]
    assert isinstance(record, Item)
    assert (record.name, record.price) == ("Türgriff rund", Decimal("7.25"))


def test_a_bare_line_feed_is_no_end_of_a_row(tmp_path: Path) -> None:
    record = read(tmp_path, list_with("A-13,Washer\nof steel,7.25,3", end="\r\n"))[5]
    assert isinstance(record, Item)
    assert (record.name, record.price, said(record)) == ("Washer of steel", Decimal("7.25"), [notes.ROW_TORN.code])


def test_pieces_of_a_torn_row_that_make_none_are_errors(tmp_path: Path) -> None:
    found = read(tmp_path, list_with("A-13,Washer\nof steel,cheap,3", end="\r\n"))
    assert [said(found[row]) for row in (5, 6)] == [[rows.TORN.code]] * 2


def test_a_second_table_with_other_columns_is_no_damage(tmp_path: Path) -> None:
    second = "Code,Name,Colour,Price,Stock\nB-1,Rope,red,3.50,1\nB-2,Rope,blue,4.50,2\n"
    found = read(tmp_path, list_with("A-13,Washer,7.25,3") + second)
    assert not [record for record in found.values() if isinstance(record, RowError)]
    assert len(found) == 32


def test_backslashes_before_quotation_marks_in_every_row(tmp_path: Path) -> None:
    lines = [f'"A-{number}";"Tube {number}\\" wide; black";"{number},50"' for number in range(10, 20)]
    record = read(tmp_path, "\n".join(['"Code";"Name";"Price"', *lines, ""]))[2]
    assert isinstance(record, Item)
    assert (record.name, record.price) == ('Tube 10" wide; black', Decimal("10.50"))


def test_apostrophes_as_quotation_marks(tmp_path: Path) -> None:
    lines = [f"'A-{number}','Tube, black','{number}.50'" for number in range(10, 20)]
    record = read(tmp_path, "\n".join(["'Code','Name','Price'", *lines, ""]))[2]
    assert isinstance(record, Item)
    assert (record.supplier_sku, record.name) == ("A-10", "Tube, black")
