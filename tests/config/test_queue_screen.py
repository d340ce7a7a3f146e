import pytest
from django.test import Client

from tests.conftest import SignIn

ADDRESSES = [
    "/admin/django_rq/dashboard/",
    "/admin/django_rq/dashboard/queues/0/empty/",
    "/admin/django_rq/dashboard/stats.json",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_staff_without_the_permission_cannot_touch_the_queue(sign_in: SignIn, address: str) -> None:
    assert sign_in("Staff").get(address).status_code == 403


@pytest.mark.parametrize("address", ADDRESSES[:2])
def test_an_administrator_can(sign_in: SignIn, address: str) -> None:
    assert sign_in("Administrator").get(address).status_code == 200


@pytest.mark.django_db
def test_somebody_unknown_is_asked_to_log_in(client: Client) -> None:
    assert client.get(ADDRESSES[0]).headers["Location"].startswith("/admin/login/")
