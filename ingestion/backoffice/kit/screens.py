"""What all screens of the admin share."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin
from unfold.views import ChangeList

from catalog.paginator import EstimatingPaginator, expected
from ingestion.backoffice.kit.versions import KeepsOthersEdits

CHART_OPTIONS = json.dumps(
    {
        "animation": False,
        "responsive": True,
        "maintainAspectRatio": False,
        "interaction": {"mode": "index", "intersect": False},
        "plugins": {"legend": {"align": "end", "labels": {"color": "#9ca3af", "boxWidth": 10, "boxHeight": 10}}},
        "scales": {
            "x": {"grid": {"display": False}, "ticks": {"color": "#9ca3af", "maxRotation": 0}},
            "y": {"grid": {}, "ticks": {"color": "#9ca3af"}},
        },
    }
)

NUMBER = re.compile(r"\s*[-+]?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*|inf(inity)?|s?nan\d*)(e[-+]?\d+)?\s*", re.IGNORECASE)
MOST_DIGITS = 30
LONGEST_VALUE = 1_000

DEAR_TO_SORT = 50_000  # of the planner's units: a million products can be sorted, two million items cannot


class Button(NamedTuple):
    """A POST to `url`; `confirm` is asked before it is sent."""

    label: str | Promise
    url: str
    icon: str = ""
    variant: str = "default"
    confirm: str | Promise = ""


class Link(NamedTuple):
    """A button that leads to a page."""

    label: str | Promise
    url: str
    icon: str = ""
    variant: str = "default"


class Section(NamedTuple):
    """A table under the form of an object's page."""

    title: str
    table: dict[str, Any]
    more_url: str = ""
    more_label: str = ""


def section(title: str, headers: Sequence[str], rows: Iterable[Sequence[Any]], **more: str) -> Section:
    return Section(title, {"headers": list(headers), "rows": [list(row) for row in rows]}, **more)


def link(url: str, text: object) -> SafeString:
    return format_html('<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', url, text)


def person(request: HttpRequest) -> User:
    """Who asks; the admin lets nobody in who has not signed in."""
    assert isinstance(request.user, User)
    return request.user


def badge(text: object, colour: str) -> str:
    """A state that catches the eye; colours: default, info, success, warning, danger."""
    return rendered_badge(str(text), colour)


@lru_cache(maxsize=1024)  # a page has hundreds, mostly the same
def rendered_badge(text: str, colour: str) -> str:
    return render_to_string("unfold/helpers/label.html", {"text": text, "type": colour})


def moment(at: datetime | None) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT") if at else "-"


def fits(text: str) -> bool:
    """Whether a number in an address is one that a column of the database can be compared with."""
    if not NUMBER.fullmatch(text):
        return len(text) <= LONGEST_VALUE
    number = Decimal(text)
    return number.is_finite() and number.adjusted() < MOST_DIGITS and len(text) <= MOST_DIGITS


class CheckedList(ChangeList):
    """A list that asks the database only for what a column can hold."""

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """An address that asks for a number that no column can hold is refused, before the database is asked."""
        found: dict[str, Any] = super().get_filters_params(params)
        for given in found.values():
            for value in given if isinstance(given, list) else [given]:
                if not fits(str(value)):
                    raise IncorrectLookupParameters
        return found


class ScreenList(CheckedList):
    """A list that answers soon, whatever is asked of it."""

    multi_page: bool

    def get_queryset(self, request: HttpRequest, exclude_parameters: list[str | None] | None = None) -> QuerySet[Any]:
        """In the order that was asked for, unless that means to sort millions of rows."""
        found = super().get_queryset(request, exclude_parameters)
        if ORDER_VAR not in self.params or expected(found.values("pk")[: self.list_per_page]).cost < DEAR_TO_SORT:
            return found
        del self.params[ORDER_VAR]
        text = _("The list is too long to be sorted by this column. Narrow it by a filter or a search first.")
        messages.warning(request, text)
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request: HttpRequest) -> None:
        """Without filters and search all rows are shown, and nobody is offered to see them all."""
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list  # its keys are known
        elif self.page_num == 1 and len(self.result_list) < self.list_per_page:  # more were expected than there are
            self.result_count, self.multi_page = len(self.result_list), False
        if not self.has_active_filters and not self.query:
            self.full_result_count = self.result_count


class Screen(KeepsOthersEdits, ModelAdmin):
    """A list that stays fast however long it is, and a page that may show more than its form."""

    paginator = EstimatingPaginator
    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = True
    list_fullwidth = True
    warn_unsaved_form = True
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None  # in place of `search_fields`

    class Media:
        css = {"all": ["backoffice/kit/screens.css"]}

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ScreenList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if self.search is not None:
            return self.search(queryset, search_term), False
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        return found, may_have_duplicates

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address gives, without what cannot be the number of another object."""
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        related = {field.name for field in self.opts.fields if field.is_relation}
        return {name: value for name, value in given.items() if name not in related or str(value).isdecimal()}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Writes what the person changed and nothing else: a run may be changing the rest of the row."""
        if not change:
            obj.save()
            return
        fields = obj._meta.concrete_fields  # noqa: SLF001 - Django's public way to a model's fields
        touched = [
            field.name for field in fields if field.name in form.changed_data or getattr(field, "auto_now", False)
        ]
        obj.save(update_fields=touched)

    def panel(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What the page of one object shows beside its form, for its templates."""
        return {}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj is not None:
            context.update(self.panel(request, obj))
        return super().render_change_form(request, context, *args, **kwargs)


class ReadOnlyScreen(Screen):
    """What the system recorded; nobody edits it."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
