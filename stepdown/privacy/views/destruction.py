"""What is past its time; who proposes that it is destroyed, who approves, and the certificates."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stepdown.kernel.db import RuleBroken
from stepdown.people.fresh import prove_before_file
from stepdown.people.proving import checked, first_proves
from stepdown.privacy import gate
from stepdown.privacy import permissions_retention as permissions
from stepdown.privacy import queries_retention as queries
from stepdown.privacy import services_destruction as services
from stepdown.privacy.domain.retention import STRANGERS, RecordClass
from stepdown.privacy.forms_retention import ApproveForm, ProposeForm, RefuseForm
from stepdown.privacy.models import Destruction
from stepdown.privacy.views.looks import officer
from stepdown.privacy.views.retention import keeper
from stepdown.privacy.wording_retention import row_said, titled
from stepdown.ui import pdf
from stepdown.ui.tell import tell

PAGE = 25


@keeper
@never_cache
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    shown = Paginator(queries.due_records_for(request.staff), PAGE).get_page(request.GET.get("page"))
    proposals = queries.with_names(queries.destructions_for(request.staff).filter(ended_at=None))
    lines = queries.due_lines(shown)
    page = {
        "shown": shown,
        "lines": lines,
        "has_free": any(line.is_free for line in lines),
        "together": {
            one.pk
            for one, _whose in proposals
            if one.record_class in STRANGERS and permissions.decide(request.staff, one)
        },
        "proposals": proposals,
        "may_propose": permissions.propose(request.staff),
    }
    return render(request, "privacy/due.html", page)


@officer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, due_id: UUID) -> HttpResponse:
    record = get_object_or_404(queries.due_records_for(request.staff), pk=due_id)
    permissions.propose(request.staff).or_forbid()
    form = ProposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.propose(record=record, words=form.cleaned_data["words"], by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Proposed. A second person decides.")
            return redirect("privacy:destruction", made.pk)
    (line,) = queries.due_lines([record])
    page = {"form": form, "line": line, "counts": _counts(record.root, record.record_class)}
    return render(request, "privacy/propose.html", page, status=422 if form.errors else 200)


def _counts(whose: UUID, record_class: str) -> list[tuple[str, int]]:
    found = queries.counted(whose).get(RecordClass(record_class))
    return _said(found.counts) if found else []


def _said(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted((row_said(model), rows) for model, rows in counts.items())


@keeper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def destruction(request: HttpRequest, destruction_id: UUID) -> HttpResponse:
    """A proposal as it stands; a POST approves it."""
    one = get_object_or_404(queries.destructions_for(request.staff), pk=destruction_id)
    may_decide = permissions.decide(request.staff, one)
    if request.method == "POST":
        may_decide.or_forbid()
    asks_code, instead = first_proves(request, request.path) if may_decide else (False, None)
    if instead:
        return instead
    form = ApproveForm(request.POST if request.method == "POST" else None, asks_code=asks_code)
    if request.method == "POST" and checked(request, form):
        try:
            certificate = services.approve(destruction=one, by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Destroyed. This is the certificate.")
            return redirect("privacy:certificate", certificate.pk)
    return _decided_on(request, one, form, RefuseForm())


@keeper
@require_POST
def refuse(request: HttpRequest, destruction_id: UUID) -> HttpResponse:
    one = get_object_or_404(queries.destructions_for(request.staff), pk=destruction_id)
    permissions.decide(request.staff, one).or_forbid()
    form = RefuseForm(request.POST)
    if form.is_valid():
        try:
            services.refuse(destruction=one, why=form.cleaned_data["words"], by=request.staff)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell(request, "Not approved. Nothing was destroyed.")
            return redirect("privacy:due")
    return _decided_on(request, one, ApproveForm(asks_code=False), form)


@officer
@require_POST
def withdraw(request: HttpRequest, destruction_id: UUID) -> HttpResponse:
    one = get_object_or_404(queries.destructions_for(request.staff), pk=destruction_id)
    permissions.withdraw(request.staff, one).or_forbid()
    try:
        services.withdraw(destruction=one, by=request.staff)
    except RuleBroken as broken:
        tell(request, str(broken))
    else:
        tell(request, "Taken back. Nothing was destroyed.")
    return redirect("privacy:due")


def _decided_on(request: HttpRequest, one: Destruction, form: ApproveForm, refusal: RefuseForm) -> HttpResponse:
    ((_one, whose),) = queries.with_names([one])
    page: dict[str, Any] = {
        "one": one,
        "title": titled(one.record_class, whose),
        "may_decide": permissions.decide(request.staff, one),
        "may_withdraw": permissions.withdraw(request.staff, one),
        "form": form,
        "refusal": refusal,
    }
    if one.ended_at is None:
        page["blocks"] = queries.kept_by(one.whose, one.record_class)
        page["counts"] = _counts(one.whose, one.record_class)
    has_errors = bool(form.errors or refusal.errors)
    return render(request, "privacy/destruction.html", page, status=422 if has_errors else 200)


@keeper
@never_cache
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    shown = Paginator(queries.certificates_for(request.staff), PAGE).get_page(request.GET.get("page"))
    return render(request, "privacy/certificates.html", {"shown": shown})


@keeper
@never_cache
@require_safe
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Also as a file. It names nobody but by the id of the record."""
    one = get_object_or_404(queries.certificates_for(request.staff), pk=certificate_id)
    page = {"one": one, "counts": _said(one.counts)}
    if pdf.wanted(request):
        prove_before_file(request)
        gate.inside(request.staff)
        file = "certificate-of-destruction"
        return pdf.answer(request, "privacy/certificate_pdf.html", page, file=file, certificate_id=one.pk)
    return render(request, "privacy/certificate.html", page)
