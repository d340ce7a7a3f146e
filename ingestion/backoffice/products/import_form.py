"""The form that takes a file of products looks at its size; a worker reads it."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from import_export.forms import ConfirmImportForm
from unfold.contrib.import_export.forms import ImportForm as BaseImportForm


class ConfirmForm(ConfirmImportForm):
    """Carries when the changes were shown that are agreed to."""

    shown_at = forms.FloatField(widget=forms.HiddenInput())

    def clean_shown_at(self) -> datetime:
        try:
            return datetime.fromtimestamp(self.cleaned_data["shown_at"], tz=UTC)
        except (OverflowError, ValueError, OSError):
            raise ValidationError(_("This is no moment: look at the import again.")) from None


class ImportForm(BaseImportForm):
    def clean_import_file(self) -> File[bytes]:
        file: File[bytes] = self.cleaned_data["import_file"]
        if file.size > settings.PRICE_LIST_MAX_BYTES:
            sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(settings.PRICE_LIST_MAX_BYTES)}
            message = _("The file has %(size)s; the limit is %(limit)s. Import it in parts.")
            raise ValidationError(message, code="too_large", params=sizes)
        return file
