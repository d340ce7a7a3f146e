"""Merging products, taking offers out, and undoing either: each on a page that first says what it will do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from catalog.linking.merges import NotMergeable
from catalog.linking.models import AbsorbedProduct, ItemLink
from catalog.models import Product, SupplierItem
from ingestion.actions import links
from ingestion.backoffice.kit.run_facts import BUSY
from ingestion.backoffice.kit.screens import Link, Screen, person
from ingestion.backoffice.products.consequences import of_merge, of_split, of_undone_link, of_undone_merge
from ingestion.runs.supplier_lock import SupplierBusy

MOST_DIGITS_OF_ID = 18


class Announced(NamedTuple):
    """What a page asks about: what will happen, and how it is done; `act` says which product to show then."""

    title: str
    says: list[str]
    act: Callable[[], int | None]
    done: str
    back: int | None  # the product to go back to
    button: str


class JoiningScreen(Screen):
    """The part of a product's admin that joins and parts."""

    def get_urls(self) -> list[Any]:
        views = {
            "<int:pk>/merge/": self.merge,
            "offer/<int:pk>/take-out/": self.take_out,
            "link/<int:pk>/undo/": self.undo_link,
            "merge/<int:pk>/undo/": self.undo_merge,
        }
        own = [
            path(address, self.admin_site.admin_view(view), name=f"catalog_product_{view.__name__}")
            for address, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Of a product that became one with another, the page of that one."""
        merged = self.merged_into(object_id) if self.has_view_permission(request) else None
        if merged is None:
            shown: HttpResponse = super().change_view(request, object_id, *args, **kwargs)
            return shown
        text = _("%(was)s became one with %(product)s.")
        self.message_user(request, text % {"was": merged.internal_sku, "product": merged.product})
        return redirect(product_page(merged.product_id))

    def merged_into(self, object_id: str) -> AbsorbedProduct | None:
        if not object_id.isdecimal() or len(object_id) > MOST_DIGITS_OF_ID or Product.objects.filter(pk=object_id):
            return None
        return AbsorbedProduct.objects.in_force().filter(was_id=object_id).select_related("product").first()

    def merge(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Without the other product, asks for it."""
        only_deciders(request)
        product = get_object_or_404(Product, pk=pk)
        given = request.GET.get("into", "").strip()
        into = other_product(given)
        if into is None or into == product:
            return self.ask_for_other(request, product, given)
        announced = Announced(
            title=_("Merge %(product)s into %(into)s") % {"product": product.internal_sku, "into": into.internal_sku},
            says=of_merge(product, into),
            act=lambda: links.merge_products(product, into=into, by=person(request)).product_id,
            done=_("%(product)s is one with %(into)s now.")
            % {"product": product.internal_sku, "into": into.internal_sku},
            back=product.pk,
            button=_("Merge"),
        )
        return self.confirmed(request, announced)

    def ask_for_other(self, request: HttpRequest, product: Product, given: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge %s with another product") % product.internal_sku,
            "opts": self.opts,
            "product": product,
            "given": given,
        }
        return TemplateResponse(request, "backoffice/products/merge.html", context)

    def take_out(self, request: HttpRequest, pk: int) -> HttpResponse:
        only_deciders(request)
        item = get_object_or_404(SupplierItem.objects.select_related("product", "supplier"), pk=pk)
        announced = Announced(
            title=_("Take %s out") % item.name,
            says=of_split(item),
            act=lambda: links.split_offer(item, by=person(request)).product_id,
            done=_("The offer is a product of its own now, a draft."),
            back=item.product_id,
            button=_("Take out"),
        )
        return self.confirmed(request, announced)

    def undo_link(self, request: HttpRequest, pk: int) -> HttpResponse:
        only_deciders(request)
        link = get_object_or_404(ItemLink.objects.select_related("supplier"), pk=pk)

        def act() -> int | None:
            links.take_link_back(link, by=person(request))
            return SupplierItem.objects.filter(pk=link.item_id).values_list("product", flat=True).first()

        back = SupplierItem.objects.filter(pk=link.item_id).values_list("product", flat=True).first()
        is_split = link.method == ItemLink.Method.SPLIT
        announced = Announced(
            title=_("Undo the split") if is_split else _("Undo the link"),
            says=of_undone_link(link),
            act=act,
            done=_("The item is where it was before."),
            back=back,
            button=_("Undo"),
        )
        return self.confirmed(request, announced)

    def undo_merge(self, request: HttpRequest, pk: int) -> HttpResponse:
        only_deciders(request)
        merge = get_object_or_404(AbsorbedProduct.objects.select_related("product").merges(), pk=pk)
        announced = Announced(
            title=_("Undo the merge of %s") % merge.internal_sku,
            says=of_undone_merge(merge),
            act=lambda: links.undo_merge(merge, by=person(request)).pk,
            done=_("%s is there again.") % merge.internal_sku,
            back=merge.product_id,
            button=_("Undo"),
        )
        return self.confirmed(request, announced)

    def confirmed(self, request: HttpRequest, announced: Announced) -> HttpResponse:
        """First what it will be; when that comes back, it is done."""
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": announced.title,
                "opts": self.opts,
                "announced": announced,
                "back": product_page(announced.back),
            }
            return TemplateResponse(request, "backoffice/products/announced.html", context)
        try:
            shown = announced.act()
        except SupplierBusy:
            self.message_user(request, BUSY, messages.WARNING)
        except (links.NotLinkable, NotMergeable) as problem:
            self.message_user(request, str(problem), messages.ERROR)
        else:
            self.message_user(request, announced.done, messages.SUCCESS)
            return redirect(product_page(shown))
        return redirect(product_page(announced.back))


def only_deciders(request: HttpRequest) -> None:
    if not request.user.has_perm("catalog.decide_link"):
        raise PermissionDenied


def other_product(code: str) -> Product | None:
    """By its internal SKU, or by one that means it by now."""
    found = Product.objects.filter(internal_sku=code.replace("\0", "")).first()
    if found is None and (alias := AbsorbedProduct.objects.of_sku(code.replace("\0", ""))):
        return alias.product
    return found


def product_page(pk: int | None) -> str:
    return reverse("admin:catalog_product_change", args=[pk]) if pk else reverse("admin:catalog_product_changelist")


def merge_link(request: HttpRequest, product: Product) -> list[Link]:
    if not request.user.has_perm("catalog.decide_link"):
        return []
    return [Link(_("Merge with another…"), reverse("admin:catalog_product_merge", args=[product.pk]), "merge")]
