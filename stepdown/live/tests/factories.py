"""The smallest true rooms: a session that is on, with people who may come in."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from stepdown.live.models import Admittance, DoorCheck, Join, Room
from stepdown.people.models import Patient
from stepdown.people.tests.factories import PatientFactory
from stepdown.placement.tests.factories import HOME_STATE, SeatFactory
from stepdown.privacy.models import Consent, ConsentType
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory


class RoomFactory(DjangoModelFactory):
    """An open room, of a session in the past since its start; RoomFactory(ended=True) was ended."""

    class Meta:
        model = Room

    class Params:
        ended = factory.Trait(ended_at=factory.LazyFunction(timezone.now))

    session = factory.SubFactory(SessionFactory)
    server = "media-1"
    opened_at = factory.LazyAttribute(lambda room: min(timezone.now(), room.session.starts_at))
    opened_by = factory.SelfAttribute("session.leader")


class DoorCheckFactory(DjangoModelFactory):
    """Alone, at home, in the state where group leaders are licensed."""

    class Meta:
        model = DoorCheck

    session = factory.SubFactory(SessionFactory)
    patient = factory.SubFactory(PatientFactory)
    address = "1200 Example Street, Apt 4, Sampleton"
    state = HOME_STATE
    callback_phone = "555-0142"
    alone = True


class AdmittanceFactory(DjangoModelFactory):
    class Meta:
        model = Admittance

    session = factory.SubFactory(SessionFactory)
    patient = factory.SubFactory(PatientFactory)
    by = factory.SelfAttribute("session.leader")


class JoinFactory(DjangoModelFactory):
    """One coming in of a patient; JoinFactory(patient=None, staff=…) of a leader."""

    class Meta:
        model = Join

    session = factory.SubFactory(SessionFactory)
    patient = factory.SubFactory(PatientFactory)


def agreed(patient: Patient) -> Patient:
    """The patient, with the three agreements signed."""
    for kind in ConsentType:
        Consent.objects.create(
            patient=patient,
            type=kind,
            version="1",
            language="en",
            text="Plainly made-up words.",
            digest="0" * 64,
            signed_name=patient.name,
            method="test",
        )
    return patient


def patient_at_door(session: Session, **fields: object) -> Patient:
    """A patient with a seat, agreements and a door check, who may come to the door. `fields` change the door check."""
    seat = SeatFactory(group=session.group, accepted=True, starts_at=session.starts_at - timedelta(days=1))
    DoorCheckFactory(session=session, patient=agreed(seat.patient), **fields)
    return seat.patient
