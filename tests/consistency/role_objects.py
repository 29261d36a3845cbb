"""The real objects that addresses with a part in them are about: how each is made for whoever asks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.utils import timezone

from stepdown.admissions.models import Assessment, Danger
from stepdown.admissions.tests.factories import AssessmentFactory, EpisodeFactory
from stepdown.chart.tests.plans import in_group
from stepdown.live.services_incidents import something_happened
from stepdown.live.services_inside import tell_leaders
from stepdown.live.services_visits import name_colleague
from stepdown.live.tests.factories import AdmittanceFactory, DoorCheckFactory, agreed
from stepdown.live.visits import token_of
from stepdown.measures.models import Administration
from stepdown.measures.services import save_answer
from stepdown.measures.services_check_in import check_in
from stepdown.measures.tests.factories import AdministrationFactory, answered, finished
from stepdown.outreach.concerns.services import tell
from stepdown.outreach.models import Message
from stepdown.people import links, services
from stepdown.people.models import Role
from stepdown.people.services_licenses import add_document
from stepdown.people.tests.factories import LicenseFactory, StaffFactory
from stepdown.placement.models import Proposal
from stepdown.placement.tests.factories import GroupFactory, ProgramFactory, SeatFactory
from stepdown.privacy.models import ConsentType
from stepdown.privacy.services import sign_consent
from stepdown.privacy.services_breaches import add as add_affected
from stepdown.privacy.services_breaches import report
from stepdown.privacy.services_rights import ask
from stepdown.timetable import calendars
from stepdown.timetable.models import Ask, Session
from stepdown.timetable.services_absences import mark_absence
from stepdown.timetable.services_closures import close_center
from stepdown.timetable.tests.factories import HandoutFactory, SessionFactory
from stepdown.transitions.services import plan_step_down
from stepdown.transitions.tests.factories import group_with_sessions, in_aftercare, in_iop
from tests.consistency.role_objects_chart import OF_THE_CHART
from tests.consistency.role_objects_privacy import OF_PRIVACY
from tests.consistency.role_world import World


def passkey_of(world: World) -> int:
    kind = Authenticator.Type.WEBAUTHN
    return Authenticator.objects.create(user=world.staff.account, type=kind, data={"name": "Key", "credential": {}}).pk


def consent_of(world: World) -> Any:
    kind, name = ConsentType.TREATMENT, world.patient.name
    return sign_consent(patient=world.patient, type=kind, language="en", signed_name=name, method="test").pk


def rights_request_of(world: World) -> Any:
    return ask(patient=world.patient, kind="access", words="").pk


def breach_of(world: World) -> Any:
    by = StaffFactory(roles=[Role.PRIVACY])
    breach = report(what="A letter went astray.", discovered_on=timezone.localdate(), by=by)
    add_affected(breach=breach, patient=world.patient, by=by)
    return breach.pk


def concern_of(_world: World) -> Any:
    """Of a stranger, about nobody who is known yet."""
    said = {"about": "Remy Nobody", "words": "Drinks again.", "in_danger": False, "language": "en"}
    return tell(once=uuid4(), **said).pk


def inquiry_of(world: World) -> Any:
    """An inquiry whose assessment is finished; whoever asks is licensed, so that they may decide it."""
    if world.me:
        LicenseFactory(staff=world.me, state="MN")
    return AssessmentFactory(finished=True).inquiry_id


def document_of(world: World) -> Any:
    """A certificate of a colleague."""
    return add_document(license=LicenseFactory(), content=b"%PDF-1.7 plainly made up %%EOF", by=world.staff).pk


def absence_of(world: World) -> Any:
    """An absence of whoever asks, next week."""
    starts_at = timezone.now() + timedelta(days=7)
    return mark_absence(
        staff=world.staff, starts_at=starts_at, ends_at=starts_at + timedelta(days=1), by=world.staff
    ).pk


def session_ahead_of(world: World) -> Any:
    """A session to come that whoever asks leads."""
    starts_at = timezone.now() + timedelta(days=7)
    return SessionFactory(group=GroupFactory(leader=world.staff), starts_at=starts_at).pk


def message_of(world: World) -> Any:
    return Message.objects.create(staff=world.staff, kind=Message.Kind.STANDS_IN, page="/staff/").pk


def ask_of(world: World) -> Any:
    """Whoever asks was asked to stand in for a colleague."""
    session = SessionFactory(group=GroupFactory(), starts_at=timezone.now() + timedelta(days=7))
    return Ask.objects.create(
        session=session,
        place="leader",
        instead_of=session.leader,
        staff=world.staff,
        made_by=session.leader,
        asked_at=timezone.now(),
    ).pk


def danger_of(world: World) -> Any:
    assessment = Assessment.objects.latest("started_at")
    return Danger.objects.create(assessment=assessment, noted_by=world.staff, handled_by=world.staff).pk


def iop_of(world: World) -> Any:
    """The patient in an IOP group of whoever asks."""
    return in_iop(group=group_with_sessions(leader=world.staff), patient=world.patient)


def move_of(world: World) -> Any:
    group = group_with_sessions(aftercare=True)
    return plan_step_down(episode=iop_of(world), group=group, reason="Steady.", by=world.staff).pk


def coming_session_of(world: World) -> Any:
    """A session of next week, in which the patient sits."""
    session = SessionFactory(starts_at=timezone.now() + timedelta(days=7))
    SeatFactory(group=session.group, accepted=True, episode__patient=world.patient)
    return session.pk


def closure_of(world: World) -> Any:
    """A closure of next week, with a session in it."""
    SessionFactory(starts_at=timezone.now() + timedelta(days=7))
    on = timezone.localdate() + timedelta(days=6)
    return close_center(name="Winter break", first_on=on, last_on=on + timedelta(days=2), by=world.staff).pk


def called_off_session_of(world: World) -> Any:
    now = timezone.now()
    return SessionFactory(starts_at=now + timedelta(days=7), cancelled_at=now, cancelled_why="The line is down").pk


def session_of(world: World) -> Any:
    """A session that is on: the asking staff member leads it, and the patient was let in at its door."""
    group = GroupFactory(leader=world.staff)
    seat = SeatFactory(group=group, accepted=True, patient=world.patient, episode__patient=world.patient)
    session = SessionFactory(group=group, topic=HandoutFactory().topic)
    DoorCheckFactory(session=session, patient=agreed(seat.patient))
    AdmittanceFactory(session=session, patient=seat.patient)
    return session.pk


def observed_of(world: World) -> Any:
    """A session that is on, which the asking staff member observes."""
    session = SessionFactory()
    name_colleague(session=session, staff=world.staff, role="observer", by=session.leader)
    return session.pk


def incident_of(world: World) -> Any:
    """An incident in a session led by whoever asks."""
    session = Session.objects.get(pk=session_of(world))
    return something_happened(session=session, patient=world.patient, by=session.leader).pk


def word_of(world: World) -> Any:
    """A private word that asks for a call, in a session led by whoever asks."""
    session = Session.objects.get(pk=session_of(world))
    return tell_leaders(session=session, patient=world.patient, kind="call").pk


def plan_of(world: World) -> Any:
    """A plan that is being worked out."""
    return Proposal.objects.create(asked_by=world.staff).pk


def applicant_of(world: World) -> Any:
    """The patient, who sits in no group yet, with whoever asks as their counselor."""
    world.patient.counselor = world.me
    world.patient.save()
    return world.patient.pk


def administration_of(world: World) -> Administration:
    """A PHQ-9 that waits for the patient, whose counselor asks."""
    applicant_of(world)
    return AdministrationFactory(patient=world.patient)


def raised_work_of(world: World) -> Any:
    """What an answer to item 9 raised, owned by a colleague where there is one."""
    item = save_answer(administration=administration_of(world), item="phq9_9", value=1).raised[0]
    item.owner = StaffFactory()
    item.save()
    return item.pk


def seen_patient(world: World) -> Any:
    """The patient with a link, in a group of whoever asks, so that a counselor sees them."""
    session_of(world)
    return services.issue_link(patient=world.patient).patient_id


OBJECTS: dict[str, Callable[[World], Any]] = {
    "patient_id": lambda world: world.patient.pk,
    "placement:pairs patient_id": seen_patient,
    "measures:patient patient_id": applicant_of,
    "measures:give patient_id": applicant_of,
    "administration_id": lambda world: administration_of(world).pk,
    "measures:look_over administration_id": lambda world: answered(administration_of(world), phq9_9=1).pk,
    "measures:thanks administration_id": lambda world: finished(administration_of(world), value=1).pk,
    "measures:administration administration_id": lambda world: finished(administration_of(world), value=1).pk,
    "check_in_id": lambda world: check_in(patient=world.patient, once=uuid4(), craving=8).pk,
    "work_item_id": raised_work_of,
    "instrument": lambda world: "who-5",
    "plan_id": plan_of,
    "outreach:contact_data patient_id": seen_patient,
    "outreach:patient_link patient_id": seen_patient,
    "outreach:new_link patient_id": seen_patient,
    "outreach:send_link patient_id": seen_patient,
    "outreach:stop_link patient_id": seen_patient,
    "outreach:end_device patient_id": seen_patient,
    "staff_id": lambda world: StaffFactory().pk,
    "people:open_again staff_id": lambda world: StaffFactory(ended_at=timezone.now()).pk,
    "license_id": lambda world: LicenseFactory(expires_on=date(2031, 1, 1)).pk,
    "document_id": document_of,
    "absence_id": absence_of,
    "ask_id": ask_of,
    "message_id": message_of,
    "timetable:away_for_one session_id": session_ahead_of,
    "timetable:stand_in session_id": session_ahead_of,
    "timetable:ask session_id": session_ahead_of,
    "timetable:assign session_id": session_ahead_of,
    "timetable:stop_asking session_id": session_ahead_of,
    "session_id": session_of,
    "closure_id": closure_of,
    **{f"timetable:{name} session_id": coming_session_of for name in ("session", "move", "cancel")},
    **{f"timetable:{name} session_id": called_off_session_of for name in ("take_back", "make_up")},
    "live:observe session_id": observed_of,
    "live:observe_ticket session_id": observed_of,
    "live:observe_people session_id": observed_of,
    "visit_id": lambda world: world.guest.pk,
    **{
        f"live:{page} token": lambda world: token_of(world.guest)
        for page in ("guest", "guest_room", "guest_ticket", "guest_people")
    },
    "incident_id": incident_of,
    "word_id": word_of,
    "timetable:feed token": lambda world: calendars.token_of(calendars.make_link(patient=world.patient)),
    "token": lambda world: links.token_of(services.issue_link(patient=world.patient)),
    "device_id": lambda world: services.trust_device(patient=world.patient)[0].pk,
    "consent_id": consent_of,
    "request_id": rights_request_of,
    "breach_id": breach_of,
    "concern_id": concern_of,
    "privacy:told_of_breach whom": lambda _world: "hhs",
    "inquiry_id": inquiry_of,
    "danger_id": danger_of,
    "admissions:part slug": lambda world: "home",
    "uidb36": lambda world: "1",
    "key": lambda world: "set-password",
    "pk": passkey_of,
    "group_id": lambda world: GroupFactory(leader=world.staff).pk,
    "program_id": lambda world: ProgramFactory().pk,
    "episode_id": lambda world: EpisodeFactory(patient=world.patient).pk,
    "seat_id": lambda world: SeatFactory(episode__patient=world.patient).pk,
    "live:patient_incidents patient_id": lambda world: in_group(world.staff, world.patient).patient_id,
    **OF_THE_CHART,
    **OF_PRIVACY,
    "transitions:step_down episode_id": lambda world: iop_of(world).pk,
    "transitions:rate episode_id": lambda world: iop_of(world).pk,
    "transitions:discharge episode_id": lambda world: iop_of(world).pk,
    "transitions:come_back episode_id": lambda world: in_aftercare(patient=world.patient, leader=world.staff).pk,
    "transition_id": move_of,
    "placement:move seat_id": lambda world: SeatFactory(episode__patient=world.patient, accepted=True).pk,
}
