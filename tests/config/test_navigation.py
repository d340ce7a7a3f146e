import pytest
from django.contrib.auth.models import Group, User
from django.test import Client, RequestFactory

from config.navigation import SIDEBAR

PAGES = [item for group in SIDEBAR["navigation"] for item in group["items"]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page["title"]))
def test_every_link_opens(page: dict, admin_client: Client) -> None:
    assert admin_client.get(str(page["link"])).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Viewer", "Staff", "Reviewer", "Administrator"])
def test_a_role_sees_just_the_links_that_it_may_follow(role: str, client: Client, rf: RequestFactory) -> None:
    user = User.objects.create_user("person", is_staff=True)
    user.groups.set([Group.objects.get(name=role)])
    client.force_login(user)
    request = rf.get("/")
    request.user = user
    for page in PAGES:
        shown = "permission" not in page or page["permission"](request)
        assert (client.get(str(page["link"])).status_code == 200) == shown, page["title"]
