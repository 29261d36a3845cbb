"""Records that came from elsewhere, and what is under 42 CFR part 2."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stepdown.kernel.prepared import prepared
from stepdown.people.models import Patient, Staff
from stepdown.privacy.domain.labels import is_part2
from stepdown.privacy.domain.self_pay import Days
from stepdown.privacy.models import Part2Decision, ReceivedRecord
from stepdown.privacy.queries_sharing import patients_kept_by
from stepdown.privacy.sources import Item
from stepdown.ui.when import day

ON_THE_CHART = 3


@dataclass(frozen=True)
class Shown:
    """A record as a page shows it. decided: what a privacy officer said last about part 2, None while nobody did."""

    row: ReceivedRecord
    decided: bool | None

    @property
    def is_part2(self) -> bool:
        return is_part2(self.decided)

    @property
    def label(self) -> str:
        """What goes with it wherever it goes; "" for nothing."""
        return self.row.carries(self.decided)


def records_kept_by(staff: Staff) -> QuerySet[ReceivedRecord]:
    """Of whoever's sharing this person sees, without the files; what was taken out as well."""
    rows = ReceivedRecord.objects.filter(patient__in=patients_kept_by(staff)).defer("document")
    return rows.select_related("patient", "put_in_by", "taken_out_by")


def received_by(patient: Patient) -> list[Shown]:
    """What came about a patient and was not taken out, the last first. Two queries."""
    decided = _decided(patient.pk)
    return [Shown(row, decided.get(row.pk)) for row in _standing(patient.pk)]


def taken_out_of(patient: Patient) -> list[ReceivedRecord]:
    rows = ReceivedRecord.objects.filter(patient=patient, taken_out_at__isnull=False).defer("document")
    return list(rows.select_related("put_in_by", "taken_out_by"))


def latest_of(patient: Patient) -> list[ReceivedRecord]:
    """For the chart. One query."""
    return _latest(patient.pk)


@prepared
def _latest(patient: UUID) -> QuerySet[ReceivedRecord]:
    return _standing(patient).order_by("-received_on", "-put_in_at")[:ON_THE_CHART]


def _standing(patient: UUID) -> QuerySet[ReceivedRecord]:
    rows = ReceivedRecord.objects.filter(patient=patient, taken_out_at=None).defer("document")
    return rows.select_related("put_in_by")


def content_of(record: ReceivedRecord | UUID) -> bytes:
    """The file as it came."""
    pk = record.pk if isinstance(record, ReceivedRecord) else record
    return bytes(ReceivedRecord.objects.filter(pk=pk).values_list("document", flat=True).get())


def decisions_on(patient: Patient) -> list[Part2Decision]:
    """All that was ever decided about part 2, the last first."""
    return list(Part2Decision.objects.filter(patient=patient).select_related("record", "by").defer("record__document"))


def whole_is_part2(patient: Patient) -> bool:
    """Whether the record as a whole is under part 2. Source: RULE PRIV-01, PRIV-02."""
    return is_part2(_decided(patient.pk).get(None))


def _decided(patient: UUID) -> dict[UUID | None, bool]:
    """What was decided last about each record, None for the record as a whole."""
    rows = Part2Decision.objects.filter(patient=patient).order_by("at").values_list("record", "is_part2")
    return dict(rows)


def items_of(patient: Patient) -> list[Item]:
    """What there is to give out of records from others: each with its file, and the label it carries. RULE PRIV-20."""
    return [_item(one) for one in received_by(patient)]


def _item(one: Shown) -> Item:
    row, pk = one.row, one.row.pk
    lines = [_("From %(whom)s, received on %(day)s.") % {"whom": row.from_whom, "day": _said(row.received_on)}]
    if row.covers_from and row.covers_until:
        days = {"first": _said(row.covers_from), "last": _said(row.covers_until)}
        lines.append(_("Tells of %(first)s to %(last)s.") % days)
    told_of = Days(row.covers_from or date.min, row.covers_until or row.received_on)
    return Item(
        str(pk), row.what, tuple(lines), row.received_on, label=one.label, file=lambda: content_of(pk),
        file_digest=row.digest, covers=told_of,
    )  # fmt: skip


def _said(on: date) -> str:
    return day(on, date.min, get_language() or "en")
