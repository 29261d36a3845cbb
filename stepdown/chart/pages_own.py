"""What stands beside a patient's own signed note, whether a part of a group's note or the note of a contact."""

from typing import Any

from django.utils import timezone

from stepdown.chart import permissions_cosign as permissions
from stepdown.chart import permissions_void as void
from stepdown.chart import queries_cosign as queries
from stepdown.chart.forms import SendBackForm
from stepdown.chart.models import Own
from stepdown.kernel.decision import refuse
from stepdown.people.models import Role, Staff
from stepdown.people.supervision import supervisor_of


def beside(own: Own, staff: Staff, form: SendBackForm | None = None) -> dict[str, Any]:
    """What stands beside a signed note: whether it holds, who co-signs it, what was asked, what the reader may do. At
    most eight queries, and none for a note that needs no co-signature."""
    acts = {
        "own": own,
        "may_void": void.void_note(staff, own),
        "may_write_again": void.write_again(staff, own),
    }
    if own.cosign_due_at is None:
        return acts
    author = Staff.objects.get(pk=own.written_by_id)
    supervisor = supervisor_of(author)
    supervises = refuse("")
    question = None
    if own.awaits_cosign:
        supervises, question = permissions.supervise(staff, author, timezone.localdate()), queries.open_question(own)
    sees = staff in (author, supervisor) or staff.has_role(Role.DIRECTOR)
    return acts | {
        "supervisor": supervisor,
        "asked": list(own.sent_back.select_related("by")) if sees else [],
        "may_cosign": permissions.cosign(own, supervises, question),
        "may_send_back": permissions.send_back(own, supervises, question),
        "is_supervisor": staff == supervisor and own.awaits_cosign,
        "sending_back": form or SendBackForm(),
    }
