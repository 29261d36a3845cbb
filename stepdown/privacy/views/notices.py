"""The notice of privacy practices: for everybody to read, for a privacy officer to write, for staff to give."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.access import public, staff_page
from stepdown.privacy import permissions_notice as permissions
from stepdown.privacy import queries_notice as queries
from stepdown.privacy import services_notice as services
from stepdown.privacy.days import today
from stepdown.privacy.forms_notice import NoticeForm, PaperForm
from stepdown.privacy.queries_sharing import KEEPS_SHARING, patients_kept_by, sees_chart
from stepdown.privacy.views.looks import officer
from stepdown.ui.files import to_keep
from stepdown.ui.tell import tell

SHOWN = 200
keeps_sharing = staff_page(*KEEPS_SHARING)


@public
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The one in effect, for anybody."""
    found = queries.current()
    text = queries.laid_out(found, get_language() or "en") if found else None
    return render(request, "privacy/notice.html", {"notice": found, "text": text})


@public
@require_safe
def notice_file(request: HttpRequest) -> HttpResponse:
    """The words of the one in effect, to keep. Source: 42 CFR 2.22(b)(1)(i), a copy in electronic form."""
    found = queries.current()
    if found is None:
        return redirect("privacy:notice")
    answer = HttpResponse(found.text(get_language() or "en"), content_type="text/plain; charset=utf-8")
    return to_keep(answer, f"privacy-notice-{found.number}.txt")


@keeps_sharing
@never_cache
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    people = list(queries.without(request.staff)[: SHOWN + 1])
    page = {
        "notices": queries.notices(),
        "current": queries.current(),
        "people": people[:SHOWN],
        "more": len(people) > SHOWN,
        "may_publish": permissions.publish(request.staff),
        "today": today(),
    }
    return render(request, "privacy/notices.html", page)


@keeps_sharing
@never_cache
@require_safe
def version(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.notices().defer(None), pk=notice_id)
    shown = [(queries.laid_out(found, lang), found.digest(lang)) for lang in ("en", "es")]
    return render(request, "privacy/notice_version.html", {"notice": found, "shown": shown})


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_notice(request: HttpRequest) -> HttpResponse:
    last = queries.notices().defer(None).first()
    form = NoticeForm(request.POST if request.method == "POST" else None, last=last)
    if request.method == "POST" and form.is_valid():
        try:
            services.publish(by=request.staff, **form.terms)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Published. It stays as it is; what changes later is a new version.")
            return redirect("privacy:notices")
    return render(request, "privacy/new_notice.html", {"form": form, "last": last}, status=422 if form.errors else 200)


@keeps_sharing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_notice(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Given on paper, by one of the staff."""
    patient = get_object_or_404(patients_kept_by(request.staff), pk=patient_id)
    current = queries.current()
    begin = {"given_on": today(), "language": "es" if patient.language.startswith("es") else "en"}
    form = PaperForm(request.POST if request.method == "POST" else None, initial=begin, notice=current)
    if request.method == "POST" and form.is_valid() and current:
        said = {name: form.cleaned_data[name] for name in ("language", "outcome", "why")}
        try:
            services.give(patient=patient, notice=current, given_at=form.given_at, by=request.staff, **said)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Written down.")
            return redirect("privacy:give_notice", patient.pk)
    page = {
        "patient": patient,
        "form": form,
        "current": current,
        "deliveries": queries.deliveries_to(patient),
        "sees_chart": sees_chart(request.staff),
    }
    return render(request, "privacy/give_notice.html", page, status=422 if form.errors else 200)
