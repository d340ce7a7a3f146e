import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from catalog.models import Category
from tests.factories import CategoryFactory

pytestmark = pytest.mark.django_db


def test_marks_what_lists_brought_as_reviewed(reviewer):
    new, known = CategoryFactory(needs_review=True), CategoryFactory()
    data = {"action": "mark_reviewed", ACTION_CHECKBOX_NAME: [new.pk, known.pk]}
    page = reviewer.post(reverse("admin:catalog_category_changelist"), data, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["1 category marked as reviewed."]
    assert not Category.objects.filter(needs_review=True).exists()
