import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.conftest import SignIn
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_an_administrator_gives_roles_and_no_more(sign_in: SignIn) -> None:
    admin, user = sign_in("Administrator"), UserFactory(username="new")
    page = admin.get(reverse("admin:auth_user_change", args=[user.pk]))
    fields = page.context["adminform"].form.fields
    assert "groups" in fields
    assert not {"is_superuser", "user_permissions"} & set(fields)


def test_an_administrator_leaves_superusers_alone(sign_in: SignIn) -> None:
    admin, root = sign_in("Administrator"), UserFactory(is_superuser=True)
    assert admin.post(reverse("admin:auth_user_change", args=[root.pk]), {"username": "mine"}).status_code == 403
    assert admin.post(reverse("admin:auth_user_delete", args=[root.pk]), {"post": "yes"}).status_code == 403
    assert admin.post(reverse("admin:auth_user_password_change", args=[root.pk]), {}).status_code == 403
    assert User.objects.filter(pk=root.pk, username=root.username).exists()
