from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client, RequestFactory

from ingestion.backoffice.kit.side_bar import SideBarPart, entries_of, side_bar

PAGES = [entry for part in SideBarPart for entry in entries_of(part)]


def links(request: Any) -> list[dict[str, Any]]:
    return [link for part in side_bar(request) for link in part["items"]]


def test_stands_in_the_order_of_the_work(rf: RequestFactory) -> None:
    titles = [str(link["title"]) for link in links(rf.get("/"))]
    work = ["Overview", "Suppliers", "Sources", "Runs", "Held", "Drafts to review", "Products", "Users", "Queue"]
    assert [title for title in titles if title in work] == work


def test_no_two_links_have_the_same_place() -> None:
    for part in SideBarPart:
        places = [entry.place for entry in entries_of(part)]
        assert len(set(places)) == len(places)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.title))
def test_every_link_opens(page: Any, admin_client: Client, rf: RequestFactory) -> None:
    [link] = [each for each in links(rf.get("/")) if each["title"] == page.title]
    assert admin_client.get(link["link"]).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Viewer", "Staff", "Reviewer", "Administrator"])
def test_a_role_sees_just_the_links_that_it_may_follow(role: str, client: Client, rf: RequestFactory) -> None:
    user = User.objects.create_user("person", is_staff=True)
    user.groups.set([Group.objects.get(name=role)])
    client.force_login(user)
    request = rf.get("/")
    request.user = user
    for link in links(request):
        is_shown = "permission" not in link or link["permission"](request)
        assert (client.get(link["link"]).status_code == 200) == is_shown, link["title"]
