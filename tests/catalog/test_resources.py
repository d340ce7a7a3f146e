import pytest
import tablib
from django.core.exceptions import ValidationError

from catalog import lifecycle
from catalog.linking.merges import merge
from catalog.models import Product
from catalog.resources import ProductResource
from tests.factories import CategoryFactory, ProductFactory, SupplierItemFactory, UserFactory

pytestmark = pytest.mark.django_db
HEADERS = ["internal_sku", "name", "category", "status", "retail_price", "currency"]


def load(*rows, headers=HEADERS):
    return ProductResource().import_data(tablib.Dataset(*rows, headers=headers), dry_run=False)


def problems(result):
    invalid = [str(row.error) for row in result.invalid_rows]
    return " ".join(invalid + [str(error.error) for _line, errors in result.row_errors() for error in errors])


def test_imports_new_products_as_drafts_and_updates_known_ones():
    CategoryFactory(name="Drills", parent=CategoryFactory(name="Tools"))
    known = ProductFactory(internal_sku="P-1", name="Old")
    result = load(("P-1", "New name", "", "", "10.50", "EUR"), ("P-2", "Drill", "Tools > Drills", "draft", "", "EUR"))
    assert (result.totals["update"], result.totals["new"]) == (1, 1)
    known.refresh_from_db()
    assert (known.name, known.retail_price) == ("New name", 10.5)
    assert Product.objects.get(internal_sku="P-2").category.name == "Drills"


def test_leaves_what_is_unchanged():
    product = ProductFactory(internal_sku="P-1", name="Bolt", currency="EUR")
    assert load(("P-1", "Bolt", "", "draft", "", "EUR")).totals["skip"] == 1
    product.refresh_from_db()
    assert product.updated_at == product.updated_at


def test_a_row_costs_few_questions_to_the_database(django_assert_max_num_queries):
    ProductFactory.create_batch(10)
    rows = [(product.internal_sku, "New name", "", "", "10.5", "EUR") for product in Product.objects.all()]
    with django_assert_max_num_queries(8 * 20 + 10):
        result = load(*rows, *((f"N-{number}", "Bolt", "", "draft", "1", "EUR") for number in range(10)))
    assert (result.totals["update"], result.totals["new"]) == (10, 10)


@pytest.mark.parametrize(
    ("status", "price", "currency", "problem"),
    [
        ("draft", "-1", "EUR", "greater than or equal to 0"),
        ("draft", "1", "E1", "EUR"),
        ("sold", "1", "EUR", "cannot be set to sold"),
    ],
)
def test_what_the_database_would_refuse_is_said_in_words(status, price, currency, problem):
    result = load(("P-1", "Bolt", "", status, price, currency))
    assert result.has_validation_errors()
    assert not result.has_errors()
    assert problem in problems(result)


@pytest.mark.parametrize(
    ("sku", "problem"), [("P-1", "cannot be set to archived"), ("P-9", "cannot be set to archived")]
)
def test_refuses_a_status_outside_the_life_cycle(sku, problem):
    ProductFactory(internal_sku="P-1")
    assert problem in problems(load((sku, "Bolt", "", "archived", "", "EUR")))
    assert set(Product.objects.values_list("status", flat=True)) == {"draft"}


def test_keeps_the_status_that_a_product_has():
    product = ProductFactory(internal_sku="P-1")
    lifecycle.promote(Product.objects.all(), by=UserFactory())
    assert load(("P-1", "Renamed", "", "Active", "", "EUR")).totals["update"] == 1
    product.refresh_from_db()
    assert (product.name, product.status) == ("Renamed", "active")


def test_refuses_what_the_form_would_refuse():
    assert "three capital letters" in problems(load(("P-1", "Bolt", "", "", "", "euro"[:3])))
    assert "no category “Nowhere”" in problems(load(("P-1", "Bolt", "Nowhere", "", "", "EUR")))


def test_refuses_a_file_without_the_key_column():
    result = load(("Bolt",), headers=["name"])
    assert "internal_sku" in str(result.base_errors[0].error)


def test_computed_columns_are_exported_and_never_imported():
    product = ProductFactory(internal_sku="P-1", name="Bolt", lowest_price="3.00", currency="EUR")
    SupplierItemFactory(product=product, current_price="3", currency="EUR")
    assert ProductResource().export()["lowest_price"] == ["3.0000"]
    load(("P-1", "Nut", "99"), headers=["internal_sku", "name", "lowest_price"])
    assert Product.objects.get().lowest_price == 3


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_exported_text_is_a_formula_and_it_comes_back_as_it_was(name):
    product = ProductFactory(internal_sku="P-1", name=name)
    exported = ProductResource().export()
    assert exported["name"] == [f"'{name}"]
    product.name = "changed"
    product.save()
    ProductResource().import_data(exported)
    product.refresh_from_db()
    assert product.name == name.strip() or product.name == name


def test_exporting_costs_the_same_however_many_products(django_assert_max_num_queries):
    category = CategoryFactory(parent=CategoryFactory())
    ProductFactory.create_batch(20, category=category)
    with django_assert_max_num_queries(4):
        assert len(ProductResource().export()) == 20


def test_another_currency_means_another_lowest_price():
    product = ProductFactory(internal_sku="P-1", currency="EUR")
    for price, currency in (("7", "EUR"), ("300", "RUB")):
        SupplierItemFactory(product=product, current_price=price, currency=currency)
    load(("P-1", "Bolt", "", "", "", "RUB"))
    product.refresh_from_db()
    assert product.lowest_price == 300


@pytest.mark.parametrize("price", ["abc", "Infinity", "9" * 40])
def test_a_price_that_is_no_amount_is_named(price):
    assert f"“{price}” is no amount" in problems(load(("P-1", "Bolt", "", "", price, "EUR")))
    assert not Product.objects.exists()


def test_a_price_is_the_same_however_many_zeros_it_ends_with():
    ProductFactory(internal_sku="P-1", name="Bolt", retail_price="12.5000", currency="EUR")
    row = load(("P-1", "Bolt", "", "", 12.5, "EUR")).rows[0]
    assert row.import_type == "skip"
    assert "<ins" not in "".join(row.diff)
    load(("P-1", "Bolt", "", "", "12.34565", "EUR"))
    assert str(Product.objects.get().retail_price) == "12.3457"


def test_the_sku_of_a_product_that_became_one_with_another_means_that_one():
    gone, known = ProductFactory(internal_sku="P-OLD"), ProductFactory(internal_sku="P-NEW", name="Drill")
    merge(gone, into=known, by=None)
    assert load(("P-OLD", "Drill 18 V", "", "", "", "EUR")).totals["update"] == 1
    known.refresh_from_db()
    assert known.name == "Drill 18 V"
    result = load(("P-OLD", "A", "", "", "", "EUR"), ("P-NEW", "B", "", "", "", "EUR"))
    assert "P-OLD is P-NEW by now, of which the file has another row" in problems(result)
    assert Product.objects.count() == 1


def test_the_sku_of_a_product_that_became_one_with_another_is_no_other_products():
    gone, known = ProductFactory(internal_sku="P-OLD"), ProductFactory(internal_sku="P-NEW")
    merge(gone, into=known, by=None)
    with pytest.raises(ValidationError, match="became one with P-NEW"):
        Product(internal_sku="P-OLD", name="Another").full_clean()
