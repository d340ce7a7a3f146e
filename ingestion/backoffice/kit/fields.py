"""Form fields of settings that are JSON objects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class JSONObjectField(forms.JSONField):
    """A JSON object; left empty it is one without entries."""

    def clean(self, value: Any) -> dict[str, Any]:
        found = super().clean(value) or {}
        if not isinstance(found, dict):
            raise ValidationError(_("Write a JSON object: names with their values in curly brackets, or nothing."))
        return found
