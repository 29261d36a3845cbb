"""What staff meet on the pages of instruments and work items: the right person, the wrong one, the wrong moment."""

import html
import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from stepdown.measures import services
from stepdown.measures.models import Administration, TurnedOff, WorkItem
from stepdown.measures.tests.factories import AdministrationFactory, finished
from stepdown.measures.tests.test_domain import pack
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def center():
    return CenterFactory()


def text(answer):
    return " ".join(answer.content.decode().split())


def url(name, *parts):
    return reverse(f"measures:{name}", args=parts)


@pytest.fixture
def seat():
    return SeatFactory(accepted=True)


def leader(client, seat):
    return sign_in(client, seat.group.leader)


def test_leaders_see_what_was_answered_and_what_it_comes_to(client, seat):
    row = finished(AdministrationFactory(patient=seat.patient), value=2, phq9_9=0)
    page = text(leader(client, seat).get(url("administration", row.pk)))
    assert '<b class="num">16</b> of 27, moderately severe' in page
    assert "Clinician reviews for depressive disorder" in page
    assert "More than half the days" in page


def test_a_score_that_cannot_be_computed_is_never_a_zero(client, seat):
    row = AdministrationFactory(patient=seat.patient)
    services.save_answer(administration=row, item="phq9_1", value=3)
    services.finish(administration=row)
    assert "not scorable (8 missing)" in text(leader(client, seat).get(url("patient", seat.patient.pk)))


def test_a_counselor_of_other_groups_sees_nothing(client, seat):
    row = finished(AdministrationFactory(patient=seat.patient))
    stranger = sign_in(client, StaffFactory())
    for found in (url("administration", row.pk), url("patient", seat.patient.pk), url("fill_in", row.pk)):
        assert stranger.get(found).status_code == 404


def test_admissions_see_applicants_and_nobody_in_a_group(client, seat):
    kit, applicant = StaffFactory(roles=[Role.ADMISSIONS]), PatientFactory()
    row = finished(AdministrationFactory(patient=seat.patient))
    sign_in(client, kit)
    assert client.get(url("patient", applicant.pk)).status_code == 200
    refused = client.get(url("patient", seat.patient.pk))
    assert refused.status_code == 403
    assert "its leaders and the clinical director see answers" in text(refused)
    assert client.get(url("administration", row.pk)).status_code == 404


def test_billing_sees_no_score(client, seat):
    row = finished(AdministrationFactory(patient=seat.patient))
    biller = sign_in(client, StaffFactory(roles=[Role.BILLER]))
    assert biller.get(url("administration", row.pk)).status_code == 403
    assert biller.get(url("patient", seat.patient.pk)).status_code == 403


def fill(client, row, act="finish", mode="interview", seen="{}", **values):
    said = {f"q-{item}": value for item, value in values.items()}
    return client.post(url("fill_in", row.pk), {"mode": mode, "act": act, "seen": seen, **said}, follow=True)


def test_a_clinician_fills_in_a_whole_form_and_sees_the_result_with_its_reasons(client, seat):
    row = AdministrationFactory(patient=seat.patient, instrument="cssrs-screener")
    page = text(fill(leader(client, seat), row, cssrs_1="1", cssrs_2="0", cssrs_7="0"))
    assert '<b class="num">low</b>' in page
    assert "Clinician follow-up at next contact" in page


def test_over_video_unknown_items_stay_blank_and_there_is_no_total(client, seat):
    row = AdministrationFactory(patient=seat.patient, instrument="cows")
    page = text(fill(leader(client, seat), row, mode="video-partial", cows_2="1", cows_3="1"))
    row.refresh_from_db()
    assert row.mode == "video-partial"
    assert "not scorable (9 missing)" in page


def test_answers_that_are_kept_together_raise_what_they_set_off_before_the_form_is_finished(client, seat):
    row = AdministrationFactory(patient=seat.patient, instrument="ciwa-ar")
    fill(leader(client, seat), row, act="keep", ciwa_tactile="4", ciwa_visual="4", ciwa_nausea="7", ciwa_tremor="4")
    assert sorted(WorkItem.objects.values_list("flag", flat=True)) == ["ciwa_hallucinations", "ciwa_severe"]


def test_criteria_left_out_are_told_as_at_least_so_many(client, seat):
    row = AdministrationFactory(patient=seat.patient, instrument="dsm5-sud", about="Alcohol")
    page = fill(leader(client, seat), row, act="finish", dsm_craving="1", dsm_cut_down="1", dsm_tolerance="0")
    assert "not scorable (8 missing), at least 2" in text(page)


def test_what_is_kept_can_be_gone_on_with(client, seat):
    row = AdministrationFactory(patient=seat.patient, instrument="ciwa-ar")
    fill(leader(client, seat), row, act="keep", ciwa_nausea="0")
    row.refresh_from_db()
    assert (row.is_open, row.entered_by) == (True, seat.group.leader)


def seen_on(page):
    return html.unescape(re.search('name="seen" value="([^"]*)"', page.content.decode())[1])


def test_what_the_patient_answered_meanwhile_is_not_wiped_by_the_blanks_of_an_open_page(client, seat):
    row = AdministrationFactory(patient=seat.patient)
    seen = seen_on(leader(client, seat).get(url("fill_in", row.pk)))
    services.save_answer(administration=row, item="phq9_9", value=2)
    assert fill(client, row, phq9_1="1", seen=seen).status_code == 200
    row.refresh_from_db()
    assert (row.values, row.is_open) == ({"phq9_1": 1, "phq9_9": 2}, False)


def test_who_fills_in_is_told_what_the_patient_answered_otherwise_before_it_is_finished(client, seat):
    row = AdministrationFactory(patient=seat.patient)
    seen = seen_on(leader(client, seat).get(url("fill_in", row.pk)))
    services.save_answer(administration=row, item="phq9_9", value=2)
    answer = fill(client, row, phq9_1="1", phq9_9="0", seen=seen)
    page = text(answer)
    assert answer.status_code == 422
    assert "this was answered with “More than half the days”" in page
    assert 'name="q-phq9_9" id="id_q-phq9_9_0" value="0" checked' in page
    row.refresh_from_db()
    assert (row.values, row.is_open) == ({"phq9_1": 1, "phq9_9": 2}, True)
    assert fill(client, row, phq9_1="1", phq9_9="0", seen=seen_on(answer)).status_code == 200
    row.refresh_from_db()
    assert (row.values, row.is_open) == ({"phq9_1": 1, "phq9_9": 0}, False)


def test_a_page_sent_back_for_a_mistake_still_wipes_nothing(client, seat):
    row = AdministrationFactory(patient=seat.patient)
    seen = seen_on(leader(client, seat).get(url("fill_in", row.pk)))
    services.save_answer(administration=row, item="phq9_9", value=2)
    answer = fill(client, row, mode="", phq9_1="1", seen=seen)
    assert answer.status_code == 422
    fill(client, row, act="keep", phq9_1="1", seen=seen_on(answer))
    row.refresh_from_db()
    assert row.values == {"phq9_1": 1, "phq9_9": 2}


def test_an_answer_that_staff_take_back_is_blank_again(client, seat):
    row = AdministrationFactory(patient=seat.patient)
    services.save_answer(administration=row, item="phq9_1", value=2)
    seen = seen_on(leader(client, seat).get(url("fill_in", row.pk)))
    fill(client, row, act="keep", phq9_1="", seen=seen)
    row.refresh_from_db()
    assert row.values == {"phq9_1": None}


@pytest.mark.parametrize("seen", ["", "[]", "{", "[" * 100_000])
def test_what_stood_on_the_page_may_be_unreadable(client, seat, seen):
    row = AdministrationFactory(patient=seat.patient)
    leader(client, seat)
    assert fill(client, row, act="keep", phq9_1="1", seen=seen).status_code == 200


def test_a_value_that_is_none_of_those_shown_stays_on_the_page(client, seat):
    row = AdministrationFactory(patient=seat.patient, instrument="bam-r")
    answer = fill(leader(client, seat), row, bamr_2="99")
    assert answer.status_code == 422
    assert 'value="99"' in text(answer)


def test_finished_answers_are_not_filled_in_again(client, seat):
    row = finished(AdministrationFactory(patient=seat.patient))
    answer = leader(client, seat).get(url("fill_in", row.pk))
    assert answer.status_code == 403
    assert "Ask the questions again instead." in text(answer)


def give(client, seat, act="give", **said):
    return client.post(url("give", seat.patient.pk), {"act": act, **{f"give-{k}": v for k, v in said.items()}})


def test_staff_give_an_instrument_by_hand(client, seat):
    assert give(leader(client, seat), seat, instrument="pcl-5").status_code == 302
    assert Administration.objects.get().why == Administration.Why.BY_HAND


def test_what_a_clinician_rates_opens_at_once(client, seat):
    assert "/fill-in/" in give(leader(client, seat), seat, instrument="cows").headers["Location"]


def test_a_checklist_goes_by_substance(client, seat):
    answer = give(leader(client, seat), seat, instrument="dsm5-sud")
    assert answer.status_code == 422
    assert "Write which substance" in text(answer)


def test_an_instrument_without_words_is_not_offered_and_named_as_such(client, seat):
    assert give(leader(client, seat), seat, instrument="who-5").status_code == 422
    page = text(client.get(url("patient", seat.patient.pk)))
    assert "Needs its text pack" in page
    assert "WHO-5" in page


# Work items


@pytest.fixture
def item(seat):
    row = AdministrationFactory(patient=seat.patient)
    return services.save_answer(administration=row, item="phq9_9", value=1).raised[0]


def test_a_work_item_stands_first_on_the_leader_s_day(client, seat, item):
    page = text(leader(client, seat).get(reverse("desk:day")))
    assert f"{seat.patient.name} needs somebody." in page
    assert url("work_item", item.pk) in page


def test_it_shows_what_was_answered_what_to_do_and_how_to_reach_them(client, seat, item):
    page = text(leader(client, seat).get(url("work_item", item.pk)))
    assert "Several days" in page
    assert "same-day C-SSRS screener" in page
    assert "1200 Example Street, Apt 4" in page
    assert url("fill_in", item.asks_for.pk) in page


def test_it_is_settled_with_what_was_done(client, seat, item):
    said = {"disposition": "plan", "words": "Safe tonight, sister with her."}
    page = text(leader(client, seat).post(url("work_item", item.pk), said, follow=True))
    assert "Safe tonight, sister with her." in page
    assert not WorkItem.objects.open().exists()


def test_it_is_not_dismissed_without_words_and_what_was_chosen_stays(client, seat, item):
    answer = leader(client, seat).post(url("work_item", item.pk), {"disposition": "spoke", "words": ""})
    assert answer.status_code == 422
    assert 'value="spoke" checked' in text(answer)
    assert "Write what was done, in a sentence." in text(answer)


def test_what_is_settled_is_not_settled_again(client, seat, item):
    leader(client, seat).post(url("work_item", item.pk), {"disposition": "spoke", "words": "Safe."})
    assert client.post(url("work_item", item.pk), {"disposition": "plan", "words": "Other."}).status_code == 403


def test_others_do_not_see_it(client, item):
    assert sign_in(client, StaffFactory()).get(url("work_item", item.pk)).status_code == 404


def test_emergencies_stand_first_in_the_list(client, seat, item):
    row = AdministrationFactory(patient=seat.patient, instrument="cssrs-screener")
    leader(client, seat)
    fill(client, row, act="keep", cssrs_4="1")
    page = text(client.get(url("work")))
    assert page.index("> Emergency<") < page.index("> Urgent<")


def test_a_director_takes_it(client, item):
    director = StaffFactory(roles=[Role.DIRECTOR])
    sign_in(client, director).post(url("take", item.pk))
    item.refresh_from_db()
    assert item.owner == director


# The director's page


@pytest.fixture
def director(client):
    return sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))


def test_a_director_turns_an_instrument_off_and_on(director):
    director.post(url("turn", "phq-9"), {"act": "off"})
    assert "Off. Turn on" in text(director.get(url("instruments")))
    director.post(url("turn", "phq-9"), {"act": "on"})
    assert not TurnedOff.objects.exists()


def load(director, content):
    return director.post(url("text_pack", "who-5"), {"file": SimpleUploadedFile("who-5.json", content)})


def test_a_director_loads_the_words_of_an_instrument(director):
    assert load(director, json.dumps(pack()).encode()).status_code == 302
    assert "Loaded" in text(director.get(url("instruments")))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no json", "This is no JSON file"),
        (b"\xff\xfe", "This is no JSON file"),
        (b"[" * 100_000, "This is no JSON file"),
        (b"[]", "not a JSON object"),
        (b"{}", "no items"),
        (b" " * 300_000, "too large"),
    ],
)
def test_a_file_that_is_no_text_pack_says_why(director, content, said):
    answer = load(director, content)
    assert answer.status_code == 422
    assert said in text(answer)


def test_words_that_come_with_the_product_are_not_replaced(director):
    assert director.get(url("text_pack", "phq-9")).status_code == 404
    assert director.get(url("text_pack", "none-such")).status_code == 404


def test_the_course_of_a_score_is_drawn_from_the_second_time_on(client, seat):
    finished(AdministrationFactory(patient=seat.patient), value=2, phq9_9=0)
    page = url("patient", seat.patient.pk)
    assert "PHQ-9 total: 16" not in text(leader(client, seat).get(page))
    finished(AdministrationFactory(patient=seat.patient), value=1, phq9_9=0)
    assert "16 to 8, a reliable change (5 or more)" in text(client.get(page))


def test_the_patient_s_page_draws_it_beside_their_groups_for_who_may_see_scores(client, seat):
    for value in (2, 1):
        finished(AdministrationFactory(patient=seat.patient), value=value, phq9_9=0)
    page = reverse("desk:patient", args=[seat.patient.pk])
    assert "16 to 8, a reliable change" in text(leader(client, seat).get(page))
    admissions = sign_in(type(client)(), StaffFactory(roles=[Role.ADMISSIONS]))
    assert "reliable change" not in text(admissions.get(page))


def test_what_a_clinician_has_to_ask_stands_on_the_day_of_who_leads_the_group(client, seat):
    yesterday = timezone.now().date() - timedelta(days=1)
    row = AdministrationFactory(patient=seat.patient, instrument="cssrs-screener", due_on=yesterday)
    AdministrationFactory(patient=seat.patient, due_on=yesterday)
    page = text(leader(client, seat).get(reverse("desk:day")))
    assert f"Ask {seat.patient.called} the C-SSRS Screener" in page
    assert url("fill_in", row.pk) in page
    assert "the PHQ-9" not in page
