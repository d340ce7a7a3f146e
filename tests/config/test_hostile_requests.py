"""Every address of the site, as every role, with hostile values in each of its places: a 4xx, and never a 500."""

from __future__ import annotations

import random

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from tests.attack.addresses import (
    HOSTILE_VALUES,
    PARAMETERS,
    Address,
    addresses,
    hostile_queries,
    parameters_of_lists,
)
from tests.attack.world import ROLES, SECRETS, build, values_of
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db

ANSWERING_WITHOUT_SIGNING_IN = {"", "favicon.ico", "health/", "i18n/setlang/", "admin/login/", "admin/jsi18n/"}
QUERIES = 250  # of tens of thousands: `make attack` asks them all


@pytest.fixture
def world(db: None) -> dict[str, int]:
    return build()


@pytest.fixture
def superuser(sign_in: SignIn) -> Client:
    client = sign_in("Administrator")
    User.objects.filter(pk=client.session["_auth_user_id"]).update(is_superuser=True)
    return client


def ask(client: Client, method: str, path: str, *args: object, **kwargs: object) -> tuple[int, str]:
    """The status and the text of an answer; what it changed is taken back."""
    client.raise_request_exception = False
    with transaction.atomic():
        answer = getattr(client, method)(path, *args, **kwargs)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, content.decode(errors="replace")


def failures(client: Client, requests: list[tuple[str, str]]) -> list[str]:
    return [f"{method} {path[:200]!r}" for method, path in requests if ask(client, method, path)[0] >= 500]


def attacked() -> list[Address]:
    return [address for address in addresses() if address.name != "logout"]


@pytest.mark.parametrize("role", [*ROLES, None])
def test_no_path_ends_in_an_error(sign_in: SignIn, world: dict[str, int], role: str | None) -> None:
    client = Client() if role is None else sign_in(role)
    chance = random.Random(9)
    requests = []
    for address in attacked():
        ordinary, *hostile = address.variations(values_of(address.pattern, world))
        if role == "Administrator":  # the others see fewer pages of the same
            requests += [("get", path) for path in chance.sample(hostile, min(3, len(hostile)))]
        requests += [("get", ordinary), ("post", ordinary)]
    assert len(requests) > 200
    assert not failures(client, requests)


def test_no_query_ends_in_an_error(superuser: Client, world: dict[str, int]) -> None:
    parameters = sorted({*PARAMETERS, *parameters_of_lists()})
    queries = list(hostile_queries(parameters))
    chance = random.Random(9)
    paths = [each.path(values_of(each.pattern, world)) for each in attacked()]
    requests = [("get", f"{chance.choice(paths)}?{chance.choice(queries)}") for _ in range(QUERIES)]
    assert not failures(superuser, requests)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/ingestion/heldchange/?cause=%00",
        "/admin/ingestion/heldchange/?percent_from=1e9999999",
        "/admin/ingestion/change/?percent=1e9999999",
        "/admin/catalog/supplieritem/?unit_price_from=nan",
        "/admin/catalog/supplieritem/export/csv/?nothing=1",
        "/admin/catalog/product/export/?nothing=1",
        "/admin/catalog/product/?lowest_price_from=9" + "9" * 50,
        "/admin/r/1/1/",
        "/admin/r/%00/1/",
        "/admin/django_rq/dashboard/queues/99/",
        "/admin/django_rq/dashboard/queues/0/no-such-job/",
        "/admin/django_rq/dashboard/workers/0/nobody/",
        "/admin/django_rq/dashboard/schedulers/0/",
        "/admin/django_rq/dashboard/1/change/",
        "/admin/catalog/product/99999999999999999999/archive/now/",
        "/admin/login/?next=%00",
        "/admin/%00",
    ],
)
def test_what_was_found_is_refused(superuser: Client, world: dict[str, int], address: str) -> None:
    status, _text = ask(superuser, "get", address)
    assert status in (302, 400, 404, 405)


@pytest.mark.parametrize("role", ["", None])
def test_nobody_without_a_role_sees_anything(sign_in: SignIn, world: dict[str, int], role: str | None) -> None:
    client = Client() if role is None else sign_in(role)
    for address in attacked():
        path = address.path(values_of(address.pattern, world))
        for method in ("get", "post"):
            status, text = ask(client, method, path)
            assert not [secret for secret in SECRETS if secret in text], (method, path)
            if role is None and address.pattern not in ANSWERING_WITHOUT_SIGNING_IN:
                assert status in (301, 302, 400, 401, 403, 404, 405), (method, path)


def test_fields_of_forms(superuser: Client, world: dict[str, int]) -> None:
    fields = ("action", "_selected_action", "select_across", "settings", "comment", "do", "name", "form-TOTAL_FORMS")
    pages = [each.path(values_of(each.pattern, world)) for each in attacked() if "delete" not in each.name]
    chance = random.Random(9)
    for page in pages:
        sent = {field: chance.choice(HOSTILE_VALUES).encode("utf-8", "replace").decode() for field in fields}
        assert ask(superuser, "post", page, sent)[0] < 500, (page, sent)
        assert ask(superuser, "post", page, b"{\xff[", content_type="application/json")[0] < 500, page
        assert ask(superuser, "post", page, b"--x\r\nbroken", content_type="multipart/form-data; boundary=x")[0] < 500


def test_nul_in_a_field_and_in_the_name_of_a_file_are_refused(superuser: Client) -> None:
    for field in ("name", "na\0me"):
        status, text = ask(superuser, "post", "/admin/suppliers/supplier/add/", {field: "a\0b"})
        assert (status, "NUL" in text) == (400, True)


def test_other_methods(superuser: Client, world: dict[str, int]) -> None:
    for address in attacked():
        for method in ("put", "head"):
            assert ask(superuser, method, address.path(values_of(address.pattern, world)))[0] < 500


@pytest.mark.parametrize(
    "given", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(superuser: Client, given: str) -> None:
    assert superuser.get("/admin/login/", {"next": given}).headers.get("Location", "/").startswith("/admin/")
    assert superuser.post("/i18n/setlang/", {"language": "de", "next": given}).headers["Location"].startswith("/")
    assert "evil" not in superuser.post("/i18n/setlang/", {"language": "de", "next": given}).headers["Location"]


def test_an_import_whose_file_is_gone_starts_again(superuser: Client) -> None:
    sent = {"import_file_name": "gone", "original_file_name": "x.csv", "format": "0", "resource": ""}
    answer = superuser.post("/admin/catalog/product/process_import/", sent)
    assert answer.headers["Location"] == "/admin/catalog/product/import/"


def test_somebody_unknown_cannot_send_an_upload(client: Client) -> None:
    assert ask(client, "post", "/admin/login/", {"username": "x" * 70_000})[0] == 413


def test_the_queue_away_is_said(superuser: Client, settings) -> None:
    settings.RQ_QUEUES = {"high": {**settings.RQ_QUEUES["high"], "URL": "redis://127.0.0.1:1/0"}}
    status, text = ask(superuser, "get", "/admin/django_rq/dashboard/queues/0/")
    assert (status, "does not answer" in text) == (503, True)
