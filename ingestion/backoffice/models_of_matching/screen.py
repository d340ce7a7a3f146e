"""Versions of the model that scores pairs: how good each was on decisions held back, and which one is in use."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.linking.learning import Figures, figures_of
from catalog.linking.models import MatchingModel, ModelUse
from ingestion.actions.matching_models import NotUsable, use_model, use_shipped_model
from ingestion.backoffice.kit.screens import ReadOnlyScreen, badge, moment, person
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list
from ingestion.models import MatchingTask

link_to_list(
    SideBarPart.ADMINISTRATION, 50, gettext_lazy("Models of matching"), "model_training", "catalog.matchingmodel"
)


@admin.register(MatchingModel)
class MatchingModelAdmin(ReadOnlyScreen):
    list_display = ["version", "used", "trained_at", "decisions", "held_back", "loss", "right", "last_use"]
    fields = ["trained_at", "decisions", "is_in_use", "figures", "content"]
    actions = ["use_chosen", "use_shipped"]

    def has_use_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.use_matchingmodel")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Says where the last training has failed."""
        last = MatchingTask.objects.trainings().first()
        if last is not None and last.message and request.method == "GET":
            self.message_user(request, _("The last training failed: %s") % last.message, messages.WARNING)
        return super().changelist_view(request, extra_context)

    @admin.display(description=gettext_lazy("version"), ordering="id")
    def version(self, model: MatchingModel) -> str:
        return f"#{model.pk}"

    @admin.display(description=gettext_lazy("in use"), ordering="is_in_use")
    def used(self, model: MatchingModel) -> str:
        return badge(_("in use"), "success") if model.is_in_use else ""

    @admin.display(description=gettext_lazy("decisions held back"))
    def held_back(self, model: MatchingModel) -> str:
        return in_figures(model, lambda figures: str(figures.held_back))

    @admin.display(description=gettext_lazy("loss (of the one in use then)"))
    def loss(self, model: MatchingModel) -> str:
        return in_figures(model, lambda figures: f"{figures.loss:.3f} ({figures.loss_in_use:.3f})")

    @admin.display(description=gettext_lazy("right (of the one in use then)"))
    def right(self, model: MatchingModel) -> str:
        return in_figures(model, lambda figures: f"{figures.right:.1%} ({figures.right_in_use:.1%})")

    @admin.display(description=gettext_lazy("put into use"))
    def last_use(self, model: MatchingModel) -> str:
        last = ModelUse.objects.filter(model=model).select_related("by").first()
        return f"{moment(last.at)}, {last.by or _('for it was better')}" if last else "-"

    @admin.action(description=gettext_lazy("Use this version"), permissions=["use"])
    def use_chosen(self, request: HttpRequest, queryset: QuerySet[MatchingModel]) -> None:
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(request, _("Choose one version."), messages.WARNING)
            return
        self.tell_use(request, lambda: use_model(chosen[0], by=person(request)))

    @admin.action(description=gettext_lazy("Use the shipped model again"), permissions=["use"])
    def use_shipped(self, request: HttpRequest, _queryset: QuerySet[MatchingModel]) -> None:
        self.tell_use(request, lambda: use_shipped_model(by=person(request)))

    def tell_use(self, request: HttpRequest, use: Callable[[], None]) -> None:
        try:
            use()
        except NotUsable as problem:
            self.message_user(request, str(problem), messages.WARNING)
        else:
            self.message_user(request, _("From now on pairs are scored by it."), messages.SUCCESS)


def in_figures(model: MatchingModel, figure: Callable[[Figures], str]) -> str:
    figures = figures_of(model)
    return figure(figures) if figures else "-"
