"""The smallest true people."""

from datetime import date, time

import factory
from factory.django import DjangoModelFactory

from stepdown.people import services
from stepdown.people.models import Center, License, Patient, Role, Staff

PASSWORD = "plainly-made-up-words"
TOTP_SECRET = "JBSWY3DPEHPK3PXP"


class CenterFactory(DjangoModelFactory):
    class Meta:
        model = Center
        django_get_or_create = ("only",)

    only = True
    name = "Example Recovery Center"
    phone = "+15555550100"
    calls_from = time(8)
    calls_until = time(20)


class StaffFactory(DjangoModelFactory):
    """StaffFactory(roles=[Role.DIRECTOR]); `second_factor=False` has not set one up yet."""

    class Meta:
        model = Staff

    email = factory.Sequence(lambda n: f"staff{n}@example.com")
    name = factory.Sequence(lambda n: f"Ines Sample{n}")
    letters = "LADC"
    roles = [Role.COUNSELOR]
    second_factor = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        fields = ("email", "name", "letters", "roles", "time_zone")
        given = {field: kwargs.pop(field) for field in fields if field in kwargs}
        secret = TOTP_SECRET if kwargs.pop("second_factor") else None
        staff = services.enroll_staff(password=PASSWORD, totp_secret=secret, **given)
        for field, value in kwargs.items():
            setattr(staff, field, value)
        if kwargs:
            staff.save()
        return staff


class LicenseFactory(DjangoModelFactory):
    class Meta:
        model = License

    staff = factory.SubFactory(StaffFactory)
    kind = "LADC"
    state = "MN"
    number = factory.Sequence(lambda n: f"LIC-{n:05}")
    issued_on = date(2020, 1, 1)


class PatientFactory(DjangoModelFactory):
    class Meta:
        model = Patient

    first_name = factory.Sequence(lambda n: ["Walt", "Lou", "Remy", "Noor"][n % 4])
    last_name = factory.Sequence(lambda n: f"Specimen{n}")
    date_of_birth = date(1988, 3, 14)
    phone = factory.Sequence(lambda n: f"+155555501{n % 100:02}")
    address_line = "1200 Example Street, Apt 4"
    city = "Sampleton"
    state = "MN"
    postal_code = "00000"
