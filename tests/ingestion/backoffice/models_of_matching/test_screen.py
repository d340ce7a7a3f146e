"""Versions of the model are seen with their figures; who may, goes back to an older one."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.linking.models import MatchingModel, ModelUse
from catalog.linking.versions import model_in_use
from catalog.matching import Model
from ingestion.models import MatchingTask

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalog_matchingmodel_changelist")


def version(loss=0.1, content=None, **facts):
    figures = {"held_back": 40, "loss": loss, "loss_in_use": 0.2, "right": 0.95, "right_in_use": 0.9}
    content = json.loads(Model.shipped().to_json()) if content is None else content
    return MatchingModel.objects.create(
        content={**content, "version": f"of {loss}"},
        decisions=200,
        figures=figures,
        trained_at=timezone.now(),
        **facts,
    )


def choose(client, action, *chosen):
    words = {"action": action, "_selected_action": [each.pk for each in chosen]}
    return client.post(LIST, words, follow=True).content.decode()


def test_each_version_is_shown_with_its_figures(sign_in):
    version(is_in_use=True)
    page = sign_in("Viewer").get(LIST).content.decode()
    for text in ("0.100 (0.200)", "95.0% (90.0%)", "in use"):
        assert text in page
    MatchingTask.objects.create(
        status="failed", message="No memory", asked_at=timezone.now(), due_at=timezone.now(), attempts=3
    )
    assert "No memory" in sign_in("Viewer").get(LIST).content.decode()


def test_an_older_version_and_the_shipped_one_are_put_into_use_again(sign_in):
    client, older, newer = sign_in("Administrator"), version(0.3), version(0.1, is_in_use=True)
    assert "scored by it" in choose(client, "use_chosen", older)
    assert model_in_use().version == "of 0.3"
    assert "in use already" in choose(client, "use_chosen", older)
    assert "Choose one" in choose(client, "use_chosen", older, newer)
    choose(client, "use_shipped", older)
    assert model_in_use().version == Model.shipped().version
    assert "in use already" in choose(client, "use_shipped", older)
    assert [use.model for use in ModelUse.objects.all()] == [None, older]
    assert all(use.by is not None for use in ModelUse.objects.all())


def test_a_version_that_cannot_be_read_any_more_is_not_used(sign_in):
    assert "cannot be read" in choose(sign_in("Administrator"), "use_chosen", version(content={"format": 0}))
    assert not ModelUse.objects.exists()


def test_others_only_look(sign_in):
    older = version()
    choose(sign_in("Reviewer"), "use_chosen", older)
    assert not ModelUse.objects.exists()
