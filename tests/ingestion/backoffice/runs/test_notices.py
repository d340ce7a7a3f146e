"""What stands first on a run's page."""

import pytest

from ingestion.backoffice.runs.notices import Notices, notices_of
from tests.factories import RunFactory
from tests.ingestion.backoffice.pages import run_url

pytestmark = pytest.mark.django_db
ASKED = ["Is column C the price?", "Is column A the code?"]
HELD = "2 prices are held for review."


def test_a_waiting_run_asks_each_question_by_itself(sign_in):
    run = RunFactory(status="waiting", message=" ".join(ASKED), understanding={"questions": ASKED})
    assert notices_of(run) == Notices(tuple(ASKED), (), "")
    page = sign_in("Viewer").get(run_url("change", run)).content.decode()
    for question in ASKED:
        assert f"<li data-question>{question}</li>" in page
    assert page.count(ASKED[0]) == 1


def test_a_question_without_more_is_its_message():
    assert notices_of(RunFactory(status="waiting", message="Which one?")).questions == ("Which one?",)


def test_a_run_that_held_something_says_it_above_its_figures(sign_in):
    run = RunFactory(
        status="partial_success", total_rows=9, successful_rows=9, held_items=2, unchanged_items=7, message=HELD,
        summary={"buckets": {"held": 2}, "guards": [HELD]},
    )  # fmt: skip
    assert notices_of(run) == Notices((), (HELD,), "")
    page = sign_in("Viewer").get(run_url("change", run))
    text = page.content.decode()
    assert text.count(HELD) == 1
    assert text.index(HELD) < text.index("counts")
    assert list(page.context["counts"])[:3] == [("prices held", "2"), ("rows failed", "0"), ("rows stored", "7")]


def test_what_a_dry_run_would_ask_is_told_apart_from_what_it_found():
    run = RunFactory(
        status="partial_success", dry_run=True, message=HELD, understanding={"questions": ASKED[:1]},
        summary={"guards": [HELD]},
    )  # fmt: skip
    assert notices_of(run) == Notices((ASKED[0],), (HELD,), "")


def test_any_other_message_is_shown():
    assert notices_of(RunFactory(status="success", message="Nothing new.")) == Notices((), (), "Nothing new.")
