"""Whose notes need a co-signature, and who gives it: asked here by every later stage."""

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from stepdown.people.domain.supervision import Supervisor, against
from stepdown.people.models import Role, Staff, Supervision
from stepdown.people.queries import license_states, licenses_on
from stepdown.ui.states import STATES

CLINICAL = (Role.COUNSELOR, Role.DIRECTOR)


def supervisions_of(staff: Staff) -> list[Supervision]:
    """Everyone who ever co-signed for this person, the latest first. One query."""
    return list(staff.supervisions.select_related("supervisor", "changed_by"))


def supervision_on(staff: Staff, day: date) -> Supervision | None:
    """Under whose supervision this person signs on that day; None: their signature is enough. One query."""
    begun = staff.supervisions.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)
    return begun.select_related("supervisor").first()


def supervisor_of(staff: Staff, today: date | None = None) -> Staff | None:
    """Who co-signs what waits: the one named last. After supervision has ended they still do, of what was signed in
    it. One query."""
    begun = staff.supervisions.filter(from_on__lte=today or timezone.localdate()).select_related("supervisor")
    latest = begun.order_by("-from_on").first()
    return latest.supervisor if latest else None


def supervised_by(staff: Staff) -> QuerySet[Supervision]:
    """The ids of those whose notes wait for this person, for the inside of a query."""
    begun = Supervision.objects.filter(staff=OuterRef("staff"), from_on__lte=timezone.localdate())
    latest = Subquery(begun.order_by("-from_on").values("pk")[:1])
    return Supervision.objects.filter(pk=latest, supervisor=staff).order_by().values("staff")  # type: ignore[return-value]  # rows of one id


def supervised_on(supervisor: Staff, day: date) -> QuerySet[Supervision]:
    """The ids of those who sign under this person's supervision on that day, for the inside of a query."""
    begun = Supervision.objects.filter(Q(until_on=None) | Q(until_on__gte=day), supervisor=supervisor, from_on__lte=day)
    return begun.order_by().values("staff")  # type: ignore[return-value]  # rows of one id


def could_supervise(staff: Staff) -> QuerySet[Staff]:
    """Among whom a supervisor of this person is chosen; whether one may be is `refusal`."""
    return Staff.objects.current().filter(roles__overlap=[str(role) for role in CLINICAL]).exclude(pk=staff.pk)


def refusal(supervisor: Staff, staff: Staff, on: date) -> str:
    """Why this person may not co-sign the notes of `staff` on that day; "" when they may. Three queries."""
    named = dict(STATES)
    held = license_states([supervisor.pk], on).get(supervisor.pk, set())
    where = licenses_on(on).filter(staff=staff).values_list("state", flat=True)
    known = Supervisor(
        name=supervisor.name,
        is_clinical=supervisor.has_role(*CLINICAL),
        works_here=supervisor.ended_at is None,
        is_supervised=supervision_on(supervisor, on) is not None,
        states={named[state] for state in held},
    )
    return against(known, of=staff.name, states={named[s] for s in where}, is_self=supervisor.pk == staff.pk)
