from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from config import second_factor
from config.health import health


def favicon(request: HttpRequest) -> HttpResponse:
    """For whoever asks for the icon where browsers used to look for it; our pages name it themselves."""
    return redirect(static("config/favicon.svg"))


def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("favicon.ico", favicon),
    path("health/", health, name="health"),
    path("", include("ingestion.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/second-factor/", second_factor.ask, name="second_factor"),
    path("admin/second-factor/setup/", second_factor.setup, name="second_factor_setup"),
    path("admin/r/<path:rest>", nowhere),  # "view on site": there is no other site, and it asks any table for any row
    path("admin/", admin.site.urls),
]
