"""Versions of the model that scores pairs: one is in use, or the shipped one; each change of that is on record."""

from __future__ import annotations

import json
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from catalog import matching
from catalog.linking.models import MatchingModel, ModelUse


def model_in_use() -> matching.Model:
    version = MatchingModel.objects.filter(is_in_use=True).first()
    return content_of(version) if version else matching.Model.shipped()


def content_of(version: MatchingModel) -> matching.Model:
    return matching.Model.from_json(json.dumps(version.content))


@transaction.atomic
def put_in_use(version: MatchingModel | None, *, by: User | None, at: datetime | None = None) -> None:
    """None is the shipped one. What has been proposed stays as it was scored."""
    MatchingModel.objects.select_for_update().filter(is_in_use=True).update(is_in_use=False)
    if version is not None:
        MatchingModel.objects.filter(pk=version.pk).update(is_in_use=True)
    ModelUse.objects.create(model=version, by=by, at=at or timezone.now())
