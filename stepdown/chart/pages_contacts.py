"""What the pages of a contact's note draw, put together from queries."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from stepdown.chart import permissions_contacts as permissions
from stepdown.chart import queries_contacts as queries
from stepdown.chart import queries_plan
from stepdown.chart.domain import contacts as domain
from stepdown.chart.forms import SendBackForm
from stepdown.chart.forms_contacts import ContactForm, ContactWordsForm
from stepdown.chart.models import ContactNote
from stepdown.chart.pages_own import beside
from stepdown.people.models import Staff
from stepdown.placement.queries import patients_visible_to
from stepdown.ui.states import STATES


@dataclass(frozen=True)
class Told:
    """A contact as it is read: facts with their words, headings with their text."""

    facts: list[tuple[str, str]]
    written: list[tuple[str, str]]


def told(note: ContactNote) -> Told:
    where = ", ".join(filter(None, [domain.PLACES.get(note.place, ""), dict(STATES).get(note.state, "")]))
    billing = "Yes" if note.billable else domain.WHY_NOT.get(note.why_not, "")
    if note.billable is False:
        billing = f"No: {(note.why_not_words or billing)[:1].lower()}{(note.why_not_words or billing)[1:]}"
    code = domain.PLACE_OF_SERVICE.get(note.place, "") if note.contact.with_patient else ""
    facts = [
        ("How", domain.WAYS.get(note.way, "")),
        ("Reached", domain.OUTCOMES.get(note.outcome, "")),
        ("Who was there", ", ".join(words for code, words in domain.PRESENT.items() if code in note.present)),
        ("Where", f"{where} (place of service {code})" if code else ""),
        ("Safety", domain.SAFETY.get(note.safety, "")),
        ("Works toward", str(note.objective or "")),
        ("Next step", note.next_step),
        ("Billable", billing),
    ]
    written = [(each.name, note.written.get(each.name, "")) for each in note.template.headings]
    return Told([fact for fact in facts if fact[1]], [(name, text) for name, text in written if text.strip()])


def form_of(note: ContactNote, data: Any = None) -> ContactForm:
    return ContactForm(data, note=note, objectives=queries_plan.open_objectives(note.patient))


def write_page(note: ContactNote, form: ContactForm | None = None) -> dict[str, Any]:
    """A draft, with what is known beside what is written."""
    now = timezone.now()
    return {
        "note": note,
        "patient": note.patient,
        "form": form or form_of(note),
        "kinds": list(domain.KINDS.items()),
        "ready": queries.ready(note, now),
        "sees_patient": (sees := _sees(note.author, note)),
        "before": queries.contact_before(note) if sees else None,
        "talks": [] if note.side_room_id else queries.talks_without_note(note.patient, note.author, now),
        "is_late": note.due_at <= now,
    }


def _sees(staff: Staff, note: ContactNote) -> bool:
    """Whether they see the patient's record, and not this note alone."""
    return patients_visible_to(staff).filter(pk=note.patient_id).exists()


def read_page(
    note: ContactNote,
    staff: Staff,
    adding: ContactWordsForm | None = None,
    asking: SendBackForm | None = None,
) -> dict[str, Any]:
    """A signed note, with what was added since. adding, asking: a form that was refused."""
    return {
        "note": note,
        "patient": note.patient,
        "sees_patient": _sees(staff, note),
        "told": told(note),
        "addenda": list(note.addenda.select_related("by")),
        "may_add": permissions.add_to_contact(staff, note),
        "adding": adding or ContactWordsForm(asks_code=False),
        **beside(note, staff, asking),
    }
