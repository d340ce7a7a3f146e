import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from catalog import lifecycle
from catalog.models import Product
from tests.factories import CategoryFactory, ProductFactory, SupplierFactory, SupplierItemFactory, UserFactory
from tests.forms import save
from tests.ingestion.prepared import shown

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalog_product_changelist")


def page_of(product):
    return reverse("admin:catalog_product_change", args=[product.pk])


def test_a_product_is_edited_by_hand(reviewer):
    product = ProductFactory()
    answer = save(reviewer, page_of(product), name="By hand", retail_price="9.90")
    assert answer.status_code == 302
    product.refresh_from_db()
    assert (product.name, product.retail_price) == ("By hand", Decimal("9.9"))


def test_the_form_refuses_what_is_wrong_at_the_field(reviewer):
    ProductFactory(internal_sku="TAKEN")
    product = ProductFactory()
    answer = save(reviewer, page_of(product), internal_sku="TAKEN", currency="eur", retail_price="-1")
    errors = answer.context["adminform"].errors
    assert set(errors) == {"currency", "retail_price", "__all__"} or "internal_sku" in errors
    assert "already" in str(errors)


def test_the_status_is_no_field_of_the_form(reviewer):
    product = ProductFactory()
    save(reviewer, page_of(product), status="active")
    product.refresh_from_db()
    assert product.status == "draft"


def test_buttons_offer_the_moves_that_the_status_allows(reviewer):
    product = ProductFactory()
    page = reviewer.get(page_of(product))
    assert [str(button.label) for button in page.context["buttons"]] == ["Promote to active", "Archive"]
    lifecycle.archive(Product.objects.all(), by=UserFactory())
    page = reviewer.get(page_of(product))
    assert [str(button.label) for button in page.context["buttons"]] == ["Reactivate"]


def test_a_button_moves_the_product_and_the_page_shows_the_record(reviewer):
    product = ProductFactory()
    url = reverse("admin:catalog_product_move", args=[product.pk, "promote"])
    page = reviewer.post(url, follow=True)
    product.refresh_from_db()
    assert product.status == "active"
    assert [str(message) for message in page.context["messages"]] == ["1 promoted."]
    history = page.context["sections"][1].table["rows"]
    assert [row[2:] for row in history] == [["Draft", "Active"]]


def test_a_move_outside_the_life_cycle_is_refused_in_words(reviewer):
    product = ProductFactory()
    page = reviewer.post(reverse("admin:catalog_product_move", args=[product.pk, "reactivate"]), follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "0 reactivated, 1 refused: 1 draft (promote instead)."
    ]


def test_a_move_needs_its_permission_and_a_post(sign_in):
    product = ProductFactory()
    url = reverse("admin:catalog_product_move", args=[product.pk, "promote"])
    assert sign_in("Staff").post(url).status_code == 403
    assert sign_in("Reviewer").get(url).status_code == 405
    assert sign_in("Reviewer").post(url.replace("promote", "destroy")).status_code == 404
    product.refresh_from_db()
    assert product.status == "draft"


def test_actions_are_shown_to_those_who_may(sign_in):
    ProductFactory()

    def choices(role):
        answer = sign_in(role).get(LIST)
        return [name for name, _text in answer.context["action_form"].fields["action"].choices if name]

    assert choices("Reviewer") == ["promote", "archive", "reactivate", "compare"]
    assert "promote" not in str(sign_in("Staff").get(LIST).content)


def test_offers_stand_side_by_side_cheapest_first(reviewer):
    product = ProductFactory()
    for name, price in (("Dear", "12"), ("Cheap", "9.5")):
        SupplierItemFactory(product=product, supplier=SupplierFactory(name=name), current_price=price)
    offers = reviewer.get(page_of(product)).context["sections"][0].table["rows"]
    assert [(row[0], row[3]) for row in offers] == [("Cheap", "9.50 EUR"), ("Dear", "12.00 EUR")]


def found(client, **query):
    return {product.name for product in client.get(LIST, query).context["cl"].result_list}


def test_filters_by_subtree_status_and_supplier(reviewer):
    tools = CategoryFactory()
    drill = ProductFactory(name="drill", category=CategoryFactory(parent=tools))
    ProductFactory(name="paint")
    item = SupplierItemFactory(product=drill)
    lifecycle.promote(Product.objects.filter(pk=drill.pk), by=UserFactory())
    assert found(reviewer) == {"drill", "paint"}
    assert found(reviewer, category__id__exact=tools.pk) == {"drill"}
    assert found(reviewer, offers__supplier__id__exact=item.supplier_id) == {"drill"}
    assert found(reviewer, status__exact="draft") == {"paint"}
    assert found(reviewer, categorised="no") == {"paint"}
    assert found(reviewer, categorised="yes") == {"drill"}


@pytest.mark.parametrize("chosen", ["abc", "²", "-1"])
def test_a_filter_by_what_is_no_number_is_refused(reviewer, chosen):
    for name in ("category__id__exact", "offers__supplier__id__exact"):
        assert reviewer.get(LIST, {name: chosen}, follow=True).redirect_chain == [(f"{LIST}?e=1", 302)]


def test_searches_names_codes_and_suppliers_codes(reviewer):
    drill = ProductFactory(name="Hammer drill", internal_sku="P-77")
    ProductFactory(name="Paint")
    SupplierItemFactory(product=drill, supplier_sku="AB/12")
    for term in ("hammer", "p-77", "AB/12"):
        assert found(reviewer, q=term) == {"Hammer drill"}


def test_the_list_costs_the_same_however_many_products(reviewer, django_assert_max_num_queries):
    ProductFactory.create_batch(40, category=CategoryFactory(parent=CategoryFactory()))
    with django_assert_max_num_queries(8):
        reviewer.get(LIST)


def test_exports_xlsx_and_csv(reviewer):
    ProductFactory(internal_sku="P-1", name="=HYPERLINK(1)")
    export = reverse("admin:catalog_product_export")
    fields = {f"productresource_{name}": "on" for name in ("internal_sku", "name", "status")}
    xlsx = reviewer.post(export, {"format": "0", "resource": "", **fields})
    (sheet,) = openpyxl.load_workbook(io.BytesIO(xlsx.content)).worksheets
    assert sheet["B2"].value == "'=HYPERLINK(1)"
    assert sheet["B2"].data_type == "s"
    csv = reviewer.post(export, {"format": "1", "resource": "", **fields})
    assert "P-1,'=HYPERLINK(1)" in csv.content.decode("utf-8-sig")


def test_imports_after_a_look_at_what_would_change(reviewer):
    upload = io.BytesIO(b"internal_sku,name,currency\nP-1,Bolt,EUR\n")
    upload.name = "products.csv"
    preview = imported_page(reviewer, upload, "1")
    assert not Product.objects.exists()
    reviewer.post(reverse("admin:catalog_product_process_import"), preview.context["confirm_form"].initial)
    assert Product.objects.get().name == "Bolt"


def test_an_import_does_not_wipe_what_was_edited_since_it_was_shown(reviewer):
    product, other = ProductFactory(internal_sku="P-1", name="Old"), ProductFactory(internal_sku="P-2", name="Old")
    upload = io.BytesIO(b"internal_sku,name,currency\nP-1,From the file,EUR\nP-2,From the file,EUR\n")
    upload.name = "products.csv"
    confirm = imported_page(reviewer, upload, "1").context["confirm_form"].initial
    save(reviewer, page_of(product), name="By hand")
    page = reviewer.post(reverse("admin:catalog_product_process_import"), confirm, follow=True)
    assert "P-1 was edited by" in page.content.decode()
    for each, name in ((product, "By hand"), (other, "Old")):
        each.refresh_from_db()
        assert each.name == name
    reviewer.post(reverse("admin:catalog_product_process_import"), page.context["confirm_form"].initial)
    assert set(Product.objects.values_list("name", flat=True)) == {"From the file"}


def imported(client, content, name="products.csv", kind="1"):
    upload = io.BytesIO(content)
    upload.name = name
    return imported_page(client, upload, kind).content.decode()


def imported_page(client, upload, kind):
    """What the import of a file shows once a worker has read it."""
    given = {"import_file": upload, "format": kind, "resource": ""}
    sent = client.post(reverse("admin:catalog_product_import"), given)
    return shown(lambda: client.get(sent.url, follow=True)) if sent.status_code == 302 else sent


def test_a_file_that_cannot_be_imported_is_explained_without_a_traceback(reviewer):
    page = imported(reviewer, b"name\nBolt\n")
    assert "no column “internal_sku”" in page
    assert "Traceback" not in page
    assert "[&#x27;" not in page
    assert "“&lt;b&gt;” is no amount" in imported(reviewer, b"internal_sku,name,retail_price\nP-1,Bolt,<b>\n")


def test_a_file_of_too_many_rows_or_that_is_no_table_is_refused(reviewer, settings):
    settings.CATALOG_IMPORT_MAX_ROWS = 2
    rows = b"".join(b"P-%d,Bolt\n" % number for number in range(3))
    assert "Import it in parts" in imported(reviewer, b"internal_sku,name\n" + rows)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * 1_000_000)
    assert len(packed.getvalue()) < 5_000
    assert "cannot be read" in imported(reviewer, packed.getvalue(), "products.xlsx", "0")


def test_the_page_of_an_export_names_all_that_is_exported(reviewer):
    assert "lowest_price" in reviewer.get(reverse("admin:catalog_product_export")).content.decode()
    assert "lowest_price" not in reviewer.get(reverse("admin:catalog_product_import")).content.decode()


def test_import_needs_permission(sign_in):
    assert sign_in("Viewer").get(reverse("admin:catalog_product_import")).status_code == 403
    assert sign_in("Viewer").get(reverse("admin:catalog_product_export")).status_code == 200
    assert sign_in().get(reverse("admin:catalog_product_export")).status_code == 403


def test_the_add_form_has_no_state(reviewer):
    page = reviewer.get(reverse("admin:catalog_product_add"))
    assert "status" not in str(page.context["adminform"].fieldsets)


def test_the_list_offers_to_show_all_only_where_it_hides_some(reviewer):
    ProductFactory(name="Bolt")
    assert "Show all" not in reviewer.get(LIST).content.decode()
    assert "Show all" in reviewer.get(LIST, {"q": "bolt"}).content.decode()


def test_another_currency_means_another_lowest_price(reviewer):
    product = ProductFactory(currency="EUR")
    SupplierItemFactory(product=product, current_price="300", currency="RUB")
    save(reviewer, page_of(product), currency="RUB")
    product.refresh_from_db()
    assert product.lowest_price == 300
