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
from ingestion.sources import GOOGLE_SHEETS
from ingestion.texts import text_of
from suppliers.models import PriceListSource

Kind = PriceListSource.Kind
REMOTE = f"{Kind.REMOTE}:"  # and the name of the parser that fetches
GUARDS = ("shock_percent", "minimum_share", "max_failed_percent", "discontinued_after")
READING = ("kind", "sheet_url", "sheet_name", "config", "parser_type")


def kinds(source: PriceListSource) -> list[tuple[str, Any]]:
    """An upload, a sheet, and whatever plug-ins fetch: each is a kind of its own to people, one to the database."""
    remote = {name: parser.title for name, parser in parsers().items() if parser.is_remote and name != GOOGLE_SHEETS}
    if source.kind == Kind.REMOTE:
        remote.setdefault(source.parser_type, _("%s (not installed)") % source.parser_type)
    return [
        *((kind.value, kind.label) for kind in Kind if kind != Kind.REMOTE),
        *((f"{REMOTE}{name}", title) for name, title in remote.items()),
    ]


def readers() -> list[tuple[str, Any]]:
    """The parsers that can be chosen for a file or a sheet."""
    read = ((name, parser.title) for name, parser in parsers().items() if not parser.is_remote or name == GOOGLE_SHEETS)
    return [("", _("as the content says")), *read]


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
        if self.instance.kind == Kind.REMOTE:
            self.initial["kind"] = f"{REMOTE}{self.instance.parser_type}"
        if "kind" in self.fields:
            self.fields["kind"].choices = kinds(self.instance)  # type: ignore[attr-defined]
        if "parser_type" in self.fields:
            self.fields["parser_type"] = forms.ChoiceField(
                label=self.fields["parser_type"].label,
                help_text=self.fields["parser_type"].help_text,
                choices=readers(),
                required=False,
                widget=UnfoldAdminSelectWidget,
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("kind", "").startswith(REMOTE):
            data |= {"kind": Kind.REMOTE, "parser_type": data["kind"].removeprefix(REMOTE), "sheet_url": ""}
        if data.get("kind") == Kind.GOOGLE_SHEET and "sheet_url" not in self.errors:
            self._check_address(data["sheet_url"])
        if not self.errors:
            self._check_settings()
        return data

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
