from __future__ import annotations

import re
import time

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.conftest import SignIn
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ASK, SETUP = "/admin/second-factor/", "/admin/second-factor/setup/"


def person(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def code_of(device: TOTPDevice, later: int = 0) -> str:
    totp = TOTP(device.bin_key)
    totp.time = time.time() + 30 * later
    return f"{totp.token():06d}"


def set_up(client: Client) -> list[str]:
    """Returns the recovery codes."""
    client.get(SETUP)
    page = client.post(SETUP, {"code": code_of(TOTPDevice.objects.get(user=person(client)))}).content.decode()
    return re.findall(r"<li>([a-z2-7]{8})</li>", page)


def again(client: Client) -> Client:
    """Another browser, in which the password was right."""
    other = Client()
    other.force_login(person(client), "django.contrib.auth.backends.ModelBackend")
    return other


def test_nobody_needs_one_by_default(reviewer: Client) -> None:
    assert reviewer.get("/admin/").status_code == 200


def test_a_role_that_needs_one_is_led_to_set_it_up_before_anything_else(
    reviewer: Client, sign_in: SignIn, settings
) -> None:
    settings.SECOND_FACTOR_ROLES = ["Reviewer"]
    for path in ("/admin/", "/admin/catalog/product/", "/admin/password_change/", "/metrics"):
        assert reviewer.get(path).headers["Location"] == SETUP
    assert reviewer.post("/admin/suppliers/supplier/add/", {"name": "x"}).headers["Location"] == SETUP
    assert sign_in("Viewer").get("/admin/").status_code == 200
    page = reviewer.get(SETUP).content.decode()
    assert 'src="data:image/svg+xml' in page
    codes = set_up(reviewer)
    assert len(set(codes)) == 10
    assert reviewer.get("/admin/").status_code == 200


def test_whoever_has_one_is_asked_after_the_password(reviewer: Client) -> None:
    set_up(reviewer)
    other = again(reviewer)
    assert other.get("/admin/catalog/product/").headers["Location"] == f"{ASK}?next=%2Fadmin%2Fcatalog%2Fproduct%2F"
    assert other.get(SETUP).headers["Location"] == ASK
    page = other.post(ASK, {"code": "000000"})
    assert "not the right one" in page.content.decode()
    device = TOTPDevice.objects.get(user=person(reviewer))
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    answer = other.post(f"{ASK}?next=//evil.example/", {"code": code_of(device, later=1)})
    assert answer.headers["Location"] == "/admin/"
    assert other.get("/admin/").status_code == 200


def test_the_page_that_was_asked_for_comes_after_the_code(reviewer: Client) -> None:
    set_up(reviewer)
    other, wanted = again(reviewer), "/admin/catalog/product/?q=bolt+%26+nut&o=1"
    asks = other.get(wanted).headers["Location"]
    device = TOTPDevice.objects.get(user=person(reviewer))
    assert other.post(asks, {"code": code_of(device, later=1)}).headers["Location"] == wanted


def test_two_pages_that_set_up_at_once_end_with_one_device(reviewer: Client) -> None:
    for _page in range(2):
        TOTPDevice.objects.create(user=person(reviewer), confirmed=False)
    first = TOTPDevice.objects.order_by("pk")[0]
    assert reviewer.get(SETUP).status_code == 200
    assert "Recovery codes" in reviewer.post(SETUP, {"code": code_of(first)}).content.decode()
    assert TOTPDevice.objects.get().pk == first.pk


def test_a_recovery_code_lets_in_once(reviewer: Client) -> None:
    code = set_up(reviewer)[0]
    assert again(reviewer).post(ASK, {"code": code.upper()}).headers["Location"] == "/admin/"
    assert "not the right one" in again(reviewer).post(ASK, {"code": code}).content.decode()


def test_guessing_codes_is_slowed(reviewer: Client) -> None:
    set_up(reviewer)
    other = again(reviewer)
    device = TOTPDevice.objects.get(user=person(reviewer))
    for _ in range(4):
        other.post(ASK, {"code": "000000"})
    assert other.post(ASK, {"code": code_of(device, later=1)}).status_code == 200


def test_an_administrator_resets_it(reviewer: Client, sign_in: SignIn) -> None:
    set_up(reviewer)
    root = UserFactory(is_superuser=True)
    TOTPDevice.objects.create(user=root, confirmed=True)
    chosen = {"action": "reset_second_factor", "_selected_action": [person(reviewer).pk, root.pk]}
    answer = sign_in("Administrator").post("/admin/auth/user/", chosen, follow=True)
    assert "Reset for: 1." in answer.content.decode()
    assert "Not reset: 1, " in answer.content.decode()
    assert list(TOTPDevice.objects.values_list("user", flat=True)) == [root.pk]
    assert again(reviewer).get("/admin/").status_code == 200


def test_nobody_is_shown_the_keys_of_others(sign_in: SignIn) -> None:
    client = sign_in("Administrator")
    User.objects.update(is_superuser=True)
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
