"""Templates of notes for directors: every kind with its version in force, its next version with a preview."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stepdown.chart import permissions_contacts as permissions
from stepdown.chart import queries_templates as queries
from stepdown.chart import services_templates as services
from stepdown.chart.domain.formats import Format
from stepdown.chart.domain.templates import GROUP, KINDS
from stepdown.chart.forms_templates import TemplateForm
from stepdown.kernel.db import RuleBroken
from stepdown.people.access import staff_page
from stepdown.ui.tell import tell

directs = staff_page(*permissions.TEMPLATES)


@directs
@require_safe
def note_templates(request: HttpRequest) -> HttpResponse:
    return render(request, "chart/note_templates.html", {"templates": [services.in_force(kind) for kind in KINDS]})


@directs
@require_http_methods(["GET", "HEAD", "POST"])
def note_template(request: HttpRequest, note_kind: str) -> HttpResponse:
    """`?format=` shows the headings of another format, `?version=` begins from an older version. A POST with `preview`
    shows how it will look, and keeps nothing."""
    if note_kind not in KINDS:
        raise Http404
    newest = services.in_force(note_kind)
    start = queries.version_of(note_kind, request.GET.get("version", "")) or newest
    asked = request.GET.get("format", "")
    form_code = asked if asked in set(Format) and note_kind != GROUP else start.format
    headings = queries.headings_for(start, form_code)
    form = TemplateForm(
        request.POST if request.method == "POST" else None, headings=headings, initial={"seen": newest.number}
    )
    shown = headings
    if request.method == "POST" and form.is_valid():
        shown = form.written
        if "preview" not in request.POST:
            seen = form.cleaned_data["seen"] or 0
            try:
                saved = services.save_template(
                    kind=note_kind, form=form_code, headings=shown, seen=seen, by=request.staff
                )
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                tell(
                    request,
                    _("Version %(number)d is in force. Notes that are begun keep theirs.") % {"number": saved.number},
                )
                return redirect("chart:note_template", note_kind=note_kind)
    page = {
        "kind": note_kind,
        "title": KINDS[note_kind],
        "newest": newest,
        "start": start,
        "form": form,
        "shown": shown,
        "format": form_code,
        "formats": [] if note_kind == GROUP else list(Format),
        "versions": queries.versions_of(note_kind),
    }
    return render(request, "chart/note_template.html", page, status=422 if form.errors else 200)
