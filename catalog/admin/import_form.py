"""The form that takes a file of products looks at its size; a worker reads it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from unfold.contrib.import_export.forms import ImportForm as BaseImportForm


class ImportForm(BaseImportForm):
    def clean_import_file(self) -> File[bytes]:
        file: File[bytes] = self.cleaned_data["import_file"]
        if file.size > settings.PRICE_LIST_MAX_BYTES:
            sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(settings.PRICE_LIST_MAX_BYTES)}
            message = _("The file has %(size)s; the limit is %(limit)s. Import it in parts.")
            raise ValidationError(message, code="too_large", params=sizes)
        return file
