"""Notes that wait for the co-signature of a supervisor: the list, the signature, the question to their author."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.chart import pages, pages_contacts, pages_cosign, queries_cosign, services_cosign
from stepdown.chart import permissions_cosign as permissions
from stepdown.chart.forms import SendBackForm, SignatureForm
from stepdown.chart.models import NotePart, Own
from stepdown.chart.seen import ReadAgain
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.people.models import Role, Staff
from stepdown.people.proving import checked, first_proves
from stepdown.ui.tell import tell

clinical = staff_page(Role.COUNSELOR, Role.DIRECTOR)


@clinical
@require_safe
def cosigning(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the reader's co-signature, the longest waiting first."""
    now = timezone.now()
    bundles = queries_cosign.to_cosign(request.staff, now)
    lines = [line for bundle in bundles for line in bundle.lines]
    late = sum(line.pace == "late" for line in lines)
    return render(request, "chart/cosigning.html", {"bundles": bundles, "count": len(lines), "late": late})


@clinical
@require_http_methods(["GET", "HEAD", "POST"])
def cosign(request: HttpRequest) -> HttpResponse:
    """The notes that were chosen, word for word, and the signature under all of them. An address carries their ids."""
    asked = _ids((request.POST if request.method == "POST" else request.GET).getlist("note"))
    bundles = queries_cosign.to_cosign(request.staff, timezone.now(), only=asked)
    bundles = [queries_cosign.Bundle(each.key, each.ready) for each in bundles if each.ready]
    shown = [line.note for bundle in bundles for line in bundle.lines]
    notes, seen = [note.pk for note in shown], queries_cosign.version_of_all(shown)
    if not notes:
        tell(request, _("Choose the notes to read and co-sign."))
        return redirect("chart:cosigning")
    here = f"{request.path}?{urlencode({'note': [str(pk) for pk in notes]}, doseq=True)}"
    asks_code, instead = first_proves(request, here)
    if instead:
        return instead
    sent = request.POST if request.method == "POST" else None
    form = SignatureForm(sent, initial={"seen": seen}, asks_code=asks_code)
    if form.is_valid() and len(notes) < len(asked):
        form.add_error(None, services_cosign.CHANGED)
        form.now_reads(seen)
    if request.method == "POST" and checked(request, form):
        try:
            made = services_cosign.cosign(
                notes=notes, statement=services_cosign.STATEMENT, seen=form.cleaned_data["seen"], by=request.staff
            )
        except ReadAgain as changed:
            form.add_error(None, str(changed))
            form.now_reads(seen)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, _("Co-signed. They are final.") if len(made) > 1 else _("Co-signed. It is final."))
            return redirect("chart:cosigning")
    page = {
        "readings": pages_cosign.readings(bundles),
        "notes": notes,
        "form": form,
        "statement": services_cosign.STATEMENT,
    }
    return render(request, "chart/cosign.html", page, status=422 if form.errors else 200)


@clinical
@require_POST
def send_back(request: HttpRequest, own_note_id: UUID) -> HttpResponse:
    own = queries_cosign.own_note(request.staff, own_note_id)
    if own is None:
        raise Http404
    author = Staff.objects.get(pk=own.written_by_id)
    supervises = permissions.supervise(request.staff, author, timezone.localdate())
    permissions.send_back(own, supervises, queries_cosign.open_question(own)).or_forbid()
    form = SendBackForm(request.POST)
    if form.is_valid():
        try:
            services_cosign.send_back(note=own, words=form.cleaned_data["words"], by=request.staff)
        except RuleBroken as broken:
            form.add_error("words", str(broken))
        else:
            tell(request, _("Sent back. Its author is asked to add to it."))
            return redirect(url_of(own))
    return _read(request, own, form)


def url_of(own: Own) -> str:
    """Where a patient's own signed note is read."""
    return reverse("chart:single" if isinstance(own, NotePart) else "chart:contact", args=[own.pk])


def _read(request: HttpRequest, own: Own, form: SendBackForm) -> HttpResponse:
    """The page of the note again, with a form that was refused."""
    if isinstance(own, NotePart):
        return render(request, "chart/single.html", pages.single_page(own, request.staff, form), status=422)
    page = pages_contacts.read_page(own, request.staff, asking=form)
    return render(request, "chart/contact_read.html", page, status=422)


def _ids(sent: list[str]) -> list[UUID]:
    """Those of what was sent that are ids, each once."""
    found: dict[UUID, None] = {}
    for each in sent:
        try:
            found[UUID(each)] = None
        except ValueError:
            continue
    return list(found)
