"""What stands on the day of somebody who writes plans: late and coming, of their own patients."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, Window
from django.urls import reverse
from django.utils.text import Truncator

from stepdown.chart import queries as notes
from stepdown.chart import queries_cosign as cosign
from stepdown.chart import queries_drug_tests as drug_tests
from stepdown.chart import queries_late as late
from stepdown.chart import queries_plan as plans
from stepdown.chart import queries_returns as returns
from stepdown.chart import queries_supervised as supervised
from stepdown.chart import queries_welfare as welfare
from stepdown.chart.domain.own_notes import DIRECTORS_AFTER
from stepdown.chart.domain.parts import DUE_AFTER, LATE_AFTER
from stepdown.chart.domain.plan import missing
from stepdown.chart.models import ContactNote, NotePart
from stepdown.live.models import Incident, IncidentEntry
from stepdown.live.models.leading import FOLLOW_UP
from stepdown.people.models import Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.privacy.domain.exceptions import ALERT_AFTER
from stepdown.privacy.queries_sending import emergencies_kept_by

PLANS_AHEAD = timedelta(weeks=1)
SHOWN = 12
COMING_SHOWN = 5
CLOSE_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Todo:
    """Something to do: since (late) or until (next) a moment, what, why, where."""

    at: datetime | date
    what: str
    why: str
    url: str


def due_plans(staff: Staff, now: datetime) -> tuple[list[Todo], int]:
    """The plans, reviews and calls after IOP that are late, and of one's own those that come within a week, as far as
    shown; and how many are late. Two queries."""
    late = list(plans.deadlines_due(staff).filter(due_at__lte=now).annotate(of=Window(Count("pk")))[:SHOWN])
    coming = plans.deadlines_due(staff, own=True).filter(due_at__gt=now, due_at__lte=now + PLANS_AHEAD)
    todos = [
        Todo(
            row.due_at,
            f"{row.get_kind_display()}, {row.episode.patient.called}",
            f"{row.owner.first_name} has it",
            reverse(plans.page_of(row), args=[row.episode.patient_id]),
        )
        for row in [*late, *coming[:COMING_SHOWN]]
    ]
    return todos, late[0].of if late else 0


def waiting_returns(staff: Staff, now: datetime) -> tuple[list[Todo], int]:
    """The returns to use that wait for a response, as far as shown: of one's own all of them, of others for a director
    the late ones; and how many are late. One query."""
    late = Window(Count("pk", filter=Q(due_at__lte=now)))
    waiting = list(returns.returns_to_answer(staff, now).annotate(late=late)[:SHOWN])
    todos = [
        Todo(
            event.due_at,
            f"Answer {event.patient.called}’s return to use",
            Truncator(event.words).chars(80) or "Told without more words",
            reverse("chart:return", args=[event.pk]),
        )
        for event in waiting
    ]
    return todos, waiting[0].late if waiting else 0


def missed_people(staff: Staff, now: datetime) -> tuple[list[Todo], int]:
    """What stands next with who did not come: of one's own patients all of it, of others for a director what is late;
    and how much is late. Two queries."""
    late = Window(Count("pk", filter=Q(next_at__lte=now)))
    rows = list(welfare.due_on_the_day(staff, now).annotate(late=late).prefetch_related("sessions")[:SHOWN])
    todos = [
        Todo(
            row.next_at or now,
            f"Case conference about {row.patient.called}"
            if row.is_for_conference
            else f"{row.patient.called} did not come: {row.get_next_act_display().lower()}",
            ", ".join(row.flags_said) or f"{row.owner.first_name} has it",
            reverse("chart:missed", args=[row.pk]),
        )
        for row in rows
    ]
    return todos, rows[0].late if rows else 0


def open_drug_tests(staff: Staff, now: datetime) -> tuple[list[Todo], int]:
    """The drug tests of one's own patients with which something is to be done, and how many are late. Three queries."""
    todos = [
        Todo(
            drug_tests.next_at(test),
            f"{drug_tests.TO_DO[test.state]} of {test.patient.called}",
            test.get_way_display(),
            reverse("chart:drug_test", args=[test.pk]),
        )
        for test in drug_tests.to_do(staff, now, own=True)
    ]
    return todos, sum(todo.at <= now for todo in todos)


def open_incidents(staff: Staff, now: datetime) -> tuple[list[Todo], int]:
    """Whom to call after an incident: one's own patients and what one began; for a director the late ones of others,
    and what is to be closed within a week. How many are late. One query."""
    entries = IncidentEntry.objects.filter(incident=OuterRef("pk"))
    called = Exists(entries.filter(done=IncidentEntry.Done.FOLLOWED_UP))
    whose = Q(called=False) & (Q(by=staff) | Q(patient__in=plans.own_patients(staff)))
    if staff.has_role(Role.DIRECTOR):
        whose |= (Q(called=True) | Q(at__lte=now - FOLLOW_UP)) & not_hidden(staff)
    rows = Incident.objects.annotate(called=called).filter(
        whose, ~Exists(entries.filter(done=IncidentEntry.Done.CLOSED))
    )
    todos = [
        Todo(
            row.at + CLOSE_WITHIN if row.called else row.follow_up_by,
            f"Close the incident of {row.patient.called}"
            if row.called
            else f"Call {row.patient.called} after an incident",
            str(row.get_kind_display()) or "What it was is not said yet",
            reverse("live:incident", args=[row.pk]),
        )
        for row in rows.select_related("patient").order_by("at")[:SHOWN]
    ]
    return todos, sum(todo.at <= now for todo in todos)


def open_emergencies(staff: Staff, now: datetime) -> tuple[list[Todo], int]:
    """What one told in an emergency and has not written down yet, and how much of it is late. One query."""
    todos = [
        Todo(
            row.opened_at + ALERT_AFTER,
            f"Write down whom you told of {row.patient.called}",
            "A 911 call or a welfare check tells of a patient",
            reverse("privacy:emergency", args=[row.pk]),
        )
        for row in emergencies_kept_by(staff).filter(opened_by=staff)[:SHOWN]
    ]
    return todos, sum(todo.at <= now for todo in todos)


def to_cosign(staff: Staff, now: datetime) -> tuple[list[Todo], int]:
    """What waits for one's co-signature, a line for each author, and how many of these lines are late. Two queries."""
    oldest: dict[str, tuple[int, datetime]] = {}
    for kind in (NotePart, ContactNote):
        waiting = notes.to_cosign_by(staff, kind).order_by().values_list("writer_name")
        for name, count, due in waiting.annotate(of=Count("pk"), due=Min("cosign_due_at")):
            before, first = oldest.get(name, (0, due))
            oldest[name] = before + count, min(first, due)
    url = reverse("chart:cosigning")
    todos = [
        Todo(due, f"Co-sign {count} {'note' if count == 1 else 'notes'} of {name}", "Final when you have", url)
        for name, (count, due) in oldest.items()
    ]
    return todos, sum(todo.at <= now for todo in todos)


def neglected_cosigns(staff: Staff, now: datetime) -> list[Todo]:
    """For a director, what others have not co-signed three days past its time. Three queries, and one an author."""
    page = reverse("chart:notes")
    rows = late.late_cosigns_of_others(staff, now - DIRECTORS_AFTER)
    return [Todo(row.due_at, row.said, row.who, page) for row in rows]


def contact_drafts(staff: Staff, now: datetime) -> tuple[list[Todo], int]:
    """The notes of other contacts that one began and has not signed, for a director the late ones of others too, as far
    as shown; and how many are late. One query."""
    whose = Q(author=staff)
    if staff.has_role(Role.DIRECTOR):
        whose |= Q(until__lte=now - LATE_AFTER) & not_hidden(staff)
    over = Window(Count("pk", filter=Q(until__lte=now - DUE_AFTER)))
    drafts = late.drafts_until(now).filter(whose).annotate(late=over).select_related("patient", "author")
    rows = list(drafts.order_by("until")[:SHOWN])
    todos = [
        Todo(
            row.due_at,
            f"Sign the note, {row.get_kind_display().lower()} with {row.patient.called}",
            "Due 24 hours after it",
            reverse("chart:contact", args=[row.pk]),
        )
        if row.author_id == staff.pk
        else Todo(
            row.due_at,
            f"Note of {row.get_kind_display().lower()} with {row.patient.called}",
            f"{row.author.first_name} signs it",
            reverse("chart:notes"),
        )
        for row in rows
    ]
    return todos, rows[0].late if rows else 0


def questions_to(staff: Staff) -> list[Todo]:
    """What one's supervisor asks before they co-sign. One query."""
    return [
        Todo(
            asked.at,
            f"Answer {asked.by.first_name} about {asked.note.patient.called}’s note",
            Truncator(asked.words).chars(80),
            reverse("chart:read", args=[asked.part.note_id])
            if asked.part
            else reverse("chart:contact", args=[asked.contact_id]),
        )
        for asked in cosign.questions_to(staff)
    ]


def plans_to_sign(staff: Staff) -> list[Todo]:
    """The plans of those one supervises in which nothing is missing. One query."""
    return [
        Todo(
            version.saved_at,
            f"Sign the plan of {version.episode.patient.called}",
            f"{version.saved_by.first_name} wrote it under your supervision",
            reverse("chart:sign_plan", args=[version.pk]),
        )
        for version in supervised.drafts_to_sign(staff)
        if not missing(version.document, review=version.review if version.number > 1 else None)
    ]


def changes_asked(staff: Staff) -> list[Todo]:
    """What one's own patients want changed in their plans. One query."""
    return [
        Todo(
            answer.at,
            f"{answer.patient.called} asks for a change in the plan",
            Truncator(answer.words).chars(80),
            reverse("chart:plan", args=[answer.patient_id]),
        )
        for answer in plans.changes_asked(staff, own=True)
    ]
