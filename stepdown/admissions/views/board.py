"""The board, an inquiry and its calls. The interview and the decision are in views/interview.py."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.admissions import board, lanes, permissions, queries, services
from stepdown.admissions.forms import AssignForm, CalledUsForm, CallForm, CloseForm
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.ui.tell import tell


@staff_page(*permissions.TEAM)
@require_safe
def show_board(request: HttpRequest) -> HttpResponse:
    show = request.GET.get("show", board.EVERYONE)
    if show not in board.SHOWS:
        show = board.EVERYONE
    return render(request, "admissions/board.html", lanes.board_page(request.staff, show))


@staff_page(*permissions.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def called_us(request: HttpRequest) -> HttpResponse:
    form = CalledUsForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            inquiry = services.open_inquiry(**form.cleaned_data, came_by="phone", by=request.staff)
            tell(request, _("Saved. Log the call below, with what comes next."))
            return redirect("admissions:inquiry", inquiry.pk)
        return render(request, "admissions/called_us.html", {"form": form}, status=422)
    return render(request, "admissions/called_us.html", {"form": form})


def _inquiry(request: HttpRequest, inquiry_id: UUID) -> Any:
    return get_object_or_404(queries.inquiries_visible_to(request.staff), pk=inquiry_id)


def _page(request: HttpRequest, inquiry: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    page = queries.inquiry_page(inquiry, request.staff)
    page["call_form"] = CallForm(initial={"outcome": "reached"}, auto_id="call_%s")
    page["assign_form"] = AssignForm(team=page["team"], initial={"to": inquiry.assigned_to_id})
    page["close_form"] = CloseForm(auto_id="close_%s")
    page.update(forms)
    return render(request, "admissions/inquiry.html", page, status=status)


@staff_page(*permissions.TEAM)
@require_safe
def show_inquiry(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    return _page(request, _inquiry(request, inquiry_id))


@staff_page(*permissions.TEAM)
@require_POST
def log_call(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    inquiry = _inquiry(request, inquiry_id)
    may = permissions.work_on(request.staff, inquiry)
    form = CallForm(request.POST, auto_id="call_%s")
    if not form.is_valid():
        return _page(request, inquiry, status=422, call_form=form)
    answers = {name: form.cleaned_data[name] for name in ("outcome", "next_step", "next_at", "note", "once")}
    if not may and not queries.is_logged(answers["once"]):
        form.add_error(None, may.reason)
        return _page(request, inquiry, status=403, call_form=form)
    try:
        services.log_call(inquiry=inquiry, **answers, by=request.staff)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return _page(request, inquiry, status=422, call_form=form)
    if answers["next_step"] == "assess_now":
        return redirect("admissions:assess", inquiry.pk)
    tell(request, _("The call is logged."))
    return redirect("admissions:inquiry", inquiry.pk)


@staff_page(*permissions.TEAM)
@require_POST
def assign(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    inquiry = _inquiry(request, inquiry_id)
    permissions.work_on(request.staff, inquiry).or_forbid()
    form = AssignForm(request.POST, team=queries.care_team())
    if not form.is_valid():
        return _page(request, inquiry, status=422, assign_form=form)
    try:
        services.assign(inquiry=inquiry, **form.cleaned_data, by=request.staff)
    except RuleBroken as broken:
        form.add_error("to", str(broken))
        return _page(request, inquiry, status=422, assign_form=form)
    tell(request, _("Saved who keeps this inquiry."))
    return redirect("admissions:inquiry", inquiry.pk)


@staff_page(*permissions.TEAM)
@require_POST
def close(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    inquiry = _inquiry(request, inquiry_id)
    may = permissions.work_on(request.staff, inquiry)
    form = CloseForm(request.POST, auto_id="close_%s")
    if not form.is_valid():
        return _page(request, inquiry, status=422, close_form=form)
    if not may:
        form.add_error(None, may.reason)
        return _page(request, inquiry, status=403, close_form=form)
    try:
        services.close(inquiry=inquiry, **form.cleaned_data, by=request.staff)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return _page(request, inquiry, status=422, close_form=form)
    tell(request, _("The inquiry is closed."))
    return redirect(reverse("admissions:board"))
