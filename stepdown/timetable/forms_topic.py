"""What a leader says when a session works on something else than its week's topic."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.timetable.models import Topic
from stepdown.ui.fields import Form


class TopicForm(Form):
    """topics: those there are; nothing chosen: the week decides."""

    topic = forms.ChoiceField(
        label=_("Topic of this session"),
        required=False,
        widget=forms.Select(attrs={"class": "select"}),
        error_messages={"invalid_choice": _("Choose one of the topics shown.")},
    )

    def __init__(self, *args: Any, topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(topic.pk): topic for topic in topics}
        weeks = [
            (f"Week {week}", [(str(topic.pk), topic.title) for topic in of_week])
            for week, of_week in groupby(topics, key=lambda topic: topic.week)
        ]
        self.fields["topic"].choices = [("", _("As the calendar week says")), *weeks]  # type: ignore[attr-defined]  # declared above as a field with choices

    @property
    def chosen(self) -> Topic | None:
        return self.known.get(self.cleaned_data["topic"])
