import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.pricegrid.values.text import clean_text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  Drill \n 18V ", "Drill 18V"),
        ("Drill\u00a018V", "Drill 18V"),
        ("Dri\u00adll\u200b", "Drill"),
        ("Caf\u0065\u0301", "Café"),
        ("Screw &amp; nut &#8211; 5&quot;", 'Screw & nut – 5"'),
        ("<b>Drill</b><br/>18V", "Drill 18V"),
        ("a < b and b > c", "a < b and b > c"),
        ("R&D kit", "R&D kit"),
        ('="Drill"', "Drill"),
        ('"=""Drill 5"""""', 'Drill 5"'),
        ("'t Hof vice", "'t Hof vice"),
        ("= 5 pieces", "= 5 pieces"),
        (12.0, "12"),
        (None, ""),
    ],
)
def test_clean_texts(raw, text):
    assert clean_text(raw) == text


@given(st.text(alphabet=st.characters(exclude_characters="&<"), max_size=40))
def test_cleaning_twice_changes_nothing(text):
    assert clean_text(clean_text(text)) == clean_text(text)
