"""How an inquiry moves."""

from pathlib import Path

import pytest

from stepdown.admissions.domain import states
from stepdown.admissions.domain.screen_told import call_first, headline, told
from stepdown.admissions.models import Inquiry

README = Path(__file__).resolve().parents[1] / "README.md"


def test_the_table_knows_every_status_there_is():
    assert set(states.NEXT) == set(Inquiry.Status.values)


def test_what_is_closed_stays_closed():
    for status in Inquiry.CLOSED:
        assert states.NEXT[status] == frozenset()
        with pytest.raises(ValueError, match="closed"):
            states.after_call(status, "reached", "call_again")


def test_a_call_that_reached_nobody_leaves_a_new_inquiry_new():
    assert states.after_call("new", "no_answer", "call_again") == "new"
    assert states.after_call("new", "reached", "call_again") == "contacted"


def test_a_talk_leads_to_assessing_now_or_at_a_set_time():
    assert states.after_call("contacted", "reached", "assess_now") == "screened"
    assert states.after_call("contacted", "reached", "assess_later") == "assessment_scheduled"


def test_closing_after_a_talk_is_not_losing_contact():
    assert states.after_call("contacted", "reached", "close") == "not_eligible"
    assert states.after_call("contacted", "wrong_number", "close") == "lost_contact"


def test_the_readme_shows_the_diagram_of_the_table():
    assert states.diagram() in README.read_text("utf-8")


def test_a_self_screen_tells_danger_first():
    answers = {"ss_dui": 1, "ss_self_harm": 1, "ss_time_money": 0}
    assert call_first(answers)
    assert headline(answers) == "Thoughts of suicide now or in the past month; a DUI or other legal problem."
    assert told(answers)[-1] == ("More and more time or money", "No")


def test_a_self_screen_without_a_yes_has_no_headline():
    assert headline({"ss_dui": 0}) == headline(None) == ""
