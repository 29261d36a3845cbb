"""A note of somebody whose notes are co-signed is final when their supervisor has signed it too."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.chart import queries, services, services_cosign
from stepdown.chart.domain.own_notes import Status, pace_of, status_of
from stepdown.chart.models import CoSignature, NotePart, SentBack
from stepdown.chart.queries_chart import latest
from stepdown.chart.queries_contacts import contacts_visible_to
from stepdown.chart.queries_cosign import open_question, questions_to, to_cosign
from stepdown.chart.services_contacts import add_to_contact
from stepdown.chart.tests.contacts import signed_contact, written_contact
from stepdown.chart.tests.cosigning import supervised
from stepdown.chart.tests.factories import note_of, signed
from stepdown.chart.tests.plans import in_group
from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role, Supervision
from stepdown.people.services_supervision import end_supervision, name_supervisor
from stepdown.people.tests.factories import CenterFactory, LicenseFactory, PatientFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor():
    CenterFactory()
    return StaffFactory(name="Ruth Hill", letters="LPC-S")


@pytest.fixture
def author(supervisor):
    return supervised(supervisor, name="Jon Rivers")


@pytest.fixture
def note(author):
    """Of two people who were there and one who was not; signed by the associate."""
    return signed(note_of(session_over(group=GroupFactory(leader=author)), present=2, absent=1))


def parts(note):
    return list(
        note.parts.select_related("note__session__group", "patient", "cosignature", "void", "replaced_by").order_by(
            "pk"
        )
    )


def waiting(staff):
    return [line.note for bundle in to_cosign(staff, timezone.now()) for line in bundle.lines]


def cosign(notes, by):
    return services_cosign.cosign(notes=[each.pk for each in notes], statement=services_cosign.STATEMENT, by=by)


@pytest.mark.parametrize(
    ("signed", "due", "cosigned", "void", "status"),
    [
        (False, False, False, False, Status.DRAFT),
        (True, False, False, False, Status.FINAL),
        (True, True, False, False, Status.AWAITING_COSIGN),
        (True, True, True, False, Status.FINAL),
        (True, True, True, True, Status.VOID),
        (True, True, False, True, Status.VOID),
    ],
)
def test_a_note_is_final_with_every_signature_it_needs(signed, due, cosigned, void, status):
    """RULE PRIV-45."""
    due_at = timezone.now() if due else None
    assert status_of(signed=signed, cosign_due_at=due_at, cosigned=cosigned, void=void) == status


def test_a_co_signature_is_near_two_days_before_and_late_when_due():
    due = timezone.now()
    paces = [pace_of(due, due - timedelta(hours=hours)) for hours in (49, 48, 1, 0, -1)]
    assert paces == ["due", "near", "near", "late", "late"]


def test_each_persons_note_of_an_associate_waits_for_seven_days(note, supervisor):
    assert len(parts(note)) == 3
    assert {part.cosign_due_at - note.signed_at for part in parts(note)} == {timedelta(days=7)}
    assert all(part.awaits_cosign for part in parts(note))
    assert len(waiting(supervisor)) == 3


def test_who_needs_none_signs_once_and_the_note_is_final(supervisor):
    note = signed(note_of(session_over(group=GroupFactory(leader=supervisor)), present=1))
    assert [(part.cosign_due_at, part.status) for part in parts(note)] == [(None, Status.FINAL)]


def test_before_and_after_supervision_ones_own_signature_is_enough(author, supervisor):
    row = Supervision.objects.get()
    end_supervision(supervision=row, last_on=timezone.localdate() - timedelta(days=2), by=supervisor)
    note = signed(note_of(session_over(group=GroupFactory(leader=author)), present=1))
    assert parts(note)[0].status == Status.FINAL


def test_the_co_signature_is_an_event_of_its_own_and_makes_the_note_final(note, supervisor):
    """RULE PRIV-45."""
    one, *others = parts(note)
    before = note.digest
    (made,) = cosign([one], supervisor)
    note.refresh_from_db()
    assert note.digest == before
    assert (made.by, made.signed_as, made.statement) == (supervisor, supervisor.signature, services_cosign.STATEMENT)
    assert made.method
    assert made.digest == services_cosign.digest_of(services_cosign.content_of(made))
    assert NotePart.objects.get(pk=one.pk).status == Status.FINAL
    assert {part.pk for part in waiting(supervisor)} == {part.pk for part in others}


def test_its_digest_stands_for_what_was_added_until_then_and_not_for_what_comes_after(note, supervisor):
    one, other, _ = parts(note)
    services.add_addendum(note=note, patient=one.patient, words="Called back.", by=note.author)
    first, second = cosign([one, other], supervisor)
    told = {row.part_id: services_cosign.content_of(row) for row in (first, second)}
    assert [len(told[each.pk]["added"]) for each in (one, other)] == [1, 0]
    services.add_addendum(note=note, patient=one.patient, words="And again.", by=note.author)
    kept = CoSignature.objects.get(part=one)
    assert services_cosign.digest_of(services_cosign.content_of(kept)) == kept.digest


def test_the_digest_of_the_note_stands_for_what_it_waits_for(note):
    content = services.content_of(note, queries.parts_of(note))
    assert {"cosign_due_at"} <= set(next(iter(content["parts"].values())))
    assert services.digest_of(content) == note.digest


def test_a_co_signature_and_a_question_never_change(note, supervisor):
    one, other, _ = parts(note)
    cosign([one], supervisor)
    services_cosign.send_back(note=other, words="What was the plan?", by=supervisor)
    changes = (
        lambda: CoSignature.objects.update(signed_as="x"),
        lambda: SentBack.objects.update(words="x"),
        lambda: CoSignature.objects.all().delete(),
        lambda: SentBack.objects.all().delete(),
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_all_or_none_are_co_signed(note, supervisor):
    one, other, _ = parts(note)
    cosign([one], supervisor)
    with pytest.raises(RuleBroken, match="needs no co-signature any more"):
        cosign([other, one], supervisor)
    assert CoSignature.objects.count() == 1
    with pytest.raises(RuleBroken, match="do not wait any more"):
        services_cosign.cosign(notes=[PatientFactory().pk], statement="x", by=supervisor)


@pytest.mark.parametrize("who", ["author", "colleague", "director"])
def test_nobody_but_the_supervisor_co_signs(note, author, who):
    other = {
        "author": lambda: author,
        "colleague": StaffFactory,
        "director": lambda: StaffFactory(roles=[Role.DIRECTOR]),
    }[who]()
    with pytest.raises(RuleBroken, match=r"Nobody co-signs their own|Only the supervisor of Jon Rivers"):
        cosign(parts(note), other)
    assert waiting(other) == []


def test_a_supervisor_whose_license_has_ended_does_not_co_sign(note, supervisor):
    supervisor.licenses.update(expires_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(RuleBroken, match="has no license with a Master’s degree"):
        cosign(parts(note), supervisor)


def test_who_is_named_next_co_signs_what_waits(note, author, supervisor):
    vera = StaffFactory(name="Vera Lake")
    LicenseFactory(staff=vera, kind="LPC")
    name_supervisor(staff=author, supervisor=vera, from_on=timezone.localdate(), by=vera)
    assert waiting(supervisor) == []
    assert len(cosign(waiting(vera), vera)) == 3


def test_a_note_that_is_sent_back_waits_for_an_addendum_and_stays_as_it_is(note, author, supervisor):
    one, other, _ = parts(note)
    services_cosign.send_back(note=one, words="What was the plan?", by=supervisor)
    assert [asked.words for asked in questions_to(author)] == ["What was the plan?"]
    for again in (
        lambda: cosign([one], supervisor),
        lambda: services_cosign.send_back(note=one, words="x", by=supervisor),
    ):
        with pytest.raises(RuleBroken, match="You sent it back"):
            again()
    services.add_addendum(note=note, patient=other.patient, words="About somebody else.", by=author)
    assert open_question(one) is not None
    services.add_addendum(note=note, patient=one.patient, words="To call her sister.", by=author)
    assert (open_question(one), questions_to(author)) == (None, [])
    assert len(cosign([one], supervisor)) == 1


def test_a_note_of_a_contact_waits_is_asked_about_and_is_co_signed_too(author, supervisor):
    seat = in_group(author)
    contact = signed_contact(written_contact(seat.patient, author))
    assert contact.awaits_cosign
    assert waiting(supervisor) == [contact]
    services_cosign.send_back(note=contact, words="How long?", by=supervisor)
    assert [asked.note for asked in questions_to(author)] == [contact]
    add_to_contact(note=contact, words="Fifty minutes.", by=author)
    (made,) = cosign([contact], supervisor)
    assert (made.contact, made.part) == (contact, None)
    assert waiting(supervisor) == []


def test_a_supervisor_reads_what_they_co_sign_and_no_other_note(note, author, supervisor):
    contact = signed_contact(written_contact(in_group(author).patient, author))
    signed(note_of(session_over(), present=1))
    assert {part.pk for part in queries.parts_visible_to(supervisor)} == {part.pk for part in parts(note)}
    assert list(contacts_visible_to(supervisor)) == [contact]
    cosign([*parts(note), contact], supervisor)
    Supervision.objects.all().delete()
    assert queries.parts_visible_to(supervisor).count() == 3, "what they signed stays theirs to read"
    assert contacts_visible_to(supervisor).count() == 1


def test_lists_say_which_note_is_not_final(note, author, supervisor):
    part = parts(note)[0]
    (line,) = latest(part.patient, author, 5)[0]
    assert line.state == "Signed, awaits co-signature"
    cosign([part], supervisor)
    (line,) = latest(part.patient, author, 5)[0]
    assert line.state == "Signed"
    assert [each.awaiting for each in queries.signed_lately(author)] == [2]


def test_the_list_takes_the_same_queries_for_one_note_and_for_many(author, supervisor, django_assert_num_queries):
    session = session_over(group=GroupFactory(leader=author))
    for _ in range(4):
        was_in(session, seated(session))
    signed(services.open_note(session=session, by=author))
    with django_assert_num_queries(3):
        waiting(supervisor)
