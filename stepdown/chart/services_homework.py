"""What people do with homework: give it at the end of a session, take it back, do it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.chart.domain.names import Named, names_of_others
from stepdown.chart.models import Homework, HomeworkOf
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session
from stepdown.timetable.queries import roster

log = structlog.get_logger(__name__)


@transaction.atomic
def give_homework(
    *,
    session: Session,
    exercise: bool,
    words: str = "",
    to: Sequence[UUID] = (),
    by: Staff,
    now: datetime | None = None,
) -> Homework:
    """Puts it on the page of everyone who sits in the session, or of those of them named by `to`; what is sent twice is
    given once. exercise: the tool of its handout. Due when the group meets next.

    Raises RuleBroken: nothing to do was said, the session has no topic, or the words name somebody of the group who is
    not the only one to get it (RULE PRIV-40).
    """
    session = Session.objects.select_for_update(of=("self",), no_key=True).select_related("topic").get(pk=session.pk)
    people = [seat.patient for seat in roster(session)]
    chosen = [patient for patient in people if not to or patient.pk in to]
    if not chosen:
        raise RuleBroken("Choose somebody who sits in this session.")
    if exercise and session.topic is None:
        raise RuleBroken("This session has no topic, so there is no exercise of a handout. Write what to do.")
    _names_nobody(words, people, chosen)
    said = {"topic": session.topic if exercise else None, "words": words.strip()}
    for known in Homework.objects.filter(session=session, taken_back_at=None, **said):
        if set(known.of.values_list("patient", flat=True)) == {patient.pk for patient in chosen}:
            return known
    coming = Session.objects.standing().filter(group=session.group_id, starts_at__gt=session.starts_at)
    with rules_speak():
        homework = Homework.objects.create(
            session=session,
            due_at=coming.order_by("starts_at").values_list("starts_at", flat=True).first(),
            given_by=by,
            given_at=now or timezone.now(),
            **said,
        )
        HomeworkOf.objects.bulk_create([HomeworkOf(homework=homework, patient=patient) for patient in chosen])
    log.info("homework given", homework_id=homework.pk, people=len(chosen))
    return homework


def _names_nobody(words: str, people: Sequence[Patient], chosen: Sequence[Patient]) -> None:
    roster_names = [Named(str(p.pk), (p.first_name, p.last_name, p.chosen_name)) for p in people]
    about = str(chosen[0].pk) if len(chosen) == 1 else None
    if found := names_of_others(words, roster_names, about):
        raise RuleBroken(f"This names {' and '.join(found)}. What others read names nobody; say it without the name.")


@transaction.atomic
def take_back_homework(*, homework: Homework, by: Staff) -> Homework:
    """It leaves everyone's page; what was done stays on record. Raises nothing when it is taken back already."""
    Homework.objects.filter(pk=homework.pk, taken_back_at=None).update(taken_back_at=timezone.now())
    homework.refresh_from_db()
    log.info("homework taken back", homework_id=homework.pk, by=by.pk)
    return homework


@transaction.atomic
def do_homework(*, homework: HomeworkOf, answer: str = "", now: datetime | None = None) -> HomeworkOf:
    """The person says it is done, with a line or without; again, to say it differently. Raises RuleBroken when it was
    taken back meanwhile."""
    own = HomeworkOf.objects.select_for_update(of=("self",)).select_related("homework").get(pk=homework.pk)
    if own.homework.taken_back_at:
        raise RuleBroken(_("This is no longer asked of you. You have nothing to do here."))
    own.answer, own.done_at = answer.strip(), own.done_at or now or timezone.now()
    own.save(update_fields=["answer", "done_at"])
    log.info("homework done", homework_of_id=own.pk)
    return own
