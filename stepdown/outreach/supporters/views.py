"""A patient gives somebody a page; they come in by their link and a code, and read what the patient lets them see.

A link that is replaced, a consent that holds no more, another browser: all of them meet the page for an address at
which there is nothing, in the same words. Source: RULE PRIV-04, PRIV-11, PRIV-13.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.outreach import entry
from stepdown.outreach.concerns import services as concerns
from stepdown.outreach.concerns.forms import ConcernForm
from stepdown.outreach.languages import in_their_language
from stepdown.people import queries as people
from stepdown.people import services_supporters as known
from stepdown.people import supporters
from stepdown.people.access import patient_page, public, staff_page, supporter_page
from stepdown.people.models import Supporter
from stepdown.people.proving import checked, first_proves
from stepdown.privacy import gate, part2
from stepdown.privacy import queries_sharing as sharing
from stepdown.privacy import services_supporters as services
from stepdown.privacy.queries_minors import parent_behind
from stepdown.ui.fields import phone_said
from stepdown.ui.tell import tell

from .forms import SEND, AcceptForm, PageForm, StaffsPageForm, SupportersCodeForm
from .services import give_page as give

SHOWN = 6  # items of a class; the others are one tap away


@patient_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_page(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """The page that somebody has, how often they looked, and a new link for them."""
    row = get_object_or_404(sharing.consents_visible_to(request.patient).exclude(signed_at=None), pk=sharing_id)
    form = PageForm(request.POST if request.method == "POST" else None, initial=_as_known(row))
    return _give_page(request, row, "give_page", form, is_good=form.is_valid())


@staff_page(*sharing.KEEPS_SHARING)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_page_for(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """The same for staff, whom the patient asked to do it; they prove who they are, as it leads outside."""
    row = get_object_or_404(sharing.consents_kept_by(request.staff).exclude(signed_at=None), pk=sharing_id)
    asks_code, instead = first_proves(request, request.path)
    if instead:
        return instead
    sent = request.POST if request.method == "POST" else None
    form = StaffsPageForm(sent, initial=_as_known(row), asks_code=asks_code)
    return _give_page(request, row, "give_page_for", form, is_good=sent is not None and checked(request, form))


def _give_page(request: HttpRequest, row: Any, name: str, form: PageForm, *, is_good: bool) -> HttpResponse:
    shown = sharing.shown_with_looks(row, timezone.now())
    may = shown.may_have_page
    if may and is_good:
        said = form.cleaned_data
        is_sent = said["way"] == SEND
        try:
            give(consent=row, language=said["language"], is_sent=is_sent, **said["reached"])
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            sent, ready = (
                _("The link is on its way. Text messages go from 8 am to 9 pm."),
                _("The link is ready. Pass it on."),
            )
            tell(request, sent if is_sent else ready)
            return redirect(f"supporters:{name}", row.pk)
    supporter = row.recipient.supporter if row.recipient else None
    page = {
        "patient": row.patient,
        "shown": shown,
        "may": may,
        "why": _(may.reason) if may.reason else "",
        "form": form,
        "supporter": supporter,
        "link": supporters.url_of(supporter) if supporter else "",
    }
    return render(request, f"supporters/{name}.html", page, status=422 if form.errors else 200 if may else 403)


def _as_known(row: Any) -> dict[str, str]:
    """What is known of them already, from their page or from the consent."""
    supporter = row.recipient.supporter if row.recipient else None
    if supporter:
        return {"reached": phone_said(supporter.phone) or supporter.email, "language": supporter.language}
    return {"reached": row.recipient.address if row.recipient else "", "language": row.language}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The link: straight on in a browser that is known, else a code is sent when they ask for it."""
    supporter = _of_link(token)
    if theirs := in_their_language(request, supporter.language):
        return redirect(theirs)
    if people.supporter_known(supporter.pk, supporters.secret_in(request)):
        return redirect(_first_page(supporter), supporter.pk)
    if request.method != "POST":
        return _door(request, "enter", token, supporter)
    asked = entry.ask_for_supporters_code(supporter=supporter)
    if asked.refused:
        return _door(request, "enter", token, supporter, refused=asked.refused, status=422)
    return _door(request, "code", token, supporter, form=SupportersCodeForm())


@public
@never_cache
@require_POST
def code(request: HttpRequest, token: str) -> HttpResponse:
    """The code: this browser is known for a month from now on."""
    supporter = _of_link(token)
    form = SupportersCodeForm(request.POST)
    if form.is_valid():
        known_by = supporters.secret_in(request)
        tried = entry.enter_as_supporter(supporter=supporter, typed=form.cleaned_data["code"], known_by=known_by)
        if tried.secret:
            answer = redirect(_first_page(supporter), supporter.pk)
            supporters.remember(answer, tried.secret)
            return answer
        form.add_error("code", tried.refused)
    return _door(request, "code", token, supporter, form=form, status=422)


def _of_link(token: str) -> Supporter:
    supporter = people.supporter_by(token)
    if supporter is None or not services.may_come_in(supporter=supporter, now=timezone.now()):
        raise Http404
    return supporter


def _first_page(supporter: Supporter) -> str:
    """A parent signs; everybody else reads what the patient lets them see."""
    return "supporters:to_sign" if parent_behind(supporter, timezone.now()) else "supporters:page"


def _door(
    request: HttpRequest, name: str, token: str, supporter: Supporter, *, status: int = 200, **more: Any
) -> HttpResponse:
    page = {"token": token, "by_phone": bool(supporter.phone), "reached_at": supporter.reached_at}
    return render(request, f"supporters/{name}.html", page | more, status=status)


@supporter_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, supporter_id: UUID) -> HttpResponse:
    """What they may see at this moment. An open page asks by itself whether there still is anything."""
    supporter = request.supporter
    if request.htmx:
        return _still(supporter)
    if supporter.accepted_at is None:
        return _accept(request, supporter)
    parts = services.look(supporter=supporter)
    if not parts:
        raise Http404
    found = {
        "supporter": supporter,
        "patient": supporter.patient,
        "parts": [
            (part, [(part.called(data), items[:SHOWN], items[SHOWN:]) for data, items in part.items.items()])
            for part in parts
        ],
        "statement": part2.statement(),
    }
    return render(request, "supporters/page.html", found)


def _still(supporter: Supporter) -> HttpResponse:
    """Nothing while it may stay open."""
    may_stay = services.may_see(supporter=supporter, now=timezone.now())
    return HttpResponse(status=204) if may_stay else supporters.emptied()


def _accept(request: HttpRequest, supporter: Supporter) -> HttpResponse:
    """First they say who they are and that they pass nothing on; the words are kept."""
    if not services.may_see(supporter=supporter, now=timezone.now()):
        raise Http404
    recipient = supporter.recipient
    form = AcceptForm(request.POST if request.method == "POST" else None, name=recipient.name)
    if request.method == "POST" and form.is_valid():
        words = f"{form.fields['agreed'].label}\n\n{part2.statement()}"
        known.accept(supporter=supporter, words=words)
        return redirect("supporters:page", supporter.pk)
    found = {"form": form, "supporter": supporter, "name": recipient.name, "statement": part2.statement()}
    return render(request, "supporters/accept.html", found, status=422 if form.errors else 200)


def _seeing(request: HttpRequest) -> Supporter:
    """Who may see something at this moment, and has agreed to keep it."""
    supporter: Supporter = request.supporter
    if supporter.accepted_at is None or not services.may_see(supporter=supporter, now=timezone.now()):
        raise Http404
    return supporter


@supporter_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def worried(request: HttpRequest, supporter_id: UUID) -> HttpResponse:
    """One way: what they are afraid of goes to the care team, and nothing comes back."""
    supporter = _seeing(request)
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        concerns.tell(supporter=supporter, language=get_language() or "en", **form.cleaned_data)
        return redirect("supporters:worried_told", supporter.pk)
    found = {"form": form, "supporter": supporter}
    return render(request, "supporters/worried.html", found, status=422 if form.errors else 200)


@supporter_page
@never_cache
@require_safe
def worried_told(request: HttpRequest, supporter_id: UUID) -> HttpResponse:
    return render(request, "supporters/worried_told.html", {"supporter": _seeing(request)})


@supporter_page
@require_POST
def leave(request: HttpRequest, supporter_id: UUID) -> HttpResponse:
    """Forgets this browser, also of a page that shows nothing any more; the link and a code open it again."""
    known.forget_browser(supporter=request.supporter, secret=supporters.secret_in(request))
    gate.nothing()
    return render(request, "supporters/left.html")
