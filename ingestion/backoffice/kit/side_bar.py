"""The side bar: each screen says where its link stands; a link is shown only to those who may follow it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SideBarPart(Enum):
    """Of the side bar, in the order of the work."""

    TODAY = auto()
    PRICE_LISTS = auto()
    CATALOG = auto()
    ADMINISTRATION = auto()


LOOKS: dict[SideBarPart, dict[str, Any]] = {
    SideBarPart.TODAY: {},
    SideBarPart.PRICE_LISTS: {"title": _("Price lists"), "separator": True},
    SideBarPart.CATALOG: {"title": _("Catalog"), "separator": True},
    SideBarPart.ADMINISTRATION: {"title": _("Administration"), "separator": True, "collapsible": True},
}


class Entry(NamedTuple):
    """A link: those of a part stand by `place`, the lowest on top; without a permission everybody may follow it."""

    place: int
    title: str | Promise
    icon: str
    view: str
    permission: str


ENTRIES: dict[SideBarPart, list[Entry]] = {part: [] for part in SideBarPart}


def link_to_page(
    part: SideBarPart, place: int, title: str | Promise, icon: str, view: str, permission: str = ""
) -> None:
    """A link to any page of the admin, by the name of its address."""
    ENTRIES[part].append(Entry(place, title, icon, view, permission))


def link_to_list(
    part: SideBarPart, place: int, title: str | Promise, icon: str, model: str, permission: str = ""
) -> None:
    """A link to the list of a model (`app.model`), for those who may view it unless another permission is named."""
    app, name = model.split(".")
    link_to_page(part, place, title, icon, f"admin:{app}_{name}_changelist", permission or f"{app}.view_{name}")


def side_bar(request: HttpRequest) -> list[dict[str, Any]]:
    """As the theme wants it; it asks once for each page."""
    return [{**looks, "items": [_shown(entry) for entry in entries_of(part)]} for part, looks in LOOKS.items()]


def entries_of(part: SideBarPart) -> list[Entry]:
    return sorted(ENTRIES[part], key=lambda entry: entry.place)


def _shown(entry: Entry) -> dict[str, Any]:
    link = {"title": entry.title, "icon": entry.icon, "link": reverse(entry.view)}
    return {**link, "permission": allowed(entry.permission)} if entry.permission else link


def allowed(permission: str) -> Callable[[HttpRequest], bool]:
    return lambda request: bool(request.user.has_perm(permission))


# The screens of the frame, which knows none of this
link_to_list(SideBarPart.ADMINISTRATION, 30, _("Locked sign-ins"), "lock", "axes.accessattempt", "auth.change_user")
link_to_list(SideBarPart.ADMINISTRATION, 40, _("Queue"), "stacks", "django_rq.dashboard", "django_rq.admin")
