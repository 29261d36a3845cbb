import re

import pytest
from django import forms

from stepdown.ui.fields import CheckChips, ChoiceCards, DateBoxesField, Form, PhoneField, ScaleField
from stepdown.ui.tests.rendering import rendered


class Ask(Form):
    called = forms.CharField(
        label="What should we call you?", error_messages={"required": "Enter a name we can call you by."}
    )
    phone = PhoneField(label="Phone number", error_messages={"required": "Enter your phone number."})
    near = forms.ChoiceField(
        label="Who can hear?",
        choices=[("none", "Nobody"), ("near", "Someone")],
        widget=ChoiceCards(hints={"near": "That is OK."}),
        error_messages={"required": "Choose who can hear."},
    )
    times = forms.MultipleChoiceField(
        label="When?",
        choices=[("am", "Morning"), ("pm", "Evening")],
        widget=CheckChips,
        error_messages={"required": "Choose when."},
    )
    urge = ScaleField(label="Urge", ends=("No urge", "Strongest"), error_messages={"required": "Choose a number."})
    born = DateBoxesField(label="Born", error_messages={"required": "Enter your date of birth."})


ids = lambda html: re.findall(r'\bid="([^"]+)"', html)


def field(name, data=None, **more):
    form = Ask(data)
    return rendered('<c-field :field="form.one" hint="Any name you like." />', form={"one": form[name]})


def test_a_field_stands_as_label_hint_error_control():
    html = field("called", {"called": ""})
    places = [html.index(part) for part in ("<label", "Any name you like.", "Enter a name we can call", "<input")]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["called", "phone", "near", "times", "urge", "born"])
def test_every_description_of_a_field_exists_on_the_page(name):
    html = field(name, {})
    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        assert set(described.split()) <= set(ids(html))
    assert len(ids(html)) == len(set(ids(html)))


@pytest.mark.parametrize("name", ["called", "phone", "near", "times", "urge", "born"])
def test_every_label_leads_to_its_control(name):
    html = field(name)
    for target in re.findall(r'<label[^>]* for="([^"]+)"', html):
        assert target in ids(html)
    assert html.count("<label") == html.count("<input")


def test_a_wrong_control_says_that_it_is_wrong():
    assert 'aria-invalid="true"' in field("called", {"called": ""})
    assert "aria-invalid" not in field("called", {"called": "Noor"})


def test_what_was_typed_and_chosen_is_kept():
    typed = {"called": "<Noor>", "near": "near", "times": ["pm"], "urge": "4", "born_month": "2", "born_day": "30"}
    assert 'value="&lt;Noor&gt;"' in field("called", typed)
    assert 'value="near" checked' in field("near", typed)
    assert 'value="pm" checked' in field("times", typed)
    assert 'value="4" checked' in field("urge", typed)
    assert 'value="30"' in field("born", typed)


def test_a_card_shows_the_hint_of_its_answer():
    assert '<span class="hint">That is OK.</span>' in field("near")


@pytest.mark.parametrize("name", ["near", "times", "urge", "born"])
def test_several_controls_are_a_group_with_its_question(name):
    html = field(name)
    assert "<fieldset" in html
    assert html.index("<legend>") < html.index("<input")


def test_the_error_summary_counts_and_leads_to_the_fields():
    form = Ask({"called": "", "phone": "1", "near": "none", "times": ["am"], "urge": "3", "born_year": ""})
    html = rendered('<c-error-summary :form="form" />', form=form)
    assert "There are three things to mend" in html
    assert '<a href="#id_called">Enter a name we can call you by.</a>' in html
    assert 'role="alert"' in html
    assert 'tabindex="-1"' in html


def test_one_error_is_one_thing():
    form = Ask({"called": "", "phone": "5125550142", "near": "none", "times": ["am"], "urge": "3"} | BORN)
    assert "There is one thing to mend" in rendered('<c-error-summary :form="form" />', form=form)


BORN = {"born_month": "3", "born_day": "27", "born_year": "1985"}


def test_a_good_form_has_no_error_summary():
    assert rendered('<c-error-summary :form="form" />', form=Ask()).strip() == ""


def test_a_blocked_button_stays_and_says_why():
    html = rendered('<c-button why="Three people still need their part.">Sign all 9</c-button>')
    described = re.search(r'aria-describedby="([^"]+)"', html)[1]
    assert 'aria-disabled="true"' in html
    assert 'type="button"' in html, "it must not send the form"
    assert f'id="{described}">Three people still need their part.' in html


def test_a_button_without_a_reason_is_an_ordinary_one():
    html = rendered('<c-button why="{{ reason }}" name="act" value="sign">Sign</c-button>', reason="")
    assert 'type="submit"' in html
    assert 'name="act" value="sign"' in html
    assert "aria-disabled" not in html


@pytest.mark.parametrize(
    "source",
    [
        '<c-person name="{{ said }}" meta="{{ said }}" />',
        '<c-person :name="said" />',
        '<c-fact term="{{ said }}">{{ said }}</c-fact>',
        '<c-sheet title="{{ said }}">{{ said }}</c-sheet>',
        '<c-empty title="{{ said }}">{{ said }}</c-empty>',
        '<c-page-head title="{{ said }}" lead="{{ said }}" />',
        '<c-task href="#" tag="{{ said }}">{{ said }}</c-task>',
        '<c-button why="{{ said }}">{{ said }}</c-button>',
        '<c-stepper :at="2" :of="3" />{{ said }}',
        '<c-dialog id="x" title="{{ said }}">{{ said }}</c-dialog>',
        '<c-help-now href="#" title="{{ said }}" meta="{{ said }}" />',
    ],
)
def test_names_are_escaped_once_in_every_component(source):
    html = rendered(source, said="O'Neil <b>& Sons</b>")
    assert "<b>&" not in html
    assert "O&#x27;Neil &lt;b&gt;&amp; Sons" in html
    assert "&amp;lt;" not in html
    assert "&amp;amp;" not in html


def test_five_steps_are_bars_and_more_are_a_progress():
    assert rendered('<c-stepper :at="2" :of="3" />').count("<li") == 3
    assert '<progress class="progress" value="7" max="12"' in rendered('<c-stepper :at="7" :of="12" />')


def test_an_icon_alone_has_a_name_and_one_beside_a_word_has_none():
    assert 'role="img" aria-label="More"' in rendered('<c-icon name="more" label="More" />')
    assert 'aria-hidden="true"' in rendered('<c-icon name="check" />')


def test_a_drawing_carries_its_numbers_as_a_table():
    from stepdown.ui import charts

    html = rendered('<c-drawing :of="bar" />', bar=charts.waiting_bar(48, 30))
    assert '<th scope="col">Waiting</th>' in html
    assert '<th scope="row">48</th>' in html
    assert "waiting" in html.lower()


def test_initials_are_those_of_first_and_last_name():
    assert rendered("{{ 'Walt van der Specimen'|initials }}") == "WS"
    assert rendered("{{ 'Rosa'|initials }}") == "R"
    assert rendered("{{ ''|initials }}") == ""
