from datetime import date

import pytest
from django import forms

from stepdown.ui.fields import (
    DateBoxesField,
    Form,
    PhoneField,
    ScaleField,
    StateField,
    YesNoField,
    phone_said,
)


class Ask(Form):
    called = forms.CharField(max_length=5, error_messages={"required": "Enter a name we can call you by."})
    phone = PhoneField(error_messages={"required": "Enter your phone number."})
    born = DateBoxesField(latest=lambda: date(2026, 3, 11), error_messages={"required": "Enter your date of birth."})
    safe = YesNoField(error_messages={"required": "Choose yes or no."})


def asked(**changes):
    typed = {
        "called": "Noor",
        "phone": "(512) 555-0142",
        "born_month": "3",
        "born_day": "27",
        "born_year": "1985",
        "safe": "yes",
    }
    return Ask(typed | changes)


def sentence(form, name):
    return " ".join(form.errors.get(name, []))


def test_a_good_form_gives_clean_values():
    form = asked()
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"called": "Noor", "phone": "+15125550142", "born": date(1985, 3, 27), "safe": True}


@pytest.mark.parametrize("typed", ["512-555-0142", "+1 512 555 0142", "1.512.555.0142", "5125550142"])
def test_a_phone_number_may_be_written_in_any_common_way(typed):
    form = asked(phone=typed)
    form.is_valid()
    assert form.cleaned_data["phone"] == "+15125550142"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("(512) 555-014", "Enter a phone number with 10 digits. This one has 9."),
        ("2 512 555 0142", "Enter a phone number with 10 digits. This one has 11."),
        ("call my wife", "Enter a phone number with digits only, for example (512) 555-0142."),
        ("", "Enter your phone number."),
    ],
)
def test_a_wrong_phone_number_is_answered_with_a_sentence(typed, said):
    assert sentence(asked(phone=typed), "phone") == said


def test_digits_of_other_scripts_are_not_taken_for_a_number():
    for typed in ("٥١٢٥٥٥٠١٤٢", "５１２５５５０１４２", "512 555 01⁴²"):
        assert sentence(asked(phone=typed), "phone").startswith("Enter a phone number with digits only")


@pytest.mark.parametrize("typed", ["\u202a+1 (512) 555‑0142\u202c", "1–512–555–0142", "512.555.0142\u200e"])
def test_a_number_copied_from_a_list_of_contacts_is_the_same_number(typed):
    form = asked(phone=typed)
    form.is_valid()
    assert form.cleaned_data["phone"] == "+15125550142"


@pytest.mark.parametrize("typed", ["\u200b\u2060", "No\u202ero", "\u202d"])
def test_text_that_cannot_be_seen_or_turns_around_what_follows_is_refused_in_words(typed):
    assert sentence(asked(called=typed), "called") == "Take out the character that cannot be shown."


@pytest.mark.parametrize("typed", ["🫶🏽", "والت", "\u200fשם", "Zoë"])
def test_text_that_can_be_seen_is_taken_as_it_is(typed):
    form = asked(called=typed)
    form.is_valid()
    assert form.cleaned_data["called"] == typed


def test_a_stored_number_is_shown_as_people_write_it():
    assert phone_said("+15125550142") == "(512) 555-0142"
    assert Ask(initial={"phone": "+15125550142"})["phone"].value() == "(512) 555-0142"


@pytest.mark.parametrize(
    ("month", "day", "year", "said"),
    [
        ("2", "30", "1985", "Enter a real date, for example 3 27 1985."),
        ("13", "1", "1985", "Enter a real date, for example 3 27 1985."),
        ("Ma", "1", "1985", "Enter a real date, for example 3 27 1985."),
        ("3", "x", "1985", "Enter a real date, for example 3 27 1985."),
        ("3", "1", "0000", "Enter a real date, for example 3 27 1985."),
        ("3", "27", "85", "Enter the year with 4 digits, for example 1985."),
        ("3", "27", "", "Enter the year too."),
        ("", "27", "1985", "Enter the month too."),
        ("3", "", "1985", "Enter the day too."),
        ("3", "27", "2027", "Enter a date that is not in the future."),
        ("", "", "", "Enter your date of birth."),
    ],
)
def test_a_wrong_date_is_answered_with_a_sentence(month, day, year, said):
    assert sentence(asked(born_month=month, born_day=day, born_year=year), "born") == said


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", "marzo", "MAR."])
def test_a_month_may_be_a_number_or_a_name(month):
    form = asked(born_month=month)
    form.is_valid()
    assert form.cleaned_data["born"] == date(1985, 3, 27)


def test_what_was_typed_in_the_boxes_stays():
    html = str(asked(born_month="2", born_day="30")["born"])
    assert 'value="2"' in html
    assert 'value="30"' in html


def test_a_stored_date_fills_the_boxes():
    field = Ask(initial={"born": date(1985, 3, 27)})["born"]
    boxes = field.field.widget.boxes("born", field.value(), {"id": "id_born"})
    assert [box["value"] for box in boxes] == ["3", "27", "1985"]
    assert [box["name"] for box in boxes] == ["born_month", "born_day", "born_year"]


def test_too_long_a_text_is_told_with_both_numbers():
    assert sentence(asked(called="Bartholomew"), "called") == "Use at most 5 characters. This has 11."


def test_the_error_summary_leads_to_the_first_control_of_each_field():
    form = asked(called="", born_day="", safe="")
    form.add_error(None, "This offer has ended. Ask for another one.")
    assert form.error_summary == [
        ("This offer has ended. Ask for another one.", ""),
        ("Enter a name we can call you by.", "id_called"),
        ("Enter the day too.", "id_born_0"),
        ("Choose yes or no.", "id_safe_0"),
    ]


def test_a_field_keeps_its_own_sentences():
    class Own(Form):
        seats = forms.IntegerField(error_messages={"invalid": "Enter how many seats, for example 8."})
        age = forms.IntegerField(max_value=99)

    form = Own({"seats": "many", "age": "old"})
    assert sentence(form, "seats") == "Enter how many seats, for example 8."
    assert sentence(form, "age") == "Enter a whole number."
    assert sentence(Own({"seats": "1", "age": "120"}), "age") == "Enter 99 or less."


def test_the_browser_is_not_left_to_complain_in_its_own_words():
    assert "required" not in str(Ask()["called"])


class Numbers(Form):
    urge = ScaleField(ends=("No urge", "Strongest"), required=False)
    state = StateField(required=False)


@pytest.mark.parametrize(("typed", "value"), [("0", 0), ("10", 10), ("", None)])
def test_a_scale_gives_a_whole_number_or_nothing(typed, value):
    form = Numbers({"urge": typed})
    assert form.is_valid()
    assert form.cleaned_data["urge"] == value


@pytest.mark.parametrize("typed", ["11", "-1", "4.5", "four"])
def test_a_scale_takes_nothing_beyond_its_ends(typed):
    assert sentence(Numbers({"urge": typed}), "urge") == "Choose one of the answers shown."


def test_a_state_is_two_letters_we_know():
    assert Numbers({"state": "TX"}).is_valid()
    assert not Numbers({"state": "ZZ"}).is_valid()


def test_no_is_an_answer_and_not_an_empty_field():
    form = asked(safe="no")
    assert form.is_valid()
    assert form.cleaned_data["safe"] is False
