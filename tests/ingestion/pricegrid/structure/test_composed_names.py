import pytest

from tests.ingestion.pricegrid.grids import items_of, reading_of


def names_of(*cells):
    return [item.name for item in items_of(cells)]


def test_kind_and_size():
    rows = [["RADYATÖR", f"1600{at}", f"300X{at}00", 1000 + at] for at in range(4, 12)]
    names = names_of(["KATEGORİ", "ÜRÜN KODU", "ÖLÇÜ", "FİYAT"], *rows)
    assert names[0] == "RADYATÖR 300X400"


def test_kind_brand_and_model():
    kinds = ["Oven", "Hood", "Warming drawer"]
    rows = [["Nordvik", "Built-in", kinds[at % 3], f"NV{at}K2", 300 + at] for at in range(9)]
    assert names_of(["Brand", "Group", "Subgroup", "Article", "Price"], *rows)[1] == "Hood Nordvik NV1K2"


@pytest.mark.parametrize("head", [["Maker", "SKU", "Quantity", "Price"], ["Brand", "Code", "Stock", "Price"]])
def test_a_list_that_only_updates_prices_gets_no_names(head):
    reading = reading_of([head, *[["Lumo", f"53{at}0", at, 100 + at] for at in range(8)]])
    assert reading.mode == "prices"
    assert {item.name for item in reading} == {""}


def test_where_a_column_is_the_name_nothing_is_put_together():
    rows = [["Pumps", f"P-{at}", f"Pump {at}", 50 + at] for at in range(6)]
    assert names_of(["Category", "Code", "Name", "Price"], *rows)[0] == "Pump 0"


def test_a_shared_model_is_named_with_its_brand_and_size():
    rows = [[f"{165 + 10 * at}/65 R14", "Toro", ["GT", "Eco"][at % 2], 800 + at] for at in range(8)]
    assert names_of(["Medida", "Marca", "Modelo", "Precio"], *rows)[1] == "175/65 R14 Toro Eco"


def test_a_brand_of_its_own_is_the_name():
    rows = [[f"Dolo{'abcdefghijkl'[at]}", "Cefixime 200 mg", "10x10", 80.5 + at] for at in range(12)]
    assert names_of(["Brand Name", "Composition", "Packing", "P.T.R."], *rows)[0] == "Doloa"
