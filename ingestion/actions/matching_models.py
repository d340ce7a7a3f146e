"""People choose which version of the model scores pairs, whatever had proven to be better."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from catalog.linking.models import MatchingModel
from catalog.linking.versions import content_of, put_in_use


class NotUsable(Exception):
    """Why a version is not put into use; for people."""


def use_model(version: MatchingModel, *, by: User | None, at: datetime | None = None) -> None:
    """Also an older one, or one that was no better when it was tried."""
    if version.is_in_use:
        raise NotUsable(_("This version is in use already."))
    try:
        content_of(version)
    except ValueError as problem:
        text = _("It was trained by another version of the program and cannot be read any more.")
        raise NotUsable(text) from problem
    put_in_use(version, by=by, at=at)


def use_shipped_model(*, by: User | None, at: datetime | None = None) -> None:
    if not MatchingModel.objects.filter(is_in_use=True).exists():
        raise NotUsable(_("The shipped model is in use already."))
    put_in_use(None, by=by, at=at)
