"""What a merge, a split, or undoing one will do, in sentences, before it is done."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.linking.audit import AUDITED
from catalog.linking.models import AbsorbedProduct, ItemLink
from catalog.models import Product, SupplierItem
from catalog.money import are_far_apart
from ingestion.backoffice.kit.item_facts import price_with_tax


def said_of(product: Product) -> str:
    return f"{product.internal_sku}, “{product.name}” ({product.get_status_display()})"


def of_merge(product: Product, into: Product) -> list[str]:
    count = product.offers.count()
    goes = ngettext("%(count)d offer goes to %(into)s.", "%(count)d offers go to %(into)s.", count)
    says = [
        _("%(product)s becomes one with %(into)s.") % {"product": said_of(product), "into": said_of(into)},
        goes % {"count": count, "into": into.internal_sku},
        _("The internal SKU %(sku)s goes on meaning it, in search and imports.") % {"sku": product.internal_sku},
    ]
    if into.category is None and product.category is not None:
        says.append(
            _("%(into)s takes the category %(category)s.") % {"into": into.internal_sku, "category": product.category}
        )
    says += doubts_of_merge(product, into)
    return [*says, _("Its name, prices and status are kept on record. The merge can be undone.")]


def doubts_of_merge(product: Product, into: Product) -> list[str]:
    both = product.offers.filter(supplier__in=into.offers.values("supplier")).select_related("supplier")
    twice = sorted({offer.supplier.name for offer in both})
    says = [_("Look at it: %s would offer the product twice.") % ", ".join(twice)] if twice else []
    one, other = product.lowest_price, into.lowest_price
    if one and other and product.currency == into.currency and are_far_apart(one, other):
        says.append(_("Look at it: the lowest prices are more than three times apart."))
    return says


def of_split(item: SupplierItem) -> list[str]:
    product = item.product
    offer = {"item": item.name, "supplier": item.supplier.name, "price": price_with_tax(item)}
    if product is None or not product.offers.exclude(pk=item.pk).exists():
        return [_("“%(item)s” of %(supplier)s is a product of its own already.") % offer]
    return [
        _("“%(item)s” of %(supplier)s, %(price)s, becomes a product of its own, a draft.") % offer,
        _("It is not proposed for %s again.") % said_of(product),
        _("The lowest price of both is reckoned anew. The split can be undone."),
    ]


def of_undone_link(link: ItemLink) -> list[str]:
    item = SupplierItem.objects.select_related("product").filter(pk=link.item_id).first()
    if item is None or item.product is None:
        return [_("The item is not there any more.")]
    says = [
        _("“%(item)s” of %(supplier)s leaves %(product)s.")
        % {"item": item.name, "supplier": link.supplier.name, "product": said_of(item.product)}
    ]
    if link.took_draft:
        says.append(_("The draft that it had made is there again, with its internal SKU."))
    elif link.from_product_id:
        says.append(_("It goes back to the product that it was an offer of before."))
    if link.method in AUDITED:
        says.append(_("The link was made without a person: it counts as wrong, and does not come again."))
    return says


def of_undone_merge(merge: AbsorbedProduct) -> list[str]:
    still = SupplierItem.objects.filter(pk__in=merge.offers, product=merge.product_id).count()
    back = ngettext("%(count)d offer goes back to it.", "%(count)d offers go back to it.", still)
    return [
        _("%(sku)s, “%(name)s”, is there again, as it was.")
        % {"sku": merge.internal_sku, "name": merge.kept["product"]["name"]},
        back % {"count": still},
        _("What has come to %s since stays there.") % said_of(merge.product),
    ]
