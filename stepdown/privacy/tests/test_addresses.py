"""The same place is known again however somebody wrote it."""

import pytest

from stepdown.privacy.domain.addresses import place

HERE = place("120 N. Example Street, Apt 4B", "55401")


@pytest.mark.parametrize(
    "said",
    [
        "120 N. Example Street, Apt 4B",
        "120 north example st #4b",
        "  120  N Example St.  Unit 4-B ",
        "120 N. EXAMPLE STREET APARTMENT 4 B",
        "120 N Éxample St, No. 4B",
        "120 N Example St 4B",
    ],
)
def test_letters_spaces_punctuation_and_short_forms_say_nothing(said):
    assert place(said, "55401") == place(said, "55401-1234") == place(said, " 55401 ") == HERE


@pytest.mark.parametrize(
    ("said", "postal_code"),
    [
        ("121 N Example St Apt 4B", "55401"),
        ("120 S Example St Apt 4B", "55401"),
        ("120 N Example Ave Apt 4B", "55401"),
        ("120 N Example St Apt 5B", "55401"),
        ("120 N Example St", "55401"),
        ("120 N Example St Apt 4B", "55402"),
    ],
)
def test_another_number_street_unit_or_zip_code_is_another_place(said, postal_code):
    assert place(said, postal_code) != HERE


@pytest.mark.parametrize(
    ("said", "postal_code"), [("", "55401"), ("120 N Example St", ""), ("", ""), (" #. ", "55401")]
)
def test_half_an_address_is_no_place(said, postal_code):
    assert place(said, postal_code) == ""
