import pytest

from ingestion.backoffice.mapping.form import ELSEWHERE, inputs
from ingestion.pricegrid.settings import READING_SETTINGS, SettingKind
from tests.ingestion.backoffice.mapping.test_screen import seen
from tests.ingestion.views.lists import stored, table


@pytest.mark.django_db
def test_every_setting_is_asked_for(sign_in):
    page = seen(sign_in("Staff"), stored(table())).content.decode()
    for setting in READING_SETTINGS:
        assert (f'data-setting="{setting.name}"' in page) is (setting.kind not in ELSEWHERE)


@pytest.mark.django_db
def test_every_column_can_be_every_field(sign_in):
    page = seen(sign_in("Staff"), stored(table())).content.decode()
    mapped = next(setting for setting in READING_SETTINGS if setting.kind is SettingKind.MAPPING)
    for field in mapped.schema["additionalProperties"]["enum"]:
        assert f'<option value="{field}">' in page


def test_what_is_chosen_without_a_choice_is_found():
    asked = {each.name: each.choices for each in inputs()}
    assert asked["section_rule"][0] == ("", "as found")
    assert [value for value, _ in asked["section_rule"]] == ["", "off", "rows"]
    assert [value for value, _ in asked["decimal_sign"]] == ["", ".", ","]
    assert asked["currency"] == []
