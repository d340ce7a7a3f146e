"""Two browsers on one form, for every screen of the admin on which something can be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django_rq.models import Dashboard

from catalog.models import Category, DraftProduct, Product, SupplierItem
from ingestion.backoffice.kit.versions import SeenForm
from suppliers.models import PriceListSource, Supplier
from tests.factories import (
    CategoryFactory,
    ProductFactory,
    SourceFactory,
    SupplierFactory,
    SupplierItemFactory,
    UserFactory,
)
from tests.forms import opened, save

pytestmark = pytest.mark.django_db


class Screen(NamedTuple):
    """An object, and two of its fields with the values that two people give them."""

    make: Callable[[], Model]
    one: tuple[str, str, str]
    other: tuple[str, str]


SCREENS: dict[type[Model], Screen] = {
    Supplier: Screen(SupplierFactory, ("name", "Mine", "Theirs"), ("contact_email", "a@example.com")),
    PriceListSource: Screen(SourceFactory, ("name", "Mine", "Theirs"), ("sheet_name", "Prices")),
    Category: Screen(CategoryFactory, ("name", "Mine", "Theirs"), ("needs_review", "on")),
    Product: Screen(ProductFactory, ("name", "Mine", "Theirs"), ("retail_price", "9.90")),
    SupplierItem: Screen(SupplierItemFactory, ("name", "Mine", "Theirs"), ("current_price", "9.90")),
    User: Screen(UserFactory, ("first_name", "Mine", "Theirs"), ("email", "a@example.com")),
    Group: Screen(lambda: Group.objects.create(name="Buyers"), ("name", "Mine", "Theirs"), ("permissions", "1")),
}
NO_FORMS: set[type[Model]] = {Dashboard, DraftProduct}  # a draft is edited as a product
of_each_screen = pytest.mark.parametrize("model", SCREENS, ids=lambda model: model.__name__)


@pytest.fixture
def two(db) -> tuple[Client, Client]:
    """Two people who may do everything."""
    found = []
    for name in ("first", "second"):
        client = Client()
        client.force_login(User.objects.create_superuser(name))
        found.append(client)
    return found[0], found[1]


def url_of(obj: Model, model: type[Model]) -> str:
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.pk])


def value(obj: Model, name: str) -> str:
    obj.refresh_from_db()
    found = getattr(obj, name)
    if hasattr(found, "all"):
        return ",".join(str(each.pk) for each in found.all())
    return {True: "on", False: ""}.get(found, str(found)) if isinstance(found, bool) else str(found)


def changeable(rf) -> set[type[Model]]:
    request = rf.get("/")
    request.user = User(is_superuser=True, is_active=True)
    return {model for model, screen in admin.site._registry.items() if screen.has_change_permission(request)}


def test_every_screen_that_changes_something_is_tried_here(rf):
    assert changeable(rf) == set(SCREENS) | NO_FORMS
    for model in SCREENS:
        screen = admin.site._registry[model]
        assert (list(screen.inlines), list(screen.list_editable)) == ([], []), "their forms carry no version yet"


def test_a_draft_is_edited_on_the_page_of_its_product(two):
    draft = ProductFactory()
    answer = two[0].get(url_of(draft, DraftProduct))
    assert (answer.status_code, answer.headers["Location"]) == (302, url_of(draft, Product))


@of_each_screen
def test_what_only_the_other_changed_is_not_wiped(two, model):
    screen = SCREENS[model]
    obj = screen.make()
    (name, mine, _theirs), (other, theirs) = screen.one, screen.other
    form = opened(two[0], url_of(obj, model))
    before = value(obj, other)
    assert save(two[1], url_of(obj, model), None, **{other: theirs}).status_code == 302
    after = value(obj, other)
    assert after != before
    assert save(two[0], url_of(obj, model), form, **{name: mine}).status_code == 302
    assert (value(obj, name), value(obj, other)) == (mine, after)


@of_each_screen
def test_the_same_field_comes_back_with_both_values_and_is_saved_on_purpose(two, model):
    screen = SCREENS[model]
    obj = screen.make()
    name, mine, theirs = screen.one
    url = url_of(obj, model)
    form = opened(two[0], url)
    assert save(two[1], url, None, **{name: theirs}).status_code == 302
    page = save(two[0], url, form, **{name: mine})
    assert page.status_code == 200
    (problem,) = page.context["adminform"].form.errors[name]
    assert f"Now: {theirs}; yours: {mine}" in problem
    assert "second" in problem
    assert value(obj, name) == theirs
    again = {**form, **seen_in(page)}
    assert save(two[0], url, again, **{name: mine}).status_code == 302
    assert value(obj, name) == mine


def seen_in(page: Any) -> dict[str, Any]:
    form = page.context["adminform"].form
    assert isinstance(form, SeenForm)
    return {
        form[name].html_initial_name: form[name].now if name in form.renewed else form[name].seen
        for name in form.fields
    }


@of_each_screen
def test_the_same_value_twice_is_no_quarrel(two, model):
    screen = SCREENS[model]
    obj = screen.make()
    name, mine, _theirs = screen.one
    form = opened(two[0], url_of(obj, model))
    assert save(two[1], url_of(obj, model), None, **{name: mine}).status_code == 302
    assert save(two[0], url_of(obj, model), form, **{name: mine}).status_code == 302
    assert value(obj, name) == mine


@of_each_screen
def test_a_form_without_its_version_is_not_saved(two, model):
    screen = SCREENS[model]
    obj = screen.make()
    name, mine, _theirs = screen.one
    form = {key: given for key, given in opened(two[0], url_of(obj, model)).items() if not key.startswith("initial-")}
    page = save(two[0], url_of(obj, model), form, **{name: mine})
    assert page.status_code == 200
    assert "without the values" in page.content.decode()
    assert value(obj, name) != mine


@of_each_screen
def test_saving_what_nobody_changed_changes_nothing(two, model):
    obj = SCREENS[model].make()
    form = opened(two[0], url_of(obj, model))
    obj.refresh_from_db()
    before = {field.name: getattr(obj, field.attname) for field in model._meta.concrete_fields}
    assert save(two[0], url_of(obj, model), form).status_code == 302
    obj.refresh_from_db()
    after = {field.name: getattr(obj, field.attname) for field in model._meta.concrete_fields}
    assert {name for name in after if after[name] != before[name]} <= {"updated_at"}


def test_another_error_does_not_lose_what_the_form_was_made_from(two):
    source = SourceFactory()
    url = url_of(source, PriceListSource)
    form = opened(two[0], url)
    save(two[1], url, name="Theirs", config='{"delimiter": ";"}')
    page = save(two[0], url, form, sheet_name="Mine", shock_percent="-1")
    assert set(page.context["adminform"].form.errors) == {"shock_percent"}
    again = {**form, **seen_in(page)}
    assert save(two[0], url, again, sheet_name="Mine", shock_percent="2").status_code == 302
    source.refresh_from_db()
    assert (source.name, source.config, source.sheet_name) == ("Theirs", {"delimiter": ";"}, "Mine")


def test_members_of_a_choice_of_many_are_compared_too(two):
    group, permissions = Group.objects.create(name="Buyers"), list(Permission.objects.all()[:3])
    group.permissions.set(permissions[:1])
    url = url_of(group, Group)
    form = opened(two[0], url)
    save(two[1], url, permissions=[permissions[0].pk, permissions[1].pk])
    page = save(two[0], url, form, permissions=[permissions[0].pk, permissions[2].pk])
    (problem,) = page.context["adminform"].form.errors["permissions"]
    assert str(permissions[1]) in problem.partition("yours")[0]
    assert str(permissions[2]) in problem.partition("yours")[2]
    assert set(group.permissions.all()) == set(permissions[:2])


def test_what_was_deleted_meanwhile_is_not_made_again(two):
    category = CategoryFactory()
    url = url_of(category, Category)
    form = opened(two[0], url)
    category.delete()
    assert save(two[0], url, form, name="Mine").status_code == 302
    assert not Category.objects.exists()


def test_a_run_that_changes_an_item_meanwhile_is_named_as_nobody(two):
    item = SupplierItemFactory(name="Old")
    url = url_of(item, SupplierItem)
    form = opened(two[0], url)
    SupplierItem.objects.update(name="From the list")
    page = save(two[0], url, form, name="Mine")
    (problem,) = page.context["adminform"].form.errors["name"]
    assert problem == "Changed meanwhile. Now: From the list; yours: Mine. Save again to put yours in its place."
