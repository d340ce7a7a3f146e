"""Suppliers; `screen` adds what comes of their lists."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from ingestion.backoffice.kit.fields import JSONObjectField
from ingestion.backoffice.kit.versions import KeepsOthersEdits
from suppliers.models import Supplier


@admin.register(Supplier)
class SupplierAdmin(KeepsOthersEdits, ModelAdmin):
    formfield_overrides = {models.JSONField: {"form_class": JSONObjectField}}
    list_display = ["name", "default_currency", "contact_email", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "contact_email"]
    readonly_fields = ["created_at", "updated_at"]
    fieldsets = [
        (None, {"fields": ["name", "contact_email", ("default_currency", "is_active")]}),
        (_("More"), {"fields": ["metadata", ("created_at", "updated_at")], "classes": ["collapse"]}),
    ]
