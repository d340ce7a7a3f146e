"""The form of a source refuses what could only fail later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminURLInputWidget

from ingestion.errors import ConfigurationError
from ingestion.lists import sources
from ingestion.lists.sources import GOOGLE_SHEETS
from ingestion.parsers.registry import get_parser, parsers
from ingestion.texts import text_of
from suppliers.models import PriceListSource

_Kind = PriceListSource.Kind
GUARDS = ("shock_percent", "minimum_share", "max_failed_percent", "discontinued_after", "max_new_categories")
READING = ("kind", "sheet_url", "sheet_name", "config", "parser_type")


def fetching() -> dict[str, Any]:
    """The titles of parsers that fetch their lists themselves, by their names; a sheet's is no matter of choice."""
    return {name: parser.title for name, parser in parsers().items() if parser.is_remote and name != GOOGLE_SHEETS}


def kinds(source: PriceListSource) -> list[tuple[str, Any]]:
    """Without such a parser there is nothing to be fetched but sheets."""
    return [(kind.value, kind.label) for kind in _Kind if kind != _Kind.REMOTE or source.kind == kind or fetching()]


def readers(source: PriceListSource) -> list[tuple[str, Any]]:
    titles: dict[str, Any] = {"": _("as the content says"), **{name: each.title for name, each in parsers().items()}}
    titles.setdefault(source.parser_type, _("%s (not installed)") % source.parser_type)
    return list(titles.items())


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
            "default_currency",
            "zero_is_price",
            "config",
            *GUARDS,
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"].choices = kinds(self.instance)  # type: ignore[attr-defined]
        if "parser_type" in self.fields:
            self.fields["parser_type"] = forms.ChoiceField(
                label=self.fields["parser_type"].label,
                help_text=self.fields["parser_type"].help_text,
                choices=readers(self.instance),
                required=False,
                widget=UnfoldAdminSelectWidget,
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("kind") and "parser_type" not in self.errors:
            self._check_parser(data["kind"], data["parser_type"])
        if data.get("kind") == _Kind.GOOGLE_SHEET and "sheet_url" not in self.errors:
            self._check_address(data["sheet_url"])
        if not self.errors:
            self._check_settings()
        return data

    def _check_parser(self, kind: str, name: str) -> None:
        if kind == _Kind.REMOTE and name not in fetching():
            titles = ", ".join(map(str, fetching().values())) or "-"
            self.add_error("parser_type", _("Choose the parser that fetches it, one of: %s.") % titles)
        elif kind != _Kind.REMOTE and name in fetching():
            text = _("This parser fetches its lists itself: choose the kind “%s”.")
            self.add_error("parser_type", text % _Kind.REMOTE.label)

    def _check_address(self, address: str) -> None:
        if not address:
            self.add_error("sheet_url", _("A Google Sheet needs its address."))
            return
        try:
            get_parser(GOOGLE_SHEETS).check({"sheet_url": address})
        except ConfigurationError as problem:
            self.add_error("sheet_url", text_of(problem.message))

    def _check_settings(self) -> None:
        source = PriceListSource(**{name: self.cleaned_data[name] for name in READING})
        try:
            sources.parser_of(source, None).check(sources.with_source(source, {}))
        except ConfigurationError as problem:
            self.add_error("config", text_of(problem.message))
