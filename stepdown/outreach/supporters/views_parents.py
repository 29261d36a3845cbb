"""Where the law asks for a parent's signature as well: a patient under 18 names the parent, who comes in by a link and
a code, reads what the patient has signed, and signs it by their own act.

The parent sees nothing else of the patient. From the day the patient is 18 the page is not there. Source: 42 CFR 2.14;
RULE PRIV-15.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.outreach.models import Message
from stepdown.outreach.services import send_to_supporter
from stepdown.people.access import patient_page, supporter_page
from stepdown.privacy import copies, gate, part2, services_minors
from stepdown.privacy import queries_minors as queries
from stepdown.privacy.domain.minors import Relation
from stepdown.privacy.middleware import place_of
from stepdown.privacy.models import Consent, Parent
from stepdown.privacy.views.agreements import METHOD
from stepdown.privacy.wording_minors import parents_words
from stepdown.ui.files import to_keep
from stepdown.ui.tell import tell

from .forms import ParentForm, ParentSignsForm
from .services import ask_parent

BY_LINK = "typed name, by a link and a code"


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_parent(request: HttpRequest) -> HttpResponse:
    """Whom the patient named to sign with them, what waits for that person, and naming somebody else. Who signs alone
    reads that."""
    patient, now = request.patient, timezone.now()
    parent = queries.parent_of_patient(patient)
    if parent and "again" in request.POST:
        send_to_supporter(supporter=parent.supporter, kind=Message.Kind.PAGE_LINK)
        tell(request, _("The link is on its way. Text messages go from 8 am to 9 pm."))
        return redirect("supporters:my_parent")
    form = ParentForm(request.POST if request.method == "POST" else None, initial={"language": patient.language})
    if request.method == "POST" and form.is_valid() and _named(request, form):
        tell(request, _("The link is on its way. Text messages go from 8 am to 9 pm."))
        return redirect("supporters:my_parent")
    waiting, signed = queries.for_parent(patient, now)
    page = {
        "needs_parent": queries.needs_parent(patient, now),
        "parent": parent,
        "waiting": waiting,
        "signed": signed,
        "form": form,
    }
    return render(request, "supporters/my_parent.html", page, status=422 if form.errors else 200)


def _named(request: HttpRequest, form: ParentForm) -> bool:
    said = form.cleaned_data
    try:
        ask_parent(
            patient=request.patient,
            name=said["name"],
            relation=Relation(said["relation"]),
            **said["reached"],
            language=said["language"],
            signature=said["signed_name"],
            method=METHOD,
            place=place_of(request),
        )
    except RuleBroken as broken:
        form.add_error("reached" if broken.rule == "reached" else None, str(broken))
        return False
    return True


def _parent(request: HttpRequest) -> Parent:
    parent = queries.parent_behind(request.supporter, timezone.now())
    if parent is None:
        raise Http404
    gate.parents(parent.patient)
    return parent


@supporter_page
@never_cache
@require_safe
def to_sign(request: HttpRequest, supporter_id: UUID) -> HttpResponse:
    """What waits for the parent's signature, and what they have signed."""
    parent = _parent(request)
    services_minors.shown_to(parent=parent)
    waiting, signed = queries.for_parent(parent.patient, timezone.now())
    page = {"parent": parent, "waiting": waiting, "signed": signed, "statement": part2.statement()}
    return render(request, "supporters/to_sign.html", page)


@supporter_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, supporter_id: UUID, consent_id: UUID) -> HttpResponse:
    """To read, and to sign as long as it waits."""
    parent = _parent(request)
    one = _one(parent, consent_id)
    if request.method != "POST":
        services_minors.shown_to(parent=parent)
    form = None
    if one.waits:
        words = parents_words(parent.patient.name, parent.supporter.language)
        data = request.POST if request.method == "POST" else None
        form = ParentSignsForm(data, initial={"seen": one.row.digest}, words=words)
        if request.method == "POST" and form.is_valid() and _signed(request, parent, one, form):
            tell(request, _("Signed."))
            return redirect("supporters:to_sign", parent.supporter_id)
    page = {
        "parent": parent,
        "one": one,
        "text": one.text,
        "to_help": one.to_help(get_language() or "en"),
        "form": form,
        "statement": part2.statement(),
    }
    return render(request, "supporters/sign.html", page, status=422 if form and form.errors else 200)


def _one(parent: Parent, consent_id: UUID) -> queries.ForParent:
    waiting, signed = queries.for_parent(parent.patient, timezone.now())
    for one in (*waiting, *signed):
        if one.pk == consent_id:
            return one
    raise Http404


def _signed(request: HttpRequest, parent: Parent, one: Any, form: ParentSignsForm) -> bool:
    said = form.cleaned_data
    try:
        services_minors.sign_as_parent(
            parent=parent,
            row=one.row,
            name=said["signed_name"],
            seen=said["seen"],
            method=BY_LINK,
            place=place_of(request),
        )
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return False
    return True


@supporter_page
@require_safe
def copy(request: HttpRequest, supporter_id: UUID, consent_id: UUID) -> HttpResponse:
    """The very words with both signatures, as a file without a telling name."""
    parent = _parent(request)
    row = _one(parent, consent_id).row
    made = copies.of_agreement(row) if isinstance(row, Consent) else copies.of_sharing(row, row.text)
    gate.parents(parent.patient)
    services_minors.shown_to(parent=parent)
    answer = HttpResponse(made, content_type="text/plain; charset=utf-8")
    return to_keep(answer, f"agreement-{row.signed_at:%Y-%m-%d}.txt")
