import pytest
from django.db import connection

from catalog import lifecycle, search
from catalog.linking.merges import merge, unmerge
from catalog.models import PriceHistory, Product, ProductStatusChange, SupplierItem
from catalog.search_texts import ItemText, SearchBacklog
from tests.factories import PriceHistoryFactory, ProductFactory, SupplierItemFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["written", "waiting"])
def settle(request):
    """Every search is tried before and after the texts are written."""
    return search.catch_up if request.param == "written" else (lambda: 0)


def test_parts_of_a_name_and_of_a_code_find_an_item(settle):
    drill = SupplierItemFactory(supplier_sku="AB-100/7", name="Дрель ударная Größe 13")
    SupplierItemFactory(supplier_sku="AB-200", name="Насос")
    settle()
    for term in ("дрель", "УДАР", "b-100", "100/7 größe", "13  дрел"):
        assert list(search.items(SupplierItem.objects.all(), term)) == [drill], term
    assert not search.items(SupplierItem.objects.all(), "дрель насос").exists()


def test_a_code_is_found_however_it_is_written(settle):
    hyphened = SupplierItemFactory(supplier_sku="КМ-100", name="Pump", product=ProductFactory())  # in Cyrillic
    plain = SupplierItemFactory(supplier_sku="PX9117", name="Drill", product=ProductFactory())
    settle()
    for item, terms in (
        (hyphened, ("КМ-100", "km100", "KM-100", "ＫＭ１００", "m-10")),
        (plain, ("px-9117", "РХ\u20119117")),
    ):
        for term in terms:
            assert list(search.items(SupplierItem.objects.all(), term)) == [item], term
    for term in ("km 100", "KM‑100", "км100"):
        assert list(search.products(Product.objects.all(), term)) == [hyphened.product], term


@pytest.mark.parametrize("term", ["%", "_", "\\", "100%"])
def test_wild_cards_stand_for_themselves(settle, term):
    SupplierItemFactory(name="plain")
    other = SupplierItemFactory(name=f"with {term} in it")
    settle()
    assert list(search.items(SupplierItem.objects.all(), term)) == [other]


def test_a_product_is_found_by_its_own_words_and_by_an_offers_code(settle):
    product = ProductFactory(internal_sku="P-77", name="Pump")
    SupplierItemFactory(supplier_sku="Xy 9", name="Насос", product=product)
    SupplierItemFactory(supplier_sku="Xy 95", product=ProductFactory())
    settle()
    for term in ("p-77", "pum", "xy 9"):
        assert list(search.products(Product.objects.all(), term)) == [product], term
    assert not search.products(Product.objects.all(), "насос").exists()


def test_a_product_is_found_by_the_sku_of_what_became_one_with_it(settle):
    gone, known = ProductFactory(internal_sku="Drill-OLD"), ProductFactory(internal_sku="P-NEW")
    settle()
    absorbed = merge(gone, into=known, by=None)
    settle()
    assert list(search.products(Product.objects.all(), "drill-old")) == [known]
    back = unmerge(absorbed, by=None)
    assert list(search.products(Product.objects.all(), "drill-old")) == [back]


def test_prices_are_found_by_their_item(settle):
    price = PriceHistoryFactory(supplier_item__name="Pump")
    PriceHistoryFactory(supplier_item__name="Drill")
    settle()
    assert list(search.prices(PriceHistory.objects.all(), "pump")) == [price]


def test_moves_are_found_by_their_product(settle):
    pump, drill = ProductFactory(internal_sku="P-77", name="Pump"), ProductFactory(name="Drill")
    lifecycle.promote(Product.objects.filter(pk__in=[pump.pk, drill.pk]), by=UserFactory())
    settle()
    for term in ("p-7", "ump"):
        assert [move.product for move in search.moves(ProductStatusChange.objects.all(), term)] == [pump]


def test_a_new_name_is_found_and_the_old_one_is_not():
    item = SupplierItemFactory(name="Pump")
    search.catch_up()
    SupplierItem.objects.filter(pk=item.pk).update(name="Drill")
    for _settled in range(2):
        assert search.items(SupplierItem.objects.all(), "drill").exists()
        search.catch_up()
    assert not search.items(SupplierItem.objects.all(), "pump").exists()


def test_a_new_price_is_no_work_for_the_search():
    item = SupplierItemFactory()
    search.catch_up()
    SupplierItem.objects.filter(pk=item.pk).update(current_price="1")
    assert not SearchBacklog.objects.exists()


def test_one_statement_notes_one_span():
    supplier = SupplierItemFactory().supplier
    search.catch_up()
    rows = [SupplierItem(supplier=supplier, supplier_sku=f"N{n}", current_price=1, currency="EUR") for n in range(100)]
    SupplierItem.objects.bulk_create(rows)
    span = SearchBacklog.objects.get()
    assert span.last_id - span.first_id == 99
    assert search.catch_up() == 100


def test_texts_go_with_their_item():
    item = SupplierItemFactory()
    search.catch_up()
    item.delete()
    assert not ItemText.objects.exists()


def test_nothing_searched_is_everything():
    SupplierItemFactory()
    assert search.items(SupplierItem.objects.all(), " ").count() == 1
    assert search.products(Product.objects.all(), "").count() == 0


def test_a_search_of_written_texts_uses_their_trigrams():
    SupplierItemFactory.create_batch(3)
    search.catch_up()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "item_text_trigrams" in search.items(SupplierItem.objects.all(), "item").explain()
