"""Writing a version of the notice, and writing down that somebody got it on paper."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from stepdown.people.queries import the_center
from stepdown.privacy import part2, wording_notice
from stepdown.privacy.days import today
from stepdown.privacy.domain import notice as rules
from stepdown.privacy.models import Notice, NoticeDelivery
from stepdown.ui.fields import ChoiceCards, DateBoxesField, Form, PhoneField, YesNoField

LETTERS = 40_000
LANGUAGES = {"en": "English", "es": "Spanish"}


def _area(label: str, help_text: str, missing: str, rows: int, lang: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "lang": lang, "spellcheck": "true"})
    said = {"required": missing}
    return forms.CharField(label=label, help_text=help_text, max_length=LETTERS, widget=widget, error_messages=said)


class NoticeForm(Form):
    """The next version, beginning from the last one; the first from the words that ship. `last`: None for the first."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    contact = forms.CharField(
        label="Whom patients talk to about it",
        help_text="A name or a title, such as “the privacy officer”.",
        max_length=120,
        error_messages={"required": "Enter a name or a title."},
    )
    phone = PhoneField(label="Their phone", error_messages={"required": "Enter their phone number."})
    email = forms.EmailField(label="Their e-mail", error_messages={"required": "Enter their e-mail address."})
    effective_on = DateBoxesField(
        label="In effect from",
        help_text="From this day it is the notice of the center.",
        error_messages={"required": "Enter the day."},
    )
    is_material = YesNoField(
        label="Does something change that matters to patients?",
        help_text="What may be used or given, their rights, or what we must do. Everybody in care then gets it anew.",
        error_messages={"required": "Choose yes or no."},
    )
    changed_en = _area("What is new, in English", "A few sentences.", "Say what is new.", 3, "en")
    changed_es = _area("What is new, in Spanish", "The same.", "Say in Spanish what is new.", 3, "es")
    written_en = _area(
        "The notice in English",
        "“# ” begins the title, “## ” a heading, “- ” a line of a list. What stands in brackets is filled in.",
        "Write the notice.",
        24,
        "en",
    )
    written_es = _area("The notice in Spanish", "The same words in Spanish.", "Write it in Spanish.", 24, "es")

    def __init__(self, data: Any = None, *, last: Notice | None) -> None:
        super().__init__(data, initial=_begins_from(last))
        self.last = last
        if last is None:
            for name in ("is_material", "changed_en", "changed_es"):
                del self.fields[name]

    def clean_effective_on(self) -> date:
        day: date = self.cleaned_data["effective_on"]
        if self.last and day < today():
            raise forms.ValidationError("Enter today or a later day: nothing changes for patients in the past.")
        return day

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("number") != (self.last.number + 1 if self.last else 1):
            self.add_error(None, "Somebody published a version while your page was open. Read it first.")
        if any(said.get(name) in (None, "") for name in ("contact", "phone", "email", "effective_on")):
            return
        for lang, spoken in LANGUAGES.items():
            written = said.get(f"written_{lang}")
            if written and (wrong := self._wrong(lang, written, spoken)):
                self.add_error(f"written_{lang}", wrong)

    def _wrong(self, lang: str, written: str, spoken: str) -> str:
        """The sentence about the first thing that is missing in the words of one language; empty when nothing is."""
        said = {name: self.cleaned_data[name] for name in ("contact", "phone", "email", "effective_on")}
        facts = wording_notice.facts(lang, **said)
        text = rules.filled(written, facts)
        if left := rules.left_open(text):
            return f"Nothing is filled in for {', '.join(left)}. Write what belongs there."
        if lang == "en" and not rules.has_heading(text, rules.filled(part2.notice_heading(), facts)):
            return "The heading that the law words is not there whole. Put it back as it was."
        if unsaid := rules.unsaid(text, facts):
            return f"The {spoken} notice does not say {', '.join(facts[place] for place in unsaid)}."
        return ""

    @property
    def terms(self) -> dict[str, Any]:
        """For services_notice.publish."""
        said = self.cleaned_data
        by_language = lambda name: {lang: said.get(f"{name}_{lang}", "") for lang in LANGUAGES}
        return {
            **{name: said[name] for name in ("number", "contact", "phone", "email", "effective_on")},
            "is_material": said.get("is_material", True),
            "written": by_language("written"),
            "changed": by_language("changed"),
        }


def _begins_from(last: Notice | None) -> dict[str, Any]:
    if last is None:
        written = {f"written_{lang}": wording_notice.first_words(lang) for lang in LANGUAGES}
        return {"number": 1, "phone": the_center().phone, "effective_on": today(), **written}
    same = ("contact", "phone", "email", "written_en", "written_es")
    return {"number": last.number + 1, **{name: getattr(last, name) for name in same}}


class PaperForm(Form):
    """They got it on paper. Source: 45 CFR 164.520(c)(2)(ii): confirmed, or the effort and why not."""

    given_on = DateBoxesField(
        label="Given on",
        latest=today,
        earliest=lambda: today() - timedelta(days=365),
        error_messages={"required": "Enter the day.", "early": "Enter a day of the last year."},
    )
    language = forms.ChoiceField(
        label="In which language",
        choices=list(LANGUAGES.items()),
        widget=ChoiceCards(across=True),
        error_messages={"required": "Choose the language."},
    )
    outcome = forms.ChoiceField(
        label="Did they confirm it?",
        choices=NoticeDelivery.Outcome.choices,
        widget=ChoiceCards,
        error_messages={"required": "Choose what happened."},
    )
    why = forms.CharField(
        label="Why not",
        help_text="Only when they did not confirm it: what you tried, and what they said.",
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, notice: Notice | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notice = notice

    def clean_given_on(self) -> date:
        day: date = self.cleaned_data["given_on"]
        if self.notice and day < self.notice.effective_on:
            raise forms.ValidationError("Enter a day from which on this version was in effect.")
        return day

    def clean(self) -> None:
        outcome, why = self.cleaned_data.get("outcome"), self.cleaned_data.get("why")
        if outcome and outcome != NoticeDelivery.Outcome.CONFIRMED and not why:
            self.add_error("why", "Write why they did not confirm it.")
        if outcome == NoticeDelivery.Outcome.CONFIRMED and why:
            self.add_error("why", "They confirmed it: leave this empty, or choose what happened instead.")

    @property
    def given_at(self) -> datetime:
        """Noon of that day at the center, or now when it is that day."""
        on: date = self.cleaned_data["given_on"]
        if on == today():
            return timezone.now()
        return datetime.combine(on, time(12), ZoneInfo(the_center().time_zone))
