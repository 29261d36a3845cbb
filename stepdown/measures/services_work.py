"""Work items: raised at the moment an answer is saved, told to who must act, taken over, settled."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.kernel.instruments import Definition, Flag, raised_by
from stepdown.measures.care import candidates, is_there, on_call
from stepdown.measures.domain.owners import due_at, owner_of
from stepdown.measures.models import SETTLED, Administration, WorkItem
from stepdown.measures.services_assign import ask_next
from stepdown.outreach.models import Concern, Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Staff
from stepdown.privacy.services_exceptions import open_emergency

log = structlog.get_logger(__name__)


def raise_by_answers(
    *, administration: Administration, definition: Definition, items: Sequence[str], now: datetime
) -> list[WorkItem]:
    """Work items for what these answers, given or changed together, set off while the rest may not be asked yet (RULE
    INS-03). What is still open stays as it is; what was settled is raised anew, as these answers are others."""
    found = raised_by(definition, items, administration.values, administration.context)
    return _raise(administration, found, now, known=_open_flags(administration))


def raise_flags(
    *, administration: Administration, definition: Definition, flags: Iterable[str], now: datetime
) -> list[WorkItem]:
    """Work items for the flags of finished answers, but those that are open and those that held before the end already:
    they were raised when their answers were saved."""
    values = administration.values
    held = {flag.id for flag in raised_by(definition, list(values), values, administration.context)}
    raised = set(administration.work_items.values_list("flag", flat=True))
    known = _open_flags(administration) | held & raised
    return _raise(administration, [definition.flag[flag] for flag in flags], now, known=known)


def _open_flags(administration: Administration) -> set[str]:
    return set(administration.work_items.open().values_list("flag", flat=True))


def _raise(administration: Administration, flags: Iterable[Flag], now: datetime, known: set[str]) -> list[WorkItem]:
    new = [flag for flag in flags if flag.acts_at_once and flag.id not in known]
    return [_raise_one(administration, flag, now) for flag in new]


def _raise_one(administration: Administration, flag: Flag, now: datetime) -> WorkItem:
    times = administration.work_items.filter(flag=flag.id).count()
    return _put_on_the_list(
        WorkItem(
            administration=administration,
            patient=administration.patient,
            flag=flag.id,
            severity=flag.severity,
            action=flag.action,
            asks_for=ask_next(administration=administration, flag=flag.id, now=now, times=times),
        ),
        now,
    )


def raise_by_concern(concern: Concern) -> WorkItem:
    """Somebody outside is worried about a patient; who fears for today is an emergency. Raises RuleBroken when it is
    about nobody, or on the list already."""
    if concern.patient is None:
        raise RuleBroken("Nobody knows yet whom this is about.")
    severity = WorkItem.Severity.EMERGENCY if concern.in_danger else WorkItem.Severity.URGENT
    action = "Somebody close is worried. Call the patient and find out how they are. Tell nobody outside that you did."
    with rules_speak():
        return _put_on_the_list(
            WorkItem(concern=concern, patient=concern.patient, severity=severity, action=action), timezone.now()
        )


def _put_on_the_list(item: WorkItem, now: datetime) -> WorkItem:
    item.owner_id = owner_of(candidates(item.patient, now))
    item.raised_at, item.due_at = now, due_at(item.severity, now)
    item.save(force_insert=True)
    _tell(item, now)
    log.warning("work item raised", work_item_id=item.pk, severity=item.severity, owner=item.owner_id)
    return item


def _tell(item: WorkItem, now: datetime) -> None:
    """The owner; in an emergency, or when they are away, also who is on call. With neutral words and the page (RULE
    PRIV-03)."""
    is_theirs = item.owner and item.severity != WorkItem.Severity.EMERGENCY and is_there(item.owner, now)
    _tell_of(item, [item.owner] if item.owner and is_theirs else on_call(item.patient, item.owner, now))


def _tell_of(item: WorkItem, staff: list[Staff]) -> None:
    page = reverse("measures:work_item", args=[item.pk])
    tell_all(staff=staff, kind=Message.Kind.NEEDED_NOW, page=lambda _staff: page)


@transaction.atomic
def escalate(*, now: datetime) -> int:
    """Tells who is on call of work items that nobody has settled in time, once each. Returns how many."""
    late = WorkItem.objects.open().filter(due_at__lte=now, escalated_at=None).select_for_update(skip_locked=True)
    items = list(late.order_by("due_at")[:100])
    for item in items:
        _tell_of(item, on_call(item.patient, None, now))
        item.escalated_at = now
        item.save(update_fields=["escalated_at"])
        log.warning("work item late", work_item_id=item.pk)
    return len(items)


@transaction.atomic
def take(*, item: WorkItem, by: Staff) -> WorkItem:
    """Somebody else makes it theirs; the history keeps whose it was. Raises RuleBroken when it is settled."""
    item = _locked(item)
    item.owner = by
    with rules_speak():
        item.save(update_fields=["owner"])
    log.info("work item taken", work_item_id=item.pk, by=by.pk)
    return item


@transaction.atomic
def settle(*, item: WorkItem, disposition: str, words: str, by: Staff, now: datetime | None = None) -> WorkItem:
    """Writes down what was done, once. The same from the same person again is once. Who called 911 or 988 told of the
    patient in an emergency: its facts are then to be written down (RULE PRIV-22). Raises RuleBroken."""
    item = _locked(item)
    said = (disposition, words.strip())
    if item.settled_at and (item.settled_by_id, item.disposition, item.words) == (by.pk, *said):
        return item
    if item.settled_at:
        raise RuleBroken(str(SETTLED))
    item.disposition, item.words = said
    item.settled_at, item.settled_by = now or timezone.now(), by
    with rules_speak():
        item.save()
    if disposition == WorkItem.Disposition.EMERGENCY:
        open_emergency(patient=item.patient, by=by, now=now)
    log.info("work item settled", work_item_id=item.pk, disposition=disposition, by=by.pk)
    return item


def _locked(item: WorkItem) -> WorkItem:
    return WorkItem.objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)
