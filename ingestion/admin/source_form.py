"""The form of a source refuses what could only fail later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminURLInputWidget

from ingestion import sources
from ingestion.errors import ConfigurationError
from ingestion.parsers.registry import get_parser, parsers
from ingestion.texts import text_of
from suppliers.models import PriceListSource

GUARDS = ("shock_percent", "minimum_share", "max_failed_percent", "discontinued_after")
READING = ("kind", "sheet_url", "sheet_name", "config", "parser_type")


class SourceForm(forms.ModelForm[PriceListSource]):
    """Refuses what could only fail later: an address that is not a sheet's, settings that no parser knows."""

    sheet_url = forms.URLField(
        label=gettext_lazy("Sheet address"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        widget=UnfoldAdminURLInputWidget,
        help_text=gettext_lazy("As the browser shows it. The sheet must be shared with the service account."),
    )

    class Meta:
        model = PriceListSource
        fields = (
            "supplier",
            "name",
            "kind",
            "is_active",
            "sheet_url",
            "sheet_name",
            "parser_type",
            "decimal_sign",
            "zero_is_price",
            "config",
            *GUARDS,
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parser_type" in self.fields:
            choices = [("", _("as the content says")), *((name, parser.title) for name, parser in parsers().items())]
            self.fields["parser_type"] = forms.ChoiceField(
                label=self.fields["parser_type"].label,
                help_text=self.fields["parser_type"].help_text,
                choices=choices,
                required=False,
                widget=UnfoldAdminSelectWidget,
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("kind") == PriceListSource.Kind.GOOGLE_SHEET and "sheet_url" not in self.errors:
            self._check_address(data["sheet_url"])
        if not self.errors:
            self._check_settings()
        return data

    def _check_address(self, address: str) -> None:
        if not address:
            self.add_error("sheet_url", _("A Google Sheet needs its address."))
            return
        try:
            get_parser(sources.GOOGLE_SHEETS).check({"sheet_url": address})
        except ConfigurationError as problem:
            self.add_error("sheet_url", text_of(problem.message))

    def _check_settings(self) -> None:
        source = PriceListSource(**{name: self.cleaned_data[name] for name in READING})
        try:
            sources.parser_of(source, None).check(sources.with_source(source, {}))
        except ConfigurationError as problem:
            text = text_of(problem.message)
            self.add_error("config", text)
