"""The table of who may is whole, so that a new address or action is decided on before `make attack` finds it."""

from __future__ import annotations

from django.contrib import admin

from tests.attack.addresses import addresses
from tests.attack.may import ACTIONS, MODELS, who_may


def test_each_address_stands_in_it() -> None:
    undecided = [each for each in addresses() if each.name != "logout" and who_may(each.pattern, each.name) is None]
    assert not undecided


def test_each_action_stands_in_it_and_none_that_is_gone() -> None:
    found = set()
    for model, screen in admin.site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        if name in MODELS:
            found |= {(name, getattr(action, "__name__", action)) for action in screen.actions or ()}
    assert found == set(ACTIONS)
