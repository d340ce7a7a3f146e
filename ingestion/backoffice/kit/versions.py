"""Two people on one form: nobody's save wipes what another one saved meanwhile.

Each field of a change form carries the value that was shown. A save changes what its person changed, and nothing else;
where somebody else has changed the same field meanwhile, the form comes back with both values.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Manager, Model, QuerySet
from django.forms.models import model_to_dict
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

RECORDS_READ = 20  # of an object's history, to find who changed a field
_LONGEST = 200  # characters of a value that are shown


class Edit(NamedTuple):
    """Who saved a value, and when."""

    by: str
    at: datetime


class SeenField(forms.BoundField):
    """A field beside which stands, hidden, the value that its person saw."""

    form: SeenForm

    def as_hidden(self, attrs: Any = None, only_initial: bool = False, **kwargs: Any) -> SafeString:  # noqa: FBT001, FBT002
        if not only_initial:
            return super().as_hidden(attrs, **kwargs)
        value = self.seen if self.form.is_bound and self.name not in self.form.renewed else self.now
        return format_html("<input{}>", flatatt({"type": "hidden", "name": self.html_initial_name, "value": value}))

    @property
    def now(self) -> str:
        """What is stored, as the form keeps it."""
        value = self.field.prepare_value(self.initial)
        many = isinstance(value, (list, tuple, set, QuerySet))
        return json.dumps(sorted(map(str, value)) if many else value, default=str, sort_keys=True)

    @property
    def seen(self) -> str:
        """What was stored when the form was made."""
        return str(self.form.data.get(self.html_initial_name, self.now))

    def _has_changed(self) -> bool:
        """By this person, whatever others did."""
        try:
            before = self.initial if self.seen == self.now else python_of(self.field, json.loads(self.seen))
            return self.field.has_changed(before, self.data)
        except (ValueError, TypeError, ValidationError):  # a version that no form of ours has written
            return True

    @property
    def is_others(self) -> bool:
        """Changed by somebody else since the form was made."""
        return self.field.show_hidden_initial and self.seen != self.now

    @property
    def is_as_now(self) -> bool:
        """The person wants what is stored already."""
        return not self.field.has_changed(self.initial, self.data)


def python_of(field: forms.Field, value: Any) -> Any:
    if isinstance(field, forms.MultiValueField):
        return parse_datetime(value) if value else None
    return field.to_python(value)


class SeenForm(forms.ModelForm[Any]):
    """To be mixed in before a form of a model's fields; `renewed` names those that clashed, whose version is new."""

    bound_field_class = SeenField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.renewed: set[str] = set()
        for field in self.fields.values():
            field.show_hidden_initial = self.instance.pk is not None and not field.disabled

    def full_clean(self) -> None:
        if self.is_bound and self.instance.pk is not None and self.fields and not self._look_again():
            return
        super().full_clean()

    def __getitem__(self, name: str) -> SeenField:
        field = super().__getitem__(name)
        assert isinstance(field, SeenField)
        return field

    def _look_again(self) -> bool:
        """What is stored now; nobody changes it until the transaction ends."""
        rows = self._meta.model._base_manager.all()  # noqa: SLF001 - Django's name for all rows
        if connection.in_atomic_block:
            rows = rows.select_for_update(no_key=True)
        try:
            self.instance.refresh_from_db(from_queryset=rows)
        except self._meta.model.DoesNotExist:
            self._errors = forms.utils.ErrorDict()
            self.cleaned_data = {}
            self.add_error(None, _("This was deleted by somebody else meanwhile: there is nothing to save."))
            return False
        self.initial.update(model_to_dict(self.instance, self._meta.fields, self._meta.exclude))
        self._bound_fields_cache: dict[str, forms.BoundField] = {}
        return True

    def clean(self) -> Any:
        if self.instance.pk is None or not self.fields:
            return super().clean()
        if not any(self[name].html_initial_name in self.data for name in self.fields):
            self.renewed = set(self.fields)
            raise ValidationError(_("The form came without the values it was made from: look at it and save again."))
        others = {name for name in self.fields if self[name].is_others and not self[name].is_as_now}
        clashes = [name for name in self.changed_data if name in others and name in self.cleaned_data]
        mine = {name: self.cleaned_data[name] for name in clashes}
        for name in set(self.cleaned_data) - set(self.changed_data):
            self.cleaned_data[name] = stored(self.instance, name)
        data = super().clean()
        for name, value in mine.items():
            self.add_error(name, clash(self.instance, name, value))
        self.renewed = set(clashes)
        return data


class KeepsOthersEdits:
    """For every ModelAdmin: what a person did not change stays as it is stored when they save."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        return type(form)(form.__name__, (SeenForm, form), {}) if obj is not None else form


def stored(instance: Model, name: str) -> Any:
    value = getattr(instance, name)
    return value.all() if isinstance(value, Manager) else value


def clash(instance: Model, name: str, mine: Any) -> ValidationError:
    facts = {"now": _shown(instance, name, stored(instance, name)), "mine": _shown(instance, name, mine)}
    edit = last_edit(instance, name)
    if edit is None:
        text = _("Changed meanwhile. Now: %(now)s; yours: %(mine)s. Save again to put yours in its place.")
    else:
        facts |= {"by": edit.by, "at": date_format(localtime(edit.at), "DATETIME_FORMAT")}
        text = _(
            "Changed meanwhile by %(by)s (%(at)s). Now: %(now)s; yours: %(mine)s. Save again to put yours in its place."
        )
    return ValidationError(text, code="changed_meanwhile", params=facts)


def _shown(instance: Model, name: str, value: Any) -> str:
    choices = dict(getattr(instance._meta.get_field(name), "flatchoices", ()))  # noqa: SLF001 - Django's public way
    if isinstance(value, bool):
        text = _("yes") if value else _("no")
    elif isinstance(value, (QuerySet, list)):
        text = ", ".join(sorted(map(str, value)))
    elif isinstance(value, dict):
        text = json.dumps(value, ensure_ascii=False, default=str)
    else:
        text = str(choices.get(value, "" if value is None else value))
    return Truncator(text or "-").chars(_LONGEST)


def last_edit(instance: Model, name: str) -> Edit | None:
    """From the history of edits where there is one, else the last save of the object that the admin has on record."""
    history = getattr(instance, "history", None)
    if history is not None:
        return edit_in(history.select_related("history_user")[:RECORDS_READ], instance, name)
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(instance), object_id=str(instance.pk)
    )
    entry = entries.select_related("user").order_by("-action_time").first()
    return Edit(str(entry.user), entry.action_time) if entry else None


def edit_in(records: Iterable[Any], instance: Model, name: str) -> Edit | None:
    """None where the value came without a record, as those of a list do."""
    column = instance._meta.get_field(name).attname  # type: ignore[union-attr]  # noqa: SLF001 - Django's public way
    known: Iterator[Any] = iter(records)
    for record, before in pairwise(known):
        if getattr(record, column, None) != getattr(instance, column):
            return None
        if getattr(before, column, None) != getattr(record, column, None):
            return Edit(str(record.history_user or "-"), record.history_date)
    return None
