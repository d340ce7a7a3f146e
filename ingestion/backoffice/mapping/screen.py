"""Preview and mapping: how a stored list is understood, what other settings would give, and keeping them."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ingestion.actions import mapping
from ingestion.backoffice.kit.prepared import (
    Failed,
    NotReady,
    PreparedScreen,
    look_at,
    panel_of,
    result_of,
    waiting_page,
)
from ingestion.backoffice.kit.screens import Button, Link, Section, moment, person, section
from ingestion.backoffice.mapping import facts
from ingestion.backoffice.mapping.form import inputs
from ingestion.errors import IngestionError
from ingestion.lists import sources
from ingestion.lists.sources import with_source
from ingestion.models import IngestionRun, PreparedView, PriceList
from ingestion.pricegrid import Field
from ingestion.pricegrid.settings import given_settings
from ingestion.texts import field_label, text_of
from ingestion.views import grid, kept_trial, looks, prepared
from ingestion.views.comparison import difference
from ingestion.views.looks import Settings
from ingestion.views.trial import Trial
from ingestion.views.understood import Understood
from suppliers.models import MappingProfile, PriceListSource

PROFILES = 10
PANEL = "backoffice/kit/prepared.html"
RESULT = "backoffice/mapping/result.html"


def mapping_link(price_list: PriceList | None, *, variant: str = "default") -> list[Link]:
    """The way to the screen, from wherever a list is shown."""
    if price_list is None:
        return []
    return [Link(_("Preview and mapping"), mapping_url(price_list), "table_view", variant)]


def answer_link(run: IngestionRun) -> list[Link]:
    """The same from a run; where it waits for more than a yes, that is where to answer."""
    is_asked_here = run.status == IngestionRun.Status.WAITING and run.waits_for == IngestionRun.WaitsFor.MAPPING
    asks = is_asked_here and run.drifted().settings is None
    return mapping_link(run.price_list, variant="primary" if asks else "default")


def waiting_buttons(run: IngestionRun) -> list[Button]:
    """What to do with a run that waits for a person."""
    cancel = Button(_("Cancel"), reverse("admin:ingestion_ingestionrun_cancel", args=[run.pk]), "cancel")
    if run.drifted().settings is None:
        return [cancel]
    bind = reverse("admin:ingestion_ingestionrun_bind", args=[run.pk])
    return [Button(_("Bind to the new columns and go on"), bind, "link", "primary"), cancel]


def changes_of(run: IngestionRun) -> list[dict[str, Any]]:
    """What drifted, old beside new."""
    return [{"message": each.message, "sides": [each.old, each.new]} for each in run.drifted().changes]


def profiles_section(request: HttpRequest, source: PriceListSource) -> Section | None:
    """The mappings that the source had, the one in force first; a click goes back to an older one."""
    saved = list(source.profiles.select_related("saved_by")[:PROFILES])
    if not saved:
        return None
    may = request.user.has_perm("suppliers.change_pricelistsource")
    rows = [
        (
            moment(profile.saved_at),
            profile.saved_by or "-",
            bound_columns(profile),
            go_back_button(request, profile) if at and may else "",
        )
        for at, profile in enumerate(saved)
    ]
    return section(_("Mappings, the one in force first"), [_("saved"), _("by"), _("columns"), ""], rows)


def bound_columns(profile: MappingProfile) -> str:
    mapping = profile.settings.get("column_mapping", {})
    return ", ".join(f"{key} → {field_label(field)}" for key, field in mapping.items()) or "-"


def labels() -> dict[str, str]:
    """What a column can be, for people to choose from."""
    return {field.value: field_label(field) for field in Field}


def go_back_button(request: HttpRequest, profile: MappingProfile) -> str:
    url = reverse("admin:suppliers_pricelistsource_mapping", args=[profile.source_id, profile.pk])
    return render_to_string("backoffice/mapping/go_back.html", {"url": url}, request)


def may_ingest(request: HttpRequest) -> bool:
    return request.user.has_perm("ingestion.start_ingestionrun")


def may_save(request: HttpRequest, price_list: PriceList) -> bool:
    return (
        may_ingest(request)
        and price_list.source_id is not None
        and request.user.has_perm("suppliers.change_pricelistsource")
    )


class MappingScreen(PreparedScreen):
    """The part of a price list's admin that shows and changes how it is read."""

    def get_urls(self) -> list[Any]:
        views = {"": self.mapping, "grid/": self.mapping_grid, "try/": self.mapping_try, "save/": self.mapping_save}
        own = [
            path(
                f"<int:pk>/mapping/{tail}",
                self.admin_site.admin_view(view),
                name=f"ingestion_pricelist_{view.__name__}",
            )
            for tail, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def mapping_list(self, request: HttpRequest, pk: int) -> PriceList:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(PriceList.objects.select_related("supplier", "source__supplier"), pk=pk)

    @method_decorator([require_GET, never_cache])
    def mapping(self, request: HttpRequest, pk: int) -> HttpResponse:
        price_list = self.mapping_list(request, pk)
        return self.mapping_page(request, price_list, sources.profile_in_force(price_list.source))

    def mapping_page(self, request: HttpRequest, price_list: PriceList, settings: Settings) -> HttpResponse:
        own = with_source(price_list.source, {}).keys() - {"sheet_url"}
        look = first_look_of(request, price_list, settings)
        if "preparing" in look and request.method == "POST":  # a page that loads itself again would send the form again
            return waiting_page(self, request, look["preparing"], back=back_to(price_list))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview and mapping: %s") % price_list.original_name,
            "opts": self.opts,
            "price_list": price_list,
            "waiting": price_list.runs.waiting().first(),
            "labels": labels(),
            "settings": settings,
            "made_from": mapping.version(price_list.source),
            "is_changed": settings != sources.profile_in_force(price_list.source),
            "overruled": ", ".join(sorted(own)),
            "inputs": inputs(),
            "may_ingest": may_ingest(request),
            "may_save": may_save(request, price_list),
            "back": back_to(price_list),
            **look,
        }
        return TemplateResponse(request, "backoffice/mapping/page.html", context)

    @method_decorator([require_GET, never_cache])
    def mapping_grid(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Another sheet of the list, as a part of the page."""
        price_list = self.mapping_list(request, pk)
        look = first_look_of(request, price_list, sources.profile_in_force(price_list.source))
        context = {**look, "labels": labels(), "may_ingest": may_ingest(request)}
        return render(request, "backoffice/mapping/sheet.html", context)

    @method_decorator(never_cache)
    def mapping_try(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What settings give; without any, those in force. Nothing is stored."""
        price_list = self.mapping_list(request, pk)
        in_force = sources.profile_in_force(price_list.source)
        given: Settings = in_force
        if request.method == "POST":
            if not may_ingest(request):
                raise PermissionDenied
            given = _settings_of(request)
        try:
            before, after = trials(request, price_list, in_force, given)
        except NotReady as waiting:
            panel = render_to_string(PANEL, panel_of(request, waiting.view, mapping_url(price_list)), request)
            return JsonResponse({"preparing": waiting.view.is_open, "result": panel})
        except prepared.TooMuchAsked as problem:
            refused = {"trial": Trial(refusal=text_of(problem.message))}
            return JsonResponse({"preparing": False, "result": render_to_string(RESULT, refused)})
        found = {
            "trial": after,
            "skipped": facts.skipped(after),
            **facts.sample_table(after),
            "difference": difference(before, after) if after is not before else None,
        }
        result = render_to_string(RESULT, found)
        return JsonResponse({**facts.trial_facts(after, request.GET.get("sheet", "")), "result": result})

    @method_decorator(require_POST)
    def mapping_save(self, request: HttpRequest, pk: int) -> HttpResponse:
        price_list, given = self.mapping_list(request, pk), _settings_of(request)
        what = request.POST.get("do", "")
        if what == "back":
            return self.mapping_page(request, price_list, given)
        allowed = may_ingest(request) if what == "once" else may_save(request, price_list)
        if not allowed:
            raise PermissionDenied
        try:
            if what == "once":
                return self.mapping_done(request, mapping.ingest_with(price_list, given, by=person(request)))
            return self.mapping_keep(request, price_list, given)
        except NotReady as waiting:
            return waiting_page(self, request, waiting.view, back=mapping_url(price_list))
        except IngestionError as problem:
            self.message_user(request, text_of(problem.message), messages.ERROR)
            return self.mapping_page(request, price_list, given)

    def mapping_keep(self, request: HttpRequest, price_list: PriceList, given: Settings) -> HttpResponse:
        """Saves, unless the last lists would be read otherwise than before and nobody has agreed to that."""
        source, by = price_list.source, person(request)
        assert source is not None
        seen = _understood(request, price_list, given)
        settings = mapping.bound(given, seen)
        tried: list[looks.Tried] = []
        if "confirmed" not in request.POST:
            asked = look_at(request, lambda: looks.ask_comparison(price_list, source, settings, by=by))
            tried = looks.tried_lists(asked)
        worse = [each for each in tried if each.difference["is_worse"] and each.price_list.sha256 != price_list.sha256]
        if worse or request.POST.get("do") == "try":
            return self.mapping_confirm(request, price_list, given, tried=tried, worse=worse)
        mapping.save(price_list, given, by=by, seen=seen, made_from=made_from(request))
        run = mapping.ingest_with(price_list, sources.profile_in_force(source), by=by)
        count = len(tried)
        text = _("The mapping was saved for “%s”.") % source
        if count > 1:
            text += " " + ngettext(
                "Tried on its last list.", "Tried on its last %(count)d lists: none gets worse.", count
            ) % {"count": count}
        self.message_user(request, text, messages.SUCCESS)
        return self.mapping_done(request, run)

    def mapping_confirm(
        self, request: HttpRequest, price_list: PriceList, given: Settings, **found: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("What the mapping changes on the last lists of %s") % price_list.source,
            "opts": self.opts,
            "price_list": price_list,
            "settings": json.dumps(given),
            "made_from": made_from(request),
            **found,
        }
        return TemplateResponse(request, "backoffice/mapping/confirm.html", context)

    def mapping_done(self, request: HttpRequest, run: IngestionRun) -> HttpResponse:
        self.message_user(request, _("Run #%(number)d waits in the queue.") % {"number": run.pk}, messages.SUCCESS)
        return redirect("admin:ingestion_ingestionrun_change", run.pk)


def made_from(request: HttpRequest) -> int:
    """The mapping that was in force when the page was made."""
    given = request.POST.get("made_from", "")
    return int(given) if given.isdecimal() else 0


def _settings_of(request: HttpRequest) -> Settings:
    """The settings that a request carries, as JSON in its body or in a field of its form."""
    is_json = request.content_type == "application/json"
    try:
        given = json.loads(request.body if is_json else request.POST.get("settings", "{}"))
    except (ValueError, RecursionError):
        given = {}
    return given_settings(given) if isinstance(given, dict) else {}


def trials(request: HttpRequest, price_list: PriceList, in_force: Settings, given: Settings) -> tuple[Trial, Trial]:
    """What the settings in force give and what these do; the same, where they are. Raises NotReady."""
    wanted = [in_force, given] if given != in_force else [in_force]
    asked = [asked_trial(request, price_list, settings) for settings in wanted]
    views = [view for view in asked if isinstance(view, PreparedView)]
    prepared.cancel_others(views, by=person(request))
    prepared.wait(views)
    found = [kept_trial.trial_from_json(result_of(view)) if isinstance(view, PreparedView) else view for view in asked]
    return found[0], found[-1]


def asked_trial(request: HttpRequest, price_list: PriceList, settings: Settings) -> PreparedView | Trial:
    """What cannot even be asked is an answer, too."""
    try:
        view = looks.ask_trial(price_list, settings, by=person(request))
    except prepared.TooMuchAsked:
        raise
    except IngestionError as refusal:
        return Trial(refusal=text_of(refusal.message))
    return view


def _understood(request: HttpRequest, price_list: PriceList, settings: Settings) -> Understood:
    """Raises NotReady, and ConfigurationError where the list cannot be read so."""
    view = look_at(request, lambda: looks.ask_understood(price_list, settings, by=person(request)))
    return Understood(**result_of(view))


def first_look_of(request: HttpRequest, price_list: PriceList, settings: Settings) -> dict[str, Any]:
    """The grid of the asked-for sheet, else of the first that is read; or why there is none, or that it is made."""
    sheet = request.GET.get("sheet", "").replace("\0", "")
    nothing: dict[str, Any] = {"sheets": [], "sheet": "", "grid": None}
    try:
        view = look_at(request, lambda: looks.ask_grid(price_list, settings, sheet, by=person(request)))
    except NotReady as waiting:
        return {**nothing, **panel_of(request, waiting.view, mapping_url(price_list)), "preparing": waiting.view}
    except Failed as failed:
        return {**nothing, **panel_of(request, failed.view, mapping_url(price_list)), "refusal": failed.view.message}
    except IngestionError as refusal:
        return {**nothing, "refusal": text_of(refusal.message)}
    found = result_of(view)
    return {**found, "grid": grid.grid_from_json(found["grid"]) if found["grid"] else None}


def mapping_url(price_list: PriceList) -> str:
    return reverse("admin:ingestion_pricelist_mapping", args=[price_list.pk])


def back_to(price_list: PriceList) -> str:
    if price_list.source_id:
        return reverse("admin:suppliers_pricelistsource_change", args=[price_list.source_id])
    return reverse("admin:ingestion_pricelist_change", args=[price_list.pk])


def bind_anew_clicked(admin: Any, request: HttpRequest, run: IngestionRun) -> HttpResponse:
    """The one click on a run whose list drifted."""
    if not may_ingest(request) or not request.user.has_perm("suppliers.change_pricelistsource"):
        raise PermissionDenied
    try:
        price_list, settings = mapping.to_bind(run)
        mapping.bind_anew(run, by=person(request), seen=_understood(request, price_list, settings))
    except NotReady as waiting:
        back = reverse("admin:ingestion_ingestionrun_change", args=[run.pk])
        return waiting_page(admin, request, waiting.view, back=back)
    except IngestionError as problem:
        admin.message_user(request, text_of(problem.message), messages.ERROR)
    else:
        admin.message_user(
            request, _("The mapping was bound to the new columns, and the run goes on."), messages.SUCCESS
        )
    return redirect("admin:ingestion_ingestionrun_change", run.pk)


def go_back_clicked(admin: Any, request: HttpRequest, source: PriceListSource, profile_pk: int) -> HttpResponse:
    """The one click on an older profile of a source."""
    if not request.user.has_perm("suppliers.change_pricelistsource"):
        raise PermissionDenied
    profile = get_object_or_404(source.profiles, pk=profile_pk)
    mapping.go_back(profile, by=person(request))
    admin.message_user(request, _("The mapping of that time is in force again."), messages.SUCCESS)
    return redirect("admin:suppliers_pricelistsource_change", source.pk)
