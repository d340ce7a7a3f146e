"""What a person gives with a list. The file is checked here, where the field can show what is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget, UnfoldBooleanSwitchWidget

from ingestion.actions.uploads import check_upload
from ingestion.errors import ConfigurationError
from ingestion.lists.sources import upload_sources
from ingestion.models import PriceList
from ingestion.texts import text_of
from suppliers.models import PriceListSource, Supplier


class SupplierForm(forms.Form):
    """The first step where the supplier is not known yet."""

    supplier = forms.ModelChoiceField(
        Supplier.objects.filter(is_active=True),
        label=_("Supplier"),
        widget=AutocompleteSelect(PriceList.supplier.field, admin.site, attrs={"class": "unfold-filter-autocomplete"}),
        help_text=_("Who sent the list?"),
    )


class UploadForm(forms.Form):
    source = forms.ModelChoiceField(
        PriceListSource.objects.none(),
        label=_("Source"),
        required=False,
        empty_label=None,
        widget=UnfoldAdminSelectWidget,
        help_text=_("Which of the supplier's lists it is: how it is read follows from that."),
    )
    file = forms.FileField(
        label=_("File"),
        max_length=255,
        allow_empty_file=True,
        widget=UnfoldAdminFileFieldWidget,
        help_text=_("As the supplier sent it: Excel (xlsx, xls, xlsb), ods, csv or another text table."),
    )
    force = forms.BooleanField(
        label=_("Process it even if the same content was processed before"),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
    )

    class Media:
        js = ["backoffice/price_lists/upload.js"]

    def __init__(self, *args: Any, supplier: Supplier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = {"limit": filesizeformat(settings.PRICE_LIST_MAX_BYTES)}
        text = gettext("The file is larger than the %(limit)s allowed. Split the list, or leave pictures out.")
        said = {"data-largest": settings.PRICE_LIST_MAX_BYTES, "data-too-large": text % limit}
        self.fields["file"].widget.attrs.update(said)  # the browser says it, before the whole file was sent for nothing
        uploads = upload_sources(supplier).select_related("supplier")
        if uploads.exists():
            self.fields["source"].queryset = uploads  # type: ignore[attr-defined]
        else:
            del self.fields["source"]

    def clean_file(self) -> File[bytes]:
        file: File[bytes] = self.cleaned_data["file"]
        try:
            check_upload(file, self.cleaned_data.get("source"))
        except ConfigurationError as problem:  # the source names a parser that is not there any more
            raise forms.ValidationError(text_of(problem.message)) from problem
        return file
