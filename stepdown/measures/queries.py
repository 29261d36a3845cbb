"""What pages show of instruments and work items, each in a known number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.instruments import Definition, Item, all_ids, asked, evaluate, load
from stepdown.live.meanwhile import Meanwhile
from stepdown.measures import instruments as known
from stepdown.measures.care import reaching, to_ask_as_owner
from stepdown.measures.domain import walk
from stepdown.measures.domain.battery import BATTERY, FOLLOWED_BY
from stepdown.measures.domain.words import Told, least_of, told
from stepdown.measures.models import Administration, CheckIn, Scoring, TextPack, WorkItem
from stepdown.measures.permissions import answer, self_rated
from stepdown.measures.words import titled
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.models import Seat
from stepdown.placement.queries import patients_visible_to
from stepdown.ui.charts import TrendPoint
from stepdown.ui.navigation import MANY, NOTHING, Waiting

SHOWN = 200


def patients_scored_for(staff: Staff) -> QuerySet[Patient]:
    """Whose answers and scores this person may see (`permissions.see_scores`); nobody for billing."""
    if staff.has_role(Role.DIRECTOR, Role.COUNSELOR):
        return patients_visible_to(staff)
    if staff.has_role(Role.ADMISSIONS):
        seated = Seat.objects.accepted().filter(patient=OuterRef("pk"))
        return patients_visible_to(staff).exclude(Exists(seated))
    return Patient.objects.none()


def administrations_visible_to(staff: Staff) -> QuerySet[Administration]:
    """Of whose scores they see; what raised, or is asked because of, a work item that reaches them; and what is asked
    because of one that they took, or that was given to them as a stand-in."""
    found = Administration.objects.select_related("patient", "entered_by", "assigned_by")
    acts_on = WorkItem.objects.filter(reaching(staff, timezone.now())).order_by()
    asks = WorkItem.objects.filter(to_ask_as_owner(staff)).order_by()
    behind = Q(pk__in=acts_on.values("administration").union(acts_on.values("asks_for"), asks.values("asks_for")))
    return found.filter(Q(patient__in=patients_scored_for(staff)) | behind)


def own(patient: Patient) -> QuerySet[Administration]:
    """Everything a patient was ever asked."""
    return Administration.objects.filter(patient=patient)


@dataclass(frozen=True)
class ToAnswer:
    """One instrument that waits for its patient. at, of: how far it is; at is 0 before the first answer."""

    administration: Administration
    definition: Definition
    at: int
    of: int

    @property
    def minutes(self) -> int:
        minutes: int = self.definition.raw["minutes"]
        return minutes


def to_answer(patient: Patient) -> list[ToAnswer]:
    """What waits for this patient, what is begun first, then the earliest due. Two queries at most."""
    found = []
    for row in own(patient).open().order_by("due_on", "assigned_at", "pk"):
        definition = known.instrument(row.instrument)
        if answer(row, definition):
            of = len(asked(definition, row.values, row.context))
            found.append(ToAnswer(row, definition, len(row.values), of))
    return sorted(found, key=lambda each: not each.at)


def meanwhile(patient: Patient) -> Meanwhile | None:
    """What a patient can answer while the group has not begun: the first of what waits. Two queries at most."""
    first = next(iter(to_answer(patient)), None)
    return (
        Meanwhile(titled(first.definition), reverse("measures:ask", args=[first.administration.pk])) if first else None
    )


def to_ask(staff: Staff, now: datetime, today: date) -> QuerySet[Administration]:
    """What has to be asked by now of the people in the groups that this person leads, by a clinician; earliest due
    first."""
    rated = [name for name in all_ids() if not self_rated(load(name))]
    seats = Seat.objects.accepted().at(now).filter(Q(group__leader=staff) | Q(group__co_leader=staff))
    rows = Administration.objects.open().filter(patient__in=seats.values("patient"), instrument__in=rated)
    return rows.filter(due_on__lte=today).select_related("patient").order_by("due_on", "assigned_at")


@dataclass(frozen=True)
class Question:
    """The one question a page asks. at, of: its place. said: the answer given before. back: the question before."""

    item: Item
    at: int
    of: int
    said: int | None
    was_passed: bool
    back: str | None


def question(administration: Administration, definition: Definition, wanted: str = "") -> Question | None:
    """The question to ask: the wanted one, else the first open one; None when all are answered or passed over."""
    order = [item.id for item in asked(definition, administration.values, administration.context)]
    item = wanted if wanted in order else walk.next_item(order, administration.values)
    if item is None:
        return None
    return Question(
        item=definition.item[item],
        at=order.index(item) + 1,
        of=len(order),
        said=administration.values.get(item),
        was_passed=item in administration.values and administration.values[item] is None,
        back=walk.before(order, item),
    )


@dataclass(frozen=True)
class Line:
    """One question with its answer in words; label None: no answer."""

    item: Item
    value: int | None
    label: str | None


def lines(administration: Administration, definition: Definition) -> list[Line]:
    """Every question that is asked, in order, with what was answered."""
    found = []
    for item in asked(definition, administration.values, administration.context):
        value = administration.values.get(item.id)
        labels = {option.value: option.label for option in item.options}
        found.append(Line(item, value, None if value is None else labels.get(value, str(value))))
    return found


@dataclass(frozen=True)
class Scored:
    """Finished answers with what the newest scoring made of them. flags, checks: (severity, sentence)."""

    administration: Administration
    definition: Definition
    scores: list[Told]
    flags: list[tuple[str, str]]
    checks: list[str]
    scorings: list[Scoring]


def scored(rows: Iterable[Administration]) -> list[Scored]:
    """The finished ones, in the order given, each with its change since the first of that instrument in the list. One
    query."""
    rows = [row for row in rows if row.finished_at]
    scorings: dict[UUID, list[Scoring]] = {}
    for scoring in Scoring.objects.filter(administration__in=rows).select_related("by").order_by("scored_at"):
        scorings.setdefault(scoring.administration_id, []).append(scoring)
    first: dict[str, Scoring] = {}
    found = []
    for row in sorted(rows, key=lambda each: each.finished_at or each.assigned_at):
        theirs = scorings.get(row.pk, [])
        if theirs:
            before = first.get(row.instrument)
            found.append(_scored(row, theirs, before.scores if before else None))
            first.setdefault(row.instrument, theirs[-1])
    places = {row.pk: place for place, row in enumerate(rows)}
    return sorted(found, key=lambda each: places[each.administration.pk])


def _scored(row: Administration, scorings: list[Scoring], before: Mapping[str, Any] | None) -> Scored:
    definition, last = known.instrument_of(row), scorings[-1]
    return Scored(
        administration=row,
        definition=definition,
        scores=told(
            *(definition, last.scores, last.bands, last.missing, before),
            least=least_of(definition, row.values, row.context),
        ),
        flags=[
            (flag.severity, flag.action)
            for flag in sorted(definition.flags, key=lambda each: -each.rank)
            if flag.id in last.flags
        ],
        checks=[check.message for check in definition.checks if check.id in last.checks],
        scorings=scorings,
    )


def result(administration: Administration) -> Scored | None:
    """One with its change since the first of the same instrument. Two queries."""
    earlier = Administration.objects.finished().filter(
        patient=administration.patient_id, instrument=administration.instrument
    )
    first = earlier.order_by("finished_at").first()
    rows = [first, administration] if first and first.pk != administration.pk else [administration]
    return next((each for each in scored(rows) if each.administration.pk == administration.pk), None)


def results_told(patient: Patient) -> list[Scored]:
    """The latest of each instrument that they answered themselves or in an interview, newest first."""
    rows = own(patient).finished().order_by("-finished_at")[:SHOWN]
    latest: dict[str, Scored] = {}
    for each in scored(rows):
        if self_rated(each.definition):
            latest.setdefault(each.definition.id, each)
    return list(latest.values())


@dataclass(frozen=True)
class Course:
    """One score over time, oldest first."""

    definition: Definition
    score: str
    points: list[TrendPoint]


LEAST_POINTS = 2


def courses(patient: Patient, zone: tzinfo) -> list[Course]:
    """Every score with bands that was taken at least twice, what was answered last first; NULL is a gap (RULE INS-04).
    Two queries."""
    rows = own(patient).finished().order_by("-finished_at")[:SHOWN]
    found: dict[tuple[str, str], Course] = {}
    for each in scored(rows):
        at = each.administration.finished_at or each.administration.assigned_at
        on = at.astimezone(zone).date()
        for score in each.scores:
            if each.definition.score[score.id].bands and not isinstance(score.value, str):
                note = f"{score.missing} missing" if score.value is None else ""
                course = found.setdefault((each.definition.id, score.id), Course(each.definition, score.id, []))
                course.points.insert(0, TrendPoint(on, score.value, note))
    return [course for course in found.values() if len(course.points) >= LEAST_POINTS]


STRONG_URGE = 7
CHECK_INS_SHOWN = 10


def check_ins(patient: Patient) -> QuerySet[CheckIn]:
    """A patient's own check-ins, newest first."""
    return CheckIn.objects.filter(patient=patient)


def is_hard(check_in: CheckIn) -> bool:
    """Whether help is offered at once: a strong urge, or a mood that is very low."""
    return (check_in.craving or 0) >= STRONG_URGE or check_in.mood == CheckIn.Mood.VERY_LOW


@dataclass(frozen=True)
class PatientPage:
    """Everything about one patient's instruments, for staff. waiting: open, with how far each is. unanswered: lapsed.
    without_text: those of the product that cannot be given."""

    finished: list[Scored]
    waiting: list[ToAnswer]
    unanswered: list[tuple[Administration, Definition]]
    without_text: list[Definition]
    work: list[WorkItem]
    check_ins: list[CheckIn]


def patient_page(patient: Patient) -> PatientPage:
    """Seven queries, however much there is."""
    rows = list(
        own(patient).select_related("entered_by", "assigned_by", "patient").order_by("-finished_at", "due_on")[:SHOWN]
    )
    all_of_them = known.instruments()
    waiting = [
        ToAnswer(
            row, all_of_them[row.instrument], len(row.values),
            len(asked(all_of_them[row.instrument], row.values, row.context)),
        )
        for row in rows if row.is_open
    ]  # fmt: skip
    return PatientPage(
        finished=scored(rows),
        waiting=waiting,
        unanswered=[(row, all_of_them[row.instrument]) for row in rows if row.lapsed_at],
        without_text=[each for each in all_of_them.values() if not each.has_text],
        work=list(
            patient.work_items.select_related("owner", "settled_by", "administration").order_by("-raised_at")[:20]
        ),
        check_ins=list(check_ins(patient)[:CHECK_INS_SHOWN]),
    )


def counted(patient: Patient) -> dict[str, int]:
    """How many instruments are answered and waiting, and how many work items are open. Two queries."""
    open_ones = Q(finished_at=None, lapsed_at=None)
    found = own(patient).aggregate(
        answered=Count("pk", filter=~Q(finished_at=None)), waiting=Count("pk", filter=open_ones)
    )
    return found | {"work": patient.work_items.filter(settled_at=None).count()}


def work_visible_to(staff: Staff) -> QuerySet[WorkItem]:
    """One's own, those one settled, those of whom one sees, and those that reach one (`care.reaching`); a director's:
    all but of restricted records."""
    items = WorkItem.objects.select_related(
        "patient", "owner", "settled_by", "administration", "asks_for", "concern__supporter__recipient"
    )
    if staff.has_role(Role.DIRECTOR):
        return items.filter(Q(owner=staff) | not_hidden(staff))
    own = Q(owner=staff) | Q(settled_by=staff)
    return items.filter(own | Q(patient__in=patients_scored_for(staff)) | reaching(staff, timezone.now()))


def work_open(staff: Staff) -> list[WorkItem]:
    """What nobody has settled: emergencies first, then what is late longest. One query."""
    found = list(work_visible_to(staff).open().order_by("due_at")[:SHOWN])
    return sorted(found, key=lambda item: item.severity != WorkItem.Severity.EMERGENCY)


def work_waiting(staff: Staff) -> Waiting:
    """For the menu: what is open, and how much of it is late. One query."""
    due = list(work_visible_to(staff).open().values_list("due_at", flat=True)[:MANY])
    now = timezone.now()
    return Waiting(len(due), sum(at <= now for at in due)) if due else NOTHING


def raised_for(administration: Administration) -> list[WorkItem]:
    """What came up while these answers were given, the gravest first."""
    return sorted(administration.work_items.all(), key=lambda item: item.severity != WorkItem.Severity.EMERGENCY)


@dataclass(frozen=True)
class InstrumentLine:
    """One instrument on the director's page. asked_at: why it is asked by itself, in words; pack: its newest text pack.
    ships: its words come with the product."""

    definition: Definition
    ships: bool
    is_on: bool
    asked_at: list[str]
    pack: TextPack | None


def instrument_lines() -> list[InstrumentLine]:
    """Three queries."""
    off = known.turned_off()
    packs = {pack.instrument: pack for pack in TextPack.objects.select_related("by").order_by("at")}
    return [
        InstrumentLine(definition, load(name).has_text, name not in off, asked_at(name), packs.get(name))
        for name, definition in known.instruments().items()
    ]


def asked_at(name: str) -> list[str]:
    """Why the battery asks for it: "Intake", "Every two weeks"; empty for what is given by hand only."""
    stages = [stage for stage, names in BATTERY.items() if name in names and stage in Administration.Why.values]
    found = [str(Administration.Why(stage).label) for stage in stages]
    return found + ([str(Administration.Why.FOLLOW_UP.label)] if name in FOLLOWED_BY.values() else [])


def text_packs(name: str) -> list[TextPack]:
    """Every one that was loaded, newest first."""
    return list(TextPack.objects.filter(instrument=name).select_related("by").order_by("-at")[:SHOWN])


def checks(administration: Administration, definition: Definition) -> list[str]:
    """What hardly goes together in the answers so far, in the instrument's words."""
    found = evaluate(definition, administration.values, administration.context).checks
    return [definition.check[check].message for check in found]
