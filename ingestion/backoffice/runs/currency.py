"""The one input of a run that waits because nothing says in which currency its prices are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ingestion.actions.currencies import KeptWith, set_currency
from ingestion.backoffice.kit.screens import person
from ingestion.errors import IngestionError
from ingestion.models import IngestionRun
from ingestion.texts import text_of
from ingestion.views.currencies import used_currencies
from suppliers.models import currency_code

PERMISSIONS = {
    KeptWith.SUPPLIER: "suppliers.change_supplier",
    KeptWith.SOURCE: "suppliers.change_pricelistsource",
}
LABELS = {
    KeptWith.SUPPLIER: gettext_lazy("all lists of the supplier that do not say one"),
    KeptWith.SOURCE: gettext_lazy("the lists of this source only"),
}


class CurrencyForm(forms.Form):
    currency = forms.CharField(max_length=3, validators=[currency_code])
    kept_with = forms.ChoiceField(choices=[(each.value, LABELS[each]) for each in KeptWith])

    def __init__(self, data: Any = None) -> None:
        given = data.dict() if data else {}
        super().__init__({**given, "currency": given.get("currency", "").strip().upper()})


def may_answer(request: HttpRequest, run: IngestionRun) -> list[KeptWith]:
    """With whom the person may keep the answer."""
    if not request.user.has_perm("ingestion.start_ingestionrun"):
        return []
    held = {KeptWith.SUPPLIER: run.supplier_id, KeptWith.SOURCE: run.source_id}
    return [each for each, permission in PERMISSIONS.items() if held[each] and request.user.has_perm(permission)]


def currency_facts(request: HttpRequest, run: IngestionRun) -> dict[str, Any]:
    """Nothing unless the run waits for that, and for somebody who may answer."""
    asks = run.status == IngestionRun.Status.WAITING and run.waits_for == IngestionRun.WaitsFor.CURRENCY
    choices = may_answer(request, run) if asks else []
    if not choices:
        return {}
    return {"currency_choices": [(each.value, LABELS[each]) for each in choices], "used_currencies": used_currencies()}


def answer_currency(screen: Any, request: HttpRequest, run: IngestionRun) -> HttpResponse:
    """“Apply and ingest”."""
    form = CurrencyForm(request.POST)
    if not may_answer(request, run):
        raise PermissionDenied
    back = redirect("admin:ingestion_ingestionrun_change", run.pk)
    if not form.is_valid():
        screen.message_user(request, _("Use the three capital letters of ISO 4217, for example EUR."), messages.ERROR)
        return back
    kept_with = KeptWith(form.cleaned_data["kept_with"])
    if kept_with not in may_answer(request, run):
        raise PermissionDenied
    try:
        runs = set_currency(run, form.cleaned_data["currency"], kept_with=kept_with, by=person(request))
    except IngestionError as problem:
        screen.message_user(request, text_of(problem.message), messages.ERROR)
        return back
    text = ngettext(
        "The currency is kept, and the run goes on.", "The currency is kept, and %(count)d runs go on.", len(runs)
    )
    screen.message_user(request, text % {"count": len(runs)}, messages.SUCCESS)
    return back
