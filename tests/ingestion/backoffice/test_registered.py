"""Every model has one screen, and it stands in the back office."""

from django.contrib import admin
from django.contrib.auth.models import Group, User

from ingestion.models import PriceList
from suppliers.models import Supplier

OURS = {"suppliers", "catalog", "ingestion", "auth"}


def test_all_our_models_are_registered_in_the_back_office():
    screens = {model: type(each) for model, each in admin.site._registry.items() if model._meta.app_label in OURS}
    assert {Supplier, PriceList, User, Group} <= set(screens)
    elsewhere = {screen for screen in screens.values() if not screen.__module__.startswith("ingestion.backoffice.")}
    assert not elsewhere
