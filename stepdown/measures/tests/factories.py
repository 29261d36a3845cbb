"""The smallest true administrations."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from stepdown.kernel.instruments import asked, load
from stepdown.measures import services
from stepdown.measures.models import Administration
from stepdown.people.tests.factories import CenterFactory, PatientFactory


class AdministrationFactory(DjangoModelFactory):
    """A PHQ-9 that waits for its patient; AdministrationFactory(instrument="gad-7"): another one."""

    class Meta:
        model = Administration

    patient = factory.SubFactory(PatientFactory)
    instrument = "phq-9"
    why = Administration.Why.INTAKE
    occasion = factory.Sequence(lambda n: f"intake:{n}")
    due_on = factory.LazyFunction(timezone.localdate)


def answered(administration, value=0, **values):
    """Every question that is asked answered with `value`, but those given; the form is still open."""
    CenterFactory()
    given = {}
    while left := [i for i in asked(load(administration.instrument), given) if i.id not in given]:
        given[left[0].id] = values.get(left[0].id, value)
    for item, said in given.items():
        services.save_answer(administration=administration, item=item, value=said)
    administration.refresh_from_db()
    return administration


def finished(administration, value=0, **values):
    """The same, sent."""
    services.finish(administration=answered(administration, value, **values))
    administration.refresh_from_db()
    return administration
