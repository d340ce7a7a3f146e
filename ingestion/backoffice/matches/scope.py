"""Which of the proposals are meant: the filters of the review screen, as they stand in its address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.models import Category
from ingestion.views.pairings import PairScope
from suppliers.models import Supplier

LARGEST_ID = 2**63 - 1


def id_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, label=label)


def per_cent(label: Any) -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=0, max_value=100, label=label)


class PairScopeForm(forms.Form):
    supplier = id_field(_("Supplier"))
    category = id_field(_("Category and below"))
    least = per_cent(_("Likely from, in per cent"))
    most = per_cent(_("Likely to, in per cent"))
    item = id_field(_("Item"))  # that is shown first

    def scope(self) -> PairScope:
        given = self.cleaned_data
        least, most = (None if given[side] is None else given[side] / 100 for side in ("least", "most"))
        return PairScope(given["supplier"], given["category"], least, most)


def asked_scope(request: HttpRequest) -> PairScopeForm:
    """What the address says; one that cannot be understood is refused: it might mean fewer than would be taken."""
    form = PairScopeForm(request.GET)
    if not form.is_valid():
        raise SuspiciousOperation(form.errors.as_json())
    return form


def query_of_scope(request: HttpRequest) -> str:
    """The filters that are set, to go on with."""
    kept = request.GET.copy()
    kept.pop("item", None)
    return kept.urlencode()


def choices_of_scope(form: PairScopeForm) -> dict[str, Any]:
    """What people choose from."""
    return {
        "suppliers": list(Supplier.objects.order_by("name").values_list("pk", "name")),
        "categories": sorted(Category.objects.paths().items(), key=lambda pair: pair[1]),
        "chosen": form.cleaned_data,
    }
