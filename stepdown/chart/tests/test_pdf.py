"""What is asked for as a PDF file: whose it is, what stands in it, what its name and the log tell."""

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.chart.tests.factories import signed
from stepdown.chart.tests.plans import in_group, signed_by_both
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.ui import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(monkeypatch):
    """The HTML of every file that was asked for; the writing is tested where it is done (ui/tests/test_pdf.py)."""
    CenterFactory()
    asked = []

    def keep(html, *, language):
        asked.append(html)
        return b"%PDF-"

    monkeypatch.setattr(pdf, "written", keep)
    return asked


def name_of(answer):
    return answer["Content-Disposition"]


def test_a_part_of_a_note_is_printed_with_who_made_it_and_the_notice_and_not_kept(client, written, capsys):
    center = CenterFactory()
    note = signed(present=1)
    part = note.parts.select_related("patient").get()
    url = reverse("chart:single", args=[part.pk]) + "?as=pdf"
    answer = sign_in(client, note.author).get(url)
    assert (answer.content, answer["Cache-Control"]) == (b"%PDF-", "no-store")
    for told in (part.words, f"Made by {note.author.signature}", center.name, "42 CFR part 2 prohibits"):
        assert told in written[0]
    assert part.patient.last_name not in name_of(answer)
    log = capsys.readouterr().out
    assert f"part_id={part.pk}" in log
    assert part.patient.last_name not in log
    assert sign_in(Client(), StaffFactory()).get(url).status_code == 404
    assert len(written) == 1


def test_a_plan_is_printed_for_its_counselor_and_as_it_was_signed_for_its_signer(client, written):
    seat = in_group()
    kept = signed_by_both(seat)
    sign_in(client, seat.group.leader)
    client.get(reverse("chart:plan_version", args=[kept.version_id]) + "?as=pdf")
    assert f"Treatment plan of {seat.patient.name}" in written[0]
    as_patient(client, seat.patient)
    for url in (reverse("chart:my_plan_copy"), reverse("chart:my_signed_plan", args=[kept.pk])):
        assert 'filename="copy-' in name_of(client.get(f"{url}?as=pdf"))
    assert written[1] == written[2]
    assert kept.text_digest in written[1]
    assert "I want my mornings back." in written[1]


def test_where_no_file_can_be_made_the_answer_says_what_to_do(client, monkeypatch):
    def cannot(html, *, language):
        raise pdf.NotAvailable

    CenterFactory()
    monkeypatch.setattr(pdf, "written", cannot)
    kept = signed_by_both(in_group())
    answer = as_patient(client, kept.patient).get(reverse("chart:my_plan_copy") + "?as=pdf")
    assert answer.status_code == 503
    assert "print the page instead" in answer.content.decode()
