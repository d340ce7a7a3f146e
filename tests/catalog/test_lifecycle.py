from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog import lifecycle
from catalog.models import Product, ProductStatusChange
from tests.factories import ProductFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def chosen(*products):
    return Product.objects.filter(pk__in=[product.pk for product in products])


def statuses():
    return list(Product.objects.order_by("pk").values_list("status", flat=True))


def test_promotes_drafts_and_records_who_and_when():
    draft, user = ProductFactory(), UserFactory()
    assert lifecycle.promote(chosen(draft), by=user, at=AT) == (1, {})
    draft.refresh_from_db()
    assert (draft.status, draft.updated_at) == ("active", AT)
    change = ProductStatusChange.objects.get()
    assert (change.product, change.from_status, change.to_status, change.by, change.at) == (
        draft,
        "draft",
        "active",
        user,
        AT,
    )


def test_goes_all_the_ways_of_the_life_cycle():
    product, user = ProductFactory(), UserFactory()
    for move in (lifecycle.promote, lifecycle.archive, lifecycle.reactivate, lifecycle.archive):
        assert move(chosen(product), by=user).changed == 1
    assert statuses() == ["archived"]
    assert ProductStatusChange.objects.count() == 4


def test_archives_drafts_too():
    draft = ProductFactory()
    assert lifecycle.archive(chosen(draft), by=UserFactory()) == (1, {})


def test_says_how_many_were_refused_and_why():
    user = UserFactory()
    draft, active, archived = ProductFactory.create_batch(3)
    lifecycle.promote(chosen(active), by=user)
    lifecycle.archive(chosen(archived), by=user)
    everything = Product.objects.all()
    assert lifecycle.promote(everything, by=user) == (1, {"already active": 1, "archived (reactivate instead)": 1})
    assert lifecycle.archive(everything, by=user) == (2, {"already archived": 1})
    assert ProductStatusChange.objects.filter(product=draft).count() == 2


def test_reactivate_refuses_drafts_and_active_ones():
    user = UserFactory()
    _draft, active = ProductFactory.create_batch(2)
    lifecycle.promote(chosen(active), by=user)
    outcome = lifecycle.reactivate(Product.objects.all(), by=user)
    assert outcome == (0, {"draft (promote instead)": 1, "already active": 1})


def test_nothing_chosen_is_nothing_done():
    assert lifecycle.promote(Product.objects.none(), by=UserFactory()) == (0, {})


def test_takes_any_choice_of_products_in_a_fixed_number_of_statements(django_assert_num_queries):
    ProductFactory.create_batch(30, name="Bolt")
    user = UserFactory()
    bolts = Product.objects.filter(name__icontains="bolt").select_related("category").order_by("name")
    with django_assert_num_queries(5):  # savepoint, on, move, off, release
        assert lifecycle.promote(bolts, by=user).changed == 30


def test_the_database_refuses_any_other_writer():
    product = ProductFactory()
    with pytest.raises(IntegrityError, match="only through its life cycle"), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(status="active")
    with pytest.raises(IntegrityError, match="starts as a draft"), transaction.atomic():
        ProductFactory(status="active")


def test_the_guard_is_up_again_after_a_move_in_the_same_transaction():
    product = ProductFactory()
    with transaction.atomic():
        lifecycle.promote(chosen(product), by=UserFactory())
        with pytest.raises(IntegrityError, match="only through its life cycle"), transaction.atomic():
            Product.objects.filter(pk=product.pk).update(status="archived")


def test_the_model_says_in_words_what_the_database_would_refuse():
    product = ProductFactory()
    product.status = "archived"
    with pytest.raises(ValidationError, match="use Promote, Archive or Reactivate"):
        product.full_clean()
    with pytest.raises(ValidationError, match="cannot be set to active"):
        Product(internal_sku="X", name="x", status="active").full_clean()
