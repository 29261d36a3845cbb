"""The page about one patient as a file to keep: the real one, read."""

import pytest
from django.urls import reverse

from stepdown.desk.tests.histories import with_history
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.ui.tests.reading_pdf import pages


@pytest.mark.django_db
def test_the_file_begins_with_who_it_is_and_what_is_due_and_ends_with_the_notes(client):
    center, leader = CenterFactory(), StaffFactory()
    patient = with_history(leader, notes=6, check_ins=2).patient
    answer = sign_in(client, leader).get(reverse("desk:patient", args=[patient.pk]) + "?as=pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"].startswith('attachment; filename="chart-')
    first, *others = pages(answer.content)
    for told in (patient.name, "Next", "Answer the return to use", "Safety", "Reach", patient.emergency_contact_name):
        assert told in first
    whole = " ".join([first, *others])
    assert (
        whole.index("Low mood, PHQ-9") < whole.index("Rides out an urge in 2 ways") < whole.index("an argument at home")
    )
    for page in (first, *others):
        assert f"{center.name}. Made by {leader.signature}" in page
        assert "42 CFR part 2 prohibits unauthorized use or disclosure of these records." in page
