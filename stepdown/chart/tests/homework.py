"""The smallest true homework."""

from stepdown.chart.models import HomeworkOf
from stepdown.chart.services_homework import give_homework
from stepdown.people.models import Patient
from stepdown.timetable.models import Session


def homework_given(session: Session, patient: Patient, words: str = "Call one person each day.") -> HomeworkOf:
    """What the leader gave to everyone in that session, as that patient has it."""
    given = give_homework(session=session, exercise=False, words=words, by=session.leader)
    return given.of.select_related("homework__session__group").get(patient=patient)
