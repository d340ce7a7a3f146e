"""The filters of the lists."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.urls import reverse

from tests import factories as make


def test_a_filter_names_who_did_something_and_no_other_account(client, db):
    make.RunFactory(started_by=make.UserFactory(username="who-started-it"))
    make.UserFactory(username="who-did-nothing")
    viewer = make.UserFactory(is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_ingestionrun"))
    client.force_login(viewer)
    page = client.get(reverse("admin:ingestion_ingestionrun_changelist")).content.decode()
    assert "who-started-it" in page
    assert "who-did-nothing" not in page
