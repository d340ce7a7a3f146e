from __future__ import annotations

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from config.signing_in import client_address
from tests.conftest import SignIn
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOWHERE = "0.0.0.0"  # noqa: S104
LOGIN = "/admin/login/"


@pytest.fixture
def anna() -> User:
    user = UserFactory(username="anna", is_staff=True)
    user.set_password("the right one")
    user.save()
    return user


def sign_in_as(name: str, password: str, address: str = "192.0.2.1", **headers: str):
    sent = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address).post(LOGIN, sent, headers=headers)


def statuses(name: str, times: int, address: str = "192.0.2.1", **headers: str) -> list[int]:
    return [sign_in_as(name, "wrong", address, **headers).status_code for _ in range(times)]


def test_five_failures_lock_the_account_at_this_address_only(anna: User) -> None:
    assert statuses("anna", 6) == [200, 200, 200, 200, 429, 429]
    refused = sign_in_as("anna", "the right one")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "900")
    assert "Wait 15 minutes" in refused.content.decode()
    assert sign_in_as("anna", "the right one", "192.0.2.2").status_code == 302


def test_a_colleague_at_the_same_address_gets_in(anna: User) -> None:
    statuses("somebody", 8)
    assert sign_in_as("anna", "the right one").status_code == 302


def test_an_account_is_locked_for_many_addresses(anna: User) -> None:
    found = [sign_in_as("anna", "wrong", f"192.0.2.{n}").status_code for n in range(1, 24)]
    assert found[:19] == [200] * 19
    assert set(found[20:]) == {429}


def test_an_address_is_locked_for_many_accounts(anna: User, settings) -> None:
    settings.SIGN_IN_LIMIT_ADDRESS = 10
    found = [sign_in_as(f"name{n}", "wrong").status_code for n in range(14)]
    assert (found[0], found[-1]) == (200, 429)
    assert sign_in_as("anna", "the right one").status_code == 429
    assert sign_in_as("anna", "the right one", "198.51.100.1").status_code == 302


def test_nobody_learns_whether_there_is_an_account(anna: User) -> None:
    answers = [[sign_in_as(name, "wrong") for _ in range(6)] for name in ("anna", "nobody")]
    for known, unknown in zip(*answers, strict=True):
        assert known.status_code == unknown.status_code
    assert [a.content for a in answers[0][4:]] == [a.content for a in answers[1][4:]]


def test_signing_in_forgets_what_failed_before(anna: User) -> None:
    statuses("anna", 4)
    assert sign_in_as("anna", "the right one").status_code == 302
    assert statuses("anna", 4) == [200] * 4


def test_an_administrator_unlocks(anna: User, sign_in: SignIn) -> None:
    statuses("anna", 5)
    page = "/admin/axes/accessattempt/"
    assert sign_in("Reviewer").get(page).status_code == 403
    shown = sign_in("Administrator").get(page).content.decode()
    assert "5 failures of one account at one address lock the two for 15 minutes" in shown
    chosen = {"action": "unlock", "_selected_action": list(AccessAttempt.objects.values_list("pk", flat=True))}
    answer = sign_in("Administrator").post(page, chosen, follow=True)
    assert "Unlocked: 1." in answer.content.decode()
    assert sign_in_as("anna", "the right one").status_code == 302


def test_a_forwarded_address_counts_behind_our_proxy_only(settings) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    request = RequestFactory().post(LOGIN, headers=forwarded, REMOTE_ADDR="10.0.0.1")
    assert client_address(request) == "10.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client_address(request) == "198.51.100.7"


@pytest.mark.parametrize(
    ("given", "counted"),
    [("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("::ffff:192.0.2.1", "192.0.2.1"), ("nonsense", ""), ("", "")],
)
def test_addresses(given: str, counted: str) -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=given)) == (counted or NOWHERE)


def test_pretended_addresses_do_not_evade_the_brake(anna: User) -> None:
    found = [sign_in_as("anna", "wrong", **{"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(6)]
    assert found[-1] == 429


def test_a_new_password_ends_the_other_sessions(anna: User) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(anna, "django.contrib.auth.backends.ModelBackend")
    sent = {"old_password": "the right one", "new_password1": "another, longer", "new_password2": "another, longer"}
    assert here.post("/admin/password_change/", sent).status_code == 302
    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302
