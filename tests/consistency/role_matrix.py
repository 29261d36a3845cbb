"""Who may open what: one row for every address of the product. `test_role_matrix.py` walks all of it.

To add a page: add its row to the part of its stage, with one of

    anyone()                           a public page
    guests()                           the guest of one session, in the browser that opened their link
    patients()                         the patient whose device it is
    accounts()                         staff, also before their second factor is set up
    staff("counselor", "director")     staff with one of these roles; staff() is every role

What the others then meet follows from that: a stranger is asked to sign in or to open their personal link, a patient
finds no staff page, staff of another role read whose page it is. When a permission says more than the role does, say
what that person meets: `staff("counselor", "director", counselor=FORBIDDEN)` or `MISSING` (out of their sight).

An address with a part in it (`<uuid:group_id>`) needs a maker of a real object in OBJECTS, under the part's name; when
two stages use one name for different things, under "app:name part". It gets the World and gives the part's value.
`data` is what a POST sends; without it an empty form is sent, which a page that is open answers with 422.

Every page is asked by GET and by POST. Open means anything but a refusal, a broken page, or being sent to sign in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from allauth.mfa.models import Authenticator

from stepdown.admissions.models import Assessment, Danger
from stepdown.admissions.tests.factories import AssessmentFactory, EpisodeFactory
from stepdown.attendance.services import draw_up
from stepdown.attendance.tests.factories import session_over, was_in
from stepdown.chart.services import open_note, take_over
from stepdown.chart.tests.factories import signed
from stepdown.live.models import Visit
from stepdown.live.services_incidents import something_happened
from stepdown.live.services_inside import tell_leaders
from stepdown.live.services_visits import digest, invite_guest, let_guest_in, name_colleague
from stepdown.live.tests.factories import AdmittanceFactory, DoorCheckFactory, agreed
from stepdown.live.visits import token_of
from stepdown.people import links, services
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.tests.factories import LicenseFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory, ProgramFactory, SeatFactory
from stepdown.privacy.models import ConsentType
from stepdown.privacy.services import sign_consent
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory
from stepdown.transitions.services import plan_step_down
from stepdown.transitions.tests.factories import group_with_sessions, in_aftercare, in_iop

ROLES = tuple(Role.values)
PEOPLE = ("stranger", "patient", *ROLES, "guest")
GUEST_DEVICE = "plainly made up"  # what the browser of the guest holds
OPEN, SIGN_IN, FORBIDDEN, MISSING = "open", "asked to sign in", "forbidden", "not there"


@dataclass(frozen=True)
class Row:
    """meets: for each of PEOPLE, one of OPEN, SIGN_IN, FORBIDDEN, MISSING. data: what a POST sends."""

    meets: dict[str, str]
    data: dict[str, Any] = field(default_factory=dict)


def anyone(data: dict[str, Any] | None = None, **but: str) -> Row:
    return _row(dict.fromkeys(PEOPLE, OPEN) | but, data)


def guests(others: str) -> Row:
    return Row(dict.fromkeys(PEOPLE, others) | {"guest": OPEN})


def _row(meets: dict[str, str], data: dict[str, Any] | None) -> Row:
    """A guest meets what a stranger does."""
    return Row(meets | {"guest": meets["stranger"]}, data or {})


def patients(data: dict[str, Any] | None = None, **but: str) -> Row:
    return _row(dict.fromkeys(PEOPLE, FORBIDDEN) | {"patient": OPEN} | but, data)


def accounts(data: dict[str, Any] | None = None, **but: str) -> Row:
    return staff(data=data, **but)


def staff(*roles: str, data: dict[str, Any] | None = None, **but: str) -> Row:
    others = {"stranger": SIGN_IN, "patient": MISSING} | dict.fromkeys(ROLES, FORBIDDEN)
    return _row(others | dict.fromkeys(roles or ROLES, OPEN) | but, data)


@dataclass
class World:
    """Real objects for one request, made when asked for and taken back after it.

    me: the staff member who asks, or None. patient: the patient all of it is about, and who asks when a patient does.
    """

    me: Staff | None
    patient: Patient

    @cached_property
    def staff(self) -> Staff:
        """The one who asks, or else someone at the center."""
        return self.me or StaffFactory()

    @cached_property
    def guest(self) -> Visit:
        """Somebody who was let into a session that is on, and has opened their link in the guest's browser."""
        session = SessionFactory()
        visit = invite_guest(session=session, name="Sam Invented", why="speaks about sleep", by=session.leader)
        Visit.objects.filter(pk=visit.pk).update(device=digest(GUEST_DEVICE))
        return let_guest_in(session=session, visit=visit.pk, by=session.leader)


def passkey_of(world: World) -> int:
    kind = Authenticator.Type.WEBAUTHN
    return Authenticator.objects.create(user=world.staff.account, type=kind, data={"name": "Key", "credential": {}}).pk


def consent_of(world: World) -> Any:
    kind, name = ConsentType.TREATMENT, world.patient.name
    return sign_consent(patient=world.patient, type=kind, language="en", signed_name=name, method="test").pk


def inquiry_of(world: World) -> Any:
    """An inquiry whose assessment is finished; whoever asks is licensed, so that they may decide it."""
    if world.me:
        LicenseFactory(staff=world.me, state="MN")
    return AssessmentFactory(finished=True).inquiry_id


def danger_of(world: World) -> Any:
    assessment = Assessment.objects.latest("started_at")
    return Danger.objects.create(assessment=assessment, noted_by=world.staff, handled_by=world.staff).pk


def session_over_of(world: World) -> Any:
    """A session that is over, led by the one who asks, with the patient in its room."""
    session = session_over(group=GroupFactory(leader=world.staff))
    seat = SeatFactory(group=session.group, accepted=True, episode__patient=world.patient, starts_at=session.starts_at)
    was_in(session, seat.patient)
    return session


def attendance_of(world: World) -> Any:
    return draw_up(session=session_over_of(world))[0].pk


def note_of(world: World) -> Any:
    """A note that is begun, by whoever asks."""
    return open_note(session=session_over_of(world), by=world.staff)


def foreign_note_of(world: World) -> Any:
    """A note that someone else began, in a session led by whoever asks."""
    return take_over(note=note_of(world), by=StaffFactory())


def signed_note_of(world: World) -> Any:
    return signed(note_of(world))


def iop_of(world: World) -> Any:
    """The patient in an IOP group of whoever asks."""
    return in_iop(group=group_with_sessions(leader=world.staff), patient=world.patient)


def move_of(world: World) -> Any:
    group = group_with_sessions(aftercare=True)
    return plan_step_down(episode=iop_of(world), group=group, reason="Steady.", by=world.staff).pk


def session_of(world: World) -> Any:
    """A session that is on: the asking staff member leads it, and the patient was let in at its door."""
    group = GroupFactory(leader=world.staff)
    seat = SeatFactory(group=group, accepted=True, patient=world.patient, episode__patient=world.patient)
    session = SessionFactory(group=group)
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


def seen_patient(world: World) -> Any:
    """The patient with a link, in a group of whoever asks, so that a counselor sees them."""
    session_of(world)
    return services.issue_link(patient=world.patient).patient_id


OBJECTS: dict[str, Callable[[World], Any]] = {
    "patient_id": lambda world: world.patient.pk,
    "outreach:patient_link patient_id": seen_patient,
    "outreach:new_link patient_id": seen_patient,
    "outreach:send_link patient_id": seen_patient,
    "outreach:stop_link patient_id": seen_patient,
    "outreach:end_device patient_id": seen_patient,
    "staff_id": lambda world: StaffFactory().pk,
    "session_id": session_of,
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
    "token": lambda world: links.token_of(services.issue_link(patient=world.patient)),
    "device_id": lambda world: services.trust_device(patient=world.patient)[0].pk,
    "consent_id": consent_of,
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
    "attendance:sheet session_id": lambda world: session_over_of(world).pk,
    "attendance:confirm session_id": lambda world: session_over_of(world).pk,
    "attendance_id": attendance_of,
    "chart:write session_id": lambda world: session_over_of(world).pk,
    "note_id": lambda world: note_of(world).pk,
    "chart:take_over note_id": lambda world: foreign_note_of(world).pk,
    "chart:add note_id": lambda world: signed_note_of(world).pk,
    "chart:part part_id": lambda world: note_of(world).parts.get().pk,
    "chart:single part_id": lambda world: signed_note_of(world).parts.get().pk,
    "transitions:step_down episode_id": lambda world: iop_of(world).pk,
    "transitions:discharge episode_id": lambda world: iop_of(world).pk,
    "transitions:come_back episode_id": lambda world: in_aftercare(patient=world.patient, leader=world.staff).pk,
    "transition_id": move_of,
    "placement:move seat_id": lambda world: SeatFactory(episode__patient=world.patient, accepted=True).pk,
}

ROWS: dict[str, Row] = {
    # -- ui
    "gallery": anyone(),
    # -- people: sign-in
    "account_login": anyone(),
    "mfa_authenticate": anyone(),
    "mfa_login_webauthn": anyone(),
    "account_inactive": anyone(),
    "account_reset_password": anyone(),
    "account_reset_password_done": anyone(),
    "account_reset_password_from_key": anyone(),
    "account_reset_password_from_key_done": anyone(),
    "account_logout": accounts(),
    "account_reauthenticate": accounts(),
    "account_change_password": accounts(),
    "still_here": accounts(),
    "mfa_index": accounts(),
    "mfa_activate_totp": accounts(),
    "mfa_deactivate_totp": accounts(),
    "mfa_add_webauthn": accounts(),
    "mfa_remove_webauthn": accounts(),
    "mfa_view_recovery_codes": accounts(),
    "mfa_generate_recovery_codes": accounts(),
    "mfa_download_recovery_codes": accounts(),
    # -- people: who works here
    "people:people": staff("administrator"),
    "people:add": staff("administrator"),
    "people:staff": staff("administrator"),
    "people:end": staff("administrator"),
    # -- outreach: personal links
    "outreach:enter": anyone(),
    "outreach:code": anyone(),
    "outreach:patient_link": staff("admissions", "counselor", "director"),
    "outreach:new_link": staff("admissions", "counselor", "director"),
    "outreach:send_link": staff("admissions", "counselor", "director"),
    "outreach:stop_link": staff("admissions", "counselor", "director"),
    "outreach:end_device": staff("admissions", "counselor", "director"),
    # -- privacy
    "privacy:agree": patients(),
    "privacy:signed": patients(),
    "privacy:read": patients(),
    "privacy:download": patients(),
    # -- admissions: public site
    "public:home": anyone(),
    "public:self_screen": anyone(),
    "public:ask": anyone(),
    "public:thanks": anyone(),
    "public:privacy": anyone(),
    "public:family": anyone(),
    "public:referrers": anyone(),
    # -- admissions
    "admissions:board": staff("admissions", "counselor", "director"),
    "admissions:called_us": staff("admissions", "counselor", "director"),
    "admissions:inquiry": staff("admissions", "counselor", "director"),
    "admissions:log_call": staff("admissions", "counselor", "director"),
    "admissions:assign": staff("admissions", "counselor", "director"),
    "admissions:close": staff("admissions", "counselor", "director"),
    "admissions:assess": staff("admissions", "counselor", "director"),
    "admissions:part": staff("admissions", "counselor", "director"),
    "admissions:danger_came_up": staff("admissions", "counselor", "director"),
    "admissions:danger": staff("admissions", "counselor", "director"),
    "admissions:decision": staff("admissions", "counselor", "director"),
    # -- placement and timetable
    "placement:groups": staff("admissions", "counselor", "director"),
    "placement:group": staff("admissions", "counselor", "director"),
    "placement:seats": staff("admissions", "counselor", "director"),
    "placement:withdraw": staff("admissions", "director"),
    "placement:move": staff("admissions", "director"),
    "placement:offer": staff("admissions", "director"),
    "placement:availability": staff("admissions", "director"),
    "placement:programs": staff("director"),
    "placement:program": staff("director"),
    "placement:patients": staff("admissions", "counselor", "director"),
    "placement:answer": patients(),
    "timetable:new": staff("director"),
    "timetable:sessions": staff("admissions", "counselor", "director"),
    # -- live
    "live:now": patients(),
    "live:door": patients(),
    "live:door_where": patients(),
    "live:door_near": patients(),
    "live:door_how": patients(),
    "live:room": patients(),
    "live:ticket": patients(),
    "live:people": patients(),
    "live:word": patients(data={"kind": "break"}),
    "live:aside": patients(data={"step": "back"}),
    "live:staff_aside": staff("counselor", "director", data={"step": "back"}),
    "live:pairs": staff("counselor", "director", data={"step": "end"}),
    "live:told": patients(),
    "live:visits": staff("counselor", "director"),
    "live:visit_act": staff("counselor", "director"),
    "live:observe": staff("counselor", "director"),
    "live:observe_ticket": staff("counselor", "director"),
    "live:observe_people": staff("counselor", "director"),
    "live:guest": guests(others=FORBIDDEN),
    "live:guest_room": guests(others=MISSING),
    "live:guest_ticket": guests(others=MISSING),
    "live:guest_people": guests(others=MISSING),
    "live:staff_room": staff("counselor", "director"),
    "live:staff_ticket": staff("counselor", "director"),
    "live:staff_people": staff("counselor", "director"),
    "live:waiting": staff("counselor", "director"),
    "live:emergency": staff("counselor", "director"),
    "live:something_happened": staff("counselor", "director"),
    "live:incidents": staff("counselor", "director"),
    "live:called_back": staff("counselor", "director"),
    "live:incident": staff("counselor", "director"),
    "live:incident_entry": staff("counselor", "director", data={"done": "called_911"}),
    "live:print_roster": staff("counselor", "director"),
    "live:let_in": staff("counselor", "director"),
    "live:let_in_all": staff("counselor", "director"),
    "live:send_out": staff("counselor", "director"),
    "live:break_start": staff("counselor", "director"),
    "live:break_end": staff("counselor", "director"),
    "live:answer_word": staff("counselor", "director"),
    "live:standby": staff("admissions", "counselor", "director"),
    "live:set_standby": staff("director", data={"address": "https://meet.example.org/g", "agreement": "on"}),
    "live:outside": staff("counselor", "director"),
    "live:let_take_part": staff("director"),
    "live:call": staff("counselor", "director"),
    "live:call_outcome": staff("counselor", "director"),
    "live:text": staff("counselor", "director"),
    "live:decide": staff("counselor", "director"),
    "live:round": staff("counselor", "director"),
    "live:end": staff("counselor", "director"),
    "live:open_again": staff("counselor", "director"),
    # -- attendance
    "attendance:sheet": staff("counselor", "director"),
    "attendance:confirm": staff("counselor", "director"),
    "attendance:correct": staff("counselor", "director"),
    # -- chart
    "chart:notes": staff("counselor", "director"),
    "chart:write": staff("counselor", "director"),
    "chart:read": staff("counselor", "director"),
    "chart:shared": staff("counselor", "director"),
    "chart:part": staff("counselor", "director"),
    "chart:sign": staff("counselor", "director"),
    "chart:take_over": staff("counselor", "director"),
    "chart:add": staff("counselor", "director"),
    "chart:single": staff("counselor", "director"),
    # -- transitions
    "transitions:due": staff("counselor", "director"),
    "transitions:step_down": staff("counselor", "director"),
    "transitions:come_back": staff("counselor", "director"),
    "transitions:discharge": staff("counselor", "director"),
    "transitions:cancel": staff("counselor", "director"),
    # -- desk
    "desk:home": patients(),
    "desk:help": patients(),
    "desk:arrive": staff(),
    "desk:day": staff("counselor", "director"),
    "desk:held_days": staff("biller", "director"),
    "desk:find": staff(),
    "desk:patient": staff("counselor", "director", "admissions", counselor=MISSING),
}
