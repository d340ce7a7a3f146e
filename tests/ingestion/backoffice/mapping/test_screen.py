import json

import pytest
from django.urls import reverse

from ingestion.actions import mapping
from ingestion.models import IngestionRun, PriceList
from suppliers.models import MappingProfile, PriceListSource
from tests.factories import PriceListFactory, RunFactory, SourceFactory
from tests.ingestion.backoffice.pages import texts
from tests.ingestion.backoffice.price_lists.test_upload import UPLOAD, given
from tests.ingestion.prepared import shown
from tests.ingestion.views.lists import stored, table

pytestmark = pytest.mark.django_db
GROUP = {"column_mapping": {"D": "price"}}
NO_PRICE = {"column_mapping": {"Price": "ignore", "Group K": "ignore"}}


def url(price_list, tail=""):
    return reverse(f"admin:ingestion_pricelist_mapping{tail}", args=[price_list.pk])


def tried(client, price_list, settings=None):
    def ask():
        if settings is None:
            return client.get(url(price_list, "_try"))
        return client.post(url(price_list, "_try"), json.dumps(settings), content_type="application/json")

    return shown(ask)


def saved(client, price_list, settings=GROUP, do="save", **data):
    made_from = mapping.version(PriceListSource.objects.filter(pk=price_list.source_id).first())
    given = {"settings": json.dumps(settings), "do": do, "made_from": made_from, **data}
    return shown(lambda: client.post(url(price_list, "_save"), given, follow=True))


def seen(client, price_list):
    return shown(lambda: client.get(url(price_list)))


def test_the_screen_looks_like_the_sheet(sign_in):
    page = seen(sign_in("Staff"), stored(table()))
    grid = page.context["grid"]
    assert grid.letters == ["A", "B", "C", "D"]
    assert [cell.text for cell in grid.rows[0].cells] == ["Code", "Name", "Price", "Group K"]
    assert "Save for this source and ingest" in page.content.decode()


def test_shows_the_facts_of_the_first_items_and_what_is_wrong_with_them(sign_in):
    rows = "\n".join(f"S-{n};Spade {n};{n}0,50;Acme;{4006381333931 + (n == 2)};0,{n}" for n in range(1, 9))
    found = tried(sign_in("Staff"), stored(f"Code;Name;Price per 100;Brand;EAN;Weight kg\n{rows}")).json()
    result = found["result"]
    assert found["columns"]["D"]["field"] == "brand"
    for text in ("<th>brand</th>", "<td>Acme</td>", "<td>04006381333931</td>", "<td>0.3 kg</td>", " per 100<"):
        assert text in result, text
    assert "4006381333932" in result.split("<th>notes</th>")[1]


def test_tells_what_each_column_was_taken_for_and_what_becomes_of_each_row(sign_in):
    facts = tried(sign_in("Staff"), stored(table())).json()
    assert facts["columns"]["C"]["field"] == "price"
    assert facts["columns"]["C"]["percent"] > 80
    assert facts["columns"]["C"]["reason"]
    assert facts["columns"]["D"]["key"] == "Group K"
    assert (facts["rows"]["1"]["kind"], facts["rows"]["2"]["kind"]) == ("header", "item")
    assert facts["found"] == {"header_row": [1], "data_start_row": 2, "currency": "", "decimal_sign": ","}
    assert "data-difference" not in facts["result"]


def test_says_at_once_what_other_settings_give_and_how_that_differs(sign_in):
    facts = tried(sign_in("Staff"), stored(table()), GROUP).json()
    assert facts["columns"]["D"] | {"field": "price", "given": True} == facts["columns"]["D"]
    assert facts["rows"]["8"]["kind"] == "error"
    assert "call us" in facts["rows"]["8"]["text"]
    assert "data-difference" in facts["result"]
    assert "7 other prices" in facts["result"]
    assert not IngestionRun.objects.exists()


def test_a_refusal_is_an_answer_and_what_is_no_json_changes_nothing(sign_in):
    price_list, staff = stored(table()), sign_in("Staff")
    refused = tried(staff, price_list, NO_PRICE).json()["result"]
    assert "No column is a price" in refused
    for text in ("[1", "[" * 100_000):
        wrong = staff.post(url(price_list, "_try"), text, content_type="application/json")
        assert wrong.json() == tried(staff, price_list).json()


def test_says_when_only_the_first_rows_were_tried(sign_in, settings):
    settings.MAPPING_TRIED_ROWS = 3
    assert "Only the first 3 rows were tried" in tried(sign_in("Staff"), stored(table())).json()["result"]


def test_saving_ingests_and_leads_to_the_run(sign_in):
    price_list = stored(table())
    page = saved(sign_in("Staff"), price_list)
    run = IngestionRun.objects.get()
    assert page.redirect_chain[-1][0] == reverse("admin:ingestion_ingestionrun_change", args=[run.pk])
    assert (run.status, run.is_confirmed, run.source_config["column_mapping"]["Group K"]) == ("queued", True, "price")
    assert MappingProfile.objects.get().source == price_list.source


def test_ingesting_once_saves_nothing(sign_in):
    saved(sign_in("Staff"), stored(table()), do="once")
    assert IngestionRun.objects.get().source_config == GROUP
    assert not MappingProfile.objects.exists()


def test_what_would_change_on_former_lists_has_to_be_confirmed(sign_in):
    former = stored(table(week=1))
    price_list, staff = stored(table(week=2), former.source), sign_in("Staff")
    page = saved(staff, price_list)
    assert [each.price_list for each in page.context["worse"]] == [former]
    assert len(page.context["tried"]) == 2
    assert not MappingProfile.objects.exists()
    saved(staff, price_list, confirmed="1")
    assert MappingProfile.objects.exists()


def test_a_mapping_that_changes_nothing_is_saved_at_once_and_said_to_be_tried(sign_in):
    former = stored(table(week=1))
    page = saved(sign_in("Staff"), stored(table(week=2), former.source), {})
    assert "Tried on its last 2 lists" in texts(page)


def test_two_people_map_the_same_source(sign_in):
    price_list, first, second = stored(table()), sign_in("Staff"), sign_in("Staff")
    made_from = seen(first, price_list).context["made_from"]
    saved(second, price_list, confirmed="1", made_from=made_from)
    (theirs,) = MappingProfile.objects.all()
    page = saved(first, price_list, {"currency": "USD", **GROUP}, confirmed="1", made_from=made_from)
    assert f"{theirs.saved_by} saved another mapping" in texts(page)
    assert page.context["settings"]["currency"] == "USD"
    assert MappingProfile.objects.count() == 1
    saved(first, price_list, {"currency": "USD", **GROUP}, confirmed="1", made_from=page.context["made_from"])
    assert MappingProfile.objects.count() == 2


def test_the_last_lists_can_be_looked_at_without_saving(sign_in):
    page = saved(sign_in("Staff"), stored(table()), do="try")
    assert "items before" in page.content.decode()
    assert not MappingProfile.objects.exists()


def test_going_back_keeps_what_was_said(sign_in):
    page = saved(sign_in("Staff"), stored(table()), do="back")
    assert (page.context["settings"], page.context["is_changed"]) == (GROUP, True)


def test_settings_that_read_nothing_are_refused_on_the_screen(sign_in):
    page = saved(sign_in("Staff"), stored(table()), NO_PRICE)
    assert "No column is a price" in texts(page)
    assert page.context["settings"] == NO_PRICE


def test_an_upload_can_be_looked_at_first(sign_in):
    source = SourceFactory()
    staff = sign_in("Staff")
    page = staff.post(f"{UPLOAD}?source={source.pk}", given(source=source.pk, preview="1"), follow=True)
    assert page.redirect_chain[-1][0] == url(PriceList.objects.get())
    assert not IngestionRun.objects.exists()


def test_the_waiting_run_asks_its_question_on_the_screen(sign_in):
    price_list = stored(table())
    RunFactory(source=price_list.source, price_list=price_list, status="waiting", message="Which one is the price?")
    assert "Which one is the price?" in seen(sign_in("Staff"), price_list).content.decode()


def test_a_file_that_is_gone_or_no_list_is_said(sign_in):
    gone = PriceListFactory()
    gone.file.storage.delete(gone.file.name)
    staff = sign_in("Staff")
    assert "gone" in seen(staff, gone).context["refusal"]
    assert "gone" in tried(staff, gone).json()["result"]


def test_another_sheet_is_fetched_by_name(sign_in):
    address, viewer = url(stored(table()), "_grid"), sign_in("Viewer")
    page = shown(lambda: viewer.get(address, {"sheet": "nowhere"}))
    assert page.context["grid"].letters == ["A", "B", "C", "D"]


@pytest.mark.parametrize(("role", "may"), [("", (403, 403, 403, 403)), ("Viewer", (200, 200, 403, 403))])
def test_who_may_not_start_runs_looks_at_most(sign_in, role, may):
    price_list, client = stored(table()), sign_in(role)
    answers = (
        seen(client, price_list),
        tried(client, price_list),
        tried(client, price_list, GROUP),
        client.post(url(price_list, "_save"), {"do": "once"}),
    )
    assert tuple(answer.status_code for answer in answers) == may
    for what in ("save", "try"):
        assert client.post(url(price_list, "_save"), {"do": what}).status_code == 403
    assert not IngestionRun.objects.exists()


@pytest.mark.parametrize("role", ["Staff", "Reviewer", "Administrator"])
def test_who_may_start_runs_may_map(sign_in, role):
    price_list, client = stored(table()), sign_in(role)
    assert seen(client, price_list).context["may_save"]
    assert tried(client, price_list, GROUP).status_code == 200
    saved(client, price_list)
    assert MappingProfile.objects.exists()


def test_a_viewer_is_offered_no_button(sign_in):
    page = seen(sign_in("Viewer"), stored(table())).content.decode()
    assert "Save for this source" not in page
    assert "Ingest once" not in page
    assert "disabled" in page


def drifted_run(**drift):
    price_list = stored(table())
    waits = {"status": "waiting", "waits_for": "mapping", "drift": drift}
    return RunFactory(source=price_list.source, price_list=price_list, **waits)


CHANGE = {
    "kind": "renamed",
    "message": "The column C seems to be D now.",
    "sheet": None,
    "field": "price",
    "old": {"letter": "C", "header": "Price", "samples": ["1", "2"]},
    "new": {"letter": "D", "header": "Group K", "samples": ["3", "4"]},
}


def test_a_drifted_run_shows_old_beside_new_and_binds_by_one_click(sign_in):
    run, staff = drifted_run(changes=[CHANGE], settings=GROUP), sign_in("Staff")
    page = staff.get(reverse("admin:ingestion_ingestionrun_change", args=[run.pk])).content.decode()
    assert "C Price" in page
    assert "3 · 4" in page
    shown(lambda: staff.post(reverse("admin:ingestion_ingestionrun_bind", args=[run.pk])))
    run.refresh_from_db()
    assert (run.status, run.source_config["column_mapping"]["Group K"]) == ("queued", "price")


def test_what_needs_more_than_a_yes_leads_to_the_screen(sign_in):
    run, staff = drifted_run(changes=[CHANGE], settings=None), sign_in("Staff")
    context = staff.get(reverse("admin:ingestion_ingestionrun_change", args=[run.pk])).context
    assert [str(button.label) for button in context["buttons"]] == ["Cancel"]
    assert context["links"][0].variant == "primary"
    page = staff.post(reverse("admin:ingestion_ingestionrun_bind", args=[run.pk]), follow=True)
    assert "nothing to bind" in texts(page)


def test_a_waiting_run_can_be_cancelled(sign_in):
    run = drifted_run()
    sign_in("Staff").post(reverse("admin:ingestion_ingestionrun_cancel", args=[run.pk]))
    run.refresh_from_db()
    assert run.status == "cancelled"


def test_a_viewer_binds_nothing(sign_in):
    run = drifted_run(changes=[CHANGE], settings=GROUP)
    assert sign_in("Viewer").post(reverse("admin:ingestion_ingestionrun_bind", args=[run.pk])).status_code == 403


def test_the_source_shows_its_mappings_and_goes_back_to_an_older_one(sign_in):
    price_list, staff = stored(table()), sign_in("Staff")
    saved(staff, price_list)
    IngestionRun.objects.all().delete()
    saved(staff, price_list, {}, confirmed="1")
    older = MappingProfile.objects.last()
    source = reverse("admin:suppliers_pricelistsource_change", args=[price_list.source_id])
    assert "Use this again" in staff.get(source).content.decode()
    assert "Use this again" not in sign_in("Viewer").get(source).content.decode()
    back = reverse("admin:suppliers_pricelistsource_mapping", args=[price_list.source_id, older.pk])
    assert sign_in("Viewer").post(back).status_code == 403
    staff.post(back)
    assert price_list.source.profile.settings == older.settings
    assert MappingProfile.objects.count() == 3
