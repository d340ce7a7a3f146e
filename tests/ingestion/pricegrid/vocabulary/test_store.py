import json
from pathlib import Path

import pytest
from django.apps import apps

import ingestion.pricegrid.vocabulary as package
from ingestion.pricegrid.vocabulary import load_vocabulary, match_header, normalise, use_vocabulary_folders, vocabulary
from ingestion.pricegrid.vocabulary.normal import normalise_all
from ingestion.pricegrid.vocabulary.phrases import Phrases

FURTHER = {  # topics without words in English
    "price_ends",
    "countries", "durations", "made_in", "unit_names",
    "currencies", "currencies_also_words", "currencies_shared_signs", "currencies_without_cents",
    "currencies_of_countries", "currencies_of_letters", "currencies_of_words", "telephone_prefixes",
    "dollar_sign_of_pesos", "for_many_behind", "letter_sizes", "minor_units",
    "months", "per_quantity_codes", "sheets", "years",
}  # fmt: skip
FILES = sorted(Path(package.__file__).parent.glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_hold_known_topics_and_no_empty_words(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    known = set(json.loads((path.parent / "en.json").read_text(encoding="utf-8"))) | FURTHER
    assert set(content) <= {*known, "source"}
    content.pop("language", None)
    content.pop("source", None)
    for value in content.values():
        for words in value.values() if isinstance(value, dict) else [value]:
            assert all(isinstance(word, str) and word.strip() for word in words)


@pytest.fixture
def extra_folder(tmp_path):
    words = {"language": "House", "headers": {"price": ["floop"]}, "no_price": ["mañana"]}
    (tmp_path / "house.json").write_text(json.dumps(words), encoding="utf-8")
    yield tmp_path
    use_vocabulary_folders()


def test_a_folder_adds_words_without_code(extra_folder):
    assert list(match_header("Floop")) == []
    use_vocabulary_folders(extra_folder)
    assert match_header("Floop")[0].field == "price"
    assert match_header("Price")[0].field == "price"
    assert "mañana" in vocabulary().words["no_price"]
    assert "mañana" not in load_vocabulary().words["no_price"]


def test_a_deployment_names_its_folders_in_a_setting(extra_folder, settings):
    settings.INGESTION_VOCABULARY = [str(extra_folder)]
    apps.get_app_config("ingestion").ready()
    assert match_header("Floop")[0].field == "price"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Art.-Nr.", "art nr"),
        ("Désignation", "designation"),
        ("Ёмкость", "емкость"),
        ("unitPrice", "unit price"),
        ("опт1", "опт 1"),
        ("№ п/п", "no п п"),
        ("单价", "单 价"),
        ("År", "aar"),
        ("Ц\u0065н\u0061", "цена"),
        ("\u0041ртикул", "артикул"),
        ("10+ шт", "10 + шт"),
        ("Кол-\nво", "кол во"),
    ],
)
def test_one_form_for_many(text, form):
    assert normalise(text) == form
    assert normalise(form) == form


def test_thousands_of_texts_are_normalised_as_each_of_them_is():
    texts = [word for words in vocabulary().words.values() for word in words]
    texts += ["", " ", "two\nlines ", "\tTab", "Ц\u0065на 10шт", "e\u0301te", "각격 12개"]
    assert normalise_all(texts) == {text: normalise(text) for text in texts}
    assert normalise_all([]) == {}


def test_the_most_specific_phrase_counts():
    phrases = Phrases([("price*", "money"), ("price group", "group"), ("pricelist", "list")])
    assert phrases.exact("Price group") == ["group"]
    assert phrases.exact("Pricelist") == ["list"]
    assert phrases.exact("Prices") == ["money"]
    assert [hit.means for hit in phrases.find(["new", "prices"])] == ["money"]
    assert phrases.covers("price group prices")
    assert not phrases.covers("new price")
