import pytest
from django.core.exceptions import ValidationError

from ingestion.backoffice.kit.fields import JSONObjectField


@pytest.mark.parametrize(("given", "found"), [("", {}), ("{}", {}), ('{"header_row": 3}', {"header_row": 3})])
def test_an_object_or_nothing(given, found):
    assert JSONObjectField(required=False).clean(given) == found


@pytest.mark.parametrize("given", ["[1]", "3", '"text"', "{"])
def test_anything_else_is_refused(given):
    with pytest.raises(ValidationError):
        JSONObjectField(required=False).clean(given)
