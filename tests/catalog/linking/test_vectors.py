"""The index of products that is kept."""

import pytest

from catalog.lifecycle import archive
from catalog.linking.models import ProductVector
from catalog.linking.records import record_of_product
from catalog.linking.vectors import index_beside
from catalog.matching import Index, Record
from catalog.models import Product
from tests.factories import ProductFactory, SupplierFactory, SupplierItemFactory, UserFactory

pytestmark = pytest.mark.django_db
ASKED = [Record("a", "Drill Makita DHP-453"), Record("b", "Saw 18 V")]


@pytest.fixture
def products():
    names = ("Makita DHP453 drill", "Makita DHP451 drill", "Bosch saw 18V", "Paint white 2 l")
    return [ProductFactory(name=name) for name in names]


def nearest(index):
    return [[tuple(near) for near in found] for found in index.nearest(ASKED)]


def expected(*products):
    fresh = Index(with_texts=False)
    fresh.extend(map(record_of_product, products))
    return nearest(fresh)


def kept():
    return dict(ProductVector.objects.values_list("product_id", "said"))


def test_vectors_are_made_once(products, django_assert_max_num_queries):
    other = SupplierFactory()
    assert nearest(index_beside(other.pk)) == expected(*products)
    assert len(kept()) == len(products)
    fresh = expected(*products)
    with django_assert_max_num_queries(3):
        assert nearest(index_beside(other.pk)) == fresh


def test_what_was_renamed_is_found_by_its_new_name(products):
    index_beside(0)
    before = kept()
    Product.objects.filter(pk=products[3].pk).update(name="Makita DHP453 set")
    products[3].refresh_from_db()
    assert nearest(index_beside(0)) == expected(*products)
    assert {pk for pk, said in kept().items() if said != before[pk]} == {products[3].pk}


def test_what_its_first_offer_says_is_part_of_it(products):
    index_beside(0)
    SupplierItemFactory(product=products[3], mpn="DHP453")
    assert nearest(index_beside(0)) == expected(*products)


def test_archived_products_and_the_suppliers_own_are_left_out(products):
    own = SupplierItemFactory(product=products[1])
    index_beside(0)
    archive(Product.objects.filter(pk=products[0].pk), by=UserFactory())
    assert nearest(index_beside(own.supplier_id)) == expected(*products[2:])
    assert set(kept()) == {each.pk for each in products[1:]}


def test_vectors_of_another_version_are_made_anew(products):
    index_beside(0)
    ProductVector.objects.update(version=0, grams=b"", counts=b"", slots=b"")
    assert nearest(index_beside(0)) == expected(*products)


def test_things_come_from_the_database_as_they_are_now(products):
    index = index_beside(0)
    Product.objects.filter(pk=products[0].pk).delete()
    records = [record for record, _ in index.things([0, 2])]
    assert [record.name for record in records] == ["", "Bosch saw 18V"]
