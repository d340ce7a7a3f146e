"""What all tests share."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client

from ingestion.runs import queue
from tests.factories import UserFactory

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Stored files of a test go where the test may leave them, and nothing is remembered from the test before."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PREPARED_VIEW_WAIT_SECONDS = 0  # a test does the worker's part itself, or waits in a browser
    cache.clear()


@pytest.fixture
def sign_in(db) -> SignIn:
    """A browser in which somebody with a role has signed in; an empty role can do nothing but enter the admin."""

    def as_role(role: str = "") -> Client:
        user = UserFactory(is_staff=True)
        user.groups.set(Group.objects.filter(name=role))
        client = Client()
        client.force_login(user)
        return client

    return as_role


@pytest.fixture
def reviewer(sign_in: SignIn) -> Client:
    return sign_in("Reviewer")


@pytest.fixture
def valkey():
    """An empty queue."""
    connection = queue.queue_of("normal").connection
    for key in connection.scan_iter("rq:*"):
        connection.delete(key)
