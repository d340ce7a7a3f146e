"""The side bar of the admin: in the order of the work, each link only for those who may follow it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


def _allowed(permission: str) -> Callable[[HttpRequest], bool]:
    return lambda request: bool(request.user.has_perm(permission))


def _page(title: Any, icon: str, model: str, permission: str = "") -> dict[str, Any]:
    app, name = model.split(".")
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{app}_{name}_changelist"),
        "permission": _allowed(permission or f"{app}.view_{name}"),
    }


SIDEBAR: dict[str, Any] = {
    "show_search": True,
    "show_all_applications": False,
    "navigation": [
        {
            "items": [{"title": _("Overview"), "icon": "dashboard", "link": reverse_lazy("admin:index")}],
        },
        {
            "title": _("Price lists"),
            "separator": True,
            "items": [
                _page(_("Suppliers"), "local_shipping", "suppliers.supplier"),
                _page(_("Sources"), "move_to_inbox", "suppliers.pricelistsource"),
                _page(_("Runs"), "sync", "ingestion.ingestionrun"),
                _page(_("Held"), "front_hand", "ingestion.heldchange", "ingestion.view_change"),
                _page(_("Changes"), "difference", "ingestion.change"),
                _page(_("Received lists"), "description", "ingestion.pricelist"),
                _page(_("Parsing logs"), "report", "ingestion.parsinglog"),
            ],
        },
        {
            "title": _("Catalog"),
            "separator": True,
            "items": [
                _page(_("Drafts to review"), "rate_review", "catalog.draftproduct", "catalog.view_product"),
                _page(_("Products"), "inventory_2", "catalog.product"),
                _page(_("Supplier items"), "sell", "catalog.supplieritem"),
                _page(_("Categories"), "account_tree", "catalog.category"),
                _page(_("Price history"), "timeline", "catalog.pricehistory"),
                _page(_("Promotions"), "verified", "catalog.productstatuschange"),
            ],
        },
        {
            "title": _("Administration"),
            "separator": True,
            "collapsible": True,
            "items": [
                _page(_("Users"), "person", "auth.user"),
                _page(_("Roles"), "groups", "auth.group"),
                _page(_("Locked sign-ins"), "lock", "axes.accessattempt", "auth.change_user"),
                _page(_("Queue"), "stacks", "django_rq.dashboard", "django_rq.admin"),
            ],
        },
    ],
}
