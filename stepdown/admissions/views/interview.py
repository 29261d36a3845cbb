"""The guided interview part by part, danger, and the decision."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from stepdown.admissions import permissions, queries, services
from stepdown.admissions.domain import parts
from stepdown.admissions.forms import DangerDoneForm, DecisionForm
from stepdown.admissions.forms_interview import PartForm, form_of
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.ui.tell import tell


def _inquiry(request: HttpRequest, inquiry_id: UUID) -> Any:
    return get_object_or_404(queries.inquiries_visible_to(request.staff), pk=inquiry_id)


def _assessment(request: HttpRequest, inquiry_id: UUID) -> Any:
    """The open assessment of an inquiry in sight, else the one decided last; 404 when there is none."""
    assessment = queries.last_assessment(_inquiry(request, inquiry_id))
    if assessment is None:
        raise Http404
    return assessment


@staff_page(*permissions.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Go on where the interview stands; by POST, begin it."""
    inquiry = _inquiry(request, inquiry_id)
    assessment = queries.open_assessment(inquiry)
    if assessment is None and request.method != "POST":
        return render(
            request,
            "admissions/begin.html",
            {"inquiry": inquiry, "may_work": permissions.work_on(request.staff, inquiry)},
        )
    if assessment is None:
        permissions.work_on(request.staff, inquiry).or_forbid()
        assessment = services.start_assessment(inquiry=inquiry, by=request.staff)
    part = parts.first_open(parts.progress(assessment.answers, assessment.about))
    return redirect("admissions:part", inquiry.pk, part.slug)


@staff_page(*permissions.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, inquiry_id: UUID, slug: str) -> HttpResponse:
    """One part: GET shows it, POST saves it. While a danger is open, everything leads to it."""
    if slug not in parts.BY_SLUG:
        raise Http404
    assessment = _assessment(request, inquiry_id)
    if request.method == "POST":
        return _save(request, assessment, slug)
    if assessment.decided_at:
        return redirect("admissions:inquiry", inquiry_id)
    if danger := queries.open_danger(assessment):
        return redirect("admissions:danger", inquiry_id, danger.pk)
    return _show(request, assessment, slug, form_of(slug, assessment))


def _show(
    request: HttpRequest, assessment: Any, slug: str, form: PartForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    page = queries.assessment_page(assessment, request.staff, parts.BY_SLUG[slug])
    return render(request, "admissions/part.html", {**page, "form": form, **more}, status=status)


def _save(request: HttpRequest, assessment: Any, slug: str) -> HttpResponse:
    if not assessment.decided_at:
        permissions.work_on(request.staff, assessment.inquiry).or_forbid()
    form = form_of(slug, assessment, request.POST)
    template = "admissions/_saved.html" if request.htmx else "admissions/part.html"
    if not form.is_valid():
        page = queries.assessment_page(assessment, request.staff, parts.BY_SLUG[slug])
        return render(request, template, {**page, "form": form}, status=422)
    try:
        saved = services.save_answers(assessment=assessment, values=form.values(), seen=form.seen(), by=request.staff)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        page = queries.assessment_page(assessment, request.staff, parts.BY_SLUG[slug])
        return render(request, template, {**page, "form": form}, status=422)
    if saved.danger:
        url = reverse("admissions:danger", args=[assessment.inquiry_id, saved.danger.pk])
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    replaced = [(form.label_of(each.name), form.said(each.name, each.theirs), each.by) for each in saved.replaced]
    if not request.htmx and not replaced:
        return redirect(_onward(assessment.inquiry_id, slug, request.POST.get("go", "")))
    page = queries.assessment_page(saved.assessment, request.staff, parts.BY_SLUG[slug])
    return render(request, template, {**page, "form": form_of(slug, saved.assessment), "replaced": replaced})


def _onward(inquiry_id: UUID, slug: str, go: str) -> str:
    """Where a saved part leads: back, on, or after the last part to the decision."""
    beside = parts.before(slug) if go == "back" else parts.after(slug)
    if beside:
        return reverse("admissions:part", args=[inquiry_id, beside.slug])
    return reverse("admissions:decision" if go != "back" else "admissions:inquiry", args=[inquiry_id])


@staff_page(*permissions.TEAM)
@require_POST
def danger_came_up(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    assessment = _assessment(request, inquiry_id)
    permissions.work_on(request.staff, assessment.inquiry).or_forbid()
    danger = services.raise_danger(assessment=assessment, by=request.staff)
    return redirect("admissions:danger", inquiry_id, danger.pk)


@staff_page(*permissions.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def danger(request: HttpRequest, inquiry_id: UUID, danger_id: UUID) -> HttpResponse:
    """What to do now; by POST, what was done."""
    inquiry = _inquiry(request, inquiry_id)
    found = queries.danger_by(inquiry, danger_id)
    if found is None:
        raise Http404
    team = queries.care_team()
    form = DangerDoneForm(request.POST or None, team=team, initial={"handled_by": request.staff.pk})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.settle_danger(danger=found, **form.cleaned_data, by=request.staff)
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                tell(request, _("What was done is recorded. The assessment can go on."))
                return redirect("admissions:part", inquiry_id, "danger")
    return render(
        request, "admissions/danger.html", {**queries.danger_page(found.assessment, found), "form": form}, status=status
    )


@staff_page(*permissions.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """The advice with its reasons; by POST, what a licensed person decides."""
    assessment = _assessment(request, inquiry_id)
    if request.method != "POST" and assessment.decided_at:
        return redirect("admissions:inquiry", inquiry_id)
    page = queries.decision_page(assessment, request.staff)
    same = queries.same_person(assessment, request.staff)
    advised = page["advice"].advice.advice
    if request.method != "POST":
        form = DecisionForm(advised=advised, same=same, initial={"level": advised})
        return render(request, "admissions/decision.html", {**page, "form": form})
    if _decided_so(request, assessment):
        return redirect(_after_decision(request, inquiry_id, queries.planned_episode(assessment.inquiry)))
    page["may_decide"].or_forbid()
    form = DecisionForm(request.POST, advised=advised, same=same)
    if form.is_valid():
        try:
            episode = services.decide(
                assessment=assessment,
                level=form.cleaned_data["level"],
                reason=form.cleaned_data["reason"],
                existing=form.cleaned_data["patient"],
                by=request.staff,
            )
        except RuleBroken as broken:
            form.add_error("reason" if broken.rule == "reason" else "level", str(broken))
        else:
            tell(request, _("Decided. A seat in a group comes next.") if episode else _("Decided, and closed here."))
            return redirect(_after_decision(request, inquiry_id, episode))
    assessment.refresh_from_db(fields=["decided_by", "decided_level"])
    if _decided_so(request, assessment):
        return redirect(_after_decision(request, inquiry_id, queries.planned_episode(assessment.inquiry)))
    return render(request, "admissions/decision.html", {**page, "form": form}, status=422)


def _decided_so(request: HttpRequest, assessment: Any) -> bool:
    """Whether this very decision was made a moment before, by the same person: the button was pressed twice."""
    return bool(assessment.decided_by_id == request.staff.pk and assessment.decided_level == request.POST.get("level"))


def _after_decision(request: HttpRequest, inquiry_id: UUID, episode: Any) -> str:
    """Seats are chosen in a later stage, which this one knows by the name of its page alone."""
    if episode is not None and permissions.offers_seats(request.staff):
        try:
            return reverse("placement:offer", args=[episode.pk])
        except NoReverseMatch:
            pass
    return reverse("admissions:inquiry", args=[inquiry_id])
